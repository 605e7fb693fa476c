/* FUZZ: policy */
/* policy_fuzz.c - a policy somebody proposes. */
#include "policy/policy.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct policy *policy = NULL;
	struct err err = {0};

	if (policy_parse("f", (const char *)data, size, &policy, &err))
		policy_free(policy);
	else if (err.why[0] == 0)
		abort();
	return 0;
}
