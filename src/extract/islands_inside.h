#ifndef EXTRACT_ISLANDS_INSIDE_H
#define EXTRACT_ISLANDS_INSIDE_H

#include "made.h"

#include <stdbool.h>

int island_hex(char c); /* -1: not a digit */

/* Of a word: a letter, a digit, or a byte of what is not ASCII. */
static inline bool island_is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

bool island_is_text(const char *bytes, size_t len);

/* What was decoded from a row of bytes, where it is text: added to `out`. */
void island_put_bytes(const struct made *bytes, struct made *out);

/* The next place from `at` on where `a` stands before `b`; `len`: there is none.  All texts are searched, so it looks at sixteen
 * places at a time. */
size_t island_pair(const char *text, size_t len, size_t at, char a, char b);

/* The line around byte `at`, or as much of a long one as a rule would look at. */
void island_line(const char *text, size_t len, size_t at, size_t *from, size_t *to);

void escapes_find(const char *text, size_t len, struct made *out);
void digits_find(const char *text, size_t len, struct made *out);
void joined_find(const char *text, size_t len, struct made *out);
void misread_find(const char *text, size_t len, struct made *out);
void strings_find(const char *text, size_t len, struct made *out);
void links_find(const char *text, size_t len, struct made *out);
void folds_find(const char *text, size_t len, struct made *out);
void marks_find(const char *text, size_t len, struct made *out);
void cues_find(const char *text, size_t len, struct made *out);
void hosts_find(const char *text, size_t len, struct made *out);
void quoted_find(const char *text, size_t len, struct made *out);
void rows_find(const char *text, size_t len, struct made *out);

#endif
