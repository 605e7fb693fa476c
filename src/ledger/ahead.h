#ifndef LEDGER_AHEAD_H
#define LEDGER_AHEAD_H

#include "base/err.h"
#include "reading.h"

#include <stddef.h>

struct ahead;

/* Readings of `links` from the last to the first (the order of the ledger), made by `threads` of
 * their own some hundred entries ahead of who asks; 0, or where no thread can be had: made when
 * asked for.  What is answered, and in which order, does not depend on it.  `links` must stay. */
struct ahead *ahead_new(struct repo *repo, const struct link *links, size_t count, unsigned threads);
void ahead_free(struct ahead *ahead); /* whatever is still being read is thrown away */

/* The next one, there until the one behind it is asked for.  Not more often than there are links. */
const struct reading *ahead_next(struct ahead *ahead);

/* As many as there are processors, for a ledger long enough to be worth it. */
unsigned ahead_threads(size_t count);

#endif
