#ifndef CLI_PUBLISHING_H
#define CLI_PUBLISHING_H

#include "base/err.h"

#include <stdbool.h>

struct session;
struct withdrawal;

/* Making public and taking down, the same for the commands and the desk.  The session is open; the
 * documents are scanned, and freshness is judged, before the key is asked for. */

/* `resume`: finish a release that was interrupted.  `offline`: though nobody can say whether this ledger
 * is the newest (freshness.h). */
bool publishing_release(struct session *s, const char *case_id, bool resume, bool offline, struct err *err) MUST_CHECK;

/* *again: it was withdrawn before; only what was left was taken down. */
bool publishing_withdraw(struct session *s, const char *case_id, const struct withdrawal *why, bool *again, struct err *err) MUST_CHECK;

#endif
