/* digests.c - many files, or few large ones, read and digested by all processors.
 *
 * Whoever walks the directory opens them, so that what is read is what was met there. */
#include "digests.h"

#include "base/crew.h"
#include "seal/hash.h"

#include <errno.h>
#include <unistd.h>

enum { PIECE = 256 * 1024, ENOUGH = 16 };
static const uint64_t ENOUGH_BYTES = (uint64_t)1024 * 1024;

static void digest_one(void *file, void *piece)
{
	struct file_digest *out = file;
	struct hash *hash = hash_new();

	while (out->len <= out->most) {
		const uint64_t left = out->most - out->len;
		const ssize_t n = read(out->fd, piece, left < PIECE ? (size_t)left + 1 : PIECE);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			out->failed = errno;
		if (n <= 0)
			break;
		hash_add(hash, piece, (size_t)n);
		out->len += (uint64_t)n;
	}
	hash_end(hash, &out->digest);
	hash_free(hash);
	(void)close(out->fd);
}

struct crew *digests_begin(void)
{
	const struct crew_order order = {
		.work = digest_one, .room = PIECE, .enough = ENOUGH, .enough_of = ENOUGH_BYTES, .most_of = UINT64_MAX};

	return crew_begin(&order);
}

void digests_add(struct crew *crew, int fd, uint64_t most, struct file_digest *out)
{
	*out = (struct file_digest){.fd = fd, .most = most};
	crew_add(crew, out, most);
}
