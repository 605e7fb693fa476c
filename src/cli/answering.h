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

/* The entry that records under which number the case was filed (备案号); `note` may be NULL. */
struct draft filing_draft(struct session *s, const struct review_case *c, const char *number, const char *note);

#endif
