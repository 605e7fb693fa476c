#ifndef BASE_KEPT_H
#define BASE_KEPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/* Which build of this program is running, as its linker named it; false: it has no name, so nothing can
 * be said to be kept for it.  Another build may read the same rules and see something else in them. */
enum { BUILD_MOST = 64 };
bool kept_build(unsigned char out[BUILD_MOST], size_t *len);

/* The fields of a structure, on their way to a cache or back: one function that names each field once
 * does both, so that none can be written and not read.  With `out` values are written to it and given
 * back unchanged; without, they come from `bytes`, and once those do not hold what is asked for, `broken`
 * is set and every value is 0 or NULL. */
struct kept {
	struct buf *out;
	const char *bytes;
	size_t len;
	bool broken;
};

uint64_t kept_number(struct kept *k, uint64_t value);
char *kept_text(struct kept *k, char *text); /* may be NULL; coming back it is the caller's */

/* As one piece; coming back, it is borrowed from `bytes`. */
const void *kept_piece(struct kept *k, const void *bytes, size_t *len);

/* *count items of `size` bytes without pointers or gaps; coming back, `items` is the caller's. */
void *kept_items(struct kept *k, void *items, size_t *count, size_t size);

#endif
