/* wmf.c - Windows metafiles (MS-WMF), with or without the header that says how large they are.
 *
 * Text is in the charset of the machine it was drawn on: it is told as bytes, all of it at once. */
#include "image_inside.h"

#include "drawn.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

enum { PLACEABLE = 22, HEADER = 18, RECORD_HEAD = 6, TEXT = 0x0521, EXTENDED_TEXT = 0x0A32, FONT = 0x02FB, ESCAPE = 0x0626,
       GLYPHS = 0x10, CLIPPED = 6, ENHANCED_HEAD = 34 };

struct wmf {
	struct image *image;
	struct drawn text;
	struct buf fonts, enhanced, rest; /* enhanced: the same drawing as EMF, in pieces */
};

static void add_text(struct wmf *wmf, int height, const unsigned char *bytes, size_t len)
{
	wmf->image->characters += len;
	drawn_add(&wmf->text, height, (const char *)bytes, len, len);
}

/* Its length, itself, where it stands. */
static bool read_text(struct wmf *wmf, const unsigned char *data, size_t len)
{
	const size_t count = len >= 2 ? little(data, 2) : 0, after = 2 + count + (count & 1);

	if (len < after + 4)
		return false;
	add_text(wmf, (int16_t)little(data + after, 2), data + 2, count);
	return true;
}

static bool read_extended_text(struct wmf *wmf, const unsigned char *data, size_t len)
{
	const size_t count = len >= 8 ? little(data + 4, 2) : 0;
	const unsigned options = len >= 8 ? little(data + 6, 2) : 0;
	const size_t head = (options & CLIPPED) != 0 ? 16 : 8;

	if (len < head || count > len - head)
		return false;
	if ((options & GLYPHS) != 0)
		reader_observe(wmf->image->reader, OBSERVED_UNTRUSTED_FONT, "text drawn by the numbers of glyphs");
	else
		add_text(wmf, (int16_t)little(data, 2), data + head, count);
	return true;
}

static void read_font(struct wmf *wmf, const unsigned char *data, size_t len)
{
	const size_t most = len > 18 ? len - 18 : 0;

	for (size_t i = 0; i < most && data[18 + i] != 0; i++)
		buf_add_byte(&wmf->fonts, (char)data[18 + i]);
	if (most > 0)
		buf_add_byte(&wmf->fonts, '\n');
}

/* A comment may carry the drawing once more, as an enhanced metafile. */
static void read_escape(struct wmf *wmf, const unsigned char *data, size_t len)
{
	if (len >= 4 + ENHANCED_HEAD && little(data, 2) == 15 && memcmp(data + 4, "WMFC", 4) == 0) {
		buf_add(&wmf->enhanced, data + 4 + ENHANCED_HEAD, len - 4 - ENHANCED_HEAD);
		return;
	}
	buf_add(&wmf->rest, data, len);
	buf_add(&wmf->rest, "\0\0", 2);
}

static void read_record(struct wmf *wmf, unsigned function, const unsigned char *data, size_t len)
{
	static const unsigned short pictures[] = {0x0940, 0x0B41, 0x0F43, 0x0D33, 0x0922, 0x0B23, 0x0142};
	bool whole = true;

	for (size_t i = 0; i < sizeof(pictures) / sizeof(pictures[0]); i++)
		wmf->image->pictures += pictures[i] == function ? 1 : 0;
	if (function == TEXT)
		whole = read_text(wmf, data, len);
	else if (function == EXTENDED_TEXT)
		whole = read_extended_text(wmf, data, len);
	else if (function == FONT)
		read_font(wmf, data, len);
	else if (function == ESCAPE)
		read_escape(wmf, data, len);
	else
		buf_add(&wmf->rest, data, len);
	if (!whole)
		image_damaged(wmf->image, "text outside of its record");
}

static void close_wmf(struct wmf *wmf)
{
	struct reader *reader = wmf->image->reader;

	image_text(reader, FLOW_BODY, "text of the drawing", (const unsigned char *)wmf->text.text.data, wmf->text.text.len);
	image_text(reader, FLOW_METADATA, "fonts", (const unsigned char *)wmf->fonts.data, wmf->fonts.len);
	if (wmf->enhanced.len > 0)
		reader_part(reader, "the drawing as EMF",
		            &(struct part){"", (const unsigned char *)wmf->enhanced.data, wmf->enhanced.len});
	if (wmf->rest.len > 0)
		image_strings(reader, "other records", (const unsigned char *)wmf->rest.data, wmf->rest.len);
	buf_release(&wmf->text.text);
	buf_release(&wmf->fonts);
	buf_release(&wmf->enhanced);
	buf_release(&wmf->rest);
}

void wmf_walk(struct image *image)
{
	struct wmf wmf = {.image = image};
	bool ended = false;

	image->at = HEADER + (image->bytes[0] == 0xD7 ? PLACEABLE : 0);
	while (!ended && image->at < image->len && image->len - image->at >= RECORD_HEAD && !reader_stopped(image->reader)) {
		const uint64_t size = (uint64_t)little(image->bytes + image->at, 4) * 2;
		const unsigned function = little(image->bytes + image->at + 4, 2);

		if (size < RECORD_HEAD || size > image->len - image->at)
			break;
		read_record(&wmf, function, image->bytes + image->at + RECORD_HEAD, (size_t)size - RECORD_HEAD);
		image->at += (size_t)size;
		ended = function == 0;
	}
	if (!ended)
		image_damaged(image, "it ends before its last record");
	close_wmf(&wmf);
}
