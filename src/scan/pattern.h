#ifndef SCAN_PATTERN_H
#define SCAN_PATTERN_H

/* A pattern as folded text wants it: each literal character beyond ASCII as text_fold() leaves it,
 * where that is one character.  What became ASCII punctuation is escaped, so it stays a literal;
 * the ends of a range in a class stay as written, or the range would be another one.  Caller frees. */
char *pattern_fold(const char *pattern);

#endif
