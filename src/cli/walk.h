#ifndef CLI_WALK_H
#define CLI_WALK_H

#include "base/err.h"

struct session;
struct signing;

/* Deciding at a terminal, question by question.  Until the last question is answered with yes nothing
 * is kept; "<" goes back one question, "q", the end of input and an interrupt leave everything as it was. */

/* What waits for this person, and which of it: the id of a case, owned by the caller. */
bool walk_choose(struct session *s, char **case_id, struct err *err) MUST_CHECK;

/* Show the case, ask for what the options left open, show what will be signed, and ask once more. */
bool walk_through(struct signing *d, struct err *err) MUST_CHECK;

#endif
