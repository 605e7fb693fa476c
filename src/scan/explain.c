/* explain.c - what the engine makes of a rule, in words.
 *
 * A slow rule is not a wrong one, and nobody should have to guess why a scan takes long. */
#include "scanner_inside.h"

#include "base/buf.h"
#include "base/language.h"
#include "base/utf8.h"

#include <string.h>

static void add_word(struct buf *out, const char *word)
{
	buf_add_byte(out, '\'');
	utf8_add_printable(out, word, strlen(word));
	buf_add_byte(out, '\'');
}

static void add_need(const struct need *need, struct buf *out)
{
	const char *gap = "";

	if (need->words.count > 0) {
		buf_addf(out, P_("%zu word, the first ", "%zu words, the first ", need->words.count), need->words.count);
		add_word(out, words_next(&need->words, NULL));
		gap = "; ";
	}
	if (need->digits > 0) {
		buf_addf(out, _("%snumbers of %u digits and more"), gap, need->digits);
		gap = "; ";
	}
	if (need->code)
		buf_addf(out, _("%stwo capitals before two digits"), gap);
}

static void add_reach(const struct plan *plan, struct buf *out)
{
	const struct shape *shape = &plan->shape;

	if (shape->longest != SHAPE_UNBOUNDED)
		buf_addf(out, _("; a match is at most %zu bytes long"), shape->longest);
	else if (plan->view == VIEW_LINE && !shape->crosses)
		buf_add_string(out, _("; a match is at most a line long"));
	else
		buf_add_string(out, _("; a match may be of any length"));
}

void scanner_explain(const struct scanner *s, size_t rule, struct buf *out)
{
	const struct plan *plan = &s->plans[rule];

	if (s->set->rules[rule].kind == RULE_STRUCTURE)
		buf_add_string(out, _("found while the text is folded"));
	else if (plan->plain)
		buf_add_string(out, _("searched for in the whole text, by itself"));
	else if (s->set->rules[rule].kind == RULE_KEYWORDS)
		buf_addf(out, _("all keywords of all rules at once (%s)"), prefilter_engine());
	else if (plan->eager)
		buf_add_string(out, _("tried at every place"));
	else
		add_need(&plan->shape.need, out);
	if (plan->pattern != NULL && !plan->plain)
		add_reach(plan, out);
}

/* NULL: it is not slow. */
static const char *why_slow(const struct scanner *s, size_t rule)
{
	const struct plan *plan = &s->plans[rule];

	if (plan->pattern != NULL && plan->shape.unclear != NULL)
		return plan->shape.unclear;
	if (plan->plain)
		return N_("it is searched for by itself: the verbatim view, or a keyword that only whole lines have");
	if (plan->unbounded)
		return N_("its matches have no bound, so the whole text is kept for it and one above 128 MiB is undecided; "
		          "write {0,200} where * or + stands");
	return plan->eager ? N_("no word of two characters and no number of five digits is in every match, so it is tried everywhere") : NULL;
}

size_t scanner_slow_rules(const struct scanner *s, struct buf *out)
{
	size_t count = 0;

	for (size_t i = 0; i < s->set->count; i++) {
		const struct rule *rule = &s->set->rules[i];
		const char *why = why_slow(s, i);

		if (why == NULL)
			continue;
		count++;
		buf_addf(out, _("%s:%u:%u: %s: slow: %s%s\n"), rule->file, rule->line, rule->column, rule->id,
		         s->plans[i].shape.unclear == why ? _("not understood: ") : "", _(why));
	}
	return count;
}
