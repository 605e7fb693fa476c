/* emf.c - enhanced metafiles (MS-EMF) and the EMF+ in their comments (MS-EMFPLUS).
 *
 * Records that draw text give text; a record that draws by glyph number has text nobody can read here.  All other
 * records are looked through for strings at once. */
#include "image_inside.h"

#include "base/buf.h"
#include "drawn.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

enum { RECORD_END = 14, RECORD_COMMENT = 70, RECORD_FONT = 82, GLYPHS = 0x10, NO_BOUNDS = 0x100, SMALL_CHARACTERS = 0x200 };

struct emf {
	struct image *image;
	struct drawn text, plus; /* plus: the same drawing once more, for newer programs */
	struct buf fonts, rest;
	bool glyphs;
};

static void note_glyphs(struct emf *emf)
{
	if (!emf->glyphs)
		reader_observe(emf->image->reader, OBSERVED_UNTRUSTED_FONT, "text drawn by the numbers of glyphs");
	emf->glyphs = true;
}

static void add_wide(struct drawn *to, int64_t height, const unsigned char *bytes, size_t characters)
{
	char *text = image_wide(bytes, characters * 2);

	drawn_add(to, height, text, strlen(text), characters);
	free(text);
}

/* One EMRTEXT: where, how many, at which offset of the record, in which way. */
static void read_string(struct emf *emf, const unsigned char *record, size_t len, const unsigned char *text, bool wide)
{
	const size_t count = little(text + 8, 4), from = little(text + 12, 4), size = wide ? 2 : 1;
	const int64_t height = (int32_t)little(text + 4, 4);

	if (count == 0)
		return;
	if (from > len || count > (len - from) / size)
		image_damaged(emf->image, "text outside of its record");
	else if ((little(text + 16, 4) & GLYPHS) != 0)
		note_glyphs(emf);
	else if (wide)
		add_wide(&emf->text, height, record + from, count);
	else
		image_text(emf->image->reader, FLOW_BODY, "text of the drawing", record + from, count);
	emf->image->characters += count;
}

static void on_text(struct emf *emf, const unsigned char *record, size_t len)
{
	if (len >= 76)
		read_string(emf, record, len, record + 36, record[0] == 84);
}

static void on_texts(struct emf *emf, const unsigned char *record, size_t len)
{
	const size_t count = len >= 40 ? little(record + 36, 4) : 0;

	for (size_t i = 0; i < count && 40 + (i + 1) * 40 <= len; i++)
		read_string(emf, record, len, record + 40 + i * 40, record[0] == 97);
}

static void on_small_text(struct emf *emf, const unsigned char *record, size_t len)
{
	const uint32_t options = len >= 36 ? little(record + 20, 4) : GLYPHS;
	const size_t head = (options & NO_BOUNDS) != 0 ? 36 : 52, count = len >= 36 ? little(record + 16, 4) : 0;
	const size_t size = (options & SMALL_CHARACTERS) != 0 ? 1 : 2;

	emf->image->characters += count;
	if (head > len || count > (len - head) / size)
		image_damaged(emf->image, "text outside of its record");
	else if ((options & GLYPHS) != 0)
		note_glyphs(emf);
	else if (size == 1)
		drawn_add(&emf->text, (int32_t)little(record + 12, 4), (const char *)record + head, count, count);
	else
		add_wide(&emf->text, (int32_t)little(record + 12, 4), record + head, count);
}

static void on_font(struct emf *emf, const unsigned char *record, size_t len)
{
	char *name = len >= 104 ? image_wide(record + 40, 64) : NULL;

	if (name != NULL) {
		buf_add_string(&emf->fonts, name);
		buf_add_byte(&emf->fonts, '\n');
	}
	buf_add(&emf->rest, record + (len < 104 ? 0 : 104), len < 104 ? len : len - 104);
	free(name);
}

/* Pictures in the drawing: files as they are, or bare points. */
static void on_picture(struct emf *emf, const unsigned char *record, size_t len)
{
	static const char *const starts[] = {"\xFF\xD8\xFF", "\x89PNG", "GIF8"};

	emf->image->pictures++;
	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		const unsigned char *found = image_find(record, len, starts[i], strlen(starts[i]));

		if (found != NULL)
			reader_part(emf->image->reader, "picture in the drawing",
			            &(struct part){"", found, len - (size_t)(found - record)});
	}
}

/* ---- EMF+. */

static void read_plus_record(struct emf *emf, unsigned type, const unsigned char *data, size_t len)
{
	enum { OBJECT = 0x4008, STRING = 0x401C, DRIVER_STRING = 0x4036, BY_CHARACTER = 1 };
	const size_t count = len >= 28 && type == STRING ? little(data + 8, 4) : len >= 16 ? little(data + 12, 4) : 0;
	const size_t head = type == STRING ? 28 : 16;

	if ((type == STRING || type == DRIVER_STRING) && (len < head || count > (len - head) / 2)) {
		image_damaged(emf->image, "text outside of its record");
	} else if (type == STRING) {
		add_wide(&emf->plus, (int64_t)emf->plus.text.len + 1, data + head, count);
		emf->image->characters += count;
	} else if (type == DRIVER_STRING && (little(data + 4, 4) & BY_CHARACTER) != 0) {
		add_wide(&emf->plus, 0, data + head, count);
		emf->image->characters += count;
	} else if (type == DRIVER_STRING) {
		note_glyphs(emf);
	} else {
		if (type == OBJECT && len > 64 && image_find(data, len, "\xFF\xD8\xFF", 3) != NULL)
			on_picture(emf, data, len);
		else if (type == OBJECT && len > 64 && image_find(data, len, "\x89PNG", 4) != NULL)
			on_picture(emf, data, len);
		buf_add(&emf->rest, data, len);
		buf_add(&emf->rest, "\0\0", 2);
	}
}

static void read_plus(struct emf *emf, const unsigned char *bytes, size_t len)
{
	size_t at = 0;

	while (len - at >= 12) {
		const size_t size = little(bytes + at + 4, 4), data = little(bytes + at + 8, 4);

		if (size < 12 || size > len - at || data > size - 12) {
			image_damaged(emf->image, "an EMF+ record");
			break;
		}
		read_plus_record(emf, little(bytes + at, 2), bytes + at + 12, size - 12);
		at += size;
	}
}

static void on_comment(struct emf *emf, const unsigned char *record, size_t len)
{
	const size_t size = len >= 12 ? little(record + 8, 4) : 0;

	if (size >= 4 && size <= len - 12 && memcmp(record + 12, "EMF+", 4) == 0)
		read_plus(emf, record + 16, size - 4);
	else
		buf_add(&emf->rest, record, len);
}

/* ---- */

static void on_header(struct emf *emf, const unsigned char *record, size_t len)
{
	const size_t count = len >= 88 ? little(record + 60, 4) : 0, from = len >= 88 ? little(record + 64, 4) : 0;
	char *text;

	if (count == 0 || from > len || count > (len - from) / 2)
		return;
	reader_observe(emf->image->reader, OBSERVED_PROPERTIES, "description");
	for (size_t at = 0, n; at < count; at += n + 1) {
		for (n = 0; at + n < count && little(record + from + (at + n) * 2, 2) != 0; n++)
			;
		text = image_wide(record + from + at * 2, n * 2);
		reader_text(emf->image->reader, FLOW_METADATA, "description", text, strlen(text));
		free(text);
	}
}

static const struct {
	unsigned type;
	void (*read)(struct emf *emf, const unsigned char *record, size_t len);
} records[] = {
	{1, on_header},   {RECORD_COMMENT, on_comment}, {RECORD_FONT, on_font}, {83, on_text},     {84, on_text},
	{96, on_texts},   {97, on_texts},               {108, on_small_text},   {76, on_picture},  {77, on_picture},
	{78, on_picture}, {79, on_picture},             {80, on_picture},       {81, on_picture},  {93, on_picture},
	{94, on_picture}, {114, on_picture},            {116, on_picture},
};

static void read_record(struct emf *emf, const unsigned char *record, size_t len)
{
	const uint32_t type = little(record, 4);

	for (size_t i = 0; i < sizeof(records) / sizeof(records[0]); i++)
		if (records[i].type == type) {
			records[i].read(emf, record, len);
			return;
		}
	buf_add(&emf->rest, record + 8, len - 8);
	buf_add(&emf->rest, "\0\0", 2);
}

static void close_emf(struct emf *emf)
{
	struct reader *reader = emf->image->reader;

	image_text(reader, FLOW_BODY, "text of the drawing", (const unsigned char *)emf->text.text.data, emf->text.text.len);
	image_text(reader, FLOW_BODY, "text of the drawing, EMF+", (const unsigned char *)emf->plus.text.data, emf->plus.text.len);
	image_text(reader, FLOW_METADATA, "fonts", (const unsigned char *)emf->fonts.data, emf->fonts.len);
	if (emf->rest.len > 0)
		image_strings(reader, "other records", (const unsigned char *)emf->rest.data, emf->rest.len);
	buf_release(&emf->text.text);
	buf_release(&emf->plus.text);
	buf_release(&emf->fonts);
	buf_release(&emf->rest);
}

void emf_walk(struct image *image)
{
	struct emf emf = {.image = image};
	uint32_t type = 0;

	while (image->len - image->at >= 8 && type != RECORD_END && !reader_stopped(image->reader)) {
		const size_t size = little(image->bytes + image->at + 4, 4);

		type = little(image->bytes + image->at, 4);
		if (size < 8 || size > image->len - image->at)
			break;
		read_record(&emf, image->bytes + image->at, size);
		image->at += size;
		if (type == RECORD_END)
			break;
	}
	if (type != RECORD_END)
		image_damaged(image, "it ends before its last record");
	close_emf(&emf);
}
