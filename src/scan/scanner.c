/* scanner.c - a ruleset, compiled, and tried on its own examples.
 *
 * A rule that can never match anything is refused here: people would rely on it. */
#include "scanner_inside.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "extract/document.h"
#include "scan/finding.h"
#include "seal/hash.h"

#include <stdlib.h>
#include <string.h>

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

static bool compile_patterns(const struct rule *rule, struct compiled *c, struct err *err)
{
	const struct pattern_place pattern = {rule->file, rule->pattern_line, rule->pattern_column,
	                                      rule->view == RULE_VIEW_VERBATIM};
	const struct pattern_place unless = {rule->file, rule->unless_line, rule->unless_column,
	                                     rule->view == RULE_VIEW_VERBATIM};

	if (rule->pattern != NULL && !matcher_new(rule->pattern, &pattern, &c->pattern, err))
		return false;
	return rule->unless == NULL || matcher_new(rule->unless, &unless, &c->unless, err);
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

static bool add_keywords(struct scanner *s, uint32_t index, struct err *err)
{
	const struct rule *rule = &s->set->rules[index];
	const enum text_view view = view_of(rule);

	for (size_t i = 0; i < rule->keywords.count; i++) {
		char *word = folded_keyword(rule, rule->keywords.items[i], err);

		if (word == NULL)
			return false;
		if (s->words[view] == NULL)
			s->words[view] = words_new();
		words_add(s->words[view], word, index);
		free(word);
	}
	return true;
}

static bool add_near(const struct rule *rule, struct texts *near, struct err *err)
{
	for (size_t i = 0; i < rule->near.count; i++) {
		char *word = folded_keyword(rule, rule->near.items[i], err);

		if (word == NULL)
			return false;
		near->items = mem_grow(near->items, near->count, sizeof(*near->items));
		near->items[near->count++] = word;
	}
	return true;
}

static bool compile_rule(struct scanner *s, uint32_t index, struct err *err)
{
	const struct rule *rule = &s->set->rules[index];
	struct compiled *c = &s->compiled[index];

	s->views[rule->kind == RULE_STRUCTURE ? VIEW_LINE : view_of(rule)] = true;
	return add_near(rule, &c->near, err) && compile_patterns(rule, c, err) && add_keywords(s, index, err);
}

bool scanner_new(const struct ruleset *set, struct scanner **out, struct err *err)
{
	struct scanner *s = mem_alloc(1, sizeof(*s));

	s->set = set;
	s->compiled = mem_alloc(set->count, sizeof(*s->compiled));
	for (uint32_t i = 0; i < set->count; i++)
		if (!compile_rule(s, i, err)) {
			scanner_free(s);
			return false;
		}
	for (int view = 0; view < VIEW_COUNT; view++)
		if (s->words[view] != NULL)
			words_build(s->words[view]);
	*out = s;
	return true;
}

void scanner_free(struct scanner *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->set->count; i++) {
		matcher_free(s->compiled[i].pattern);
		matcher_free(s->compiled[i].unless);
		for (size_t k = 0; k < s->compiled[i].near.count; k++)
			free(s->compiled[i].near.items[k]);
		free(s->compiled[i].near.items);
	}
	for (int view = 0; view < VIEW_COUNT; view++)
		words_free(s->words[view]);
	free(s->compiled);
	free(s);
}

void scan_document(const struct scanner *s, const char *path, const struct document *doc, struct scanned_file *out)
{
	*out = (struct scanned_file){.path = mem_copy_string(path)};
	scan_flows(s, doc, out);
}

void scan_bytes(const struct scanner *s, const char *path, unsigned mode, const void *bytes, size_t len,
                struct scanned_file *out)
{
	struct document doc = {0};

	*out = (struct scanned_file){.path = mem_copy_string(path), .size = len, .mode = mode};
	hash_bytes(bytes, len, &out->digest);
	document_read(path, bytes, len, &doc);
	scan_flows(s, &doc, out);
	document_release(&doc);
}

enum example_result { EXAMPLE_UNDECIDED = 0, EXAMPLE_PASSES, EXAMPLE_MATCHES };

/* An example stands where its rule looks: in the body, or in the first place the rule names.  One
 * match is enough, whatever min-count says. */
static enum example_result try_example(const struct scanner *s, uint32_t index, const char *example)
{
	char nowhere[] = "", *text = mem_copy_string(example);
	struct flow flow = {.place = nowhere, .text = text, .len = strlen(example)};
	struct hits hits = {0};
	unsigned kind = 0;
	enum example_result result;

	while (kind + 1 < FLOW_KINDS && (s->set->rules[index].where & 1u << kind) == 0)
		kind++;
	flow.kind = (enum flow_kind)kind;
	find_hits(s, &flow, index, &hits);
	result = hits.undecided != NULL || hits.overflow ? EXAMPLE_UNDECIDED : hits.count > 0 ? EXAMPLE_MATCHES : EXAMPLE_PASSES;
	free(hits.items);
	free(text);
	return result;
}

static void add_failure(const struct rule *rule, const char *example, const char *what, struct buf *out)
{
	buf_addf(out, "%s:%u:%u: %s: example '", rule->file, rule->line, rule->column, rule->id);
	utf8_add_printable(out, example, strlen(example));
	buf_addf(out, "' %s\n", what);
}

size_t scan_examples(const struct scanner *s, const struct ruleset *set, struct buf *out)
{
	static const char *const failures[] = {
		[EXAMPLE_UNDECIDED] = "cannot be decided",
		[EXAMPLE_PASSES] = "does not match",
		[EXAMPLE_MATCHES] = "matches and should pass",
	};
	size_t failed = 0;

	for (uint32_t i = 0; i < set->count; i++) {
		const struct rule *rule = &set->rules[i];

		for (size_t k = 0; k < rule->examples_match.count + rule->examples_pass.count; k++) {
			const bool match = k < rule->examples_match.count;
			const char *example = match ? rule->examples_match.items[k]
			                            : rule->examples_pass.items[k - rule->examples_match.count];
			const enum example_result result = try_example(s, i, example);

			if (result == (match ? EXAMPLE_MATCHES : EXAMPLE_PASSES))
				continue;
			failed++;
			add_failure(rule, example, failures[result], out);
		}
	}
	return failed;
}
