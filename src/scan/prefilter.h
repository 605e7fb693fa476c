#ifndef SCAN_PREFILTER_H
#define SCAN_PREFILTER_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct kept;

/* Where do any of many words stand?  Exact strings, ASCII letters without case, all at once.  The engine
 * below (finder.h) is given as few and as long words as will do; the answers are those of a plain search. */
struct prefilter;
struct prefilter_scratch; /* what one thread needs */

struct prefilter *prefilter_new(void);
void prefilter_free(struct prefilter *p);

/* Before prefilter_build(); `word` is not empty and is copied.  Ids may repeat. */
void prefilter_add(struct prefilter *p, const char *word, uint32_t id);

/* Ready for use. */
bool prefilter_build(struct prefilter *p, struct err *err) MUST_CHECK;

/* What was built, to a cache or back into one with no words (base/kept.h).  False: there is nothing to gain,
 * or what comes back does not fit this machine or library. */
bool prefilter_carry(struct kept *k, struct prefilter *p);

/* "Vectorscan 5.4.9" or "own automaton": for review version and for the name of what is stored. */
const char *prefilter_engine(void);

struct prefilter_scratch *prefilter_scratch_new(const struct prefilter *p);
void prefilter_scratch_free(struct prefilter_scratch *scratch);

/* Called for each place a word ends, in no order.  False: it could not be decided. */
typedef void prefilter_visit(uint32_t id, size_t end, void *context);
bool prefilter_find(const struct prefilter *p, struct prefilter_scratch *scratch, const char *text, size_t len,
                    prefilter_visit *visit, void *context);

#endif
