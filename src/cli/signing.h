#ifndef CLI_SIGNING_H
#define CLI_SIGNING_H

#include "base/err.h"
#include "ledger/entry.h"
#include "policy/policy.h"
#include "scan/finding.h"

#include <stddef.h>

struct buf;
struct review_case;
struct session;

/* A sign-off in the making, the same for options, questions and the desk.  Nothing is signed here:
 * signing_draft() is what session_append() then signs. */
struct signing {
	struct session *s;
	const struct review_case *c;
	const struct stage *stage;
	enum decision decision;
	char *opinion, *ground, *until, *addressee; /* NULL: none given */
	struct scan scan;
	bool scanned;
	struct clearance *clears;
	size_t clear_count;
	struct entry_body *evidence;
	size_t evidence_count;
	char **answers; /* to the stage's questions, in their order */
	size_t answer_count;
};

/* The session is open.  Finds the person, the case, the stage (`stage` NULL: the one that waits, if this
 * person holds it; else the first one they hold), and scans the documents: approving needs them here,
 * the other decisions only look at them if they are. */
bool signing_begin(struct session *s, const char *case_id, enum decision decision, const char *stage, struct signing *out,
                   struct err *err) MUST_CHECK;
void signing_release(struct signing *d);

/* Can this sign-off clear the finding, and does nobody's yet? */
bool signing_is_open(const struct signing *d, const struct finding *f);

/* The finding may be published, and why; said twice, the later reason holds. */
void signing_clear(struct signing *d, const struct digest *finding, const char *reason);

/* The same for every open finding of a rule that has no reason yet; false: there is none. */
bool signing_clear_rule(struct signing *d, const char *rule, const char *reason);

/* The file that proves it; the finding is cleared already.  At most EVIDENCE_LIMIT bytes.  One file can prove several. */
bool signing_add_evidence(struct signing *d, const struct digest *finding, const char *name, const struct buf *bytes,
                          struct err *err) MUST_CHECK;
/* The same for every finding of a rule that is cleared here and has no evidence yet; there has to be one. */
bool signing_add_evidence_rule(struct signing *d, const char *rule, const char *name, const struct buf *bytes,
                               struct err *err) MUST_CHECK;
#define EVIDENCE_LIMIT ((size_t)16 * 1024 * 1024)

void signing_answer(struct signing *d, const char *answer);

/* Forget the clearances, evidence and answers behind the first so many of each. */
void signing_cut(struct signing *d, size_t clears, size_t evidence, size_t answers);

/* Is it whole: an opinion, a ground and a date that are ones, where the decision wants them; clearances
 * and answers only with an approval? */
bool signing_check(const struct signing *d, struct err *err) MUST_CHECK;

/* What the decision needs besides an opinion. */
bool decision_wants_ground(enum decision decision);
bool decision_wants_date(enum decision decision);
bool decision_wants_addressee(enum decision decision);

/* Exactly what goes under the signature, a line each, safe to print. */
void signing_describe(const struct signing *d, struct buf *out);
struct draft signing_draft(const struct signing *d);

#endif
