/* waiting.c - where a case stands, in a few words: for the lists of the inbox and the desk. */
#include "waiting.h"

#include "base/language.h"
#include "base/mem.h"
#include "office_days.h"
#include "policy/docket.h"
#include "policy/verdict.h"
#include "session.h"

#include <stdlib.h>

static bool is_about_clearing(enum reason_code code)
{
	return code == REASON_NOT_CLEARED || code == REASON_CLEARED_TOO_LOW || code == REASON_EVIDENCE_MISSING;
}

char *case_waits_for(const struct session *s, const struct review_case *c, bool *mine)
{
	const struct round *round = case_round(c);
	const struct publication *last = c->publication_count > 0 ? &c->publications[c->publication_count - 1] : NULL;
	struct reasons reasons = {0};
	const struct stage *stage;
	uint32_t missing = 0;
	char *text;

	if (last != NULL && last->round == round->number && !last->done)
		return mem_copy_string(_("release begun, not finished: review release --resume"));
	if (last != NULL && last->round == round->number)
		return mem_copy_string(last->withdrawn ? _("withdrawn")
		                       : last->compromised ? _("public on the strength of a compromised key") : _("released"));
	if (case_decide(s->docket.policy, c, round->scan, &s->docket.rules, s->today, &reasons) == VERDICT_CLEAR) {
		reasons_release(&reasons);
		return mem_copy_string(_("clear: review release"));
	}
	stage = case_current_stage(s->docket.policy, c, &missing);
	*mine = s->person != NULL && case_wants(s->docket.policy, c, s->person, s->today);
	for (size_t i = 0; i < reasons.count; i++)
		if (reasons.items[i].code >= REASON_RETURNED && reasons.items[i].code <= REASON_KEY_COMPROMISED) {
			text = mem_copy_string(reasons.items[i].text);
			reasons_release(&reasons);
			*mine = false;
			return text;
		}
	if (stage != NULL)
		text = mem_format(_("waits for %s"), language_is_chinese() ? stage_title(stage) : stage->id);
	else
		text = mem_copy_string(is_about_clearing(reasons.items[0].code) ? _("findings to be cleared") : reasons.items[0].text);
	reasons_release(&reasons);
	return text;
}

static int by_term(const void *a, const void *b)
{
	const struct waiting *first = a, *second = b;
	const int order = deadlines_order(&first->deadlines, &second->deadlines);

	return order != 0 ? order : first->place < second->place ? -1 : 1;
}

bool cases_waiting(const struct session *s, const struct office_days *days, size_t over, struct waiting **out, size_t *count,
                   struct err *err)
{
	struct waiting *waiting = NULL;

	*count = 0;
	for (size_t i = s->docket.case_count; i > 0; i--) {
		const bool closed = docket_case_is_closed(&s->docket, i - 1);

		if (closed && over == 0)
			continue;
		over -= closed ? 1 : 0;
		waiting = mem_grow(waiting, *count, sizeof(*waiting));
		waiting[*count] = (struct waiting){.item = docket_case_at(&s->docket, i - 1), .place = i - 1};
		if (!docket_is_whole(&s->docket, err)) {
			free(waiting);
			return false;
		}
		office_deadlines(s, days, waiting[*count].item, &waiting[*count].deadlines);
		++*count;
	}
	if (*count > 1)
		qsort(waiting, *count, sizeof(*waiting), by_term);
	*out = waiting;
	return true;
}
