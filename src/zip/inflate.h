#ifndef ZIP_INFLATE_H
#define ZIP_INFLATE_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct reader;

enum inflate_wrapping { INFLATE_RAW = 0, INFLATE_ZLIB, INFLATE_GZIP };

/* Unpack one deflated stream (RFC 1950 to 1952) at the front of `bytes`, adding to `out`; `*used` is how
 * many bytes of it there were.  What is unpacked is counted with the reader as it grows, and stops soon behind
 * `most` bytes.  False: damaged, cut short or too large; what could be unpacked is in `out`, and the caller says undecided if that
 * matters (a limit reached was said already). */
bool inflate_bytes(struct reader *reader, enum inflate_wrapping wrapping, const void *bytes, size_t len, size_t most,
                   struct buf *out, size_t *used);

/* The same of a raw stream that must unpack to exactly `out_len` bytes; nothing is counted.  `*used` may be
 * less than `len`: what is behind belongs to nobody. */
bool inflate_exact(const void *bytes, size_t len, void *out, size_t out_len, size_t *used);

#endif
