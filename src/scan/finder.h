#ifndef SCAN_FINDER_H
#define SCAN_FINDER_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/* The engine under the prefilter: exact strings, ASCII letters without case, all at once: Vectorscan where
 * the program was built with it, else the automaton of words.h. */
struct finder;
struct finder_scratch; /* what one thread needs */

struct literal {
	const char *text; /* not empty, ended by a NUL */
	uint32_t id;
};
bool finder_new(const struct literal *items, size_t count, struct finder **out, struct err *err) MUST_CHECK;
void finder_free(struct finder *finder);

/* What another process may start from.  False, NULL: there is nothing to gain; it does not fit this machine
 * or library. */
bool finder_store(const struct finder *finder, struct buf *out);
struct finder *finder_recall(const void *stored, size_t len);

/* "Vectorscan 5.4.9" or "own automaton". */
const char *finder_engine(void);

struct finder_scratch *finder_scratch_new(const struct finder *finder);
void finder_scratch_free(struct finder_scratch *scratch);

/* Called for each place a literal ends.  False: it could not be decided. */
typedef void finder_visit(uint32_t id, size_t end, void *context);
bool finder_find(const struct finder *finder, struct finder_scratch *scratch, const char *text, size_t len,
                 finder_visit *visit, void *context);

#endif
