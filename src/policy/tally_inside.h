#ifndef POLICY_TALLY_INSIDE_H
#define POLICY_TALLY_INSIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct person;
struct policy;
struct review_case;
struct round;
struct scan;
struct sign_off;
struct stage;

/* One stage, counted: persons who approved it, and where it became complete. */
struct tally {
	size_t people;
	uint32_t complete; /* seq of the approval that completed it; 0: it is not */
	bool too_early, submitter, same_person; /* approvals that do not count, and why */
};

/* Does the policy want this stage for this round? */
bool stage_is_wanted(const struct stage *stage, const struct round *round, const struct scan *scan);

/* `open_since`: the seq at which the stage before was complete, 0 when it is not; an approval given
 * before it was given to an unfinished matter. */
struct tally stage_tally(const struct policy *policy, const struct round *round, const struct stage *stage,
                         uint32_t open_since);

/* Did this person approve this stage in time?  Or another stage of the round? */
bool approved_since(const struct round *round, const char *person, const char *stage, uint32_t open_since);
bool approved_elsewhere(const struct round *round, const char *person, const char *stage);

/* Is the signer of this approval somebody the policy wants to hear at this stage: not the submitter,
 * and nobody who approved another stage? */
bool signer_is_separate(const struct policy *policy, const struct round *round, const struct sign_off *o);

/* Would an approval of theirs count on that day?  `open_since` 0: whoever gave one can give another. */
bool could_sign(const struct policy *policy, const struct review_case *c, const struct person *p, const struct stage *stage,
                uint32_t open_since, int32_t day);

#endif
