/* draft.c - the ranges of a CMap, put in order.  What the same code is said to be twice is looked for
 * here, once, and not at each question. */
#include "cmap_inside.h"

#include "base/mem.h"

#include <stdlib.h>

static bool is_later(const struct cmap_range *a, const struct cmap_range *b)
{
	return a->len != b->len ? a->len > b->len : a->low > b->low;
}

static void merge(struct cmap_range *to, const struct cmap_range *from, size_t low, size_t middle, size_t high)
{
	size_t a = low, b = middle;

	for (size_t i = low; i < high; i++)
		to[i] = b >= high || (a < middle && !is_later(&from[a], &from[b])) ? from[a++] : from[b++];
}

/* Stable: of ranges that begin at the same code the one that was read last stays last.  Most programs are
 * in order as they are. */
static void sort(struct cmap_range *ranges, size_t count)
{
	struct cmap_range *other;
	size_t sorted = 1;

	while (sorted < count && !is_later(&ranges[sorted - 1], &ranges[sorted]))
		sorted++;
	if (sorted >= count)
		return;
	other = mem_alloc(count, sizeof(*other));
	for (size_t width = 1; width < count; width *= 2) {
		for (size_t low = 0; low < count; low += 2 * width)
			merge(other, ranges, low, low + width < count ? low + width : count,
			      low + 2 * width < count ? low + 2 * width : count);
		for (size_t i = 0; i < count; i++)
			ranges[i] = other[i];
	}
	free(other);
}

static bool same_text(const struct cmap_draft *d, const struct cmap_range *a, const struct cmap_range *b)
{
	uint32_t one[CMAP_TEXT_MOST], two[CMAP_TEXT_MOST];
	const size_t n = pool_text(d->pool, a->to, b->low - a->low, one);

	if (n != pool_text(d->pool, b->to, 0, two))
		return false;
	for (size_t i = 0; i < n; i++)
		if (one[i] != two[i])
			return false;
	return true;
}

/* Does any code have two meanings?  Each range is held against the one of those before it that reaches
 * furthest. */
static bool is_ambiguous(const struct cmap_draft *d, const struct cmap_range *ranges, size_t count, bool texts)
{
	const struct cmap_range *reach = count > 0 ? &ranges[0] : NULL;

	for (size_t i = 1; i < count; i++) {
		const struct cmap_range *r = &ranges[i];

		if (r->len == reach->len && r->low - reach->low <= reach->span &&
		    !(texts ? same_text(d, reach, r) : reach->to + (r->low - reach->low) == r->to))
			return true;
		if (r->len != reach->len || (uint64_t)r->low + r->span >= (uint64_t)reach->low + reach->span)
			reach = r;
	}
	return false;
}

void draft_settle(struct cmap_draft *d)
{
	struct cmap *cmap = &d->cmap;

	sort(d->cids, cmap->cid_count);
	sort(d->texts, cmap->text_count);
	if (is_ambiguous(d, d->cids, cmap->cid_count, false) || is_ambiguous(d, d->texts, cmap->text_count, true))
		cmap->odd = true;
	cmap->name = "";
	cmap->ordering = d->ordering != NULL ? d->ordering : "";
	cmap->spaces = d->spaces;
	cmap->cids = d->cids;
	cmap->texts = d->texts;
	cmap->pool = d->pool;
}
