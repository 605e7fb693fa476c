/* repeated.c - one thing in a document is one finding, though several readings of it find it.
 *
 * Bytes that may be in several charsets are read in all of them, and what is ASCII stands in each.
 * Two hits are the same thing where they cover the same bytes; or, where offsets are those of the
 * decoded text, the same text on the same line. */
#include "scanner_inside.h"

#include "base/mem.h"
#include "extract/document.h"

#include <stdlib.h>
#include <string.h>

uint32_t flow_base(const struct document *doc, uint32_t flow)
{
	while (flow > 0 && doc->flows[flow].derived)
		flow--;
	return flow;
}

uint32_t flow_shift(const struct flow *flow)
{
	return flow->origin != NULL ? flow->origin[0] : 0;
}

/* How far the reading `base` is the same text as the first one. */
static size_t same_as_first(const struct document *doc, uint32_t base)
{
	const struct flow *flow = &doc->flows[base];
	size_t same = 0;

	for (uint32_t i = 0; i < doc->flow_count; i++) {
		const struct flow *first = &doc->flows[i];

		if (first->derived || !first->reading || first->at != flow->at || first->kind != flow->kind)
			continue;
		while (same < flow->len && same < first->len && flow->text[same] == first->text[same])
			same++;
		return same;
	}
	return 0;
}

struct sorter {
	const struct hit *hit;
	enum flow_kind kind;
};

static int by_span(const void *a, const void *b)
{
	const struct sorter *p = a, *q = b;
	const struct hit *x = p->hit, *y = q->hit;

	if (x->rule != y->rule)
		return x->rule < y->rule ? -1 : 1;
	if (p->kind != q->kind)
		return p->kind < q->kind ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	if (x->to != y->to)
		return x->to < y->to ? -1 : 1;
	return x->flow < y->flow ? -1 : x->flow > y->flow;
}

/* Marks `later` where `earlier`, of the same rule, kind and span, is the same thing. */
static void compare_hits(const struct document *doc, const size_t *same, const struct hit *earlier, struct hit *later)
{
	const uint32_t a = flow_base(doc, earlier->flow), b = flow_base(doc, later->flow);

	if (a == b || strcmp(doc->flows[earlier->flow].place, doc->flows[later->flow].place) == 0)
		later->dropped = true;
	else if (later->to <= same[a] && later->to <= same[b])
		later->repeated = true;
}

static void mark_same_span(const struct document *doc, struct hits *hits)
{
	struct sorter *order = mem_alloc(hits->count + 1, sizeof(*order));
	size_t *same = mem_alloc(doc->flow_count + 1, sizeof(*same)), first = 0;

	for (uint32_t i = 0; i < doc->flow_count; i++)
		same[i] = !doc->flows[i].derived && doc->flows[i].reading ? same_as_first(doc, i) : 0;
	for (size_t i = 0; i < hits->count; i++)
		order[i] = (struct sorter){&hits->items[i], doc->flows[hits->items[i].flow].kind};
	qsort(order, hits->count, sizeof(*order), by_span);
	for (size_t i = 1; i < hits->count; i++) {
		const struct hit *x = order[first].hit, *y = order[i].hit;

		if (x->rule != y->rule || order[first].kind != order[i].kind || x->from != y->from || x->to != y->to) {
			first = i;
			continue;
		}
		for (size_t k = first; k < i; k++)
			compare_hits(doc, same, order[k].hit, &hits->items[y - hits->items]);
	}
	free(same);
	free(order);
}

/* A hit by what is seen: which words, on which line. */
struct seen {
	struct hit *hit;
	const char *text;
	size_t len;
	uint64_t at;
	uint32_t base, line;
	enum flow_kind kind;
};

static int by_sight(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;
	int order;

	if (x->hit->rule != y->hit->rule)
		return x->hit->rule < y->hit->rule ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (x->len != y->len)
		return x->len < y->len ? -1 : 1;
	order = memcmp(x->text, y->text, x->len);
	if (order != 0)
		return order;
	return x->base < y->base ? -1 : x->base > y->base;
}

static bool is_same_sight(const struct seen *x, const struct seen *y)
{
	return x->hit->rule == y->hit->rule && x->kind == y->kind && x->at == y->at && x->line == y->line && x->len == y->len &&
	       memcmp(x->text, y->text, x->len) == 0;
}

/* The hits from `first` on that were found in the reading `base` and in what was made from it. */
static size_t add_seen(const struct document *doc, struct hits *hits, size_t first, struct seen *out, size_t *count)
{
	const uint32_t base = flow_base(doc, hits->items[first].flow);
	const struct flow *reading = &doc->flows[base];
	struct line_index lines;
	size_t i = first;

	line_index_build(reading->text, reading->len, &lines);
	for (; i < hits->count && flow_base(doc, hits->items[i].flow) == base; i++) {
		struct hit *hit = &hits->items[i];
		const struct flow *flow = &doc->flows[hit->flow];
		struct seen s = {.hit = hit, .text = flow->text + hit->start, .len = hit->end - hit->start, .at = reading->at,
		                 .base = base, .kind = flow->kind};
		unsigned column;

		if (hit->dropped)
			continue;
		line_index_find(&lines, reading->text, flow->derived ? flow->origin[hit->start] - flow_shift(reading) : hit->start, &s.line,
		                &column);
		out[(*count)++] = s;
	}
	line_index_release(&lines);
	return i;
}

/* The first reading in which it was found says it for all. */
static void mark_same_sight(const struct document *doc, struct hits *hits)
{
	struct seen *seen = mem_alloc(hits->count + 1, sizeof(*seen));
	size_t count = 0, first = 0;

	for (size_t i = 0; i < hits->count;)
		if (doc->flows[flow_base(doc, hits->items[i].flow)].reading)
			i = add_seen(doc, hits, i, seen, &count);
		else
			i++;
	qsort(seen, count, sizeof(*seen), by_sight);
	for (size_t i = 1; i < count; i++) {
		if (!is_same_sight(&seen[first], &seen[i]))
			first = i;
		else if (seen[i].base != seen[first].base)
			seen[i].hit->repeated = true;
	}
	free(seen);
}

/* How far a flow's place names the page it is on: "page 3", of "page 3: in the order it was drawn". */
static size_t page_len(const char *place)
{
	return strcspn(place, ":,");
}

static uint64_t mix(uint64_t key, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		key = (key ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
	return key;
}

/* A match, for comparing: its rule, its text without spaces, and for another order its page. */
static uint64_t match_key(const struct document *doc, const struct hit *hit, enum flow_again again)
{
	const struct flow *flow = &doc->flows[hit->flow];
	uint64_t key = UINT64_C(14695981039346656037) ^ hit->rule;

	if (again == AGAIN_ORDERED)
		key = mix(key, doc->flows[flow_base(doc, hit->flow)].place, page_len(doc->flows[flow_base(doc, hit->flow)].place));
	for (size_t i = hit->start; i < hit->end; i++)
		if (strchr(" \t\r\n", flow->text[i]) == NULL)
			key = mix(key, &flow->text[i], 1);
	return key;
}

static int by_number(const void *a, const void *b)
{
	const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* What is shown once more (extract/document.h) and was shown before is one thing, wherever the two have it. */
static void drop_shown(const struct document *doc, struct hits *hits, enum flow_again again)
{
	uint64_t *keys = mem_alloc(hits->count + 1, sizeof(*keys)), key;
	size_t count = 0;

	for (size_t i = 0; i < hits->count; i++)
		if (doc->flows[flow_base(doc, hits->items[i].flow)].again < again)
			keys[count++] = match_key(doc, &hits->items[i], again);
	qsort(keys, count, sizeof(*keys), by_number);
	for (size_t i = 0; count > 0 && i < hits->count; i++) {
		if (doc->flows[flow_base(doc, hits->items[i].flow)].again != again)
			continue;
		key = match_key(doc, &hits->items[i], again);
		hits->items[i].dropped = hits->items[i].dropped || bsearch(&key, keys, count, sizeof(*keys), by_number) != NULL;
	}
	free(keys);
}

/* A hit that runs across pieces, and what it is known by. */
struct across {
	uint64_t key;
	struct hit *hit;
};

static int by_key(const void *a, const void *b)
{
	const struct across *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->hit < y->hit ? -1 : x->hit > y->hit;
}

/* Of pieces put side by side counts what runs across, once for all ways they are put. */
static void drop_within_pieces(const struct document *doc, struct hits *hits)
{
	struct across *across = mem_alloc(hits->count + 1, sizeof(*across));
	size_t count = 0;

	for (size_t i = 0; i < hits->count; i++) {
		struct hit *hit = &hits->items[i];
		const struct flow *flow = &doc->flows[hit->flow];
		const size_t piece = flow->again == AGAIN_ACROSS ? spans_until(flow, hit->start) : 0;
		const char *place = piece > 0 ? flow->spans[piece - 1].place : "";

		if (flow->again != AGAIN_ACROSS)
			continue;
		if (hit->end <= hit->start || spans_until(flow, hit->end - 1) == piece)
			hit->dropped = true;
		else
			across[count++] = (struct across){mix(match_key(doc, hit, AGAIN_ACROSS), place, page_len(place)), hit};
	}
	qsort(across, count, sizeof(*across), by_key);
	for (size_t i = 1; i < count; i++)
		across[i].hit->dropped = across[i].hit->dropped || across[i].key == across[i - 1].key;
	free(across);
}

void mark_repeated(const struct document *doc, struct hits *hits)
{
	drop_within_pieces(doc, hits);
	mark_same_span(doc, hits);
	mark_same_sight(doc, hits);
	drop_shown(doc, hits, AGAIN_ORDERED);
	drop_shown(doc, hits, AGAIN_SECOND);
}
