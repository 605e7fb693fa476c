#ifndef TEXT_WORD_DIFF_H
#define TEXT_WORD_DIFF_H

#include <stddef.h>

/* What changed between two texts, word by word.  A word is a run of letters and digits, one Chinese
 * character, one sign, or a line end; other white space only separates. */
struct word {
	size_t start, end; /* bytes of the text */
};
struct words {
	struct word *items;
	size_t count;
};
void words_split(const char *text, size_t len, struct words *out);
void words_release(struct words *words);

/* Words [before_from, before_to) of the first text stand as [after_from, after_to) in the second. */
struct edit {
	size_t before_from, before_to, after_from, after_to;
};
struct edits {
	struct edit *items; /* in order, none touching the next */
	size_t count;
};

/* The fewest changes (Myers 1986), as long as they are not more than WORD_DIFF_MOST words; else one
 * edit over all that is not the same at the beginning and at the end. */
enum { WORD_DIFF_MOST = 2000 };
void word_diff(const char *before, const struct words *a, const char *after, const struct words *b, struct edits *out);
void edits_release(struct edits *edits);

#endif
