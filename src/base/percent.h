#ifndef BASE_PERCENT_H
#define BASE_PERCENT_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* Free text on one line, in one spelling: spaces stay readable; controls, '%', what could deceive a
 * reader (bidi, zero-width), bytes that are not UTF-8, a space at either end, and a lone "-" are
 * percent-encoded with capital digits.  "" is "". */
void percent_encode(const char *text, size_t len, struct buf *out);

/* Back again; false for a bad escape, %00, or a result that is not UTF-8.  Not everything that
 * decodes is canonical: encode again and compare where that matters. */
bool percent_decode(const char *text, size_t len, struct buf *out);

#endif
