/* whole.c - every rule over the whole text, one by one: the plain meaning of a rule.
 *
 * So are found the rules of the verbatim view, and the few keywords that only the line view has; and
 * so a test finds all of them, to hold windows.c to it. */
#include "search.h"

#include "base/mem.h"
#include "extract/document.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A keyword's place in the text. */
struct place {
	struct span span;
	uint32_t rule;
};

/* By rule; then leftmost, then longest. */
static int compare_places(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->rule != y->rule)
		return x->rule < y->rule ? -1 : 1;
	if (x->span.from != y->span.from)
		return x->span.from < y->span.from ? -1 : 1;
	return x->span.to > y->span.to ? -1 : x->span.to < y->span.to;
}

static void confirm_places(struct search *s, const struct folded *view, struct place *places, size_t count)
{
	const struct place *last = NULL;

	if (count > 0)
		qsort(places, count, sizeof(*places), compare_places);
	for (size_t i = 0; i < count && !s->out->overflow; i++) {
		if (last != NULL && last->rule == places[i].rule && places[i].span.from < last->span.to)
			continue;
		confirm(s, view, places[i].rule, &places[i].span, &places[i].span);
		last = &places[i];
	}
}

/* The keywords of one rule, each looked for at every place. */
static void find_keywords(struct search *s, const struct folded *view, uint32_t rule, enum text_view as)
{
	const struct texts *keywords = &s->scanner->set->rules[rule].keywords;
	struct place *places = NULL;
	size_t count = 0;

	for (size_t k = 0; k < keywords->count; k++) {
		struct folded word = {0};

		fold_text(keywords->items[k], strlen(keywords->items[k]), as, &word);
		for (size_t i = 0; word.len > 0 && i + word.len <= view->len; i++) {
			if (strncasecmp(view->text + i, word.text, word.len) != 0 || !is_whole_word(view->text, view->len, i, i + word.len))
				continue;
			places = mem_grow(places, count, sizeof(*places));
			places[count++] = (struct place){{i, i + word.len}, rule};
		}
		folded_release(&word);
	}
	confirm_places(s, view, places, count);
	free(places);
}

static void search_view(struct search *s, const struct folded *view, enum text_view as, bool all)
{
	const struct ruleset *set = s->scanner->set;

	for (uint32_t i = 0; i < set->count; i++) {
		size_t start = 0;
		const struct plan *plan = &s->scanner->plans[i];

		if (!search_wants(s, i) || plan->view != as || set->rules[i].kind == RULE_STRUCTURE || !(all || plan->plain))
			continue;
		if (set->rules[i].kind == RULE_PATTERN)
			confirm_all(s, view, i, &start, view->len);
		else
			find_keywords(s, view, i, as);
	}
}

void search_whole(struct search *s, bool all)
{
	for (int view = 0; view < VIEW_COUNT; view++) {
		struct folded folded = {0};

		if (!all && !s->scanner->plain[view])
			continue;
		fold_text(s->flow->text, s->flow->len, (enum text_view)view, &folded);
		search_view(s, &folded, (enum text_view)view, all);
		if (all && view == VIEW_LINE)
			confirm_disguises(s, &folded);
		folded_release(&folded);
	}
}
