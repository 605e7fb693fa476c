#ifndef CLI_WAITING_H
#define CLI_WAITING_H

#include <stdbool.h>

struct review_case;
struct session;

/* What the case waits for, in a few words; owned by the caller.  *mine: for the session's person. */
char *case_waits_for(const struct session *s, const struct review_case *c, bool *mine);

#endif
