/* scanner.c - a ruleset, compiled: what each rule looks at, what to look for, how far it sees. */
#include "scanner_inside.h"

#include "base/mem.h"
#include "base/progress.h"
#include "extract/document.h"
#include "need.h"
#include "scan/finding.h"
#include "search.h"
#include "seal/hash.h"

#include <stdlib.h>
#include <string.h>

enum { WINDOW = 256 * 1024, REACH_MOST = 32 * 1024, AROUND_BYTES = 64 * 4, WHOLE_LINES = 4096 };
static const size_t WHOLE_MOST = (size_t)128 * 1024 * 1024; /* of a text needed at once, folded */

static enum text_view view_of(const struct rule *rule)
{
	return rule->view == RULE_VIEW_RUNNING    ? VIEW_RUNNING
	       : rule->view == RULE_VIEW_VERBATIM ? VIEW_VERBATIM
	                                          : VIEW_LINE;
}

static char *fold_word(const char *word, enum text_view view)
{
	struct folded folded = {0};
	char *text;

	fold_text(word, strlen(word), view, &folded);
	text = mem_copy_bytes(folded.text, folded.len);
	folded_release(&folded);
	return text;
}

/* Folded as its text will be; NULL when nothing is left of it to be found. */
static char *folded_keyword(const struct rule *rule, const char *keyword, struct err *err)
{
	char *word = fold_word(keyword, view_of(rule));

	if (word[0] != '\0')
		return word;
	free(word);
	(void)err_set(err, ERR_INPUT, "%s:%u:%u: a keyword of rule %s is nothing once folded", rule->file, rule->line,
	              rule->column, rule->id);
	return NULL;
}

static void add_trigger(struct scanner *s, uint32_t rule, const char *word, bool keyword)
{
	s->triggers = mem_grow(s->triggers, s->trigger_count, sizeof(*s->triggers));
	s->triggers[s->trigger_count] = (struct trigger){.rule = rule, .len = (uint32_t)strlen(word), .keyword = keyword ? 1 : 0};
	prefilter_add(s->words, word, (uint32_t)s->trigger_count++);
}

static void reach(struct scanner *s, size_t behind, size_t ahead)
{
	s->behind = behind > s->behind ? behind : s->behind;
	s->ahead = ahead > s->ahead ? ahead : s->ahead;
}

/* Of a word in the line view, what is in the running view too: a hyphen at a line's end is not, and an
 * asterisk at its edge may be a star. */
static const char *lasting(const char *word, size_t *len, enum text_view view)
{
	while (view == VIEW_LINE && *len > 0 && (word[*len - 1] == '-' || word[*len - 1] == '*'))
		--*len;
	for (; view == VIEW_LINE && *len > 0 && word[0] == '*'; word++)
		--*len;
	return word;
}

/* Keywords that are not the same in the running view cannot be looked for there. */
static void plan_keyword(struct scanner *s, uint32_t index, const char *word)
{
	struct plan *plan = &s->plans[index];
	size_t len = strlen(word);

	(void)lasting(word, &len, plan->view);
	plan->plain = plan->plain || len < strlen(word);
	if (!plan->plain)
		add_trigger(s, index, word, true);
	reach(s, strlen(word), strlen(word));
}

static bool add_keywords(struct scanner *s, uint32_t index, struct err *err)
{
	const struct rule *rule = &s->set->rules[index];

	for (size_t i = 0; i < rule->keywords.count; i++) {
		char *word = folded_keyword(rule, rule->keywords.items[i], err);

		if (word == NULL)
			return false;
		plan_keyword(s, index, word);
		free(word);
	}
	return true;
}

static bool add_near(struct scanner *s, uint32_t index, struct err *err)
{
	const struct rule *rule = &s->set->rules[index];
	struct texts *near = &s->plans[index].near;

	for (size_t i = 0; i < rule->near.count; i++) {
		char *word = folded_keyword(rule, rule->near.items[i], err);

		if (word == NULL)
			return false;
		near->items = mem_grow(near->items, near->count, sizeof(*near->items));
		near->items[near->count++] = word;
	}
	return true;
}

static size_t sum(size_t a, size_t b)
{
	return a == SHAPE_UNBOUNDED || b == SHAPE_UNBOUNDED ? SHAPE_UNBOUNDED : a + b;
}

static void add_need(struct scanner *s, uint32_t index)
{
	struct plan *plan = &s->plans[index];
	struct need *need = &plan->shape.need;
	struct words words = {0};

	for (const char *w = words_next(&need->words, NULL); w != NULL; w = words_next(&need->words, w)) {
		size_t len = strlen(w);
		const char *word = lasting(w, &len, plan->view);

		need->before = len < strlen(w) ? sum(need->before, strlen(w) - len) : need->before;
		need->known = need->known && len > 0;
		words_set_add(&words, word, len);
	}
	words_set_clear(&need->words);
	need->words = words;
	plan->eager = !need->known && !plan->plain;
	s->eager = s->eager || plan->eager;
	if (plan->plain || !need->known)
		return;
	for (const char *w = words_next(&need->words, NULL); w != NULL; w = words_next(&need->words, w))
		add_trigger(s, index, w, false);
	plan->numbers = need->digits > 0 || need->code;
	s->codes = s->codes || need->code;
	if (need->digits > 0 && (s->digits == 0 || need->digits < s->digits))
		s->digits = need->digits;
}

/* What no window is sure to show makes the whole text needed at once. */
static void add_reach(struct scanner *s, uint32_t index)
{
	const struct plan *plan = &s->plans[index];
	const struct shape *shape = &plan->shape;
	size_t behind = sum(shape->longest, shape->behind), ahead = sum(shape->longest, shape->ahead);

	if (plan->view == VIEW_LINE && !shape->crosses) { /* one line; longer ones are noticed when met */
		behind = behind == SHAPE_UNBOUNDED ? WHOLE_LINES : behind;
		ahead = ahead == SHAPE_UNBOUNDED ? WHOLE_LINES : ahead;
	}
	if (plan->plain)
		return;
	if (behind <= REACH_MOST && ahead <= REACH_MOST) {
		reach(s, behind, ahead);
		return;
	}
	s->plans[index].unbounded = true;
	s->unbounded = &s->set->rules[index];
}

static bool compile_pattern(struct scanner *s, uint32_t index, struct err *err)
{
	const struct rule *rule = &s->set->rules[index];
	const struct pattern_place place = {rule->file, rule->pattern_line, rule->pattern_column, rule->view == RULE_VIEW_VERBATIM};

	if (!matcher_new(rule->pattern, &place, &s->plans[index].pattern, err))
		return false;
	shape_of(matcher_folded(s->plans[index].pattern), &s->plans[index].shape);
	add_need(s, index);
	add_reach(s, index);
	return true;
}

static bool compile_rule(struct scanner *s, uint32_t index, struct err *err)
{
	const struct rule *rule = &s->set->rules[index];
	const struct pattern_place unless = {rule->file, rule->unless_line, rule->unless_column,
	                                     rule->view == RULE_VIEW_VERBATIM};
	struct plan *plan = &s->plans[index];

	plan->view = rule->kind == RULE_STRUCTURE ? VIEW_LINE : view_of(rule);
	plan->plain = plan->view == VIEW_VERBATIM;
	if (rule->near.count > 0)
		reach(s, (size_t)rule->within * 4, (size_t)rule->within * 4);
	if (!add_near(s, index, err) || (rule->pattern != NULL && !compile_pattern(s, index, err)) ||
	    (rule->unless != NULL && !matcher_new(rule->unless, &unless, &plan->unless, err)) || !add_keywords(s, index, err))
		return false;
	s->plain[plan->view] = s->plain[plan->view] || plan->plain;
	return true;
}

/* A match and what decides on it: its length, then what is near it or around it. */
static void settle_reach(struct scanner *s)
{
	size_t within = 0;

	for (size_t i = 0; i < s->set->count; i++)
		within = s->set->rules[i].near.count > 0 && s->set->rules[i].within > within ? s->set->rules[i].within : within;
	s->behind += within * 4 + AROUND_BYTES;
	s->ahead += within * 4 + AROUND_BYTES + FOLD_UNSETTLED;
	s->window = (s->behind + s->ahead) * 4 > WINDOW ? (s->behind + s->ahead) * 4 : WINDOW;
}

const char *scanner_engine(void)
{
	return prefilter_engine();
}

struct scanner *scanner_blank(const struct ruleset *set)
{
	struct scanner *s = mem_alloc(1, sizeof(*s));

	s->set = set;
	s->plans = mem_alloc(set->count, sizeof(*s->plans));
	(void)pthread_mutex_init(&s->lock, NULL);
	s->words = prefilter_new();
	return s;
}

bool scanner_new(const struct ruleset *set, struct scanner **out, struct err *err)
{
	struct scanner *s = scanner_blank(set);
	bool ok = true;

	for (uint32_t i = 0; ok && i < set->count; i++)
		ok = compile_rule(s, i, err);
	if (!ok || !prefilter_build(s->words, err)) {
		scanner_free(s);
		return false;
	}
	settle_reach(s);
	*out = s;
	return true;
}

void scanner_set_day(struct scanner *scanner, int32_t day)
{
	scanner->day = day;
	scanner->has_day = true;
}

void scanner_set_lean(struct scanner *scanner)
{
	scanner->lean = true;
}

static void plan_release(struct plan *plan)
{
	matcher_free(plan->pattern);
	matcher_free(plan->unless);
	shape_release(&plan->shape);
	for (size_t k = 0; k < plan->near.count; k++)
		free(plan->near.items[k]);
	free(plan->near.items);
}

static void worker_free(struct worker *worker)
{
	prefilter_scratch_free(worker->scratch);
	match_run_free(worker->run);
	free(worker);
}

void scanner_free(struct scanner *s)
{
	if (s == NULL)
		return;
	while (s->idle != NULL) {
		struct worker *worker = s->idle;

		s->idle = worker->next;
		worker_free(worker);
	}
	for (size_t i = 0; i < s->set->count; i++)
		plan_release(&s->plans[i]);
	prefilter_free(s->words);
	(void)pthread_mutex_destroy(&s->lock);
	free(s->triggers);
	free(s->plans);
	free(s);
}

struct worker *worker_borrow(struct scanner *s)
{
	struct worker *worker;

	(void)pthread_mutex_lock(&s->lock);
	worker = s->idle;
	if (worker != NULL)
		s->idle = worker->next;
	(void)pthread_mutex_unlock(&s->lock);
	if (worker != NULL)
		return worker;
	worker = mem_alloc(1, sizeof(*worker));
	worker->run = match_run_new();
	worker->scratch = prefilter_scratch_new(s->words);
	return worker;
}

void worker_return(struct scanner *s, struct worker *worker)
{
	(void)pthread_mutex_lock(&s->lock);
	worker->next = s->idle;
	s->idle = worker;
	(void)pthread_mutex_unlock(&s->lock);
}

void find_hits(struct scanner *scanner, const struct flow *flow, uint32_t only, struct hits *out)
{
	struct search s = {.scanner = scanner, .flow = flow, .worker = worker_borrow(scanner), .only = only, .out = out};

	if (scanner->naive) {
		search_whole(&s, true);
	} else {
		const bool whole = scanner->unbounded != NULL;

		if (whole || !search_windows(&s, scanner->window)) {
			if (flow->len > WHOLE_MOST)
				out->failed = "a rule needs more of the text at once than is kept";
			else
				(void)search_windows(&s, SIZE_MAX);
		}
		search_whole(&s, false);
	}
	confirm_blobs(&s);
	worker_return(scanner, s.worker);
}

void scan_document(struct scanner *s, const char *path, const struct document *doc, struct scanned_file *out)
{
	*out = (struct scanned_file){.path = mem_copy_string(path)};
	scan_flows(s, doc, out);
	name_findings(out);
}

void scan_bytes(struct scanner *s, const char *path, unsigned mode, const void *bytes, size_t len, struct scanned_file *out)
{
	struct document doc = {0};

	*out = (struct scanned_file){.path = mem_copy_string(path), .size = len, .mode = mode};
	document_read(path, bytes, len, &doc);
	scan_flows(s, &doc, out);
	if (!s->lean || out->count > 0)
		hash_bytes(bytes, len, &out->digest);
	name_findings(out);
	document_release(&doc);
	progress_add(PROGRESS_DOCUMENTS, 1);
	progress_add(PROGRESS_BYTES, len);
	progress_add(PROGRESS_FINDINGS, out->count);
}
