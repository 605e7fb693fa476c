/* gif.c - GIF87a and GIF89a: comments, texts that are drawn, data of applications. */
#include "image_inside.h"

#include "base/buf.h"
#include "base/mem.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

enum { EXTENSION = 0x21, FRAME = 0x2C, TRAILER = 0x3B, COMMENT = 0xFE, PLAIN_TEXT = 0x01, APPLICATION = 0xFF, CONTROL = 0xF9 };

/* Sub-blocks up to the empty one, joined.  False: they do not end. */
static bool blocks(struct image *image, struct buf *out)
{
	while (image->at < image->len) {
		const size_t len = image->bytes[image->at];

		image->at++;
		if (len == 0)
			return true;
		if (len > image->len - image->at)
			break;
		if (out != NULL)
			buf_add(out, image->bytes + image->at, len);
		image->at += len;
	}
	image_damaged(image, "it ends within a block");
	return false;
}

/* XMP stands there as it is, with a trailer that makes any reading of it as blocks end (XMP part 3, 1.1.2). */
static void read_xmp(struct image *image, size_t from)
{
	static const unsigned char trailer[4] = {0x01, 0xFF, 0xFE, 0xFD};
	const unsigned char *end = image_find(image->bytes + from, image->at - from, trailer, sizeof(trailer));

	image_xmp(image->reader, "XMP", image->bytes + from, end != NULL ? (size_t)(end - image->bytes) - from : image->at - from);
}

static void read_application(struct image *image, const unsigned char *name, size_t from, const struct buf *data)
{
	char *place = mem_format("application %.8s", (const char *)name);

	image_name(place);
	if (memcmp(name, "XMP DataXMP", 11) == 0) {
		read_xmp(image, from);
	} else if (memcmp(name, "ICCRGBG1012", 11) == 0) {
		image_profile(image->reader, (const unsigned char *)data->data, data->len);
	} else if ((memcmp(name, "NETSCAPE2.0", 11) != 0 && memcmp(name, "ANIMEXTS1.0", 11) != 0) || data->len > 8) {
		reader_observe(image->reader, OBSERVED_CUSTOM_DATA, "%s", place);
		image_strings(image->reader, place, name, 11);
		image_strings(image->reader, place, (const unsigned char *)data->data, data->len);
	}
	free(place);
}

static void read_extension(struct image *image, unsigned label, const struct buf *data, size_t from)
{
	const unsigned char *bytes = (const unsigned char *)data->data;

	if (label == COMMENT) {
		reader_observe(image->reader, OBSERVED_PROPERTIES, "comment in the file");
		image_text(image->reader, FLOW_COMMENT, "comment in the file", bytes, data->len);
	} else if (label == PLAIN_TEXT && data->len > 12) {
		image->characters += data->len - 12;
		image_text(image->reader, FLOW_BODY, "text of the picture", bytes + 12, data->len - 12);
	} else if (label == APPLICATION && data->len >= 11) {
		const struct buf rest = {.data = data->data + 11, .len = data->len - 11};

		read_application(image, bytes, from + 12, &rest);
	} else if (label != CONTROL || data->len > 4) {
		reader_observe(image->reader, OBSERVED_CUSTOM_DATA, "extension 0x%02X", label);
		image_strings(image->reader, "extension of no known kind", bytes, data->len);
	}
}

static bool extension(struct image *image)
{
	const unsigned label = image->at < image->len ? image->bytes[image->at] : 0;
	struct buf data = {0};
	const size_t from = ++image->at;
	bool whole;

	whole = image->at < image->len && blocks(image, &data);
	if (data.len > 0)
		read_extension(image, label, &data, from);
	buf_release(&data);
	return whole;
}

/* Where it stands, its colours, the size of its codes, its blocks. */
static bool frame(struct image *image)
{
	enum { DESCRIPTOR = 9 };
	size_t colours;

	if (image->len - image->at < DESCRIPTOR + 1)
		return false;
	colours = (image->bytes[image->at + 8] & 0x80) != 0 ? (size_t)3 << ((image->bytes[image->at + 8] & 7) + 1) : 0;
	image->pages++;
	image->pictures++;
	image->at += DESCRIPTOR;
	if (colours + 1 > image->len - image->at)
		return false;
	image->at += colours + 1;
	return blocks(image, NULL);
}

void gif_walk(struct image *image)
{
	enum { HEADER = 13 };
	bool going = image->len >= HEADER;

	image->at = HEADER;
	if (going && (image->bytes[10] & 0x80) != 0)
		image->at += (size_t)3 << ((image->bytes[10] & 7) + 1);
	while (going && image->at < image->len && !reader_stopped(image->reader)) {
		const unsigned kind = image->bytes[image->at];

		image->at++;
		if (kind == TRAILER)
			return;
		going = (kind == EXTENSION && extension(image)) || (kind == FRAME && frame(image));
	}
	image_damaged(image, "it ends before its end mark");
}
