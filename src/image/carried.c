/* carried.c - what all kinds of pictures carry in the same way: texts, strings, small pictures. */
#include "image_inside.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

uint64_t image_number(const unsigned char *at, unsigned bytes, bool big_end)
{
	uint64_t value = 0;

	for (unsigned i = 0; i < bytes; i++)
		value = value << 8 | at[big_end ? i : bytes - 1 - i];
	return value;
}

const unsigned char *image_find(const unsigned char *bytes, size_t len, const void *what, size_t what_len)
{
	const unsigned char first = *(const unsigned char *)what;

	while (len >= what_len) {
		const unsigned char *found = memchr(bytes, first, len - what_len + 1);

		if (found == NULL)
			return NULL;
		if (memcmp(found, what, what_len) == 0)
			return found;
		len -= (size_t)(found - bytes) + 1;
		bytes = found + 1;
	}
	return NULL;
}

void image_strings(struct reader *reader, const char *place, const unsigned char *bytes, size_t len)
{
	reader_binary(reader, place, &(struct part){"", bytes, len});
}

void image_text(struct reader *reader, enum flow_kind kind, const char *place, const unsigned char *bytes, size_t len)
{
	while (len > 0 && (bytes[len - 1] == '\0' || bytes[len - 1] == ' '))
		len--;
	if (utf8_valid((const char *)bytes, len, NULL))
		reader_text(reader, kind, place, (const char *)bytes, len);
	else
		reader_bytes(reader, kind, place, NULL, bytes, len);
}

void image_name(char *name)
{
	for (; *name != '\0'; name++)
		*name = *name >= ' ' && *name < 0x7F ? *name : '?';
}

char *image_wide(const unsigned char *bytes, size_t len)
{
	struct buf text = {0};
	char utf8[4];

	for (size_t at = 0; at + 1 < len; at += 2) {
		uint32_t c = little(bytes + at, 2);

		if (c == 0)
			break;
		if (c >= 0xD800 && c < 0xDC00 && at + 3 < len && (little(bytes + at + 2, 2) & 0xFC00) == 0xDC00) {
			c = 0x10000 + ((c - 0xD800) << 10) + (little(bytes + at + 2, 2) - 0xDC00);
			at += 2;
		}
		buf_add(&text, utf8, utf8_encode(c >= 0xD800 && c < 0xE000 ? 0xFFFD : c, utf8));
	}
	return buf_take(&text);
}

void image_thumbnail(struct reader *reader, const char *place, const unsigned char *bytes, size_t len)
{
	reader_observe(reader, OBSERVED_THUMBNAIL, "%s", place);
	reader_part(reader, place, &(struct part){"", bytes, len});
}

void image_profile(struct reader *reader, const unsigned char *bytes, size_t len)
{
	image_strings(reader, "colour profile", bytes, len);
}
