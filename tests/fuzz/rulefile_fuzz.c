/* FUZZ: rules */
/* rulefile_fuzz.c - a pack somebody wrote. */
#include "rules/ruleset.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rule_files files = {0};
	struct ruleset *set = NULL;
	struct err err = {0};

	rule_files_add(&files, "p.yaml", data, size);
	if (ruleset_load(&files, &set, &err))
		ruleset_free(set);
	else if (err.why[0] == 0)
		abort();
	rule_files_release(&files);
	return 0;
}
