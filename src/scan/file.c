/* file.c - one file, from the hits in its flows to its findings.
 *
 * A file ends up with findings, or undecided, or both: what could not be decided never hides what
 * was found.  One thing in the document is one finding, though several readings of the same bytes
 * find it; work grows with the number of hits, not with its square, because the file that leaks most
 * has the most of them. */
#include "scanner_inside.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/mem.h"
#include "extract/document.h"
#include "finding_inside.h"
#include "rules/allow.h"

#include <stdlib.h>
#include <string.h>

/* A made flow says where each character began, not where it ended: the next one may stand behind a
 * tag.  What was copied as it is ends where it ends. */
static uint64_t document_end(const struct flow *flow, const struct flow *base, const struct hit *hit)
{
	size_t last = hit->end - 1;

	if (flow->origin == NULL)
		return hit->end;
	while (last > hit->start && ((unsigned char)flow->text[last] & 0xC0) == 0x80)
		last--;
	if (flow->derived) {
		const size_t at = flow->origin[last] - flow_shift(base), n = hit->end - last;

		if (at + n <= base->len && memcmp(base->text + at, flow->text + last, n) == 0)
			return flow->origin[last] + n;
	}
	return flow->origin[hit->end];
}

static void find_all(struct scanner *s, const struct document *doc, struct hits *hits)
{
	for (uint32_t i = 0; i < doc->flow_count; i++) {
		const struct flow *flow = &doc->flows[i], *base = &doc->flows[flow_base(doc, i)];
		const size_t before = hits->count;

		find_hits(s, flow, UINT32_MAX, hits);
		for (size_t k = before; k < hits->count; k++) {
			struct hit *hit = &hits->items[k];

			hit->flow = i;
			hit->from = flow->at + (flow->origin != NULL ? flow->origin[hit->start] : hit->start);
			hit->to = flow->at + document_end(flow, base, hit);
			if (hit->to <= hit->from)
				hit->to = hit->from + 1; /* over a seam of a made flow */
		}
	}
}

/* How often a rule was found in one reading of the bytes at `at`. */
struct tally {
	uint32_t rule, base;
	uint64_t at;
};

static int by_tally(const void *a, const void *b)
{
	const struct tally *x = a, *y = b;

	if (x->rule != y->rule)
		return x->rule < y->rule ? -1 : 1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->base < y->base ? -1 : x->base > y->base;
}

/* Readings of the same bytes are not added up: the largest counts. */
static void count_readings(struct tally *tallies, size_t count, uint32_t *most)
{
	uint32_t best = 0, n = 0;

	qsort(tallies, count, sizeof(*tallies), by_tally);
	for (size_t i = 0; i < count; i++) {
		const struct tally *t = &tallies[i], *next = i + 1 < count ? t + 1 : NULL;

		n++;
		if (next != NULL && by_tally(t, next) == 0)
			continue;
		best = n > best ? n : best;
		n = 0;
		if (next != NULL && next->rule == t->rule && next->at == t->at)
			continue;
		most[t->rule] += best;
		best = 0;
	}
}

/* One telephone number is an address, a column of them is a leak. */
static void drop_below_count(struct scanner *s, const struct document *doc, struct hits *hits)
{
	uint32_t *most = mem_alloc(s->set->count, sizeof(*most));
	struct tally *tallies = mem_alloc(hits->count + 1, sizeof(*tallies));
	size_t count = 0;

	for (size_t i = 0; i < hits->count; i++) {
		const struct hit *hit = &hits->items[i];
		const uint32_t base = flow_base(doc, hit->flow);

		if (!hit->dropped && doc->flows[base].reading)
			tallies[count++] = (struct tally){hit->rule, base, doc->flows[base].at};
		else if (!hit->dropped)
			most[hit->rule]++;
	}
	count_readings(tallies, count, most);
	for (size_t i = 0; i < hits->count; i++)
		if (most[hits->items[i].rule] < s->set->rules[hits->items[i].rule].min_count)
			hits->items[i].dropped = true;
	free(tallies);
	free(most);
}

/* Where lines are counted: in the text itself, or, for a flow made from another one (HTML without
 * its tags), in that one, which is what an editor shows.  Asked in ascending order it goes on from
 * where it was, so that a long line is not counted again for each hit in it. */
struct ruler {
	const struct flow *flow;
	struct line_index lines;
	size_t at;
	unsigned line, column; /* of `at`; line 0: not asked yet */
};

static void ruler_read(struct ruler *r, size_t at)
{
	const bool further = r->line > 0 && at >= r->at && (r->line >= r->lines.count || at < r->lines.starts[r->line]);

	if (!further)
		line_index_find(&r->lines, r->flow->text, at, &r->line, &r->column);
	for (size_t i = r->at; further && i < at; i++)
		r->column += ((unsigned char)r->flow->text[i] & 0xC0) != 0x80 ? 1 : 0;
	r->at = at;
}

static char *explanation(const struct rule *rule, const struct flow *flow, const struct hit *hit)
{
	static const char *const views[] = {"line", "running", "verbatim"};
	static const char *const means[] = {"", "a keyword", "its pattern", "the way the text is hidden"};

	return mem_format("%s (%s:%u) matched by %s, view %s, in %s%s%s; once folded it is %zu bytes: %s; check %s", rule->id,
	                  rule->file, rule->line, means[rule->kind], views[rule->view], flow_kind_name(flow->kind),
	                  flow->place[0] != '\0' ? " " : "", flow->place, hit->folded_len,
	                  hit->shape != NULL ? hit->shape : "-", validator_name(rule->validate));
}

/* Known to be harmless, and said so through the ledger: shown, and nobody has to clear it. */
static void apply_allowance(const struct scanner *s, const struct rule *rule, const struct hit *hit, struct finding *f,
                            const char *path)
{
	const struct allowance *a = s->has_day ? ruleset_allows(s->set, rule, &hit->text, path, s->day) : NULL;
	char until[DATE_TEXT_SIZE];

	if (a == NULL)
		return;
	f->action = ACTION_NOTE;
	f->evidence = false;
	f->clearance[0] = '\0';
	f->allowed = mem_format("%s until %s: %s", a->person, date_to_text(a->until, until), a->reason);
}

/* One thing seen: in which text, made from which, and where that shows it. */
struct sight {
	const struct flow *flow, *base;
	uint32_t line, column;
};

enum { PLACES_MOST = 5 };

size_t spans_until(const struct flow *flow, size_t at)
{
	size_t low = 0, high = flow->span_count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (flow->spans[middle].start <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Each place a match spans: "Sheet2!B14, Sheet2!C14". */
static char *places_of(const struct flow *base, size_t from, size_t to)
{
	const size_t first = spans_until(base, from), last = spans_until(base, to > from ? to - 1 : from);
	struct buf out = {0};

	for (size_t i = first > 0 ? first - 1 : 0; i < last && i < base->span_count; i++) {
		const size_t n = i + 1 - (first > 0 ? first - 1 : 0);

		if (n > PLACES_MOST) {
			buf_addf(&out, " and %zu more places", last - i);
			break;
		}
		buf_addf(&out, "%s%s", n > 1 ? ", " : "", base->spans[i].place);
	}
	return buf_take(&out);
}

/* Where a person finds it.  What was taken out of a document is looked for there, not by lines. */
static char *place_of(const struct sight *sight, const struct hit *hit)
{
	const struct flow *flow = sight->flow, *base = sight->base;
	char *places, *whole;

	if (!flow->extracted)
		return mem_copy_string(flow->place);
	if (base->span_count == 0)
		return base->reading || memchr(base->text, '\n', base->len) != NULL
		           ? mem_format("%s%sline %u", flow->place, flow->place[0] != '\0' ? ", " : "", (unsigned)sight->line)
		           : mem_copy_string(flow->place);
	places = places_of(base, (size_t)(hit->from - flow->at), (size_t)(hit->to - flow->at));
	if (flow == base || strlen(flow->place) <= strlen(base->place))
		return places;
	whole = mem_format("%s%s%s", places, base->place[0] != '\0' ? "" : ", ", flow->place + strlen(base->place));
	free(places);
	return whole;
}

/* Words in pieces are from a line of the file, where they are from one; 0: not known. */
static uint32_t line_of(const struct flow *base, const struct hit *hit)
{
	const size_t from = (size_t)(hit->from - base->at), to = (size_t)(hit->to - base->at), first = spans_until(base, from);

	return first > 0 && first == spans_until(base, to - 1) ? base->spans[first - 1].line : 0;
}

static void add_finding(const struct scanner *s, const struct hit *hit, const struct sight *sight, const struct cover *cover,
                        struct scanned_file *file)
{
	const struct rule *rule = &s->set->rules[hit->rule];
	const struct flow *flow = sight->flow;
	char *place = place_of(sight, hit);
	struct finding f = {.action = rule->action, .ground = rule->ground, .evidence = rule->evidence};

	f.rule = mem_copy_string(rule->id);
	f.clearance = mem_copy_string(rule->clearance);
	f.title_en = mem_copy_string(rule->title_en);
	f.title_zh = mem_copy_string(rule->title_zh);
	f.kind = mem_copy_string(flow_kind_name(flow->kind));
	f.place = mem_copy_string(place);
	f.start = hit->from;
	f.end = hit->to;
	f.why = explanation(rule, flow, hit);
	apply_allowance(s, rule, hit, &f, file->path);
	f.excerpt = excerpt_of(flow, cover, hit, &f.mark, &f.mark_width);
	f.line = flow->extracted ? line_of(sight->base, hit) : sight->line;
	f.column = !flow->extracted ? sight->column : f.line > 0 ? 1 : 0;
	free(place);
	file->findings = mem_grow(file->findings, file->count, sizeof(*file->findings));
	file->findings[file->count++] = f;
}

static int by_place(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	return x->start < y->start ? -1 : x->start > y->start;
}

/* The hits of one flow, from `first` on; `all` is what its excerpts hide besides. */
static void add_flow(struct scanner *s, const struct document *doc, struct hits *hits, size_t first,
                     const struct mask *all, struct scanned_file *file)
{
	const uint32_t index = hits->items[first].flow;
	const struct flow *flow = &doc->flows[index], *base = &doc->flows[flow_base(doc, index)];
	struct cover cover = {.all = all, .blind = hits->undecided != NULL || hits->failed != NULL || hits->overflow};
	struct ruler ruler = {.flow = base};
	size_t end = first;

	while (end < hits->count && hits->items[end].flow == index) {
		mask_add(&cover.own, hits->items[end].start, hits->items[end].end);
		end++;
	}
	mask_close(&cover.own);
	line_index_build(base->text, base->len, &ruler.lines);
	qsort(hits->items + first, end - first, sizeof(*hits->items), by_place);
	for (size_t i = first; i < end; i++) {
		const struct hit *hit = &hits->items[i];

		if (hit->dropped || hit->repeated)
			continue;
		ruler_read(&ruler, base == flow ? hit->start : flow->origin[hit->start] - flow_shift(base));
		add_finding(s, hit, &(struct sight){flow, base, ruler.line, ruler.column}, &cover, file);
	}
	line_index_release(&ruler.lines);
	mask_release(&cover.own);
}

/* All flows made from the same text, whose hits begin at `first`; returns where the next one's do. */
static size_t add_group(struct scanner *s, const struct document *doc, struct hits *hits, size_t first,
                        struct scanned_file *file)
{
	const uint32_t base = flow_base(doc, hits->items[first].flow);
	struct mask all = {0};
	size_t end = first;

	while (end < hits->count && flow_base(doc, hits->items[end].flow) == base) {
		mask_add(&all, hits->items[end].from, hits->items[end].to);
		end++;
	}
	mask_close(&all);
	for (size_t i = first; i < end; i++)
		if (i == first || hits->items[i].flow != hits->items[i - 1].flow)
			add_flow(s, doc, hits, i, &all, file);
	mask_release(&all);
	return end;
}

void scan_flows(struct scanner *s, const struct document *doc, struct scanned_file *file)
{
	struct hits hits = {0};

	if (doc->undecided != NULL)
		file->undecided = mem_copy_string(doc->undecided);
	find_all(s, doc, &hits);
	mark_repeated(doc, &hits);
	drop_below_count(s, doc, &hits);
	for (size_t first = 0; first < hits.count;)
		first = add_group(s, doc, &hits, first, file);
	judge_observed(s, doc, file);
	if (hits.undecided != NULL && file->undecided == NULL)
		file->undecided = mem_format("rule %s could not be decided: it met a match limit", hits.undecided);
	if (hits.overflow && file->undecided == NULL)
		file->undecided = mem_format("more than %d matches: nobody can review them", HITS_MOST);
	if (hits.failed != NULL && file->undecided == NULL)
		file->undecided = mem_copy_string(hits.failed);
	hits_release(&hits);
}

void name_findings(struct scanned_file *file)
{
	for (size_t i = 0; i < file->count; i++)
		finding_name(&file->findings[i], file);
	findings_sort(file->findings, file->count);
}
