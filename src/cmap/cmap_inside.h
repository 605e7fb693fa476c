#ifndef CMAP_CMAP_INSIDE_H
#define CMAP_CMAP_INSIDE_H

#include "cmap/cmap.h"

/* Known beforehand, sorted by name. */
extern const struct cmap cmap_known[];
extern const uint32_t cmap_known_count;

/* Of each collection, the text of CIDs 0 .. count - 1: a code point, 0 for none, or CMAP_POOL | index. */
struct collection {
	const char *ordering;
	const uint32_t *texts;
	uint32_t count;
};
extern const struct collection collections[];
extern const uint32_t collection_count;
extern const uint32_t collection_pool[];

/* The glyph list, sorted by name. */
struct glyph_name {
	const char *name;
	uint32_t text; /* a code point, or CMAP_POOL | index into glyph_pool */
};
extern const struct glyph_name glyph_names[];
extern const uint32_t glyph_name_count;
extern const uint32_t glyph_pool[];

/* Copy what `text` stands for to `out`, its last code point `more` further on. */
size_t pool_text(const uint32_t *pool, uint32_t text, uint32_t more, uint32_t out[CMAP_TEXT_MOST]);

/* ---- Building one. */
struct cmap_draft {
	struct cmap cmap; /* first: what cmap_free() gets */
	struct cmap_space *spaces;
	struct cmap_range *cids, *texts;
	uint32_t *pool;
	uint32_t pool_count;
	char *ordering;
};
/* Sort, note what is said twice, and point `cmap` to it all. */
void draft_settle(struct cmap_draft *draft);

#endif
