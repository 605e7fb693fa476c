/* deadline.c - what is still open, and until when.
 *
 * Working days are Monday to Friday.  Public holidays, and the weekends that are worked instead, are
 * not in the ledger and cannot be proven from it; a holiday makes the true day later, a worked
 * weekend earlier.  Whoever shows these days says so. */
#include "history_inside.h"

#include "base/calendar.h"
#include "base/mem.h"
#include "ledger/entry.h"
#include "policy/docket.h"
#include "policy/verdict.h"

#include <string.h>


static int32_t after_working_days(int32_t day, uint32_t count)
{
	while (count > 0) {
		day++;
		count -= date_is_weekend(day) ? 0 : 1;
	}
	return day;
}

static void add(struct audit_history *h, const struct review_case *c, const char *what, char *detail, int32_t due,
                int32_t today)
{
	h->deadlines = mem_grow(h->deadlines, h->deadline_count, sizeof(*h->deadlines));
	h->deadlines[h->deadline_count++] = (struct audit_deadline){
		.case_id = mem_copy_string(c->id),
		.section = mem_copy_string(c->section),
		.what = what,
		.detail = detail,
		.due = due,
		.overdue = due < today,
	};
}

/* Was this round returned, refused, or otherwise brought to an end? */
static const struct sign_off *ending(const struct round *round)
{
	const struct sign_off *last = round->sign_off_count > 0 ? &round->sign_offs[round->sign_off_count - 1] : NULL;

	if (last == NULL)
		return NULL;
	return last->decision == DECISION_RETURN || last->decision == DECISION_REFUSE ||
	                       last->decision == DECISION_REDACT || last->decision == DECISION_ON_REQUEST
	               ? last
	               : NULL;
}

static void add_case(struct audit_history *h, const struct policy *policy, const struct review_case *c, int32_t today)
{
	const struct round *round = case_round(c);
	const char *from = round_field(round, policy->deadline_from), *why = policy->deadline_from;
	int32_t day = date_of_time(round->time);

	if (policy->deadline_days == 0)
		return;
	if (from[0] == '\0' || !date_from_text(&day, from, strlen(from)))
		why = "submitted"; /* the form does not say; the clock cannot have begun later */
	add(h, c, "case", mem_format("%u working days from %s", (unsigned)policy->deadline_days, why),
	    after_working_days(day, policy->deadline_days), today);
}

static void add_stage(struct audit_history *h, const struct policy *policy, const struct review_case *c, int32_t today)
{
	const struct round *round = case_round(c);
	const struct stage *stage = case_current_stage(policy, c, NULL);
	const int64_t since =
		round->sign_off_count > 0 ? round->sign_offs[round->sign_off_count - 1].time : round->time;

	if (stage != NULL && stage->within > 0)
		add(h, c, "stage", mem_copy_string(stage->id), after_working_days(date_of_time(since), stage->within), today);
}

static void add_postponed(struct audit_history *h, const struct review_case *c, int32_t today)
{
	const struct round *round = case_round(c);
	const struct sign_off *last = round->sign_off_count > 0 ? &round->sign_offs[round->sign_off_count - 1] : NULL;

	if (last != NULL && last->decision == DECISION_POSTPONE && last->until != 0)
		add(h, c, "postponed", mem_copy_string(last->stage), last->until, today);
}

void deadlines_add(struct audit_history *history, const struct docket *docket, const struct review_case *c, int32_t day)
{
	const struct publication *last = c->publication_count > 0 ? &c->publications[c->publication_count - 1] : NULL;
	const struct round *round = case_round(c);

	if (docket->policy == NULL)
		return;
	if (last != NULL && last->round == round->number)
		return; /* it was decided, whatever became of it */
	if (ending(round) != NULL)
		return;
	add_case(history, docket->policy, c, day);
	add_stage(history, docket->policy, c, day);
	add_postponed(history, c, day);
}
