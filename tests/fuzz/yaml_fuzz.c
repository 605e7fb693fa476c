/* FUZZ: yaml */
/* yaml_fuzz.c - what anybody may write into a policy or a pack. */
#include "yaml/yaml.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct yaml *doc = NULL;
	struct err err = {0};

	if (yaml_parse("f", (const char *)data, size, &doc, &err))
		yaml_doc_free(doc);
	else if (err.kind == ERR_NONE || err.why[0] == 0)
		abort(); /* a refusal without a reason */
	return 0;
}
