/* excerpt.c - showing where, without showing what.
 *
 * A report goes to screens, logs and CI servers.  The line around a finding helps a person find it;
 * whatever any rule found in that line is covered, character by character, also where another
 * reading of the same bytes (HTML without its tags) found it. */
#include "scanner_inside.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "extract/document.h"

#include <stdlib.h>

enum { AROUND_COLUMNS = 56, MASK_COLUMNS = 60 };

void mask_add(struct mask *mask, size_t from, size_t to)
{
	if (from >= to)
		return;
	mask->items = mem_grow(mask->items, mask->count, sizeof(*mask->items));
	mask->items[mask->count++] = (struct span){from, to};
}

static int by_start(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	return x->from < y->from ? -1 : x->from > y->from;
}

void mask_close(struct mask *mask)
{
	size_t kept = 0;

	if (mask->count == 0)
		return;
	qsort(mask->items, mask->count, sizeof(*mask->items), by_start);
	for (size_t i = 1; i < mask->count; i++) {
		const struct span next = mask->items[i];

		if (next.from > mask->items[kept].to)
			mask->items[++kept] = next;
		else if (next.to > mask->items[kept].to)
			mask->items[kept].to = next.to;
	}
	mask->count = kept + 1;
}

bool mask_covers(const struct mask *mask, size_t at)
{
	size_t low = 0, high = mask->count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (at >= mask->items[middle].to)
			low = middle + 1;
		else
			high = middle;
	}
	return low < mask->count && at >= mask->items[low].from;
}

void mask_release(struct mask *mask)
{
	free(mask->items);
	*mask = (struct mask){0};
}

static bool ends_line(char c)
{
	return c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

/* At most `columns` columns before `at`, on the same line. */
static size_t left_edge(const struct flow *flow, size_t at)
{
	size_t columns = 0;

	while (at > 0 && !ends_line(flow->text[at - 1]) && columns < AROUND_COLUMNS) {
		size_t from = at - 1;

		while (from > 0 && ((unsigned char)flow->text[from] & 0xC0) == 0x80)
			from--;
		columns += utf8_width(flow->text + from, at - from);
		at = from;
	}
	return at;
}

static size_t right_edge(const struct flow *flow, size_t at, size_t end, size_t most)
{
	size_t columns = 0;

	while (at < end && !ends_line(flow->text[at]) && columns < most) {
		size_t to = at + 1;

		while (to < end && ((unsigned char)flow->text[to] & 0xC0) == 0x80)
			to++;
		columns += utf8_width(flow->text + at, to - at);
		at = to;
	}
	return at;
}

/* Appends one character, masked or not; returns the columns it takes. */
static size_t add_character(struct buf *out, const char *text, size_t n, bool masked)
{
	const size_t before = out->len, columns = utf8_width(text, n);

	if (masked) {
		for (size_t k = 0; k < columns; k++)
			buf_add_byte(out, '*');
		return columns;
	}
	if (text[0] == '\t')
		buf_add_byte(out, ' ');
	else
		utf8_add_printable(out, text, n);
	return utf8_width(out->data + before, out->len - before);
}

/* A match over several lines, or a very long one, is shown as far as its first line or the limit. */
char *excerpt_of(const struct flow *flow, const struct cover *cover, const struct hit *hit, uint32_t *mark, uint32_t *width)
{
	const size_t shown = right_edge(flow, hit->start, hit->end, MASK_COLUMNS);
	const size_t from = cover->blind ? hit->start : left_edge(flow, hit->start);
	const size_t to = cover->blind || shown < hit->end ? shown : right_edge(flow, shown, flow->len, AROUND_COLUMNS);
	struct buf out = {0};
	uint32_t before = 0, within = 0;

	for (size_t i = from; i < to;) {
		uint32_t c = 0;
		const size_t decoded = utf8_decode(flow->text + i, to - i, &c), n = decoded > 0 ? decoded : 1;
		const bool inside = i >= hit->start && i < hit->end;
		const bool masked = inside || mask_covers(&cover->own, i) ||
		                    mask_covers(cover->all, flow->at + (flow->origin != NULL ? flow->origin[i] : i));
		const uint32_t columns = (uint32_t)add_character(&out, flow->text + i, n, masked);

		before += i < hit->start ? columns : 0;
		within += inside ? columns : 0;
		i += n;
	}
	*mark = before;
	*width = within > 0 ? within : 1;
	return buf_take(&out);
}

size_t scan_hidden(struct scanner *scanner, const struct flow *flow, struct extent **out)
{
	struct hits hits = {0};
	struct mask mask = {0};
	size_t count;

	find_hits(scanner, flow, UINT32_MAX, &hits);
	for (size_t i = 0; i < hits.count; i++)
		if (scanner->set->rules[hits.items[i].rule].action != ACTION_NOTE)
			mask_add(&mask, hits.items[i].start, hits.items[i].end);
	if (hits.undecided != NULL || hits.failed != NULL || hits.overflow)
		mask_add(&mask, 0, flow->len);
	mask_close(&mask);
	*out = mem_alloc(mask.count + 1, sizeof(**out));
	for (size_t i = 0; i < mask.count; i++)
		(*out)[i] = (struct extent){mask.items[i].from, mask.items[i].to};
	count = mask.count;
	hits_release(&hits);
	mask_release(&mask);
	return count;
}
