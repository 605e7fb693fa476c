#ifndef LEDGER_EARLY_H
#define LEDGER_EARLY_H

#include "reading.h"

#include <stddef.h>

struct early;

/* One less than there are processors: one walks. */
unsigned early_threads(void);

/* Signatures checked while the way back to the first entry is still being walked, by up to so many threads of their
 * own; they begin when there is enough to do.  0 threads, or none to be had: nothing is checked early. */
struct early *early_new(unsigned threads);

/* The next link of the way back; its raw bytes must stay where they are until early_end(). */
void early_add(struct early *early, const struct link *link);

/* Ends it: what has not begun is left.  `links` are all that were added, in that order; each whose signature was
 * found good gets its signer, the caller's to free.  `links` may be NULL: nobody wants to know. */
void early_end(struct early *early, struct link *links, size_t count);

#endif
