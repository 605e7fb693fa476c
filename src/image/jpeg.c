/* jpeg.c - JPEG (ITU-T T.81), segment by segment, and what cameras and programs put into its APPn. */
#include "image_inside.h"

#include "base/buf.h"
#include "base/mem.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

enum { APP0 = 0xE0, SOS = 0xDA, EOI = 0xD9, COM = 0xFE, EXTENDED_HEAD = 75, EXTENDED_MOST = 64 * 1024 * 1024 };

struct jpeg {
	struct image *image;
	struct buf profile, extended; /* ICC and XMP are cut to fit into segments */
	struct buf comments;          /* so may these be */
	size_t comment_count;
};

struct segment {
	unsigned marker;
	const unsigned char *bytes; /* behind marker and length */
	size_t len;
};

/* What an APPn begins with says what it is. */
static bool begins(const struct segment *s, unsigned marker, const char *name, size_t len)
{
	return s->marker == marker && s->len >= len && memcmp(s->bytes, name, len) == 0;
}

static void read_jfif(struct jpeg *jpeg, const struct segment *s)
{
	if (s->len > 14)
		reader_observe(jpeg->image->reader, OBSERVED_THUMBNAIL, "thumbnail of JFIF");
	if (s->len > 14 + 3 * (size_t)s->bytes[12] * s->bytes[13])
		image_strings(jpeg->image->reader, "APP0", s->bytes, s->len);
}

static void read_jfxx(struct jpeg *jpeg, const struct segment *s)
{
	if (s->len > 6 && s->bytes[5] == 0x10)
		image_thumbnail(jpeg->image->reader, "thumbnail of JFIF", s->bytes + 6, s->len - 6);
	else
		reader_observe(jpeg->image->reader, OBSERVED_THUMBNAIL, "thumbnail of JFIF");
}

static void read_exif(struct jpeg *jpeg, const struct segment *s)
{
	image_exif(jpeg->image->reader, s->bytes + 6, s->len - 6);
}

static void read_xmp(struct jpeg *jpeg, const struct segment *s)
{
	image_xmp(jpeg->image->reader, "XMP", s->bytes + 29, s->len - 29);
}

/* A name of 35 bytes, a digest of 32, the whole length, where this piece goes. */
static void read_extended(struct jpeg *jpeg, const struct segment *s)
{
	size_t whole, from;

	if (s->len < EXTENDED_HEAD)
		return;
	whole = big(s->bytes + 67, 4);
	from = big(s->bytes + 71, 4);
	if (from != jpeg->extended.len || whole > EXTENDED_MOST || s->len - EXTENDED_HEAD > whole - from)
		image_strings(jpeg->image->reader, "extended XMP, out of order", s->bytes, s->len);
	else
		buf_add(&jpeg->extended, s->bytes + EXTENDED_HEAD, s->len - EXTENDED_HEAD);
}

static void read_profile(struct jpeg *jpeg, const struct segment *s)
{
	buf_add(&jpeg->profile, s->bytes + 14, s->len - 14);
}

static void read_photoshop(struct jpeg *jpeg, const struct segment *s)
{
	image_photoshop(jpeg->image->reader, s->bytes + 14, s->len - 14);
}

/* Where further pictures stand behind this one: they are found there. */
static void read_index(struct jpeg *jpeg, const struct segment *s)
{
	image_strings(jpeg->image->reader, "index of pictures", s->bytes, s->len);
}

static void read_adobe(struct jpeg *jpeg, const struct segment *s)
{
	if (s->len > 12)
		image_strings(jpeg->image->reader, "APP14", s->bytes, s->len);
}

/* `least`: shorter ones are not what they say. */
static const struct {
	unsigned marker, len, least;
	const char *name;
	void (*read)(struct jpeg *jpeg, const struct segment *s);
} applications[] = {
	{APP0, 5, 14, "JFIF\0", read_jfif},
	{APP0, 5, 6, "JFXX\0", read_jfxx},
	{APP0 + 1, 6, 14, "Exif\0\0", read_exif},
	{APP0 + 1, 29, 29, "http://ns.adobe.com/xap/1.0/\0", read_xmp},
	{APP0 + 1, 35, 35, "http://ns.adobe.com/xmp/extension/\0", read_extended},
	{APP0 + 2, 12, 14, "ICC_PROFILE\0", read_profile},
	{APP0 + 2, 4, 4, "MPF\0", read_index},
	{APP0 + 13, 14, 14, "Photoshop 3.0\0", read_photoshop},
	{APP0 + 14, 5, 5, "Adobe", read_adobe},
};

static void read_application(struct jpeg *jpeg, const struct segment *s)
{
	char *place = mem_format("APP%u", s->marker - APP0);
	size_t i = 0;

	while (i < sizeof(applications) / sizeof(applications[0]) &&
	       !begins(s, applications[i].marker, applications[i].name, applications[i].len))
		i++;
	if (i < sizeof(applications) / sizeof(applications[0]) && s->len >= applications[i].least) {
		applications[i].read(jpeg, s);
	} else {
		reader_observe(jpeg->image->reader, OBSERVED_CUSTOM_DATA, "%s", place);
		image_strings(jpeg->image->reader, place, s->bytes, s->len);
	}
	free(place);
}

static void read_segment(struct jpeg *jpeg, const struct segment *s)
{
	if (s->marker == COM) {
		reader_observe(jpeg->image->reader, OBSERVED_PROPERTIES, "comment in the file");
		image_text(jpeg->image->reader, FLOW_COMMENT, "comment in the file", s->bytes, s->len);
		buf_add(&jpeg->comments, s->bytes, s->len);
		jpeg->comment_count++;
	} else if (s->marker >= APP0 && s->marker < APP0 + 16) {
		read_application(jpeg, s);
	} else if (s->marker >= 0xF0 || s->marker == 0xC8) {
		reader_observe(jpeg->image->reader, OBSERVED_CUSTOM_DATA, "segment 0x%02X", s->marker);
		image_strings(jpeg->image->reader, "segment of no known kind", s->bytes, s->len);
	}
}

/* Behind coded data: a marker that is no restart and no stuffed byte. */
static size_t scan_end(const struct image *image, size_t at)
{
	while (at + 1 < image->len) {
		const unsigned char *found = memchr(image->bytes + at, 0xFF, image->len - at - 1);

		if (found == NULL)
			return image->len;
		at = (size_t)(found - image->bytes);
		if (found[1] != 0 && found[1] != 0xFF && (found[1] < 0xD0 || found[1] > 0xD7))
			return at;
		at++;
	}
	return image->len;
}

/* One marker and what belongs to it.  False: the end, or damage. */
static bool step(struct jpeg *jpeg)
{
	struct image *image = jpeg->image;
	struct segment s = {0};

	while (image->len - image->at >= 2 && image->bytes[image->at] == 0xFF && image->bytes[image->at + 1] == 0xFF)
		image->at++;
	if (image->len - image->at < 2 || image->bytes[image->at] != 0xFF) {
		image_damaged(image, "it ends before its end mark");
		return false;
	}
	s.marker = image->bytes[image->at + 1];
	image->at += 2;
	if (s.marker == EOI)
		return false;
	if (s.marker == 1 || s.marker == 0xD8 || (s.marker >= 0xD0 && s.marker <= 0xD7))
		return true;
	if (image->len - image->at < 2 || big(image->bytes + image->at, 2) < 2 ||
	    big(image->bytes + image->at, 2) > image->len - image->at) {
		image_damaged(image, "it ends within a segment");
		return false;
	}
	s.bytes = image->bytes + image->at + 2;
	s.len = big(image->bytes + image->at, 2) - 2;
	image->at += s.len + 2;
	read_segment(jpeg, &s);
	if (s.marker == SOS)
		image->at = scan_end(image, image->at);
	return true;
}

void jpeg_walk(struct image *image)
{
	struct jpeg jpeg = {.image = image};

	image->at = 2;
	while (!reader_stopped(image->reader) && step(&jpeg))
		;
	if (jpeg.extended.len > 0)
		image_xmp(image->reader, "extended XMP", (const unsigned char *)jpeg.extended.data, jpeg.extended.len);
	if (jpeg.profile.len > 0)
		image_profile(image->reader, (const unsigned char *)jpeg.profile.data, jpeg.profile.len);
	if (jpeg.comment_count > 1)
		image_text(image->reader, FLOW_COMMENT, "comments in the file, joined", (const unsigned char *)jpeg.comments.data, jpeg.comments.len);
	buf_release(&jpeg.comments);
	buf_release(&jpeg.extended);
	buf_release(&jpeg.profile);
}
