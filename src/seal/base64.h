#ifndef SEAL_BASE64_H
#define SEAL_BASE64_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* Base64 (RFC 4648) in its one form: padding as given, no white space, no stray bits.  Decoding
 * appends to `out`. */
void base64_add(struct buf *out, const void *bytes, size_t len, bool padded);
bool base64_decode(const char *text, size_t len, struct buf *out);

#endif
