#ifndef IMAGE_DRAWN_H
#define IMAGE_DRAWN_H

#include "base/buf.h"

#include <stdint.h>

/* Text as metafiles draw it: in pieces, each at a point, often a letter each.  Pieces of one height are one
 * line; letters that stand alone are joined, words are not. */
struct drawn {
	struct buf text;
	int64_t height;
	size_t last; /* characters of the piece before */
};

static inline void drawn_add(struct drawn *drawn, int64_t height, const char *text, size_t len, size_t characters)
{
	const bool same = drawn->text.len > 0 && drawn->height == height;

	if (len == 0)
		return;
	if (drawn->text.len > 0 && !same)
		buf_add_byte(&drawn->text, '\n');
	else if (same && characters > 2 && drawn->last > 2)
		buf_add_byte(&drawn->text, ' ');
	buf_add(&drawn->text, text, len);
	drawn->height = height;
	drawn->last = characters;
}

#endif
