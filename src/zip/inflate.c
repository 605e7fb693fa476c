/* inflate.c - deflated bytes of any container, counted while they grow: a bomb is stopped at its fuse. */
#include "zip/inflate.h"

#include "base/buf.h"
#include "base/mem.h"
#include "reader/reader.h"

#include <stdlib.h>
#define ZLIB_CONST
#include <zlib.h>

enum { STEP = 64 * 1024 };
static const size_t AT_ONCE = (size_t)1 << 30;

static bool step(struct reader *reader, z_stream *z, char *piece, struct buf *out, int *state)
{
	z->next_out = (unsigned char *)piece;
	z->avail_out = STEP;
	*state = inflate(z, Z_NO_FLUSH);
	if (*state != Z_OK && *state != Z_STREAM_END)
		return false;
	if (!reader_may_unpack(reader, STEP - z->avail_out, STEP))
		return false;
	buf_add(out, piece, STEP - z->avail_out);
	return true;
}

/* Of the whole, not only of a step: the ratio counts from the first byte on. */
static bool is_bomb(const z_stream *z)
{
	return z->total_out > 16 * 1024 * 1024 && z->total_out / 1032 >= z->total_in;
}

bool inflate_bytes(struct reader *reader, enum inflate_wrapping wrapping, const void *bytes, size_t len,
                   size_t most, struct buf *out, size_t *used)
{
	static const int bits[] = {[INFLATE_RAW] = -15, [INFLATE_ZLIB] = 15, [INFLATE_GZIP] = 31};
	z_stream z = {0};
	char *piece;
	int state = Z_OK;
	bool going = true;

	*used = 0;
	if (len > AT_ONCE || inflateInit2(&z, bits[wrapping]) != Z_OK)
		return false;
	piece = mem_resize(NULL, STEP, 1); /* not zeroed: what is not written to costs no page */
	z.next_in = bytes;
	z.avail_in = (uInt)len;
	while (going && state == Z_OK && !is_bomb(&z) && z.total_out < most)
		going = step(reader, &z, piece, out, &state);
	*used = len - z.avail_in;
	(void)inflateEnd(&z);
	free(piece);
	return going && state == Z_STREAM_END;
}

bool inflate_exact(const void *bytes, size_t len, void *out, size_t out_len, size_t *used)
{
	unsigned char none = 0;
	z_stream z = {0};
	int state;

	*used = 0;
	if (len > AT_ONCE || out_len > AT_ONCE || inflateInit2(&z, -15) != Z_OK)
		return false;
	z.next_in = bytes;
	z.avail_in = (uInt)len;
	z.next_out = out_len > 0 ? out : &none;
	z.avail_out = (uInt)out_len;
	state = inflate(&z, Z_FINISH);
	*used = len - z.avail_in;
	(void)inflateEnd(&z);
	return state == Z_STREAM_END && z.avail_out == 0;
}
