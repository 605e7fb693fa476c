#ifndef CLI_GATE_H
#define CLI_GATE_H

#include "base/err.h"

#include <stddef.h>

struct buf;
struct changes;
struct scan;
struct session;

/* The same questions for `scan --staged`, pre-commit and pre-receive: what do these changes bring? */

/* Open what there is: a ledger and its rules, or, where there is no ledger, the shipped rules.
 * `rules_dir` (may be NULL) overrides both.  A ledger that is there but broken is refused. */
bool gate_open(struct session *s, const char *rules_dir, struct err *err) MUST_CHECK;

/* The shipped rules, compiled, into a session that has none: for a repository without a ledger. */
bool gate_open_shipped(struct session *s, struct err *err) MUST_CHECK;

/* Scan every blob the changes add or alter in a candidate path.  Links, submodules and blobs too
 * large to read are undecided. */
bool gate_scan(struct session *s, const struct changes *changes, struct scan *out, struct err *err) MUST_CHECK;

/* One line in `complaints` for each change under the public directory that is not exactly what the
 * ledger released; *count is how many.  Without a ledger there is nothing released. */
bool gate_public(struct session *s, const struct changes *changes, struct buf *complaints, size_t *count, struct err *err) MUST_CHECK;

/* Append `line`, which is taken over, as one line that cannot fool a terminal. */
void gate_complain(struct buf *complaints, char *line);

/* Print a scan as text on `to_stderr` ? standard error : standard output; stages as the session's policy calls them. */
void gate_print(const struct session *s, const struct scan *scan, bool explain, bool to_stderr);

/* Does the terminal behind `fd` show colours? */
bool terminal_has_color(int fd);

#endif
