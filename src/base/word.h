#ifndef BASE_WORD_H
#define BASE_WORD_H

/* The one of the NULL-ended `words` that is nearest to `word`, at most two letters away and fewer
 * than it has; NULL: none is near.  For "did you mean". */
const char *word_nearest(const char *word, const char *const words[]);

#endif
