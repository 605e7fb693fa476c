#ifndef POLICY_DEADLINE_H
#define POLICY_DEADLINE_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct calendar; /* policy/calendar.h */
struct policy;
struct review_case; /* policy/docket.h */

/* Until when something has to be done about a case.  Pure.  Nothing is decided by it: a term that is
 * over is shown, first of all, and never becomes consent. */
enum deadline_kind {
	DEADLINE_CASE = 0,  /* the policy's term for making the matter public */
	DEADLINE_STAGE,     /* the stage's `within` */
	DEADLINE_POSTPONED, /* the day it was put off to */
};
const char *deadline_name(enum deadline_kind kind); /* "case", "stage", "postponed" */

struct deadline {
	enum deadline_kind kind;
	const char *stage; /* its id, borrowed; "" for DEADLINE_CASE */
	const char *from;  /* static: what the term counts from: "formed", "changed", "submitted", "sign-off"; "" */
	int32_t start;     /* and that day */
	uint32_t days;     /* working days; 0 for DEADLINE_POSTPONED */
	bool known;        /* false: `why` says what is missing, and `due` and `left` mean nothing */
	int32_t due;       /* the last day in time */
	bool overdue;      /* and it is over */
	uint32_t left;     /* working days from today to it; when overdue, from it to today */
	struct err why;    /* also set when only `left` is not known: the day is, the calendar ends before today */
};

struct deadlines {
	struct deadline items[3];
	size_t count; /* 0: nothing is open, or the policy sets no term */
	bool asking;  /* others were asked and have not answered; the terms go on (docs/calendar.md) */
};

/* The open terms of the newest round of a case on `today`, the nearest first.  `calendar` NULL: there is
 * none by the name the policy gives, and `missing` says why.  Terms run until the round is decided or
 * published; those of a round that was returned, refused or the like are not open. */
void case_deadlines(const struct policy *policy, const struct calendar *calendar, const struct err *missing,
                    const struct review_case *c, int32_t today, struct deadlines *out);

/* For sorting: the overdue ones first, then by day, then those whose day is not known, then none. */
int deadlines_order(const struct deadlines *a, const struct deadlines *b);

#endif
