#ifndef AUDIT_HISTORY_H
#define AUDIT_HISTORY_H

#include "base/digest.h"
#include "base/ground.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct file_refs; /* ledger/entry.h */

/* What happened, for people who were not there.  Every text a person wrote, and every path, is
 * masked here already: what the rules in force find in it is stars.  "" is none, everywhere. */

struct audit_event { /* one entry */
	uint32_t seq, round;
	int64_t time; /* as the signer's machine had it */
	struct digest id;
	const char *type; /* static: "sign-off" */
	char *person, *key;
	char *case_id, *section, *stage, *decision;
	enum ground ground;
	size_t files;
	char *text; /* title, opinion, reason, note */
};

struct audit_clearance {
	uint32_t seq;
	int64_t time;
	char *person, *stage, *case_id;
	struct digest finding, evidence; /* evidence zero: none */
	char *rule, *path, *place;       /* of the finding */
	enum ground ground;
	uint32_t line, column;           /* 0: none */
	char *reason;
};

enum audit_state { PUBLICATION_UNFINISHED = 0, PUBLICATION_PUBLIC, PUBLICATION_SUPERSEDED, PUBLICATION_WITHDRAWN };
const char *audit_state_name(enum audit_state state);

struct audit_publication {
	uint32_t seq, round;
	int64_t time;
	char *case_id, *section, *person;
	enum audit_state state;
	bool incident;
	char *why; /* it was withdrawn */
	struct file_refs *files; /* public paths */
};

/* One row of the statistics: a section, a ground, a month ("2026-11", by the signers' clocks, the office's days). */
enum audit_count {
	COUNT_SUBMITTED = 0, /* rounds */
	COUNT_FINDINGS,      /* as recorded when submitted */
	COUNT_CLEARED,
	COUNT_APPROVED,      /* sign-offs */
	COUNT_OTHERWISE,     /* sign-offs that decided otherwise */
	COUNT_RELEASED,
	COUNT_WITHDRAWN,
	AUDIT_COUNTS
};
struct audit_figure {
	char *name;
	size_t counts[AUDIT_COUNTS];
};
struct audit_figures {
	struct audit_figure *rows;
	size_t count;
};

struct audit_deadline {
	char *case_id, *section;
	const char *what; /* static: "case", "stage", "postponed" */
	char *stage;      /* "": the whole case */
	const char *from; /* static: what the term counts from: "formed", "changed", "submitted", "sign-off"; "" */
	uint32_t days;    /* working days after it; 0: put off to a day */
	bool known;       /* false: the calendar does not reach so far, and `due` means nothing */
	int32_t due;      /* day */
	bool overdue;
};

/* What a person reads in place of an id: of people, and of what the policy gives a title in the reader's
 * language (base/language.h); English readers read its ids, as in commands. */
struct audit_name {
	char *id, *name;
};
struct audit_names {
	struct audit_name *items;
	size_t count;
};
const char *audit_name(const struct audit_names *names, const char *id); /* the id where it has none */

struct audit_history {
	struct audit_event *events; /* in order of the ledger; only when asked for, as are clearances */
	size_t event_count;
	struct audit_clearance *clearances;
	size_t clearance_count;
	struct audit_publication *publications;
	size_t publication_count;
	struct audit_figures sections, grounds, months;
	struct audit_deadline *deadlines;
	size_t deadline_count;
	char *calendar; /* that they were reckoned with; "": there was none, or no term */
	struct digest calendar_digest;
	char *calendar_missing; /* why a day is not known; NULL: all are */
	struct audit_names people, stage_titles, section_titles; /* of the policy in force */
	bool masked_all; /* the rules could not be used: every text is stars */
};

#endif
