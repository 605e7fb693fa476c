/* deadline.c - what is still open, and until when.
 *
 * Terms are in working days; which days are worked is not in the ledger, so whoever shows these days
 * names the calendar they were reckoned with. */
#include "policy/deadline.h"

#include "base/calendar.h"
#include "base/language.h"
#include "policy/calendar.h"
#include "policy/docket.h"
#include "policy/verdict.h"

#include <string.h>

const char *deadline_name(enum deadline_kind kind)
{
	static const char *const names[] = {N_("case"), N_("stage"), N_("postponed")};

	return names[kind];
}

static const struct sign_off *last_sign_off(const struct round *round)
{
	return round->sign_off_count > 0 ? &round->sign_offs[round->sign_off_count - 1] : NULL;
}

static bool is_asking(const struct round *round)
{
	for (size_t i = 0; i < round->sign_off_count; i++) {
		const struct sign_off *o = &round->sign_offs[i];

		if ((o->decision == DECISION_REFER || o->decision == DECISION_CONSULT) && !o->answered)
			return true;
	}
	return false;
}

/* Was this round returned, refused, or otherwise brought to an end? */
static bool is_ended(const struct round *round)
{
	const struct sign_off *last = last_sign_off(round);

	return last != NULL && (last->decision == DECISION_RETURN || last->decision == DECISION_REFUSE ||
	                        last->decision == DECISION_REDACT || last->decision == DECISION_ON_REQUEST);
}

/* How far away it is, in working days. */
static void measure(struct deadline *d, const struct calendar *calendar, int32_t today)
{
	struct err why = {0};

	d->known = true;
	d->overdue = d->due < today;
	if (calendar == NULL ||
	    !calendar_count_working_days(calendar, d->overdue ? d->due : today, d->overdue ? today : d->due, &d->left, &why))
		d->why = why;
}

static void add_term(struct deadlines *out, const struct calendar *calendar, const struct err *missing, int32_t today,
                     struct deadline d)
{
	if (calendar == NULL)
		d.why = *missing;
	else if (calendar_add_working_days(calendar, d.start, d.days, &d.due, &d.why))
		measure(&d, calendar, today);
	out->items[out->count++] = d;
}

/* The term runs from the day the form gives; where it gives none, it cannot have begun later than the
 * day of submission. */
static struct deadline case_term(const struct policy *policy, const struct round *round)
{
	const char *from = round_field(round, policy->deadline_from);
	struct deadline d = {.kind = DEADLINE_CASE, .stage = "", .from = N_("submitted"), .days = policy->deadline_days};

	if (date_from_text(&d.start, from, strlen(from)))
		d.from = strcmp(policy->deadline_from, "formed") == 0 ? N_("formed") : N_("changed");
	else
		d.start = policy_day(policy, round->time);
	return d;
}

static struct deadline stage_term(const struct policy *policy, const struct stage *stage, const struct round *round)
{
	const struct sign_off *last = last_sign_off(round);

	return (struct deadline){
		.kind = DEADLINE_STAGE,
		.stage = stage->id,
		.from = last != NULL ? N_("sign-off") : N_("submitted"),
		.start = policy_day(policy, last != NULL ? last->time : round->time),
		.days = stage->within,
	};
}

static void add_postponed(struct deadlines *out, const struct calendar *calendar, const struct round *round, int32_t today)
{
	const struct sign_off *last = last_sign_off(round);
	struct deadline d = {.kind = DEADLINE_POSTPONED, .from = ""};

	if (last == NULL || last->decision != DECISION_POSTPONE || last->until == 0)
		return;
	d.stage = last->stage;
	d.due = last->until;
	measure(&d, calendar, today);
	out->items[out->count++] = d;
}

/* Lower is earlier; unknown is later than any day. */
static int64_t rank(const struct deadline *d) { return d->known ? d->due : (int64_t)INT32_MAX + 1; }

static void sort(struct deadlines *out)
{
	for (size_t i = 1; i < out->count; i++)
		for (size_t k = i; k > 0 && rank(&out->items[k]) < rank(&out->items[k - 1]); k--) {
			const struct deadline d = out->items[k];

			out->items[k] = out->items[k - 1];
			out->items[k - 1] = d;
		}
}

void case_deadlines(const struct policy *policy, const struct calendar *calendar, const struct err *missing,
                    const struct review_case *c, int32_t today, struct deadlines *out)
{
	const struct publication *last = c->publication_count > 0 ? &c->publications[c->publication_count - 1] : NULL;
	const struct round *round = case_round(c);
	const struct stage *stage = case_current_stage(policy, c, NULL);

	*out = (struct deadlines){0};
	if ((last != NULL && last->round == round->number) || is_ended(round))
		return; /* it was decided, whatever became of it */
	out->asking = is_asking(round);
	if (policy->deadline_days > 0)
		add_term(out, calendar, missing, today, case_term(policy, round));
	if (stage != NULL && stage->within > 0)
		add_term(out, calendar, missing, today, stage_term(policy, stage, round));
	add_postponed(out, calendar, round, today);
	sort(out);
}

int deadlines_order(const struct deadlines *a, const struct deadlines *b)
{
	const int64_t first = a->count > 0 ? rank(&a->items[0]) : INT64_MAX, second = b->count > 0 ? rank(&b->items[0]) : INT64_MAX;

	return first < second ? -1 : first > second ? 1 : 0;
}
