#ifndef EXTRACT_BLOCKS_H
#define EXTRACT_BLOCKS_H

#include <stddef.h>

/* Where a text holds something of a kind, looked at many bytes at a time. */
enum block {
	BLOCK_BASE64 = 0,  /* twelve digits of base64 in a row */
	BLOCK_HEXADECIMAL, /* twelve hexadecimal digits in a row */
	BLOCK_SPACED       /* three spaces or points, one character between each two */
};

/* Where the first one at or behind `at` begins, or `len`. */
size_t blocks_next(const char *text, size_t len, size_t at, enum block kind);

#endif
