/* whole.c - a deflated stream that ends where it should, read in pieces: a file that becomes shorter meanwhile is one cut
 * short, where a mapping of it would end the program. */
#include "zip/whole.h"

#include "base/mem.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>
#define ZLIB_CONST
#include <zlib.h>

enum { PIECE = 16 * 1024 };

struct inflating {
	z_stream z;
	int fd, state;
	unsigned char piece[PIECE];
};

struct inflating *inflating_begin(int fd)
{
	struct inflating *at = mem_resize(NULL, 1, sizeof(*at)); /* not zeroed: the piece is written before it is read */

	at->z = (z_stream){0};
	at->fd = fd;
	at->state = inflateInit(&at->z);
	return at;
}

/* False: there is no more, or it cannot be read. */
static bool refill(struct inflating *at)
{
	ssize_t n;

	do
		n = read(at->fd, at->piece, PIECE);
	while (n < 0 && errno == EINTR);
	at->z.next_in = at->piece;
	at->z.avail_in = n > 0 ? (uInt)n : 0;
	return n > 0;
}

size_t inflating_next(struct inflating *at, void *out, size_t len)
{
	size_t done = 0;

	while (done < len && at->state == Z_OK) {
		const uInt most = len - done < INT_MAX ? (uInt)(len - done) : INT_MAX;

		if (at->z.avail_in == 0)
			(void)refill(at); /* without any more, what is unpacked already may still come; then it is Z_BUF_ERROR */
		at->z.next_out = (unsigned char *)out + done;
		at->z.avail_out = most;
		at->state = inflate(&at->z, Z_NO_FLUSH);
		done += most - at->z.avail_out;
	}
	return done;
}

bool inflating_end(struct inflating *at)
{
	unsigned char more;
	const bool whole = inflating_next(at, &more, 1) == 0 && at->state == Z_STREAM_END && at->z.avail_in == 0 && !refill(at);

	(void)inflateEnd(&at->z);
	free(at);
	return whole;
}
