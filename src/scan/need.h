#ifndef SCAN_NEED_H
#define SCAN_NEED_H

#include "shape.h"

/* Words and needs while a pattern is read.  Words are copied in; a set is one block of memory, because a
 * ruleset is read at every start and its patterns hold some ten thousand of them. */

enum { WORDS_MOST = 1000, WORDS_STRUNG = 64, WORD_BYTES_LEAST = 4, WORD_BYTES_ENOUGH = 7, WORD_BYTES_MOST = 48 };

void words_set_copy(struct words *to, const struct words *from);
void words_set_add(struct words *set, const char *word, size_t len);
void words_set_sort(struct words *set); /* and keep each once */
void words_set_clear(struct words *set);

/* Every word of `left` followed by every word of `right`, into `left`; false, and nothing done, when
 * that would be too many or too long.  Short words may be many; once they are good enough to look for,
 * fewer are better. */
bool words_set_append(struct words *left, const struct words *right);

/* How seldom a need is met in a text that has no match: 0 useless, larger is better. */
unsigned need_value(const struct need *need);

/* Keep the better one in `best`; `other` is emptied. */
void need_better(struct need *best, struct need *other);

/* What is needed where either is: nothing known if one is not.  `other` is emptied. */
void need_either(struct need *all, struct need *other);
void need_clear(struct need *need);

#endif
