/* keep.c - a scanner as it was compiled, to a cache and back.  Patterns come back as text and are compiled
 * when they are first tried, which for most of them is never. */
#include "scanner_inside.h"

#include "base/buf.h"
#include "base/kept.h"
#include "base/language.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static void carry_size(struct kept *k, size_t *value)
{
	*value = kept_number(k, *value);
}

static void carry_flag(struct kept *k, bool *value)
{
	*value = kept_number(k, *value) != 0;
}

static void carry_matcher(struct kept *k, struct matcher **matcher)
{
	char *folded = kept_text(k, k->out != NULL && *matcher != NULL ? mem_copy_string(matcher_folded(*matcher)) : NULL);

	if (k->out == NULL && folded != NULL)
		*matcher = matcher_recall(folded);
	free(folded);
}

static void carry_words(struct kept *k, struct words *words)
{
	words->bytes = kept_items(k, words->bytes, &words->len, 1);
	words->capacity = words->len;
	carry_size(k, &words->count);
	carry_size(k, &words->shortest);
	carry_size(k, &words->longest);
}

/* Why a pattern is not understood is asked of a compiled scanner only. */
static void carry_shape(struct kept *k, struct shape *shape)
{
	carry_flag(k, &shape->need.known);
	carry_flag(k, &shape->need.code);
	carry_size(k, &shape->need.before);
	carry_words(k, &shape->need.words);
	shape->need.digits = (unsigned)kept_number(k, shape->need.digits);
	carry_size(k, &shape->longest);
	carry_size(k, &shape->behind);
	carry_size(k, &shape->ahead);
	carry_flag(k, &shape->crosses);
	if (kept_number(k, shape->unclear != NULL) != 0 && k->out == NULL)
		shape->unclear = N_("a part of the pattern");
}

static void carry_plan(struct kept *k, struct plan *plan)
{
	const uint64_t near = kept_number(k, plan->near.count);

	k->broken = k->broken || (k->out == NULL && near > k->len);
	if (k->out == NULL && near > 0 && !k->broken)
		plan->near.items = mem_alloc(near, sizeof(*plan->near.items));
	for (plan->near.count = 0; plan->near.count < near && !k->broken; plan->near.count++)
		plan->near.items[plan->near.count] = kept_text(k, plan->near.items[plan->near.count]);
	plan->view = (enum text_view)kept_number(k, plan->view);
	carry_matcher(k, &plan->pattern);
	carry_matcher(k, &plan->unless);
	carry_shape(k, &plan->shape);
	carry_flag(k, &plan->eager);
	carry_flag(k, &plan->plain);
	carry_flag(k, &plan->numbers);
	carry_flag(k, &plan->unbounded);
}

static void carry_scanner(struct kept *k, struct scanner *s)
{
	for (size_t i = 0; i < s->set->count; i++) {
		carry_plan(k, &s->plans[i]);
		if (s->plans[i].unbounded)
			s->unbounded = &s->set->rules[i];
	}
	s->triggers = kept_items(k, s->triggers, &s->trigger_count, sizeof(*s->triggers));
	for (int i = 0; i < VIEW_COUNT; i++)
		carry_flag(k, &s->plain[i]);
	s->digits = (unsigned)kept_number(k, s->digits);
	carry_flag(k, &s->codes);
	carry_flag(k, &s->eager);
	carry_size(k, &s->behind);
	carry_size(k, &s->ahead);
	carry_size(k, &s->window);
}

/* Are these the engines that compiled it? */
static bool carry_engines(struct kept *k)
{
	const char *const engines[] = {prefilter_engine(), matcher_engine()};
	bool same = true;

	for (size_t i = 0; i < sizeof(engines) / sizeof(engines[0]); i++) {
		char *name = kept_text(k, k->out != NULL ? mem_copy_string(engines[i]) : NULL);

		same = same && name != NULL && strcmp(name, engines[i]) == 0;
		free(name);
	}
	return same;
}

bool scanner_keep(const struct scanner *scanner, struct buf *out)
{
	struct kept k = {.out = out};
	struct scanner same = *scanner; /* read, and given back what was read */

	(void)carry_engines(&k);
	carry_scanner(&k, &same);
	return prefilter_carry(&k, scanner->words);
}

bool scanner_recall(const struct ruleset *set, struct kept *from, struct scanner **out)
{
	struct scanner *s;
	bool ok;

	if (!carry_engines(from))
		return false;
	s = scanner_blank(set);
	carry_scanner(from, s);
	ok = prefilter_carry(from, s->words) && !from->broken;
	if (!ok)
		scanner_free(s);
	else
		*out = s;
	return ok;
}
