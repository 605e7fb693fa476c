#ifndef AUDIT_AUDIT_H
#define AUDIT_AUDIT_H

#include "audit/history.h"
#include "base/digest.h"
#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct buf;
struct calendar; /* policy/calendar.h */
struct repo;

/* Re-derives everything from genesis, with no cache and without the code that releases. */
struct audit_order {
	struct repo *repo;
	const char *public_dir;   /* absolute; NULL: as the policy in force says, in this work tree */
	bool rescan;              /* scan the kept documents again under the rules recorded for them */
	int64_t now;              /* for what depends on the day: the office's, by the policy in force */
	uint32_t as_of;           /* as it stood after this entry; 0: the last one */
	int32_t as_of_day;        /* or after the last entry of this day in the office; 0: none */
	int64_t as_of_time;       /* or of this time and before; 0: none */
	const char *case_id;      /* of documents and public files, only this case's; NULL: all */
	bool history;             /* collect every entry and clearance, for those who print them */
	/* Finds the calendar the policy names, for terms in working days; NULL: none is at hand. */
	bool (*calendar)(void *context, const char *id, struct calendar **out, struct err *err);
	void *calendar_context;
};

enum audit_answer { AUDIT_UNDECIDED = 0, AUDIT_VIOLATION, AUDIT_GOOD };

struct audit_problem {
	enum audit_answer answer; /* AUDIT_VIOLATION or AUDIT_UNDECIDED */
	char *where;              /* "ledger entry 7 (1a2b3c4d...)", "public/notice.md" */
	char *what;
	char *consequence;
};

/* A finding the rules in force let pass (rules/allow.h). */
struct audit_allowance {
	char *rule, *person, *reason;
	char *path; /* NULL: anywhere */
	struct digest text;
	int32_t until;
	bool expired;
};

struct audit_report {
	enum audit_answer answer; /* AUDIT_GOOD only if there is no problem at all */
	struct audit_problem *problems; /* in the order found; the first one is the cause */
	size_t problem_count;
	struct digest ledger, tip;
	bool whole; /* the ledger was verified to its end */
	uint32_t entries, policy_number;
	int32_t utc_offset; /* of the office's clock, by the policy in force */
	size_t people, cases, approvals, clearances, releases, withdrawals, public_files, documents_missing;
	struct audit_allowance *allowances; /* in order of writing */
	size_t allowance_count;
	/* warnings a person should look at: rubber stamps, missing documents, allowances that are over */
	char **remarks;
	size_t remark_count;
	size_t rescanned;     /* scan records made again, and the same */
	struct digest last;   /* where the whole ledger stands, whatever was asked for */
	uint32_t last_seq;
	bool public_compared; /* with the public directory, or a copy of it */
	const char *case_id;  /* borrowed from the order */
	int32_t day;          /* that deadlines and allowances were judged on */
	struct audit_history history;
};
void audit_report_release(struct audit_report *report);

/* True: `out` has the answer, good or not.  False: there is nothing to audit (no ledger, no such case
 * or entry) or this machine cannot look (ERR_SYSTEM); no answer at all.
 * The whole ledger is verified even when only a part of it is asked for: nothing less proves a part. */
bool audit_run(const struct audit_order *order, struct audit_report *out, struct err *err) MUST_CHECK;

/* The answer is good, and it is about everything: all cases, the last entry, the public directory. */
bool audit_is_complete(const struct audit_report *report);

/* Another reason not to believe the ledger, known outside of it: it comes first.  ERR_MISMATCH is a
 * violation, any other kind leaves the audit undecided. */
void audit_doubt(struct audit_report *report, const struct err *why, const char *consequence);

void audit_text(const struct audit_report *report, struct buf *out);
void audit_json(const struct audit_report *report, struct buf *out); /* "review-audit-version": 1 */

/* One table for a spreadsheet (RFC 4180, UTF-8 with its mark): the answer, the problems, every entry,
 * clearance, public file and deadline.  No cell can be taken for a formula. */
void audit_csv(const struct audit_report *report, struct buf *out);

/* One page that needs nothing but itself: no script, no picture, nothing from elsewhere. */
void audit_html(const struct audit_report *report, struct buf *out);

/* What an auditor without this program needs, into the empty or missing directory `dir`:
 * allowed_signers (every key ever in force, namespaces="git", no dates), ledger-id, and a shell
 * script that checks every signature and the chain with stock git, ssh-keygen and sha256sum. */
bool audit_kit(struct repo *repo, const char *dir, struct err *err) MUST_CHECK;

#endif
