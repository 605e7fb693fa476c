#ifndef TEXT_WIDE_H
#define TEXT_WIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A letter or sign of the scripts offices write; what UTF-16 makes of noise is mostly none. */
bool wide_is_likely(uint32_t c);

/* Runs of UTF-16 in bytes that are something else, of both orders, at even and at odd bytes, given to `put` as UTF-8, in
 * pieces, a line each, with the byte it begins at.  A run has two characters or, of ASCII, four.  Two letters of ASCII next to each other are a
 * Chinese character too: in bytes that are text otherwise (`in_text`) such count only near others. */
void wide_runs(const unsigned char *bytes, size_t len, bool in_text,
               void (*put)(void *context, size_t at, const char *text, size_t len), void *context);

#endif
