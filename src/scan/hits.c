/* hits.c - from folded text to confirmed matches: patterns and keywords find, then near, unless and
 * validate decide.  What a rule finds overlapping itself counts once, from the left. */
#include "scanner_inside.h"

#include "base/mem.h"
#include "extract/document.h"
#include "rules/validate.h"

#include <stdlib.h>
#include <string.h>

enum { AROUND = 40,  /* characters of surrounding text that `unless` sees on either side */
       BEYOND = 16 }; /* and behind that, only to be looked ahead at */
enum { SPANS_MOST = 2000000 };

struct keyword_span {
	struct span span;
	uint32_t rule;
};

/* The search for one view of one flow. */
struct search {
	const struct scanner *scanner;
	const struct flow *flow;
	const struct folded *folded;
	struct match_run *run;
	uint32_t only;
	struct keyword_span *spans; /* of all keyword rules, unconfirmed */
	size_t span_count;
	struct hits *out;
};

static size_t back(const char *text, size_t at, size_t chars)
{
	while (at > 0 && chars > 0) {
		at--;
		while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80)
			at--;
		chars--;
	}
	return at;
}

static size_t forward(const char *text, size_t len, size_t at, size_t chars)
{
	while (at < len && chars > 0) {
		at++;
		while (at < len && ((unsigned char)text[at] & 0xC0) == 0x80)
			at++;
		chars--;
	}
	return at;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool contains(const char *text, size_t len, const char *word)
{
	const size_t n = strlen(word);

	for (size_t i = 0; n > 0 && i + n <= len; i++) {
		size_t k = 0;

		while (k < n && lower(text[i + k]) == lower(word[k]))
			k++;
		if (k == n)
			return true;
	}
	return false;
}

static bool is_near(const struct search *s, const struct rule *rule, const struct compiled *c, const struct span *m)
{
	const struct folded *f = s->folded;
	const size_t from = back(f->text, m->from, rule->within), to = forward(f->text, f->len, m->to, rule->within);

	for (size_t i = 0; i < c->near.count; i++)
		if (contains(f->text + from, to - from, c->near.items[i]))
			return true;
	return c->near.count == 0;
}

static void give_up(struct search *s, const struct rule *rule)
{
	if (s->out->undecided == NULL)
		s->out->undecided = rule->id;
}

/* An excuse that could not be decided excuses nothing, and leaves the file undecided. */
static bool is_excused(struct search *s, const struct rule *rule, const struct compiled *c, const struct span *m)
{
	const struct folded *f = s->folded;
	const size_t limit = forward(f->text, f->len, m->to, AROUND), end = forward(f->text, f->len, limit, BEYOND);
	struct subject subject = {f->text, end, back(f->text, m->from, AROUND), end < f->len && f->text[end] != '\n'};

	while (c->unless != NULL && subject.start < limit) {
		struct span excuse;
		const enum match_result found = matcher_find(c->unless, s->run, &subject, &excuse, NULL);

		if (found == MATCH_UNDECIDED)
			give_up(s, rule);
		if (found != MATCH_FOUND)
			return false;
		if (excuse.to <= limit)
			return true;
		subject.start = excuse.to;
	}
	return false;
}

/* More than anybody will ever look at: the file is undecided, and memory stays bounded. */
static bool is_full(struct search *s, size_t count, size_t most)
{
	s->out->overflow = s->out->overflow || count >= most;
	return s->out->overflow;
}

static void add_hit(struct search *s, const struct hit *hit)
{
	if (is_full(s, s->out->count, HITS_MOST))
		return;
	s->out->items = mem_grow(s->out->items, s->out->count, sizeof(*s->out->items));
	s->out->items[s->out->count++] = *hit;
}

static void confirm(struct search *s, uint32_t index, const struct span *m, const struct span *value)
{
	const struct rule *rule = &s->scanner->set->rules[index];
	const struct compiled *c = &s->scanner->compiled[index];
	const struct folded *f = s->folded;
	struct hit hit = {.rule = index, .folded_len = m->to - m->from};

	if (!validator_accepts(rule->validate, f->text + value->from, value->to - value->from) ||
	    !is_near(s, rule, c, m) || is_excused(s, rule, c, m))
		return;
	folded_span(f, s->flow->text, s->flow->len, m->from, m->to, &hit.start, &hit.end);
	add_hit(s, &hit);
}

static void find_pattern(struct search *s, uint32_t index)
{
	const struct folded *f = s->folded;
	struct subject subject = {.text = f->text, .len = f->len};
	struct span match, value;

	while (subject.start < f->len && !s->out->overflow) {
		const enum match_result found =
			matcher_find(s->scanner->compiled[index].pattern, s->run, &subject, &match, &value);

		if (found == MATCH_UNDECIDED)
			give_up(s, &s->scanner->set->rules[index]);
		if (found != MATCH_FOUND)
			return;
		confirm(s, index, &match, &value);
		subject.start = match.to;
	}
}

static void keep_span(uint32_t rule, size_t from, size_t to, void *context)
{
	struct search *s = context;

	if ((s->only != UINT32_MAX && s->only != rule) ||
	    (s->scanner->set->rules[rule].where & 1u << s->flow->kind) == 0 || is_full(s, s->span_count, SPANS_MOST))
		return;
	s->spans = mem_grow(s->spans, s->span_count, sizeof(*s->spans));
	s->spans[s->span_count++] = (struct keyword_span){{from, to}, rule};
}

/* By rule; then leftmost, then longest. */
static int compare_spans(const void *a, const void *b)
{
	const struct keyword_span *x = a, *y = b;

	if (x->rule != y->rule)
		return x->rule < y->rule ? -1 : 1;
	if (x->span.from != y->span.from)
		return x->span.from < y->span.from ? -1 : 1;
	return x->span.to > y->span.to ? -1 : x->span.to < y->span.to;
}

static void confirm_keywords(struct search *s)
{
	const struct keyword_span *last = NULL;

	if (s->span_count > 0)
		qsort(s->spans, s->span_count, sizeof(*s->spans), compare_spans);
	for (size_t i = 0; i < s->span_count && !s->out->overflow; i++) {
		const struct keyword_span *k = &s->spans[i];

		if (last != NULL && last->rule == k->rule && k->span.from < last->span.to)
			continue;
		confirm(s, k->rule, &k->span, &k->span);
		last = k;
	}
}

/* To the end of a character, wherever the word of a disguise was said to end. */
static size_t whole_character(const struct flow *flow, size_t at)
{
	while (at < flow->len && ((unsigned char)flow->text[at] & 0xC0) == 0x80)
		at++;
	return at;
}

static void find_structure(struct search *s, uint32_t index)
{
	static const enum disguise_kind kinds[] = {
		[STRUCTURE_INVISIBLE] = DISGUISE_INVISIBLE,
		[STRUCTURE_MIXED_SCRIPT] = DISGUISE_MIXED_SCRIPT,
		[STRUCTURE_BIDI] = DISGUISE_BIDI,
	};

	for (size_t i = 0; i < s->folded->disguise_count; i++) {
		const struct disguise *d = &s->folded->disguises[i];
		const struct hit hit = {.rule = index, .start = d->start, .end = whole_character(s->flow, d->end)};

		if (d->kind == kinds[s->scanner->set->rules[index].structure])
			add_hit(s, &hit);
	}
}

static void search_view(struct search *s, enum text_view view)
{
	const struct ruleset *set = s->scanner->set;

	for (uint32_t i = 0; i < set->count; i++) {
		const struct rule *rule = &set->rules[i];

		if ((s->only != UINT32_MAX && s->only != i) || (rule->where & 1u << s->flow->kind) == 0)
			continue;
		if (rule->kind == RULE_PATTERN && (int)rule->view == (int)view)
			find_pattern(s, i);
		else if (rule->kind == RULE_STRUCTURE && view == VIEW_LINE)
			find_structure(s, i);
	}
	if (s->scanner->words[view] != NULL) {
		words_find(s->scanner->words[view], s->folded->text, s->folded->len, keep_span, s);
		confirm_keywords(s);
	}
}

void find_hits(const struct scanner *scanner, const struct flow *flow, uint32_t only, struct hits *out)
{
	struct match_run *run = match_run_new();

	for (int view = 0; view < VIEW_COUNT; view++) {
		struct folded folded = {0};
		struct search s = {.scanner = scanner, .flow = flow, .folded = &folded, .run = run, .only = only, .out = out};

		if (!scanner->views[view])
			continue;
		fold_text(flow->text, flow->len, (enum text_view)view, &folded);
		search_view(&s, (enum text_view)view);
		folded_release(&folded);
		free(s.spans);
	}
	match_run_free(run);
}
