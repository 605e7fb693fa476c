/* collection.c - predefined CMaps and collections, looked up in what was generated. */
#include "cmap/collection.h"

#include "cmap_inside.h"

#include <string.h>

static const struct cmap identity_h = {.name = "Identity-H", .ordering = "Identity", .identity = true};
static const struct cmap identity_v = {.name = "Identity-V", .ordering = "Identity", .identity = true, .vertical = true};

const struct cmap *cmap_predefined(const char *name)
{
	size_t low = 0, high = cmap_known_count;

	if (strcmp(name, identity_h.name) == 0)
		return &identity_h;
	if (strcmp(name, identity_v.name) == 0)
		return &identity_v;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		const int order = strcmp(cmap_known[middle].name, name);

		if (order == 0)
			return &cmap_known[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static const struct collection *find(const char *ordering)
{
	for (uint32_t i = 0; i < collection_count; i++)
		if (strcmp(collections[i].ordering, ordering) == 0)
			return &collections[i];
	return NULL;
}

bool collection_known(const char *ordering)
{
	return find(ordering) != NULL;
}

size_t collection_text(const char *ordering, uint32_t cid, uint32_t out[CMAP_TEXT_MOST])
{
	const struct collection *c = find(ordering);

	return c != NULL && cid < c->count ? pool_text(collection_pool, c->texts[cid], 0, out) : 0;
}
