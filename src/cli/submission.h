#ifndef CLI_SUBMISSION_H
#define CLI_SUBMISSION_H

#include "base/err.h"
#include "ledger/entry.h"
#include "repo/object.h"
#include "scan/finding.h"

#include <stddef.h>
#include <stdint.h>

struct session;

/* Putting a matter up for review, the same for `review submit` and the desk. */

/* The review form; NULL: not filled in.  Members are named like the ledger's keys. */
struct submission_form {
	const char *case_id, *title, *number, *unit, *author, *maker, *formed, *changed, *origin, *carrier,
		*attribute, *article, *channels, *scope, *planned, *undertaking, *note;
};

/* Its fields but the case, in the order of the paper form. */
struct form_field {
	const char *key; /* the ledger's */
	size_t into;     /* offset of the member */
	bool date;
	const char *title; /* as on paper */
};
extern const struct form_field form_fields[]; /* ended by a NULL key */

/* What is being submitted. */
struct matter {
	struct tree_files files; /* candidate paths and blobs */
	struct file_refs refs;   /* the same with digests */
	struct scan scan;
	char *case_id, *section;
	uint32_t round;
};
void matter_release(struct matter *m);

/* What a person may mistype, said in the words of the command line. */
bool submission_check(const struct submission_form *form, struct err *err) MUST_CHECK;

/* The paths, inside the repository, as git has them staged; a working file that says something else must
 * be staged first.  Scans them with the rules in force.  The session is open.  `out` is filled as far as
 * it went, and released by the caller in any case. */
bool submission_collect(struct session *s, const struct submission_form *form, char *const *paths, size_t count,
                        struct matter *out, struct err *err) MUST_CHECK;

/* What a first reviewer need not see: something that must change, or that nobody could read. */
bool submission_allowed(const struct matter *m, struct err *err) MUST_CHECK;

struct draft submission_draft(const struct session *s, const struct submission_form *form, const struct matter *m);

/* The documents are kept first: an entry whose documents nobody has is worse than documents without
 * an entry.  A colleague may have taken the number we had in mind: m->case_id says which it became.
 * The signer is open. */
bool submission_append(struct session *s, struct matter *m, struct draft *draft, struct err *err) MUST_CHECK;

#endif
