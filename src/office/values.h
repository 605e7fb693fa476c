#ifndef OFFICE_VALUES_H
#define OFFICE_VALUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A set of texts met before, so that what a document repeats a thousand times (a colour, a style, a name
 * of an element) is told once.  Start zeroed. */
struct values {
	uint64_t *seen, key;
	size_t count, room;
};

/* Is it new?  It is not any more.  Two texts of one 64-bit hash are taken for the same. */
bool values_add(struct values *values, const char *text, size_t len);

bool values_has(const struct values *values, const char *text, size_t len);

/* Is it worth telling: not empty, not a short number, not a switch? */
bool values_matter(const char *text, size_t len);
/* Nothing but space between tags?  `text` need not end in a NUL. */
bool values_is_space(const char *text, size_t len);
void values_release(struct values *values);

#endif
