/* frames.c - frames of zstd (RFC 8878) and LZ4 streams that programs are told to pass over, and that hold
 * whatever somebody likes. */
#include "archive_inside.h"

#include <string.h>

enum { SKIPPED_FIRST = 0x184D2A50, SKIPPED_LAST = 0x184D2A5F };
static const uint32_t ZSTD = 0xFD2FB528, LZ4 = 0x184D2204;

/* How long the frame at the front is; 0: it is none, or cut short. */
static size_t zstd_len(const unsigned char *bytes, size_t len)
{
	static const size_t dictionary[] = {0, 1, 2, 4}, content[] = {0, 2, 4, 8};
	size_t at = 5;
	unsigned flags;
	bool last = false;

	if (len < 6)
		return 0;
	flags = bytes[4];
	at += (flags & 0x20) == 0 ? 1U : 0U;
	at += dictionary[flags & 3] + content[flags >> 6] + ((flags >> 6) == 0 && (flags & 0x20) != 0 ? 1U : 0U);
	while (!last) {
		uint32_t block;

		if (at > len || len - at < 3)
			return 0;
		block = get16(bytes + at) | (uint32_t)bytes[at + 2] << 16;
		last = (block & 1) != 0;
		at += 3 + ((block >> 1 & 3) == 1 ? 1 : block >> 3);
	}
	at += (flags & 4) != 0 ? 4U : 0U;
	return at <= len ? at : 0;
}

static size_t lz4_len(const unsigned char *bytes, size_t len)
{
	size_t at = 7;
	unsigned flags;

	if (len < 7)
		return 0;
	flags = bytes[4];
	at += ((flags & 8) != 0 ? 8U : 0U) + ((flags & 1) != 0 ? 4U : 0U);
	for (uint32_t block = 1; block != 0;) {
		if (at > len || len - at < 4)
			return 0;
		block = get32(bytes + at);
		at += 4 + (block & 0x7FFFFFFF) + (block != 0 && (flags & 16) != 0 ? 4U : 0U);
	}
	at += (flags & 4) != 0 ? 4U : 0U;
	return at <= len ? at : 0;
}

size_t frames_walk(struct reader *reader, const struct part *part)
{
	size_t at = 0, used;

	for (; part->len - at >= 8; at += used) {
		const unsigned char *bytes = part->bytes + at;
		const uint32_t magic = get32(bytes);
		const size_t left = part->len - at;
		const bool skipped = magic >= SKIPPED_FIRST && magic <= SKIPPED_LAST;

		used = magic == ZSTD ? zstd_len(bytes, left) : (magic == LZ4 ? lz4_len(bytes, left) : 0);
		if (skipped && get32(bytes + 4) <= left - 8) {
			const struct part inside = {"", bytes + 8, get32(bytes + 4)};

			reader_observe(reader, OBSERVED_UNLISTED_DATA, "a frame that is passed over");
			reader_part(reader, "a frame that is passed over", &inside);
			used = 8 + inside.len;
		}
		if (used == 0)
			break;
	}
	return at;
}
