#ifndef CLI_HIGH_WATER_H
#define CLI_HIGH_WATER_H

#include "base/err.h"

struct ledger_tip;
struct repo;

/* The furthest point of each ledger this machine has verified, kept outside the repository:
 * $XDG_STATE_HOME/review/<ledger-id>/high-water.  It never goes back.  A ledger that is behind it,
 * or does not contain it, was rolled back or is a fork: ERR_MISMATCH.  Ahead: the mark moves. */
bool high_water_check(struct repo *repo, const struct ledger_tip *tip, struct err *err) MUST_CHECK;

#endif
