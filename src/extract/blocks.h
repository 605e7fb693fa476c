#ifndef EXTRACT_BLOCKS_H
#define EXTRACT_BLOCKS_H

#include <stddef.h>

/* Where a text may hold something of a kind, looked at many bytes at a time. */
enum block {
	BLOCK_BASE64 = 0,  /* twelve digits of base64 in a row */
	BLOCK_HEXADECIMAL, /* twelve hexadecimal digits in a row */
	BLOCK_SPACED       /* three spaces, one character between each two */
};
enum { BLOCK_BYTES = 64 };

/* The first byte at or behind `at` from which on BLOCK_BYTES bytes hold the beginning of one, or
 * `len`.  One that begins at `at` or later is not missed; what is said to hold one may hold none. */
size_t blocks_next(const char *text, size_t len, size_t at, enum block kind);

#endif
