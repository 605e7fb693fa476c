#ifndef POLICY_VERDICT_H
#define POLICY_VERDICT_H

#include "base/digest.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct policy;
struct review_case;
struct scan;

enum verdict { VERDICT_BLOCK = 0, VERDICT_CLEAR };

enum reason_code {
	REASON_NONE = 0,
	REASON_NO_ROUND,          /* nothing was submitted */
	REASON_NOT_SCANNED,       /* no scan of this round's files at hand */
	REASON_RULES_CHANGED,     /* the scan was made with other rules than those in force */
	REASON_FILES_DIFFER,      /* the scan is of other files than the round's */
	REASON_UNDECIDED,         /* a file could not be read or decided */
	REASON_BLOCK_FINDING,     /* the document must change */
	REASON_NOT_CLEARED,       /* a review finding nobody cleared */
	REASON_CLEARED_TOO_LOW,   /* cleared, but by a stage below the one the rule wants */
	REASON_EVIDENCE_MISSING,  /* cleared, but the rule wants a file */
	REASON_ATTRIBUTE,         /* on-request or not-disclosed */
	REASON_STAGE_MISSING,     /* a stage still wants signatures */
	REASON_STAGE_EMPTY,       /* and nobody holds it */
	REASON_STAGE_ORDER,       /* signed before an earlier stage was complete */
	REASON_SUBMITTER_SIGNED,  /* the submitter's own signature does not count */
	REASON_SAME_PERSON,       /* one person at two stages does not count twice */
	REASON_RETURNED,
	REASON_REFUSED,
	REASON_REDACT,            /* a redacted version must be submitted */
	REASON_ON_REQUEST,
	REASON_POSTPONED,
	REASON_REFERRED,          /* an answer is outstanding */
	REASON_CONSULTING,
	REASON_KEY_COMPROMISED,   /* the round was submitted with a key that was no longer its owner's alone */
	REASON_WITHDRAWN,         /* this round was published and taken down; submit a new round */
	REASON_CODES
};
const char *reason_name(enum reason_code code); /* "stage-missing" */

struct reason {
	enum reason_code code;
	char *text;  /* what is in the way */
	char *next;  /* who can do what about it: one sentence */
};
struct reasons {
	struct reason *items;
	size_t count;
};
void reasons_release(struct reasons *reasons);

/* What a person needs of them: of a round that is over only how it ended, and of many findings that are not
 * cleared the first five and how many more there are. */
void reasons_condense(struct reasons *reasons);

/* May the newest round of this case be published?  Pure.
 *
 * CLEAR only if every stage the policy wants is satisfied, in order, by distinct entitled persons
 * who are not the submitter, for this round's submit entry; the attribute is proactive; there is
 * no later refusal or return, no open refer, consult or postponement; `scan` (made with `rules_now`
 * over exactly this round's files) has no block finding, nothing undecided, and every review
 * finding is cleared by a high enough stage with reason and, where wanted, evidence.
 * Otherwise BLOCK, and `out` has every reason.  `scan` NULL: not scanned.  `day`: today.
 * `out` may be NULL; its content is owned by the caller. */
enum verdict case_decide(const struct policy *policy, const struct review_case *c, const struct scan *scan,
                         const struct digest *rules_now, int32_t day, struct reasons *out);

/* Was it returned, refused or the like, so that only a new round goes on? */
struct round;
bool round_is_over(const struct round *round);

/* The first stage that still wants signatures, or NULL: what an inbox shows.  `missing` (may be
 * NULL) is how many. */
struct stage;
const struct stage *case_current_stage(const struct policy *policy, const struct review_case *c, uint32_t *missing);

/* Would an approval of that stage by this person count on that day? */
bool case_wants(const struct policy *policy, const struct review_case *c, const char *person, int32_t day);

#endif
