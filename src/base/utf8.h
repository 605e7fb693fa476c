#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct buf;

/* Strict UTF-8 (RFC 3629): no surrogates, no overlong forms, nothing above U+10FFFF. */

/* One code point from the front of `text`; returns its length 1..4, or 0 when it is not valid. */
size_t utf8_decode(const char *text, size_t len, uint32_t *out);

/* Writes 1..4 bytes and returns how many; `c` must be a valid scalar value. */
size_t utf8_encode(uint32_t c, char out[4]);

/* True when all of it is valid; *bad (may be NULL) is the offset of the first bad byte if not. */
bool utf8_valid(const char *text, size_t len, size_t *bad);

/* Columns a terminal uses for it: wide CJK two, combining marks none.  Invalid bytes count one. */
size_t utf8_width(const char *text, size_t len);

/* Nothing in it that a person would see: empty, or spaces of any width and characters without one. */
bool utf8_is_blank(const char *text);

/* Spaces that are missing until `text` fills so many columns; 0 when it is wider. */
int utf8_padding(const char *text, int columns);

/* Append `text` so that a terminal or an HTML-blind reader cannot be fooled: controls, bidi and
 * zero-width characters and invalid bytes appear as \xNN or <U+202E>; the rest unchanged.  Every
 * text of foreign origin (paths, notes, matched text) is printed through this. */
void utf8_add_printable(struct buf *out, const char *text, size_t len);

#endif
