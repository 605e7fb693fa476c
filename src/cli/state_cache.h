#ifndef CLI_STATE_CACHE_H
#define CLI_STATE_CACHE_H

#include <stdbool.h>

struct docket;
struct ledger_tip;
struct repo;

/* What the ledger of this repository said when this program, on this machine, last verified it, so that a view or a
 * hook begins there and not at the first entry.  docs/state-cache.md says what may be believed and why.
 *
 * False: there is none, or none that may be believed; that is no error, and says nothing of the ledger.
 * True: the docket is what was verified at *tip; ledger_walk_behind() settles whether that still is
 * in the ledger. */
bool state_cache_load(struct repo *repo, struct docket *docket, struct ledger_tip *tip);

/* Keep it, if that is possible here.  Only after every entry up to `tip` was verified. */
void state_cache_save(struct repo *repo, const struct docket *docket, const struct ledger_tip *tip);

#endif
