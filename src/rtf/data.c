/* data.c - what stands in RTF in hexadecimal: pictures, objects, themes, stores. */
#include "rtf_inside.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

enum { DIB_HEADER = 40, FILE_HEADER = 14 };

static uint32_t little(const unsigned char *at, unsigned bytes)
{
	uint32_t value = 0;

	for (unsigned i = bytes; i > 0; i--)
		value = value << 8 | at[i - 1];
	return value;
}

static void put_little(unsigned char *at, uint32_t value)
{
	for (unsigned i = 0; i < 4; i++)
		at[i] = (unsigned char)(value >> (8 * i));
}

/* A bitmap without the header its file would have (BITMAPFILEHEADER). */
static void read_bitmap(struct rtf *rtf, const char *place, const unsigned char *bytes, size_t len)
{
	struct buf file = {0};
	unsigned char header[FILE_HEADER] = {'B', 'M'};
	uint32_t colours, size;

	if (len < DIB_HEADER) {
		reader_undecided(rtf->reader, "%s: damaged bitmap", place);
		return;
	}
	size = little(bytes, 4);
	colours = little(bytes + 32, 4);
	if (colours == 0 && little(bytes + 14, 2) <= 8)
		colours = UINT32_C(1) << little(bytes + 14, 2);
	put_little(header + 2, (uint32_t)(len + FILE_HEADER));
	put_little(header + 10, FILE_HEADER + size + (colours <= 256 ? colours * 4 : 0));
	buf_add(&file, header, FILE_HEADER);
	buf_add(&file, bytes, len);
	reader_part(rtf->reader, place, &(struct part){"", (const unsigned char *)file.data, file.len});
	buf_release(&file);
}

static void read_picture(struct rtf *rtf, const struct sink *sink, const unsigned char *bytes)
{
	char *place = mem_format("picture %zu at paragraph %zu", ++rtf->pictures, rtf->paragraph);
	const struct part part = {"", bytes, sink->data.len};

	if (sink->picture == PICTURE_DIB) {
		read_bitmap(rtf, place, bytes, part.len);
	} else if (sink->picture == PICTURE_OTHER) {
		reader_observe(rtf->reader, OBSERVED_PICTURE, "%s", place);
		reader_binary(rtf->reader, place, &part);
		reader_undecided(rtf->reader, "%s: a picture of a kind not known", place);
	} else {
		reader_part(rtf->reader, place, &part);
	}
	free(place);
}

/* ---- Objects as OLE 1 keeps them (MS-OLEDS 2.2). */
struct cursor {
	const unsigned char *bytes;
	size_t len, at;
	bool bad;
};

static uint32_t next_number(struct cursor *c)
{
	uint32_t value;

	if (c->bad || c->len - c->at < 4) {
		c->bad = true;
		return 0;
	}
	value = little(c->bytes + c->at, 4);
	c->at += 4;
	return value;
}

static const unsigned char *next_bytes(struct cursor *c, size_t len)
{
	const unsigned char *bytes = c->bytes + c->at;

	if (c->bad || len > c->len - c->at) {
		c->bad = true;
		return NULL;
	}
	c->at += len;
	return bytes;
}

/* Text of an object header is in some charset of the machine it was made on.  `*text` borrows. */
static void next_text(struct cursor *c, struct rtf *rtf, const char *place, const unsigned char **text, size_t *len)
{
	*len = next_number(c);
	*text = next_bytes(c, *len);
	*len = *text != NULL ? *len : 0;
	while (*len > 0 && (*text)[*len - 1] == '\0')
		--*len;
	if (*len > 0)
		reader_bytes(rtf->reader, FLOW_METADATA, place, NULL, *text, *len);
}

static const unsigned char *next_zero_ended(struct cursor *c, size_t *len)
{
	const unsigned char *start = c->bytes + c->at;
	const unsigned char *end = c->bad || c->at == c->len ? NULL : memchr(start, '\0', c->len - c->at);

	c->bad = end == NULL;
	*len = end != NULL ? (size_t)(end - start) : 0;
	c->at += end != NULL ? *len + 1 : 0;
	return start;
}

/* A file somebody dropped into the document: its name, where it lay, and itself. */
static bool read_package(struct rtf *rtf, const char *place, const unsigned char *bytes, size_t len)
{
	struct cursor c = {bytes, len, 2, len < 2 || little(bytes, 2) != 2};
	const unsigned char *label, *path, *file;
	size_t label_len, path_len, temporary, size;
	char *name;

	label = next_zero_ended(&c, &label_len);
	path = next_zero_ended(&c, &path_len);
	(void)next_number(&c); /* the kind of package */
	temporary = next_number(&c);
	(void)next_bytes(&c, temporary);
	size = next_number(&c);
	file = next_bytes(&c, size);
	if (c.bad)
		return false;
	reader_bytes(rtf->reader, FLOW_METADATA, place, NULL, label, label_len);
	reader_bytes(rtf->reader, FLOW_METADATA, place, NULL, path, path_len);
	reader_bytes(rtf->reader, FLOW_METADATA, place, NULL, bytes + (size_t)(path - bytes) + path_len + 9, temporary);
	name = mem_copy_bytes(label, label_len);
	reader_observe(rtf->reader, OBSERVED_ATTACHMENT, "%s", place);
	reader_part(rtf->reader, place, &(struct part){name, file, size});
	free(name);
	if (c.at < len) /* the names again, in UTF-16 */
		reader_binary(rtf->reader, place, &(struct part){"", bytes + c.at, len - c.at});
	return true;
}

static void read_native(struct rtf *rtf, const char *place, const unsigned char *class, size_t class_len,
                        const struct part *native)
{
	const bool package = class_len == 7 && memcmp(class, "Package", 7) == 0;

	if (package && read_package(rtf, place, native->bytes, native->len))
		return;
	reader_part(rtf->reader, place, native);
}

void object_read(struct rtf *rtf, const char *place, const unsigned char *bytes, size_t len)
{
	struct cursor c = {.bytes = bytes, .len = len};
	const unsigned char *class = NULL, *topic = NULL, *item = NULL;
	size_t class_len = 0, topic_len = 0, item_len = 0;
	uint32_t format;
	struct part native = {.name = ""};

	(void)next_number(&c); /* the version */
	format = next_number(&c);
	next_text(&c, rtf, place, &class, &class_len);
	next_text(&c, rtf, place, &topic, &topic_len);
	next_text(&c, rtf, place, &item, &item_len);
	if (format == 1)
		reader_observe(rtf->reader, OBSERVED_EXTERNAL_LINK, "%s", place);
	if (format == 2) {
		native.len = next_number(&c);
		native.bytes = next_bytes(&c, native.len);
	}
	if (c.bad || (format != 1 && format != 2)) {
		reader_undecided(rtf->reader, "%s: damaged object", place);
		reader_binary(rtf->reader, place, &(struct part){"", bytes, len});
		return;
	}
	if (native.len > 0)
		read_native(rtf, place, class, class_len, &native);
	if (c.at < len) { /* how it looked, or where it is linked to */
		char *looks = mem_format("looks of %s", place);

		reader_binary(rtf->reader, looks, &(struct part){"", bytes + c.at, len - c.at});
		free(looks);
	}
}

/* ---- */

static bool is_compound(const unsigned char *bytes, size_t len)
{
	return len >= 8 && memcmp(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0;
}

static bool is_zeros(const unsigned char *bytes, size_t len)
{
	while (len > 0 && bytes[len - 1] == 0)
		len--;
	return len == 0;
}

void data_read(struct rtf *rtf, struct sink *sink)
{
	const unsigned char *bytes = (const unsigned char *)sink->data.data;
	const char *word = sink->destination->word;
	const struct part part = {"", bytes, sink->data.len};

	if (sink->nibble >= 0 || !reader_may_unpack(rtf->reader, part.len, part.len))
		reader_undecided(rtf->reader, "%s: damaged: half a byte too much", sink->place);
	if (is_zeros(bytes, part.len))
		return;
	if (sink->destination->observation != OBSERVED_NOTHING)
		reader_observe(rtf->reader, sink->destination->observation, "%s", sink->place);
	if (strcmp(word, "pict") == 0)
		read_picture(rtf, sink, bytes);
	else if (strcmp(word, "objdata") == 0 && !is_compound(bytes, part.len))
		object_read(rtf, sink->place, bytes, part.len);
	else if (strcmp(word, "datafield") == 0 || strcmp(word, "svb") == 0 || strcmp(word, "fontdata") == 0)
		reader_binary(rtf->reader, sink->place, &part);
	else
		reader_part(rtf->reader, sink->place, &part);
}
