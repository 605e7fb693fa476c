/* cmap.c - a CMap asked: what is the first code of a string, which glyph, which text.
 *
 * Ranges are looked for by halves.  A document's own may overlap; then those that begin nearest before the
 * code are tried, a few of them, and the map is marked as odd: what it says depends on who reads it. */
#include "cmap/cmap.h"

#include "cmap_inside.h"

enum { OVERLAPS_MOST = 16, RING_MOST = 8 };

static bool space_has(const struct cmap_space *space, uint32_t code)
{
	for (unsigned i = 0; i < space->len; i++) {
		const unsigned char byte = (unsigned char)(code >> 8 * i);

		if (byte < (unsigned char)(space->low >> 8 * i) || byte > (unsigned char)(space->high >> 8 * i))
			return false;
	}
	return true;
}

static bool any_space_has(const struct cmap *cmap, size_t len, uint32_t code)
{
	for (int hops = 0; cmap != NULL && hops < RING_MOST; cmap = cmap->uses, hops++) {
		if (cmap->identity)
			return len == 2;
		for (uint32_t i = 0; i < cmap->space_count; i++)
			if (cmap->spaces[i].len == len && space_has(&cmap->spaces[i], code))
				return true;
	}
	return false;
}

/* For bytes that are no code: as many as the shortest code whose first byte this may be, or else the
 * shortest there is (5014, 7.2, in its plainest reading). */
static size_t stray_len(const struct cmap *cmap, unsigned char first)
{
	size_t fitting = 5, shortest = 5;

	for (int hops = 0; cmap != NULL && hops < RING_MOST; cmap = cmap->uses, hops++) {
		if (cmap->identity)
			return 2;
		for (uint32_t i = 0; i < cmap->space_count; i++) {
			const struct cmap_space *s = &cmap->spaces[i];
			const unsigned shift = 8u * (s->len - 1u);

			if (s->len < shortest)
				shortest = s->len;
			if (s->len < fitting && first >= (unsigned char)(s->low >> shift) && first <= (unsigned char)(s->high >> shift))
				fitting = s->len;
		}
	}
	if (fitting < 5)
		return fitting;
	return shortest < 5 ? shortest : 1;
}

size_t cmap_next(const struct cmap *cmap, const unsigned char *bytes, size_t len, uint32_t *code)
{
	size_t n;

	*code = 0;
	for (n = 1; n <= 4 && n <= len; n++) {
		*code = *code << 8 | bytes[n - 1];
		if (any_space_has(cmap, n, *code))
			return n;
	}
	n = stray_len(cmap, bytes[0]);
	if (n > len)
		n = len;
	*code = 0;
	for (size_t i = 0; i < n; i++)
		*code = *code << 8 | bytes[i];
	return n;
}

static bool is_before(const struct cmap_range *range, uint8_t len, uint32_t code)
{
	return range->len != len ? range->len < len : range->low <= code;
}

/* The range that has `code`, or NULL. */
static const struct cmap_range *range_find(const struct cmap_range *ranges, size_t count, uint8_t len, uint32_t code)
{
	size_t low = 0, high = count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (is_before(&ranges[middle], len, code))
			low = middle + 1;
		else
			high = middle;
	}
	for (size_t tries = 0; tries < OVERLAPS_MOST && low > tries; tries++) {
		const struct cmap_range *range = &ranges[low - 1 - tries];

		if (range->len != len)
			return NULL;
		if (code - range->low <= range->span)
			return range;
	}
	return NULL;
}

bool cmap_cid(const struct cmap *cmap, uint32_t code, size_t code_len, uint32_t *cid)
{
	for (int hops = 0; cmap != NULL && hops < RING_MOST; cmap = cmap->uses, hops++) {
		const struct cmap_range *range = range_find(cmap->cids, cmap->cid_count, (uint8_t)code_len, code);

		if (cmap->identity || range != NULL) {
			*cid = range == NULL ? code : range->to + (code - range->low);
			return true;
		}
	}
	return false;
}

size_t pool_text(const uint32_t *pool, uint32_t text, uint32_t more, uint32_t out[CMAP_TEXT_MOST])
{
	if ((text & CMAP_POOL) == 0) {
		out[0] = text + more;
		return out[0] != 0 ? 1 : 0;
	}
	const uint32_t *from = pool + (text & ~CMAP_POOL);
	const size_t count = from[0] < CMAP_TEXT_MOST ? from[0] : CMAP_TEXT_MOST;

	for (size_t i = 0; i < count; i++)
		out[i] = from[1 + i];
	if (count > 0)
		out[count - 1] += more;
	return count;
}

size_t cmap_text(const struct cmap *cmap, uint32_t code, uint32_t out[CMAP_TEXT_MOST])
{
	for (int hops = 0; cmap != NULL && hops < RING_MOST; cmap = cmap->uses, hops++) {
		const struct cmap_range *range = range_find(cmap->texts, cmap->text_count, 0, code);

		if (range != NULL)
			return pool_text(cmap->pool, range->to, code - range->low, out);
	}
	return 0;
}

bool cmap_has_text(const struct cmap *cmap)
{
	return cmap->text_count > 0 || (cmap->uses != NULL && cmap->uses->text_count > 0);
}

bool cmap_use(struct cmap *cmap, const struct cmap *uses)
{
	int hops = 0;

	for (const struct cmap *c = uses; c != NULL; c = c->uses)
		if (c == cmap || ++hops >= RING_MOST)
			return false;
	cmap->uses = uses;
	return true;
}
