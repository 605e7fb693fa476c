#ifndef CLI_PROGRESS_LINE_H
#define CLI_PROGRESS_LINE_H

#include "base/progress.h"

#include <stdint.h>

struct buf;

/* One line on the terminal about work that takes longer than half a second: what is being done, how
 * much of it, how long it will still take.  Only where standard error is a terminal that can take a
 * line back (not TERM=dumb); nothing at all elsewhere.  Interrupted, the line is gone as well.
 *
 * `what` is in the reader's language and borrowed until the end: _("scanning"). */
void progress_begin(const char *what);
void progress_end(void); /* takes the line back; harmless when there is none */

/* The line itself, appended to `out`. */
struct progress_state {
	const char *what;
	uint64_t done[PROGRESS_UNITS], expected[PROGRESS_UNITS]; /* 0: none, not known */
	uint64_t milliseconds;                                   /* since it began */
};
void progress_words(const struct progress_state *state, struct buf *out);

#endif
