/* xmp.c - XMP (ISO 16684-1): all of its text, attribute by attribute; and the pictures it has in base64. */
#include "image_inside.h"

#include "base/buf.h"
#include "reader/reader.h"
#include "xml/xml.h"

#include <stdlib.h>
#include <string.h>

enum { PICTURE_SHORTEST = 64 };

struct xmp {
	struct reader *reader;
	struct flow_out *lines;
	struct buf text; /* of the element being read */
	bool located;
};

static int sextet(char c)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *found = c != '\0' ? strchr(digits, c) : NULL;

	return found != NULL ? (int)(found - digits) : -1;
}

static void decode_base64(const struct buf *text, struct buf *out)
{
	uint32_t bits = 0;
	unsigned have = 0;

	for (size_t i = 0; i < text->len; i++) {
		const int value = sextet(text->data[i]);

		if (value < 0)
			continue;
		bits = bits << 6 | (uint32_t)value;
		have += 6;
		if (have >= 8) {
			have -= 8;
			buf_add_byte(out, (char)(bits >> have & 0xFF));
		}
	}
}

static void tell_line(struct xmp *xmp, const char *text, size_t len)
{
	size_t space = 0;

	while (space < len && strchr(" \t\r\n", text[space]) != NULL && text[space] != '\0')
		space++;
	if (space == len)
		return;
	flow_put(xmp->lines, text, len);
	flow_break(xmp->lines);
}

static void judge_name(struct xmp *xmp, const char *name)
{
	xmp->located = xmp->located || strncmp(xml_local(name), "GPSL", 4) == 0;
}

static void on_start(void *context, const char *name, const char *const *attributes)
{
	struct xmp *xmp = context;

	tell_line(xmp, xmp->text.data, xmp->text.len);
	buf_clear(&xmp->text);
	judge_name(xmp, name);
	for (; attributes[0] != NULL; attributes += 2) {
		judge_name(xmp, attributes[0]);
		tell_line(xmp, attributes[1], strlen(attributes[1]));
	}
}

static void on_end(void *context, const char *name)
{
	struct xmp *xmp = context;
	struct buf picture = {0};

	if (strcmp(xml_local(name), "image") == 0 && xmp->text.len > PICTURE_SHORTEST) {
		decode_base64(&xmp->text, &picture);
		if (reader_may_unpack(xmp->reader, picture.len, xmp->text.len))
			image_thumbnail(xmp->reader, "thumbnail in XMP", (const unsigned char *)picture.data, picture.len);
		buf_release(&picture);
	} else {
		tell_line(xmp, xmp->text.data, xmp->text.len);
	}
	buf_clear(&xmp->text);
}

static void on_text(void *context, const char *text, size_t len)
{
	buf_add(&((struct xmp *)context)->text, text, len);
}

static void on_aside(void *context, const char *text, size_t len)
{
	tell_line(context, text, len);
}

void image_xmp(struct reader *reader, const char *place, const unsigned char *bytes, size_t len)
{
	static const struct xml_events events = {on_start, on_end, on_text, on_aside};
	struct xmp xmp = {.reader = reader, .lines = flow_open(reader, FLOW_METADATA, "%s", place)};

	while (len > 0 && (bytes[len - 1] == '\0' || strchr(" \t\r\n", bytes[len - 1]) != NULL))
		len--;
	if (len > 0 && !xml_read(reader, &events, &xmp, bytes, len))
		reader_bytes(reader, FLOW_HIDDEN, place, NULL, bytes, len);
	reader_observe(reader, OBSERVED_PROPERTIES, "%s", place);
	if (xmp.located)
		reader_observe(reader, OBSERVED_GEOLOCATION, "%s", place);
	flow_close(xmp.lines);
	buf_release(&xmp.text);
}
