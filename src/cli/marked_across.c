#define _GNU_SOURCE /* memmem */
/* marked_across.c - words that run from one page or cell to the next, hidden in both.
 *
 * A rule found them where pieces of flows are put side by side (extract/joining.h); people are shown the flows.  So
 * each part is looked for again where it was taken from: in its piece, and where the piece stands in another
 * order there, wherever the part itself does.  To hide too much is a smaller fault than to show half a word. */
#include "marked_inside.h"

#include "base/mem.h"
#include "scan/scanner.h"

#include <stdlib.h>
#include <string.h>

static void hide(struct marked_hidden *hidden, size_t start, size_t end)
{
	hidden->items = mem_resize(hidden->items, hidden->count + 1, sizeof(*hidden->items));
	hidden->items[hidden->count++] = (struct extent){start, end};
}

/* `part` of each `piece` that stands in `within` of the flow; false: there is none. */
static bool hide_part(struct marked_hidden *hidden, const struct flow *flow, struct extent within, const char *piece, size_t len,
                      struct extent part)
{
	bool found = false;

	while (within.start < within.end) {
		const char *at = memmem(flow->text + within.start, within.end - within.start, piece, len);

		if (at == NULL)
			break;
		hide(hidden, (size_t)(at - flow->text) + part.start, (size_t)(at - flow->text) + part.end);
		within.start = (size_t)(at - flow->text) + len;
		found = true;
	}
	return found;
}

static void hide_in_flow(struct marked *m, size_t index, const char *place, const char *piece, size_t len, struct extent part)
{
	const struct flow *flow = &m->doc.flows[index];
	struct marked_hidden *hidden = &m->hidden[index];
	const char *here = flow->place;

	for (size_t i = 0, from = 0; i <= flow->span_count; i++) {
		const struct extent within = {from, i < flow->span_count ? flow->spans[i].start : flow->len};

		if (strcmp(here, place) == 0 && !hide_part(hidden, flow, within, piece, len, part))
			(void)hide_part(hidden, flow, within, piece + part.start, part.end - part.start,
			                (struct extent){0, part.end - part.start});
		if (i < flow->span_count)
			here = flow->spans[i].place;
		from = within.end;
	}
}

/* What one rule found in the pieces of `joined`, by piece. */
static void hide_extent(struct marked *m, const struct flow *joined, const struct extent *found)
{
	for (size_t i = 0; i < joined->span_count; i++) {
		const size_t start = joined->spans[i].start;
		size_t end = i + 1 < joined->span_count ? joined->spans[i + 1].start : joined->len;
		struct extent part;

		while (end > start && joined->text[end - 1] == '\n')
			end--; /* put between the pieces */
		part.start = (found->start > start ? found->start : start) - start;
		part.end = (found->end < end ? found->end : end) - start;
		for (size_t flow = 0; found->start < end && found->end > start && part.start < part.end && flow < m->doc.flow_count; flow++)
			if (marked_shows(m, flow))
				hide_in_flow(m, flow, joined->spans[i].place, joined->text + start, end - start, part);
	}
}

static int by_start(const void *a, const void *b)
{
	const struct extent *x = a, *y = b;

	return x->start < y->start ? -1 : x->start > y->start;
}

/* Ascending and not touching, as scan_hidden() gives them. */
static void settle(struct marked_hidden *hidden)
{
	size_t kept = 0;

	if (hidden->count == 0)
		return;
	qsort(hidden->items, hidden->count, sizeof(*hidden->items), by_start);
	for (size_t i = 1; i < hidden->count; i++) {
		struct extent *last = &hidden->items[kept];

		if (hidden->items[i].start > last->end)
			hidden->items[++kept] = hidden->items[i];
		else if (hidden->items[i].end > last->end)
			last->end = hidden->items[i].end;
	}
	hidden->count = kept + 1;
}

void marked_hide_across(struct marked *m, struct scanner *scanner)
{
	for (size_t i = 0; i < m->doc.flow_count; i++) {
		const struct flow *flow = &m->doc.flows[i];
		struct extent *found = NULL;
		const size_t count = flow->again == AGAIN_ACROSS ? scan_hidden(scanner, flow, &found) : 0;

		for (size_t k = 0; k < count; k++)
			hide_extent(m, flow, &found[k]);
		free(found);
	}
	for (size_t i = 0; i < m->doc.flow_count; i++)
		settle(&m->hidden[i]);
}
