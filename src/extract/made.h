#ifndef EXTRACT_MADE_H
#define EXTRACT_MADE_H

#include "base/buf.h"

#include <stdint.h>

/* Text made from other text: each byte knows the byte it was made from. */
struct made {
	struct buf text;
	uint32_t *origin; /* text.len + 1 of them, once something was put */
	size_t capacity;
};

/* `len` bytes that all come from `origin`; the end comes from there too, until more is put. */
void made_put(struct made *m, const char *bytes, size_t len, size_t origin);

/* One byte after the other, as they stand at `origin`. */
void made_copy(struct made *m, const char *bytes, size_t len, size_t origin);
void made_release(struct made *m);

#endif
