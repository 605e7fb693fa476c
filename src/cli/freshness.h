#ifndef CLI_FRESHNESS_H
#define CLI_FRESHNESS_H

#include "base/digest.h"
#include "base/err.h"

#include <stdint.h>

struct session;

/* The ids of all entries, the genesis first; freed by the caller. */
bool entry_ids(struct session *s, struct digest **out, uint32_t *count, struct err *err) MUST_CHECK;

/* What a release has to say of the freshness of this ledger, as the policy in force wants it: "" when
 * it asks for nothing.  Too old: ERR_DENIED, or "offline" when that was asked for.  A witness who has
 * seen more than is here, or something else: ERR_MISMATCH, in any case. */
bool freshness_word(struct session *s, bool offline, const char **out, struct err *err) MUST_CHECK;

#endif
