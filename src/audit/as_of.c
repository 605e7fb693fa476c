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

struct position {
	uint32_t seq;  /* asked for, or found */
	int32_t day;   /* asked for; in the end that of the entry */
	bool by_day;
	uint32_t last; /* met so far */
	size_t later, pending; /* entries dated later: up to seq; behind it */
};

static bool meet(const struct entry *e, void *context, struct err *err)
{
	struct position *p = context;
	const int32_t day = date_of_time(e->time);

	(void)err;
	p->last = e->seq;
	if (!p->by_day) {
		if (e->seq == p->seq)
			p->day = day;
	} else if (day <= p->day) {
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
	struct position p = {.seq = order->as_of, .day = order->as_of_day, .by_day = order->as_of == 0};
	struct err broken = {0};
	char text[DATE_TEXT_SIZE];

	if (order->as_of == 0 && order->as_of_day == 0)
		return true;
	if (!ledger_walk(order->repo, NULL, meet, &p, NULL, &broken) && broken.kind == ERR_NOT_FOUND) {
		*err = broken;
		return false;
	}
	if (p.seq == 0 && p.last > 0)
		return err_set(err, ERR_NOT_FOUND, "no entry of the ledger is dated %s or before", date_to_text(p.day, text));
	if (p.later > 0)
		add_remark(report, mem_format(_("%zu of the entries up to %u are dated after %s; clocks disagree, positions count"),
		                              p.later, (unsigned)p.seq, date_to_text(p.day, text)));
	*until = p.seq; /* a broken ledger: as far as it goes; the replay says where it breaks */
	*day = p.by_day || p.day != 0 ? p.day : *day;
	return true;
}
