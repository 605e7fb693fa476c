/* FUZZ: seal */
/* agent_fuzz.c - what an agent may answer. */
#include "seal/agent_inside.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static bool visit(const struct agent_key *key, void *context, struct err *err)
{
	(void)err;
	if ((key->key == NULL) != (key->unusable != NULL) || strlen(key->fingerprint) != 50)
		abort();
	++*(size_t *)context;
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t count = 0;
	struct err err = {0};

	if (!agent_read_identities(data, size, visit, &count, &err) && err.why[0] == 0)
		abort();
	return 0;
}
