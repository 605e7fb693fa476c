/* photoshop.c - image resources of Photoshop ("8BIM") and the IPTC records among them (IIM 4.2). */
#include "image_inside.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

enum { RESOURCE_IPTC = 0x0404, RESOURCE_OLD_THUMBNAIL = 0x0409, RESOURCE_THUMBNAIL = 0x040C, RESOURCE_PROFILE = 0x040F,
       RESOURCE_EXIF = 0x0422, RESOURCE_EXIF_3 = 0x0423, RESOURCE_XMP = 0x0424, THUMBNAIL_HEADER = 28 };

/* One data set, of a number below 2^15 bytes or with its size in the next up to four.  False: damaged. */
static bool next_set(const unsigned char *bytes, size_t len, size_t *at, const unsigned char **value, size_t *value_len)
{
	size_t size = big(bytes + *at + 3, 2), head = 5;

	if ((size & 0x8000) != 0) {
		const size_t more = size & 0x7FFF;

		if (more == 0 || more > 4 || len - *at - head < more)
			return false;
		size = big(bytes + *at + head, (unsigned)more);
		head += more;
	}
	if (size > len - *at - head)
		return false;
	*value = bytes + *at + head;
	*value_len = size;
	*at += head + size;
	return true;
}

void image_iptc(struct reader *reader, const unsigned char *bytes, size_t len)
{
	const unsigned char *value = NULL;
	size_t at = 0, value_len = 0;

	reader_observe(reader, OBSERVED_PROPERTIES, "IPTC");
	while (len - at >= 5 && bytes[at] == 0x1C) {
		char *place = mem_format("IPTC %u:%u", bytes[at + 1], bytes[at + 2]);
		const bool whole = next_set(bytes, len, &at, &value, &value_len);

		if (whole && value_len > 2)
			image_text(reader, FLOW_METADATA, place, value, value_len);
		free(place);
		if (!whole)
			break;
	}
	while (at < len && bytes[at] == 0)
		at++;
	if (at < len)
		image_strings(reader, "IPTC, what is no record", bytes + at, len - at);
}

static void read_resource(struct reader *reader, unsigned id, const unsigned char *bytes, size_t len)
{
	char *place = mem_format("Photoshop resource 0x%04X", id);

	if (id == RESOURCE_IPTC)
		image_iptc(reader, bytes, len);
	else if ((id == RESOURCE_THUMBNAIL || id == RESOURCE_OLD_THUMBNAIL) && len > THUMBNAIL_HEADER)
		image_thumbnail(reader, "thumbnail of Photoshop", bytes + THUMBNAIL_HEADER, len - THUMBNAIL_HEADER);
	else if (id == RESOURCE_EXIF || id == RESOURCE_EXIF_3)
		image_exif(reader, bytes, len);
	else if (id == RESOURCE_XMP)
		image_xmp(reader, "XMP", bytes, len);
	else if (id == RESOURCE_PROFILE)
		image_profile(reader, bytes, len);
	else
		image_strings(reader, place, bytes, len);
	free(place);
}

/* A mark, a number, a name with its length before it, a size; name and data padded to even. */
void image_photoshop(struct reader *reader, const unsigned char *bytes, size_t len)
{
	size_t at = 0;

	while (len - at >= 12) {
		const size_t name_len = bytes[at + 6], head = 6 + ((name_len + 2) & ~(size_t)1);
		size_t size;

		if (memcmp(bytes + at, "8BIM", 4) != 0 && memcmp(bytes + at, "PHUT", 4) != 0 && memcmp(bytes + at, "AgHg", 4) != 0 &&
		    memcmp(bytes + at, "DCSR", 4) != 0)
			break;
		if (len - at < head + 4 || (size = big(bytes + at + head, 4)) > len - at - head - 4)
			break;
		image_text(reader, FLOW_METADATA, "name of a Photoshop resource", bytes + at + 7, name_len);
		read_resource(reader, big(bytes + at + 4, 2), bytes + at + head + 4, size);
		at += head + 4 + size;
		at += at < len && (size & 1) != 0 ? 1 : 0;
	}
	if (at < len)
		image_strings(reader, "Photoshop, what is no resource", bytes + at, len - at);
}
