/* whole.c - a deflated stream that ends where it should: for those who let others unpack it. */
#include "zip/whole.h"

#include "base/mem.h"

#include <limits.h>
#include <stdlib.h>
#define ZLIB_CONST
#include <zlib.h>

enum { PIECE = 64 * 1024 };

bool inflate_is_whole(const void *bytes, size_t len)
{
	z_stream z = {0};
	unsigned char *piece;
	int state = Z_OK;

	if (len > UINT_MAX || inflateInit(&z) != Z_OK)
		return false;
	piece = mem_resize(NULL, PIECE, 1);
	z.next_in = bytes;
	z.avail_in = (uInt)len;
	while (state == Z_OK) { /* at the end of the bytes it is Z_BUF_ERROR */
		z.next_out = piece;
		z.avail_out = PIECE;
		state = inflate(&z, Z_NO_FLUSH);
	}
	(void)inflateEnd(&z);
	free(piece);
	return state == Z_STREAM_END && z.avail_in == 0;
}
