#ifndef AUDIT_HISTORY_INSIDE_H
#define AUDIT_HISTORY_INSIDE_H

#include "audit/history.h"

struct audit_order;
struct docket;
struct entry;
struct review_case;

/* What is to be collected, and where. */
struct history_order {
	struct audit_history *into;
	const char *case_id; /* only this case; NULL: all */
	bool events;         /* entry by entry, not only the figures */
	const struct audit_order *audit; /* whose calendar is used */
};

/* An entry that `docket` has just taken in. */
void history_add(struct history_order *order, const struct docket *docket, const struct entry *entry);

/* After the last one: releases, deadlines as of `day`, people; rows in order of name. */
void history_finish(struct history_order *order, const struct docket *docket, int32_t day);

/* The row of this name, made when there is none. */
struct audit_figure *audit_figure(struct audit_figures *figures, const char *name);

/* What is still open on `day` and until when, the overdue first (deadline.c). */
void history_deadlines(struct history_order *order, const struct docket *docket, int32_t day);

/* Replace every text of foreign origin by what may be shown: stars where the rules in force find
 * something.  Rules that cannot be used, or no policy at all: all of it is stars. */
void history_mask(struct audit_history *history, const struct docket *docket);

void history_release(struct audit_history *history);

#endif
