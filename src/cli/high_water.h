#ifndef CLI_HIGH_WATER_H
#define CLI_HIGH_WATER_H

#include "base/err.h"

#include <stdint.h>

struct ledger_tip;
struct repo;

/* The furthest point of each ledger this machine has verified, kept outside the repository:
 * $XDG_STATE_HOME/review/<ledger-id>/high-water.  It never goes back.  A ledger that is behind it,
 * or does not contain it, was rolled back or is a fork: ERR_MISMATCH.  Ahead: the mark moves. */
bool high_water_check(struct repo *repo, const struct ledger_tip *tip, struct err *err) MUST_CHECK;

/* The same question, and the mark stays where it is: for a ledger that is not ours yet. */
bool high_water_allows(struct repo *repo, const struct ledger_tip *tip, struct err *err) MUST_CHECK;

/* Before entries of this machine that nobody else has are signed again behind other people's: the
 * way from `from` to `to` is written down beside the mark, for `repo` alone, so that a mark on the old way is not taken
 * for a fork, whenever this machine stops.  It allows nothing but a ledger that contains `to`. */
bool high_water_detour(const struct repo *repo, const struct ledger_tip *from, const struct ledger_tip *to,
                       struct err *err) MUST_CHECK;

/* When this machine last heard from a remote, and believed what it heard: seconds since 1970, 0 for
 * never.  Kept beside the mark. */
bool high_water_heard(const struct ledger_tip *tip, int64_t *when, struct err *err) MUST_CHECK;
bool high_water_hear(const struct ledger_tip *tip, int64_t when, struct err *err) MUST_CHECK;

#endif
