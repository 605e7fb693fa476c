#ifndef CLI_RESIGN_H
#define CLI_RESIGN_H

#include "base/err.h"

#include <stdbool.h>

struct session;
struct trail;

/* Sign `mine` again behind `theirs` (which then describes the ledger with them), and move the branch
 * from the one to the other in one step.  Whoever signed first must sign again: with the session's
 * key, or with the key this machine keeps for that person.  The entries that are left are kept under
 * refs/review/orphan/<entry id>; what they said of one another, and numbers of new cases, are
 * carried over.  ERR_CONFLICT: the branch moved meanwhile, nothing changed. */
bool resign(struct session *s, const struct trail *mine, struct trail *theirs, struct err *err) MUST_CHECK;

/* May a line with this key say something else when its entry is signed again: a case's number, an entry's id? */
bool resign_renames(const char *key);

/* Move the branch to `theirs` and keep `mine` as evidence; nothing is signed. */
bool set_aside(struct session *s, const struct trail *mine, const struct trail *theirs, struct err *err) MUST_CHECK;

#endif
