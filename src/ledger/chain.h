#ifndef LEDGER_CHAIN_H
#define LEDGER_CHAIN_H

#include "ledger/entry.h"
#include "ledger/ledger.h"

/* Read one commit and prove it follows `before` (NULL: it is a genesis).  *out is released by the
 * caller; *after is where the ledger stands with it. */
bool chain_read(struct repo *repo, const struct object_id *commit, const struct ledger_tip *before,
                struct entry *out, struct ledger_tip *after, struct err *err) MUST_CHECK;

/* ledger_walk(), or with `known` ledger_walk_behind(), by so many threads besides this one (ahead.h; NULL: as
 * suits the machine); the answer does not depend on them. */
bool chain_walk(struct repo *repo, const struct object_id *from, const struct ledger_tip *known,
                const unsigned *threads, ledger_visit *visit,
                void *context, struct ledger_tip *out, struct err *err) MUST_CHECK;

#endif
