/* examples.c - a ruleset, tried on its own examples: a rule that cannot show what it finds and what it
 * leaves alone is not published. */
#include "scanner_inside.h"

#include "base/buf.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "extract/document.h"

#include <stdlib.h>
#include <string.h>

enum example_result { EXAMPLE_UNDECIDED = 0, EXAMPLE_PASSES, EXAMPLE_MATCHES };

/* An example stands where its rule looks: in the body, or in the first place the rule names.  One
 * match is enough, whatever min-count says. */
static enum example_result try_example(struct scanner *s, uint32_t index, const char *example)
{
	char nowhere[] = "", *text = mem_copy_string(example);
	struct document doc = {0};
	struct flow flow = {.place = nowhere, .text = text, .len = strlen(example)};
	struct hits hits = {0};
	unsigned kind = 0;
	enum example_result result;

	while (kind + 1 < FLOW_KINDS && (s->set->rules[index].where & 1u << kind) == 0)
		kind++;
	flow.kind = (enum flow_kind)kind;
	if (s->set->rules[index].structure == STRUCTURE_BLOB) { /* found in extracting */
		document_read("example.txt", example, strlen(example), &doc);
		for (size_t i = 0; i < doc.flow_count; i++)
			find_hits(s, &doc.flows[i], index, &hits);
	} else {
		find_hits(s, &flow, index, &hits);
	}
	result = hits.undecided != NULL || hits.failed != NULL || hits.overflow ? EXAMPLE_UNDECIDED : hits.count > 0 ? EXAMPLE_MATCHES : EXAMPLE_PASSES;
	hits_release(&hits);
	document_release(&doc);
	free(text);
	return result;
}

static void add_failure(const struct rule *rule, const char *example, const char *what, struct buf *out)
{
	struct buf shown = {0};

	utf8_add_printable(&shown, example, strlen(example));
	buf_addf(out, _("%s:%u:%u: %s: example '%s' %s\n"), rule->file, rule->line, rule->column, rule->id,
	         shown.data != NULL ? shown.data : "", _(what));
	buf_release(&shown);
}

size_t scan_examples(struct scanner *s, const struct ruleset *set, struct buf *out)
{
	static const char *const failures[] = {
		[EXAMPLE_UNDECIDED] = N_("cannot be decided"),
		[EXAMPLE_PASSES] = N_("does not match"),
		[EXAMPLE_MATCHES] = N_("matches and should pass"),
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
