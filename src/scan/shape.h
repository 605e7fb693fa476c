#ifndef SCAN_SHAPE_H
#define SCAN_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

/* What can be said of every match of a pattern without running it.  It may say too little, and then
 * the pattern is run everywhere; it never says too much: a text in which none of `need` occurs has no
 * match, and no match is longer than `longest`. */

#define SHAPE_UNBOUNDED ((size_t)-1)

/* Strings one behind another, each with a NUL at its end; shortest and longest without it. */
struct words {
	char *bytes;
	size_t len, capacity, count, shortest, longest;
};

/* The word behind `word`; the first for NULL; NULL at the end. */
const char *words_next(const struct words *words, const char *word);

/* At least one of these stands inside every match: one of `words` (folded, lower case, to be found
 * without regard to ASCII case); a number of at least `digits` digits (0: not this); with `code`, two
 * capitals and two digits behind them.  `known`: false says nothing.  A match begins at most `before`
 * bytes before it (SHAPE_UNBOUNDED: anywhere). */
struct need {
	bool known, code;
	size_t before;
	struct words words;
	unsigned digits;
};

struct shape {
	struct need need;
	size_t longest;       /* bytes; SHAPE_UNBOUNDED */
	size_t behind, ahead; /* bytes looked at before and after a match; SHAPE_UNBOUNDED: its lines */
	bool crosses;         /* a match, or what it looks at, may reach over a line end */
	const char *unclear;  /* NULL, or what in the pattern is not understood: nothing is known then */
};

/* Of a pattern that compiles, already folded as its text is. */
void shape_of(const char *pattern, struct shape *out);
void shape_release(struct shape *shape);

#endif
