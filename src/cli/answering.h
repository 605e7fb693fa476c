#ifndef CLI_ANSWERING_H
#define CLI_ANSWERING_H

#include "base/err.h"

struct draft;
struct review_case;
struct session;

/* The entry that answers the newest open refer or consult of the case; evidence is the caller's to add.
 * Nothing is open: ERR_DENIED. */
bool answering_draft(struct session *s, const struct review_case *c, const char *outcome, const char *note, struct draft *out,
                     struct err *err) MUST_CHECK;

/* The lines every record beside a decision begins with: which case, round and submit entry. */
void draft_begin_about(struct draft *draft, const struct review_case *c);

#endif
