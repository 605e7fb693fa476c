#ifndef AUDIT_AUDIT_H
#define AUDIT_AUDIT_H

#include "base/digest.h"
#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct buf;
struct repo;

/* Re-derives everything from genesis, with no cache and without the code that releases. */
struct audit_order {
	struct repo *repo;
	const char *public_dir;   /* absolute; NULL: as the policy in force says, in this work tree */
	bool rescan;              /* scan the kept documents again under the rules recorded for them */
	int32_t day;              /* today, for verdicts that depend on it */
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
	size_t people, cases, approvals, clearances, releases, withdrawals, public_files, documents_missing;
	struct audit_allowance *allowances; /* in order of writing */
	size_t allowance_count;
	/* warnings a person should look at: rubber stamps, missing documents, allowances that are over */
	char **remarks;
	size_t remark_count;
};
void audit_report_release(struct audit_report *report);

/* True: `out` has the answer, good or not.  False: there is nothing to audit (no ledger) or this
 * machine cannot look (ERR_SYSTEM); no answer at all. */
bool audit_run(const struct audit_order *order, struct audit_report *out, struct err *err) MUST_CHECK;

/* Another reason not to believe the ledger, known outside of it: it comes first.  ERR_MISMATCH is a
 * violation, any other kind leaves the audit undecided. */
void audit_doubt(struct audit_report *report, const struct err *why, const char *consequence);

void audit_text(const struct audit_report *report, struct buf *out);
void audit_json(const struct audit_report *report, struct buf *out); /* "review-audit-version": 1 */

/* What an auditor without this program needs, into the empty or missing directory `dir`:
 * allowed_signers (every key ever in force, namespaces="git", no dates), ledger-id, and a shell
 * script that checks every signature and the chain with stock git, ssh-keygen and sha256sum. */
bool audit_kit(struct repo *repo, const char *dir, struct err *err) MUST_CHECK;

#endif
