/* webp.c - WebP: RIFF, chunk by chunk (RFC 9649). */
#include "image_inside.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

enum { HEAD = 8, START = 12, FRAME_HEAD = 16 };

static void read_chunk(struct image *image, const unsigned char *chunk, size_t len);

/* Chunks of a stretch; where they end. */
static size_t read_chunks(struct image *image, size_t at, size_t end)
{
	while (end - at >= HEAD && !reader_stopped(image->reader)) {
		const size_t len = little(image->bytes + at + 4, 4);

		if (len > end - at - HEAD) {
			image_damaged(image, "it ends within a chunk");
			return end;
		}
		read_chunk(image, image->bytes + at, len);
		at += HEAD + len;
		at += at < end && (len & 1) != 0 ? 1 : 0;
	}
	return at;
}

static void read_exif(struct image *image, const unsigned char *bytes, size_t len)
{
	const size_t head = len >= 6 && memcmp(bytes, "Exif\0\0", 6) == 0 ? 6 : 0; /* some programs keep what JPEG needs */

	image_exif(image->reader, bytes + head, len - head);
}

static void read_chunk(struct image *image, const unsigned char *chunk, size_t len)
{
	static const char *const drawing[] = {"VP8 ", "VP8L", "VP8X", "ALPH", "ANIM"};
	const unsigned char *bytes = chunk + HEAD;
	char *place;

	for (size_t i = 0; i < sizeof(drawing) / sizeof(drawing[0]); i++)
		if (memcmp(chunk, drawing[i], 4) == 0 && (i != 2 || len <= 10) && (i != 4 || len <= 6))
			return;
	if (memcmp(chunk, "EXIF", 4) == 0) {
		read_exif(image, bytes, len);
	} else if (memcmp(chunk, "XMP ", 4) == 0) {
		image_xmp(image->reader, "XMP", bytes, len);
	} else if (memcmp(chunk, "ICCP", 4) == 0) {
		image_profile(image->reader, bytes, len);
	} else if (memcmp(chunk, "ANMF", 4) == 0 && len >= FRAME_HEAD) {
		image->pages++;
		(void)read_chunks(image, (size_t)(bytes - image->bytes) + FRAME_HEAD, (size_t)(bytes - image->bytes) + len);
	} else {
		place = mem_format("chunk %.4s", (const char *)chunk);
		image_name(place);
		reader_observe(image->reader, OBSERVED_CUSTOM_DATA, "%s", place);
		image_strings(image->reader, place, bytes, len);
		free(place);
	}
}

void webp_walk(struct image *image)
{
	const size_t size = little(image->bytes + 4, 4);

	if (memcmp(image->bytes, "RIFF", 4) != 0 || size < 4 || size > image->len - HEAD) {
		image_damaged(image, "it is shorter than it says");
		return;
	}
	image->at = START;
	if (read_chunks(image, START, HEAD + size) != HEAD + size)
		image_damaged(image, "bytes behind its last chunk");
	image->at = HEAD + size;
}
