/* confirm.c - from a match to a hit: near, unless and validate decide. */
#include "search.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "extract/document.h"
#include "rules/allow.h"
#include "rules/validate.h"
#include "seal/hash.h"

#include <stdlib.h>
#include <string.h>

enum { AROUND = 40,  /* characters of surrounding text that `unless` sees on either side */
       BEYOND = 16,  /* and behind that, only to be looked ahead at */
       SHAPE_MOST = 60 };

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

static bool is_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_whole_word(const char *text, size_t len, size_t from, size_t to)
{
	if (is_alnum(text[from]) && from > 0 && is_alnum(text[from - 1]))
		return false;
	return !(is_alnum(text[to - 1]) && to < len && is_alnum(text[to]));
}

/* `word` stands, as a word, in text[from, to). */
static bool contains(const struct folded *view, size_t from, size_t to, const char *word)
{
	const size_t n = strlen(word);

	for (size_t i = from; n > 0 && i + n <= to; i++) {
		size_t k = 0;

		while (k < n && lower(view->text[i + k]) == lower(word[k]))
			k++;
		if (k == n && is_whole_word(view->text, view->len, i, i + n))
			return true;
	}
	return false;
}

static bool is_near(const struct folded *view, const struct rule *rule, const struct plan *plan, const struct span *m)
{
	const size_t from = back(view->text, m->from, rule->within), to = forward(view->text, view->len, m->to, rule->within);

	for (size_t i = 0; i < plan->near.count; i++)
		if (contains(view, from, to, plan->near.items[i]))
			return true;
	return plan->near.count == 0;
}

static void give_up(struct search *s, uint32_t rule)
{
	if (s->out->undecided == NULL)
		s->out->undecided = s->scanner->set->rules[rule].id;
}

/* An excuse that could not be decided excuses nothing, and leaves the file undecided. */
static bool is_excused(struct search *s, const struct folded *f, uint32_t rule, const struct span *m)
{
	struct matcher *unless = s->scanner->plans[rule].unless;
	const size_t limit = forward(f->text, f->len, m->to, AROUND), end = forward(f->text, f->len, limit, BEYOND);
	struct subject subject = {.text = f->text,
	                          .len = end,
	                          .start = back(f->text, m->from, AROUND),
	                          .cut = end < f->len && f->text[end] != '\n'};

	while (unless != NULL && subject.start < limit) {
		struct span excuse;
		const enum match_result found = matcher_find(unless, s->worker->run, &subject, &excuse, NULL);

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

/* What was matched without saying it: 9 for a digit, A and a for letters, 汉 for Chinese. */
static char *shape_text(const char *text, size_t len)
{
	struct buf out = {0};
	size_t at = 0;

	for (int n = 0; at < len && n < SHAPE_MOST; n++) {
		uint32_t c = 0;
		const size_t bytes = utf8_decode(text + at, len - at, &c);

		if (c >= '0' && c <= '9')
			buf_add_byte(&out, '9');
		else if (c < 0x80 && is_alnum((char)c))
			buf_add_byte(&out, c >= 'a' ? 'a' : 'A');
		else if (c >= 0x3400 && c != 0x3000)
			buf_add_string(&out, "汉");
		else if (c == '\n')
			buf_add_string(&out, "\\n");
		else
			utf8_add_printable(&out, text + at, bytes > 0 ? bytes : 1);
		at += bytes > 0 ? bytes : 1;
	}
	if (at < len)
		buf_add_string(&out, "...");
	return buf_take(&out);
}

static void add_hit(struct search *s, struct hit *hit)
{
	if (s->out->overflow || s->out->count >= HITS_MOST) {
		s->out->overflow = true;
		free(hit->shape);
		return;
	}
	s->out->items = mem_grow(s->out->items, s->out->count, sizeof(*s->out->items));
	s->out->items[s->out->count++] = *hit;
}

bool search_wants(const struct search *s, uint32_t rule)
{
	return (s->only == UINT32_MAX || s->only == rule) &&
	       (s->scanner->set->rules[rule].where & 1u << s->flow->kind) != 0 && !s->out->overflow;
}

void confirm(struct search *s, const struct folded *view, uint32_t index, const struct span *m, const struct span *value)
{
	const struct rule *rule = &s->scanner->set->rules[index];
	struct hit hit = {.rule = index, .folded_len = m->to - m->from};

	if (!validator_accepts(rule->validate, view->text + value->from, value->to - value->from) ||
	    !is_near(view, rule, &s->scanner->plans[index], m) || is_excused(s, view, index, m))
		return;
	if (s->scanner->set->allowance_count > 0)
		hash_bytes(view->text + m->from, m->to - m->from, &hit.text);
	hit.shape = shape_text(view->text + m->from, m->to - m->from);
	folded_span(view, s->flow->text, s->flow->len, m->from, m->to, &hit.start, &hit.end);
	add_hit(s, &hit);
}

void confirm_all(struct search *s, const struct folded *view, uint32_t rule, size_t *start, size_t limit)
{
	struct subject subject = {.text = view->text, .len = view->len, .limit = limit};
	struct span match, value;

	while (*start < limit && !s->out->overflow) {
		enum match_result found;

		subject.start = *start;
		found = matcher_find(s->scanner->plans[rule].pattern, s->worker->run, &subject, &match, &value);
		if (found == MATCH_UNDECIDED)
			give_up(s, rule);
		if (found != MATCH_FOUND) {
			*start = limit;
			return;
		}
		confirm(s, view, rule, &match, &value);
		*start = match.to;
	}
}

/* To the end of a character, wherever the word of a disguise was said to end. */
static size_t whole_character(const struct flow *flow, size_t at)
{
	while (at < flow->len && ((unsigned char)flow->text[at] & 0xC0) == 0x80)
		at++;
	return at;
}

/* The disguise of this rule that was found last. */
static struct hit *last_disguise(struct hits *hits, uint32_t rule)
{
	for (size_t i = hits->count; i > 0; i--)
		if (hits->items[i - 1].rule == rule && hits->items[i - 1].flow == UINT32_MAX)
			return &hits->items[i - 1];
	return NULL;
}

static void add_disguise(struct search *s, uint32_t rule, const struct disguise *d)
{
	struct hit *last = last_disguise(s->out, rule);
	struct hit hit = {.rule = rule, .flow = UINT32_MAX /* not said yet */, .start = d->start, .end = whole_character(s->flow, d->end)};

	if (last != NULL && last->start <= hit.start && hit.start <= last->end) { /* the same word, in the next window */
		last->end = hit.end > last->end ? hit.end : last->end;
		hit.start = last->start;
	} else {
		add_hit(s, &hit);
		last = s->out->overflow ? NULL : &s->out->items[s->out->count - 1];
	}
	if (last != NULL && s->scanner->set->allowance_count > 0)
		hash_bytes(s->flow->text + last->start, last->end - last->start, &last->text);
}

void confirm_disguises(struct search *s, const struct folded *view)
{
	static const enum disguise_kind kinds[] = {
		[STRUCTURE_INVISIBLE] = DISGUISE_INVISIBLE,
		[STRUCTURE_MIXED_SCRIPT] = DISGUISE_MIXED_SCRIPT,
		[STRUCTURE_BIDI] = DISGUISE_BIDI,
		[STRUCTURE_STYLED] = DISGUISE_STYLED,
		[STRUCTURE_BLOB] = 0, /* found in extracting: confirm_blobs() */
		[STRUCTURE_OBSERVED] = 0, /* not in text: observed.c */
	};
	const struct ruleset *set = s->scanner->set;

	for (uint32_t i = 0; !s->flow->supposed && view->disguise_count > 0 && i < set->count; i++)
		for (size_t k = 0; set->rules[i].kind == RULE_STRUCTURE && k < view->disguise_count && search_wants(s, i); k++)
			if (view->disguises[k].kind == kinds[set->rules[i].structure])
				add_disguise(s, i, &view->disguises[k]);
}

void confirm_blobs(struct search *s)
{
	const struct ruleset *set = s->scanner->set;

	for (uint32_t i = 0; !s->flow->supposed && s->flow->blob_count > 0 && i < set->count; i++)
		for (size_t k = 0; set->rules[i].structure == STRUCTURE_BLOB && k < s->flow->blob_count && search_wants(s, i); k++) {
			const struct disguise d = {.start = s->flow->blobs[k].start, .end = s->flow->blobs[k].end};

			add_disguise(s, i, &d);
		}
}

void hits_cut(struct hits *hits, size_t count)
{
	while (hits->count > count)
		free(hits->items[--hits->count].shape);
}

void hits_release(struct hits *hits)
{
	hits_cut(hits, 0);
	free(hits->items);
	*hits = (struct hits){0};
}
