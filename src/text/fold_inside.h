#ifndef TEXT_FOLD_INSIDE_H
#define TEXT_FOLD_INSIDE_H

#include "text/fold.h"

/* A code point and the source byte it came from. */
struct glyph {
	uint32_t c, origin;
};
struct glyphs {
	struct glyph *items;
	size_t count, capacity;
};

struct disguises {
	struct disguise *items;
	size_t count;
};

/* Remember one; what overlaps the last one of its kind widens it, so that a word is listed once. */
void disguise_add(struct disguises *d, enum disguise_kind kind, uint32_t start, uint32_t end);

#endif
