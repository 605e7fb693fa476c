/* as_of.c - where the ledger stood on a day.
 *
 * Position decides everything in a ledger and a clock nothing, so a day has to be turned into a
 * position first: the last entry dated on it or before.  Entries in front of that one with later
 * dates are in force all the same; that clocks disagree is said. */
#include "audit_inside.h"

#include "base/calendar.h"
#include "base/language.h"
#include "base/mem.h"
#include "ledger/entry.h"
#include "ledger/ledger.h"
#include "policy/docket.h"

struct position {
	const struct audit_order *order;
	uint32_t seq;  /* asked for, or found */
	int32_t day;   /* asked for; in the end that of the entry */
	uint32_t last; /* met so far */
	size_t later, pending; /* entries dated later: up to seq; behind it */
	int32_t offset;        /* of the office's clock, by the policy in force */
	int32_t proposed;      /* by the policy that is to follow, of this number; 0: none */
	uint32_t number;
};

/* An entry names the policy in force, so a proposal is in force with the first entry that has its number. */
static bool follow_clock(struct position *p, const struct entry *e, struct err *err)
{
	struct policy *policy;

	if (p->number != 0 && e->policy == p->number) {
		p->offset = p->proposed;
		p->number = 0;
	}
	if (e->type != ENTRY_GENESIS && e->type != ENTRY_POLICY_PROPOSE)
		return true;
	policy = policy_of_entry(e, err);
	if (policy == NULL)
		return false;
	p->proposed = policy->utc_offset;
	p->number = e->type == ENTRY_GENESIS ? 0 : entry_get_number(e, "number");
	if (e->type == ENTRY_GENESIS)
		p->offset = policy->utc_offset;
	policy_free(policy);
	return true;
}

static bool is_within(const struct position *p, const struct entry *e)
{
	return p->order->as_of_time != 0 ? e->time <= p->order->as_of_time
	                                 : date_of_time(e->time + p->offset) <= p->order->as_of_day;
}

static bool meet(const struct entry *e, void *context, struct err *err)
{
	struct position *p = context;

	if (!follow_clock(p, e, err))
		return false;
	p->last = e->seq;
	if (p->order->as_of != 0) {
		if (e->seq == p->seq)
			p->day = date_of_time(e->time + p->offset);
	} else if (is_within(p, e)) {
		p->seq = e->seq;
		p->later += p->pending;
		p->pending = 0;
	} else {
		p->pending++;
	}
	return true;
}

bool as_of_find(const struct audit_order *order, uint32_t *until, int32_t *day, struct audit_report *report,
                struct err *err)
{
	struct position p = {.order = order, .seq = order->as_of, .day = order->as_of_day};
	struct err broken = {0};
	char text[CLOCK_TEXT_SIZE];

	if (order->as_of == 0 && order->as_of_day == 0 && order->as_of_time == 0)
		return true;
	if (!ledger_walk(order->repo, NULL, meet, &p, NULL, &broken) && broken.kind == ERR_NOT_FOUND) {
		*err = broken;
		return false;
	}
	if (order->as_of_time != 0) {
		p.day = date_of_time(order->as_of_time + p.offset);
		(void)time_to_clock(order->as_of_time, p.offset, text);
	} else {
		(void)date_to_text(p.day, text);
	}
	if (p.seq == 0 && p.last > 0)
		return err_set(err, ERR_NOT_FOUND, "no entry of the ledger is dated %s or before", text);
	if (p.later > 0)
		add_remark(report, mem_format(_("%zu of the entries up to %u are dated after %s; clocks disagree, positions count"),
		                              p.later, (unsigned)p.seq, text));
	*until = p.seq; /* a broken ledger: as far as it goes; the replay says where it breaks */
	*day = p.day != 0 ? p.day : *day;
	return true;
}
