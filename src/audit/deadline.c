/* deadline.c - what is still open, and until when.
 *
 * Which days are worked is not in the ledger and cannot be proven from it: the calendar is the office's
 * file, so its name and digest stand beside the days that were reckoned with it. */
#include "history_inside.h"

#include "audit/audit.h"
#include "base/mem.h"
#include "policy/calendar.h"
#include "policy/deadline.h"
#include "policy/docket.h"

#include <stdlib.h>
#include <string.h>

static void add(struct audit_history *h, const struct review_case *c, const struct deadline *d)
{
	h->deadlines = mem_grow(h->deadlines, h->deadline_count, sizeof(*h->deadlines));
	h->deadlines[h->deadline_count++] = (struct audit_deadline){
		.case_id = mem_copy_string(c->id),
		.section = mem_copy_string(c->section),
		.what = deadline_name(d->kind),
		.stage = mem_copy_string(d->stage),
		.from = d->from,
		.days = d->days,
		.known = d->known,
		.due = d->due,
		.overdue = d->overdue,
	};
	if (!d->known && h->calendar_missing == NULL)
		h->calendar_missing = mem_copy_string(d->why.told);
}

/* Overdue first; the day that is not known last; else as the ledger has them. */
static int by_day(const void *a, const void *b)
{
	const struct audit_deadline *first = a, *second = b;
	int order = (int)second->known - (int)first->known;

	if (order == 0 && first->known)
		order = first->due < second->due ? -1 : first->due > second->due ? 1 : 0;
	if (order == 0)
		order = strcmp(first->case_id, second->case_id);
	return order != 0 ? order : strcmp(first->what, second->what);
}

static struct calendar *find_calendar(const struct audit_order *order, const struct policy *policy, struct err *why)
{
	struct calendar *calendar = NULL;

	if (order->calendar == NULL)
		(void)err_set(why, ERR_NOT_FOUND, "no calendar is at hand");
	else if (order->calendar(order->calendar_context, policy->calendar, &calendar, why))
		return calendar;
	return NULL;
}

void history_deadlines(struct history_order *order, const struct docket *docket, int32_t day)
{
	struct audit_history *h = order->into;
	struct calendar *calendar;
	struct err why = {0};

	h->calendar = mem_copy_string("");
	if (docket->policy == NULL)
		return;
	calendar = find_calendar(order->audit, docket->policy, &why);
	for (size_t i = 0; i < docket->case_count; i++) {
		const struct review_case *c = docket_case_at(docket, i);
		struct deadlines open;

		if (order->case_id != NULL && strcmp(c->id, order->case_id) != 0)
			continue;
		case_deadlines(docket->policy, calendar, &why, c, day, &open);
		for (size_t k = 0; k < open.count; k++)
			add(h, c, &open.items[k]);
	}
	if (h->deadline_count > 1)
		qsort(h->deadlines, h->deadline_count, sizeof(*h->deadlines), by_day);
	if (calendar != NULL && h->deadline_count > 0) {
		free(h->calendar);
		h->calendar = mem_copy_string(calendar_id(calendar));
		h->calendar_digest = *calendar_digest(calendar);
	}
	calendar_free(calendar);
}
