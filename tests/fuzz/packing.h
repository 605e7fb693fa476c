#ifndef FUZZ_PACKING_H
#define FUZZ_PACKING_H

/* A ZIP container of what a fuzzer changes: names and contents of parts, apart by the bytes 1 and 2, so that
 * what is inside is changed and not only its wrapping. */
#include "../unit/zipping.h"

#include <stdlib.h>

/* One field, up to the next separator; a copy with a NUL behind. */
static inline char *packing_field(const uint8_t *data, size_t size, size_t *at, size_t *len)
{
	const size_t from = *at;
	char *copy;

	while (*at < size && !(data[*at] == 1 && *at + 1 < size && data[*at + 1] == 2))
		++*at;
	*len = *at - from;
	*at += *at < size ? 2 : 0;
	copy = malloc(*len + 1);
	if (copy == NULL)
		abort();
	memcpy(copy, data + from, *len);
	copy[*len] = '\0';
	return copy;
}

static inline void packing_make(const uint8_t *data, size_t size, struct made *made)
{
	for (size_t at = 0; at < size;) {
		size_t name_len = 0, len = 0;
		char *name = packing_field(data, size, &at, &name_len), *content = packing_field(data, size, &at, &len);

		name[name_len < 200 ? name_len : 200] = '\0';
		add(made, (struct item){.name = name, .data = content, .data_len = len});
		free(name);
		free(content);
	}
	finish(made, 0, "");
}

#endif
