#ifndef CLI_OFFICE_DAYS_H
#define CLI_OFFICE_DAYS_H

#include "base/err.h"

#include <stdint.h>

struct calendar;
struct deadline;
struct deadlines;
struct repo;
struct review_case;
struct session;

/* The calendar of this name: .review/calendar/<id>.yaml of this work tree, else the one compiled in.
 * It binds nobody, so it is no part of the ledger.  `repo` (struct repo) may be NULL: only those
 * compiled in.  A file that is wrong is an error, never passed over.  *out is owned by the caller. */
bool office_calendar(void *repo, const char *id, struct calendar **out, struct err *err) MUST_CHECK;

/* The calendar of the policy in force, or why there is none.  Start zeroed. */
struct office_days {
	struct calendar *calendar;
	struct err missing;
};
void office_days_open(const struct session *s, struct office_days *out);
void office_days_close(struct office_days *days);

/* The open terms of a case today (policy/deadline.h). */
void office_deadlines(const struct session *s, const struct office_days *days, const struct review_case *c, struct deadlines *out);

/* One of them in words: "due 2026-12-24, 18 working days left", "overdue since 2026-11-20, by 6 working
 * days", "due on a day not known"; the caller frees. */
char *deadline_words(const struct deadline *d);

#endif
