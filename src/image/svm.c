/* svm.c - StarView metafiles, as LibreOffice keeps the picture of each chart and formula of a document in it.
 *
 * Records one after the other, each with its version and length.  Text stands in them twice, in bytes of some charset and, since
 * the second version, in UTF-16, and may be a part of a longer one, of which the rest is told too.  A kind of record
 * nobody knows here may have text as well: undecided.
 * (LibreOffice's vcl/source/filter/svm/SvmReader.cxx is the only description there is.) */
#include "image_inside.h"

#include "drawn.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

enum {
	ID = 6,
	RECORD = 8,       /* kind, version, length */
	COMPAT = 6,       /* version, length */
	DEEPEST = 8,
	KIND_FIRST = 100,
	TEXT = 112,
	TEXT_ARRAY = 113,
	TEXT_STRETCHED = 114,
	TEXT_IN_BOX = 115,
	BITMAP_FIRST = 116,
	BITMAP_LAST = 124,
	WALLPAPER = 126,
	FONT = 138,
	POSTSCRIPT = 143,
	TRANSPARENT = 147, /* another metafile */
	KIND_LAST = 151,
	COMMENT = 512,
};

struct svm {
	struct image *image;
	struct drawn text;
	struct buf narrow, whole, rest; /* narrow: texts in bytes; whole: those of which a part is drawn */
	bool wide;                      /* the last font has no charset: what else stands in bytes is UTF-16 */
};

struct record {
	unsigned kind, version;
	const unsigned char *data;
	size_t len;
};

/* The text in bytes is what old programs are told: said only where it says something else. */
static bool says_same(const unsigned char *narrow, size_t len, const unsigned char *wide, size_t units)
{
	if (len != units)
		return false;
	for (size_t i = 0; i < len; i++) {
		const uint32_t unit = little(wide + i * 2, 2);

		if (narrow[i] != (unit < 0x80 ? unit : '?'))
			return false;
	}
	return true;
}

static void put_wide(struct svm *svm, int height, const unsigned char *wide, size_t units, size_t from, size_t count)
{
	char *text, *whole = image_wide(wide, units * 2);

	from = from < units ? from : 0;
	count = count < units - from ? count : units - from;
	text = image_wide(wide + from * 2, count * 2);
	svm->image->characters += count;
	drawn_add(&svm->text, height, text, strlen(text), count);
	if (count < units) {
		buf_add_string(&svm->whole, whole);
		buf_add_byte(&svm->whole, '\n');
	}
	for (size_t i = 0; i < units; i++)
		if (little(wide + i * 2, 2) == 0) { /* what is behind it no text above has */
			buf_add(&svm->rest, wide, units * 2);
			break;
		}
	free(text);
	free(whole);
}

static void put_narrow(struct svm *svm, const unsigned char *narrow, size_t len)
{
	svm->image->characters += len;
	buf_add(&svm->narrow, narrow, len);
	buf_add_byte(&svm->narrow, '\n');
}

/* Its head, the names of a family and a style, a height and a width, its charset. */
static void read_font(struct svm *svm, const struct record *record)
{
	enum { NO_CHARSET = 0xFFFF, MEASURES = 8 };
	size_t at = COMPAT;

	svm->wide = false;
	for (int i = 0; i < 2 && record->len >= at + 2; i++)
		at += 2 + little(record->data + at, 2);
	at += MEASURES;
	if (record->len >= at + 2)
		svm->wide = little(record->data + at, 2) == NO_CHARSET;
}

/* Where it stands, the text in bytes, what of it is drawn and how wide, and the text in UTF-16. */
static bool read_text(struct svm *svm, const struct record *record)
{
	const unsigned char *data = record->data, *narrow;
	const size_t head = svm->wide ? 4 : 2;
	size_t at = record->kind == TEXT_IN_BOX ? 16 : 8, from = 0, count = 0xFFFF, units, len;

	if (record->len < at + head || little(data + at, (unsigned)head) > record->len / (svm->wide ? 2 : 1))
		return false;
	len = little(data + at, (unsigned)head) * (size_t)(svm->wide ? 2 : 1);
	narrow = data + at + head;
	at += head + len + (record->kind == TEXT_IN_BOX ? 2 : record->kind == TEXT_STRETCHED ? 8 : 4);
	if (at > record->len)
		return false;
	if (record->kind != TEXT_IN_BOX) {
		from = little(data + at - 4, 2);
		count = little(data + at - 2, 2);
	}
	if (record->kind == TEXT_ARRAY) {
		if (record->len - at < 4 || little(data + at, 4) > (record->len - at - 4) / 4)
			return false;
		at += 4 + (size_t)little(data + at, 4) * 4;
	}
	units = record->version >= 2 && record->len - at >= 2 ? little(data + at, 2) : 0;
	if (record->version >= 2 && (record->len - at < 2 || units > (record->len - at - 2) / 2))
		return false;
	if (record->version >= 2)
		put_wide(svm, (int)little(data + 4, 4), data + at + 2, units, from, count);
	if (record->version < 2 && svm->wide)
		put_wide(svm, (int)little(data + 4, 4), narrow, len / 2, from, count);
	else if (svm->wide && (len != units * 2 || memcmp(narrow, data + at + 2, len) != 0))
		put_wide(svm, (int)little(data + 4, 4), narrow, len / 2, 0, len / 2);
	else if (!svm->wide && (record->version < 2 || !says_same(narrow, len, data + at + 2, units)))
		put_narrow(svm, narrow, len);
	return true;
}

static size_t read_metafile(struct svm *svm, const unsigned char *bytes, size_t len, unsigned depth);

static void read_record(struct svm *svm, const struct record *record, unsigned depth)
{
	const bool picture = (record->kind >= BITMAP_FIRST && record->kind <= BITMAP_LAST) || record->kind == WALLPAPER;
	size_t within = 0;

	svm->image->pictures += picture ? 1 : 0;
	if (record->kind >= TEXT && record->kind <= TEXT_IN_BOX) {
		if (!read_text(svm, record))
			image_damaged(svm->image, "text outside of its record");
		return;
	}
	if ((record->kind < KIND_FIRST || record->kind > KIND_LAST) && record->kind != COMMENT)
		image_damaged(svm->image, "a record of a kind not known");
	if (record->kind == POSTSCRIPT)
		reader_undecided(svm->image->reader, "not readable: PostScript in a drawing");
	if (record->kind == FONT)
		read_font(svm, record);
	if (record->kind == TRANSPARENT) { /* it begins without a font, and changes none behind it */
		const bool wide = svm->wide;

		svm->wide = false;
		within = read_metafile(svm, record->data, record->len, depth + 1);
		svm->wide = wide;
	}
	buf_add(&svm->rest, record->data + within, record->len - within);
	buf_add(&svm->rest, "\0\0", 2);
}

/* How many records there are, behind how it is packed, its scale and its size; *at: where the first begins.  False: damaged. */
static bool read_head(const unsigned char *bytes, size_t len, size_t *at, uint32_t *records)
{
	enum { PACKED = 4, SIZE = 8, COUNT = 4 };
	const size_t from = ID + COMPAT + PACKED;
	size_t scale;

	if (len < from + COMPAT || memcmp(bytes, "VCLMTF", ID) != 0 || little(bytes + ID + 2, 4) > len - ID - COMPAT)
		return false;
	*at = ID + COMPAT + little(bytes + ID + 2, 4);
	scale = little(bytes + from + 2, 4);
	if (*at < from + COMPAT + SIZE + COUNT || scale > *at - from - COMPAT - SIZE - COUNT)
		return false;
	*records = little(bytes + from + COMPAT + scale + SIZE, 4);
	return true;
}

/* Returns where it is over; 0: it was damaged, which was said. */
static size_t read_metafile(struct svm *svm, const unsigned char *bytes, size_t len, unsigned depth)
{
	uint32_t records = 0;
	size_t at = 0;

	if (depth == DEEPEST || !read_head(bytes, len, &at, &records)) {
		image_damaged(svm->image, depth == DEEPEST ? "too many drawings within each other" : "its head");
		return 0;
	}
	for (uint32_t i = 0; i < records && !reader_stopped(svm->image->reader); i++) {
		struct record record;

		if (len - at < RECORD || little(bytes + at + 4, 4) > len - at - RECORD) {
			image_damaged(svm->image, "it ends before its last record");
			return 0;
		}
		record = (struct record){little(bytes + at, 2), little(bytes + at + 2, 2), bytes + at + RECORD, little(bytes + at + 4, 4)};
		read_record(svm, &record, depth);
		at += RECORD + record.len;
	}
	return at;
}

void svm_walk(struct image *image)
{
	struct svm svm = {.image = image};
	struct reader *reader = image->reader;

	image->at = read_metafile(&svm, image->bytes, image->len, 0);
	if (svm.text.text.len > 0)
		reader_text(reader, FLOW_BODY, "text of the drawing", svm.text.text.data, svm.text.text.len);
	image_text(reader, FLOW_BODY, "text of the drawing, in bytes", (const unsigned char *)svm.narrow.data, svm.narrow.len);
	if (svm.whole.len > 0)
		reader_text(reader, FLOW_HIDDEN, "texts of which a part is drawn", svm.whole.data, svm.whole.len);
	if (svm.rest.len > 0)
		image_strings(reader, "other records", (const unsigned char *)svm.rest.data, svm.rest.len);
	buf_release(&svm.text.text);
	buf_release(&svm.narrow);
	buf_release(&svm.whole);
	buf_release(&svm.rest);
}
