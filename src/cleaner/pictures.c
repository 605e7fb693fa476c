/* pictures.c - JPEG (ITU-T T.81) and PNG (ISO 15948) without what is not the picture: segments and chunks
 * are copied when they are needed to draw it, and left out when they are not. */
#include "cleaner_inside.h"

#include <string.h>

static unsigned big(const unsigned char *at, unsigned bytes)
{
	unsigned value = 0;

	for (unsigned i = 0; i < bytes; i++)
		value = value << 8 | at[i];
	return value;
}

/* JFIF without its thumbnail, colour profiles, and Adobe's word on how colours are coded. */
static bool is_needed(const unsigned char *at, unsigned len)
{
	const unsigned marker = at[1];

	if (marker == 0xFE)
		return false;
	if (marker < 0xE0 || marker > 0xEF)
		return true;
	return (marker == 0xE0 && len >= 16 && memcmp(at + 4, "JFIF", 5) == 0) || (marker == 0xE2 && len > 14 && memcmp(at + 4, "ICC_PROFILE", 12) == 0) ||
	       (marker == 0xEE && len >= 14 && memcmp(at + 4, "Adobe", 5) == 0);
}

/* Behind the entropy-coded data that follows a scan's header. */
static size_t scan_end(const unsigned char *bytes, size_t len, size_t at)
{
	while (at + 1 < len && !(bytes[at] == 0xFF && bytes[at + 1] != 0 && (bytes[at + 1] < 0xD0 || bytes[at + 1] > 0xD7)))
		at++;
	return at;
}

struct taken {
	size_t comments, application, tail;
};

static void say_taken(struct reader *reader, const struct taken *t)
{
	if (t->application > 0)
		reader_removed(reader, t->application == 1 ? "%zu block of EXIF, XMP, IPTC or private data; a turn of the picture kept there is lost"
		                                           : "%zu blocks of EXIF, XMP, IPTC or private data; a turn of the picture kept there is lost",
		               t->application);
	if (t->comments > 0)
		reader_removed(reader, t->comments == 1 ? "%zu comment in the picture" : "%zu comments in the picture", t->comments);
	if (t->tail > 0)
		reader_removed(reader, t->tail == 1 ? "%zu byte behind the picture" : "%zu bytes behind the picture", t->tail);
}

/* Version and density as they were, and no thumbnail. */
static void add_jfif(struct buf *out, const unsigned char *at)
{
	buf_add(out, "\xFF\xE0\x00\x10" "JFIF\0", 9);
	buf_add(out, at + 9, 7);
	buf_add(out, "\0\0", 2);
}

/* One segment that has a length; false: it does not fit. */
static bool take_segment(const unsigned char *bytes, size_t len, size_t *at, struct buf *out, struct taken *taken)
{
	const unsigned size = len - *at >= 4 ? big(bytes + *at + 2, 2) : 0, whole = size + 2;

	if (size < 2 || whole > len - *at)
		return false;
	if (!is_needed(bytes + *at, whole))
		*(bytes[*at + 1] == 0xFE ? &taken->comments : &taken->application) += 1;
	else if (bytes[*at + 1] == 0xE0)
		add_jfif(out, bytes + *at);
	else
		buf_add(out, bytes + *at, whole);
	*at += whole;
	return true;
}

void jpeg_clean(struct reader *reader, const struct part *part)
{
	const unsigned char *bytes = part->bytes;
	struct taken taken = {0};
	struct buf out = {0};
	size_t at = 2;
	bool ok = false;

	buf_add(&out, bytes, 2);
	while (at + 1 < part->len && bytes[at] == 0xFF) {
		const unsigned marker = bytes[at + 1];
		size_t from;

		if (marker == 0xFF) {
			at++; /* fill bytes */
			continue;
		}
		if (marker == 0xD9) {
			buf_add(&out, bytes + at, 2);
			taken.tail = part->len - at - 2;
			ok = true;
			break;
		}
		if (!take_segment(bytes, part->len, &at, &out, &taken))
			break;
		if (marker == 0xDA) {
			from = at;
			at = scan_end(bytes, part->len, at);
			buf_add(&out, bytes + from, at - from);
		}
	}
	if (ok) {
		say_taken(reader, &taken);
		reader_cleaned(reader, out.data, out.len);
	} else {
		reader_undecided(reader, "a JPEG image that is not whole");
	}
	buf_release(&out);
}

static bool is_png_needed(const unsigned char *type)
{
	static const char needed[] = "IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs cICP acTL fcTL fdAT ";
	char word[6] = {(char)type[0], (char)type[1], (char)type[2], (char)type[3], ' ', '\0'};

	return strlen(word) == 5 && strstr(needed, word) != NULL;
}

void png_clean(struct reader *reader, const struct part *part)
{
	const unsigned char *bytes = part->bytes;
	struct taken taken = {0};
	struct buf out = {0};
	size_t at = 8;
	bool ended = false;

	buf_add(&out, bytes, part->len < 8 ? part->len : 8);
	while (!ended && part->len >= at && part->len - at >= 12) {
		const size_t whole = (size_t)big(bytes + at, 4) + 12;

		if (whole > part->len - at)
			break;
		ended = memcmp(bytes + at + 4, "IEND", 4) == 0;
		if (is_png_needed(bytes + at + 4))
			buf_add(&out, bytes + at, whole);
		else
			taken.application++;
		at += whole;
	}
	if (ended) {
		taken.tail = part->len - at;
		say_taken(reader, &taken);
		reader_cleaned(reader, out.data, out.len);
	} else {
		reader_undecided(reader, "a PNG image that is not whole");
	}
	buf_release(&out);
}
