#ifndef CLI_WAITING_H
#define CLI_WAITING_H

#include "base/err.h"
#include "policy/deadline.h"

#include <stdbool.h>
#include <stddef.h>

struct office_days;
struct review_case;
struct session;

/* A case of the inbox and its terms. */
struct waiting {
	const struct review_case *item;
	struct deadlines deadlines;
	size_t place; /* in order of submission */
};

/* The cases that are open, and of those that are over the newest, at most `over` of them: overdue first, then by the day
 * they are due; those without a term last, in order of submission.  *count of them, owned by the caller.  False: what is
 * remembered of the ledger could not be had. */
bool cases_waiting(const struct session *s, const struct office_days *days, size_t over, struct waiting **out, size_t *count,
                   struct err *err) MUST_CHECK;

/* What the case waits for, in a few words; owned by the caller.  *mine: for the session's person. */
char *case_waits_for(const struct session *s, const struct review_case *c, bool *mine);

#endif
