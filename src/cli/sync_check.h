#ifndef CLI_SYNC_CHECK_H
#define CLI_SYNC_CHECK_H

#include "base/err.h"

#include <stdint.h>

struct remote;
struct trail;

/* Did the remote take back what it had shown?  `mine` and `theirs` are the entries behind `position`,
 * where the two ledgers part; `theirs` is NULL when the remote has nothing that is not here.
 * Backwards (unless `restore`), or rewritten, or not what another remote was given: ERR_MISMATCH; a
 * rewritten ledger is kept as evidence under refs/review/fork/<entry id>. */
bool sync_check(const struct remote *remote, const struct trail *mine, const struct trail *theirs, uint32_t position,
                bool restore, struct err *err) MUST_CHECK;

/* The remote has no ledger.  It never had one, or `restore`: fine. */
bool sync_check_gone(const struct remote *remote, bool restore, struct err *err) MUST_CHECK;

#endif
