/* bmp.c - Windows bitmaps, with the header of a file or, as other files have them, without. */
#include "image_inside.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdlib.h>

enum { FILE_HEADER = 14, CORE = 12, INFO = 40, V5 = 124, RGB = 0, BITFIELDS = 3, ALPHA_BITFIELDS = 6 };

/* Bytes nothing in the file accounts for. */
static void tell_gap(const struct image *image, const char *place, size_t from, size_t to)
{
	size_t at = from;

	while (at < to && image->bytes[at] == 0)
		at++;
	if (at >= to)
		return;
	reader_observe(image->reader, OBSERVED_UNLISTED_DATA, "%s", place);
	image_strings(image->reader, place, image->bytes + from, to - from);
}

/* Bytes of masks and colours behind the header. */
static size_t colours_size(const unsigned char *info, size_t size)
{
	const unsigned depth = little(info + (size == CORE ? 10 : 14), 2);
	const uint32_t packing = size >= INFO ? little(info + 16, 4) : RGB, used = size >= INFO ? little(info + 32, 4) : 0;
	const size_t masks = size != INFO ? 0 : packing == BITFIELDS ? 12 : packing == ALPHA_BITFIELDS ? 16 : 0;
	size_t colours = used <= 256 ? used : 0;

	if (colours == 0 && depth <= 8)
		colours = (size_t)1 << depth;
	return masks + colours * (size == CORE ? 3 : 4);
}

/* Bytes of the drawing; 0: not known. */
static uint64_t bits_size(const unsigned char *info, size_t size)
{
	const bool core = size == CORE;
	const uint64_t width = core ? little(info + 4, 2) : little(info + 4, 4), depth = little(info + (core ? 10 : 14), 2);
	const uint32_t signed_height = core ? little(info + 6, 2) : little(info + 8, 4);
	const uint64_t height = signed_height > INT32_MAX ? UINT32_MAX - signed_height + UINT64_C(1) : signed_height;
	const uint32_t packing = size >= INFO ? little(info + 16, 4) : RGB;

	if (packing != RGB && packing != BITFIELDS && packing != ALPHA_BITFIELDS)
		return little(info + 20, 4);
	if (width > UINT16_MAX || height > UINT16_MAX)
		return 0;
	return (width * depth + 31) / 32 * 4 * height;
}

/* A profile stands behind the bits, from the header's start. */
static void read_profile(struct image *image, size_t head, const unsigned char *info)
{
	const size_t from = little(info + 112, 4), len = little(info + 116, 4);

	if (len == 0 || from > image->len - head || len > image->len - head - from)
		return;
	image_profile(image->reader, image->bytes + head + from, len);
	if (head + from + len > image->at)
		tell_gap(image, "between bits and colour profile", image->at, head + from > image->at ? head + from : image->at);
	image->at = head + from + len > image->at ? head + from + len : image->at;
}

void bmp_walk(struct image *image)
{
	const size_t head = image->bytes[0] == 'B' ? FILE_HEADER : 0;
	const unsigned char *info = image->bytes + head;
	size_t size, from, colours;
	uint64_t bits;

	image->at = image->len;
	size = image->len >= head + INFO ? little(info, 4) : 0;
	if (size < CORE || size > V5 || size > image->len - head) {
		image_damaged(image, "its header");
		return;
	}
	colours = head + size + colours_size(info, size);
	from = head > 0 ? little(image->bytes + 10, 4) : colours;
	bits = bits_size(info, size);
	if (bits == 0 || from > image->len || bits > image->len - from) {
		image_damaged(image, "it is shorter than it says");
		return;
	}
	if (from > colours)
		tell_gap(image, "between colours and bits", colours, from);
	image->at = from + (size_t)bits;
	if (size == V5)
		read_profile(image, head, info);
}
