/* hits.c - from folded text to confirmed matches: patterns and keywords find, then near, unless and
 * validate decide.  What a rule finds overlapping itself counts once, from the left. */
#include "scanner_inside.h"

#include "base/mem.h"
#include "extract/document.h"
#include "rules/validate.h"

#include <stdlib.h>
#include <string.h>

enum { AROUND = 40 }; /* characters of surrounding text that `unless` sees on either side */

/* The search for one view of one flow. */
struct search {
	const struct scanner *scanner;
	const struct flow *flow;
	const struct folded *folded;
	struct match_run *run;
	uint32_t only;
	struct span *spans; /* raw keyword spans, with their rule */
	uint32_t *span_rules;
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
	const size_t from = back(f->text, m->from, AROUND), to = forward(f->text, f->len, m->to, AROUND);
	struct span excuse;
	enum match_result found;

	if (c->unless == NULL)
		return false;
	found = matcher_find(c->unless, s->run, f->text + from, to - from, 0, &excuse, NULL);
	if (found == MATCH_UNDECIDED)
		give_up(s, rule);
	return found == MATCH_FOUND;
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
	s->out->items = mem_grow(s->out->items, s->out->count, sizeof(*s->out->items));
	s->out->items[s->out->count++] = hit;
}

static void find_pattern(struct search *s, uint32_t index)
{
	const struct rule *rule = &s->scanner->set->rules[index];
	const struct folded *f = s->folded;
	struct span match, value;
	size_t at = 0;

	while (at <= f->len) {
		const enum match_result found =
			matcher_find(s->scanner->compiled[index].pattern, s->run, f->text, f->len, at, &match, &value);

		if (found == MATCH_UNDECIDED)
			give_up(s, rule);
		if (found != MATCH_FOUND)
			return;
		confirm(s, index, &match, &value);
		at = match.to;
	}
}

static void keep_span(uint32_t rule, size_t from, size_t to, void *context)
{
	struct search *s = context;
	const enum flow_kind kind = s->flow->kind;

	if ((s->only != UINT32_MAX && s->only != rule) || (s->scanner->set->rules[rule].where & 1u << kind) == 0)
		return;
	s->spans = mem_grow(s->spans, s->span_count, sizeof(*s->spans));
	s->span_rules = mem_grow(s->span_rules, s->span_count, sizeof(*s->span_rules));
	s->spans[s->span_count] = (struct span){from, to};
	s->span_rules[s->span_count++] = rule;
}

struct keyword_span {
	struct span span;
	uint32_t rule;
};

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
	struct keyword_span *all = mem_alloc(s->span_count, sizeof(*all));
	size_t end = 0;

	for (size_t i = 0; i < s->span_count; i++)
		all[i] = (struct keyword_span){s->spans[i], s->span_rules[i]};
	qsort(all, s->span_count, sizeof(*all), compare_spans);
	for (size_t i = 0; i < s->span_count; i++) {
		if (i > 0 && all[i].rule == all[i - 1].rule && all[i].span.from < end)
			continue;
		confirm(s, all[i].rule, &all[i].span, &all[i].span);
		end = all[i].span.to;
	}
	free(all);
}

static void find_structure(struct search *s, uint32_t index)
{
	const enum rule_structure want = s->scanner->set->rules[index].structure;

	for (size_t i = 0; i < s->folded->disguise_count; i++) {
		const struct disguise *d = &s->folded->disguises[i];
		const bool same = (want == STRUCTURE_INVISIBLE && d->kind == DISGUISE_INVISIBLE) ||
		                  (want == STRUCTURE_MIXED_SCRIPT && d->kind == DISGUISE_MIXED_SCRIPT) ||
		                  (want == STRUCTURE_BIDI && d->kind == DISGUISE_BIDI);

		if (!same)
			continue;
		s->out->items = mem_grow(s->out->items, s->out->count, sizeof(*s->out->items));
		s->out->items[s->out->count++] = (struct hit){.rule = index, .start = d->start, .end = d->end};
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

		fold_text(flow->text, flow->len, (enum text_view)view, &folded);
		search_view(&s, (enum text_view)view);
		folded_release(&folded);
		free(s.spans);
		free(s.span_rules);
	}
	match_run_free(run);
}
