#ifndef SCAN_MATCH_H
#define SCAN_MATCH_H

#include "base/err.h"

#include <stddef.h>

struct rule;

/* One compiled pattern.  PCRE2 with JIT where there is JIT. */
struct matcher;

enum match_result { MATCH_UNDECIDED = 0, MATCH_NONE, MATCH_FOUND };

/* `line` and `column`: where the pattern stands in its pack, for complaints.  Literal characters are
 * folded one by one (not in `verbatim`), so a pattern written in traditional forms meets folded text. */
struct pattern_place {
	const char *file;
	unsigned line, column;
	bool verbatim;
};
bool matcher_new(const char *pattern, const struct pattern_place *place, struct matcher **out, struct err *err) MUST_CHECK;
void matcher_free(struct matcher *matcher);

/* A pattern that was compiled before: `folded` is what matcher_folded() said then.  It is compiled when it
 * is first tried; should it not be one after all, what it is tried on is undecided. */
struct matcher *matcher_recall(const char *folded);
const char *matcher_folded(const struct matcher *matcher);

/* The version of PCRE2. */
const char *matcher_engine(void);

/* One run over a text: limits and stacks of its own, so that several threads may share a matcher. */
struct match_run;
struct match_run *match_run_new(void);
void match_run_free(struct match_run *run);

struct span {
	size_t from, to;
};

/* Where to look: from `start`, in a text of `len` bytes.  `cut`: the text goes on behind them, so
 * `$` is not there.  What stands before `start` is seen by `^` and by looking behind. */
struct subject {
	const char *text;
	size_t len, start, limit; /* limit: a match begins before it; 0: anywhere */
	bool cut;
};

/* The first match at or behind the start.  `value` (may be NULL) is the group named "value" when the
 * pattern has one that took part, else the whole match.  Only "no match" is MATCH_NONE; a limit
 * reached or any other failure is MATCH_UNDECIDED. */
enum match_result matcher_find(struct matcher *matcher, struct match_run *run, const struct subject *subject,
                               struct span *match, struct span *value);

#endif
