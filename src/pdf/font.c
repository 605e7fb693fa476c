/* font.c - fonts, read from their dictionaries once and kept while the document is read. */
#include "font.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "cmap/collection.h"
#include "cmap/program.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

enum { FONTS_MOST = 4096 };
#define HASH 0x9E3779B1u

struct fonts {
	struct font **items;
	size_t count;
};

const char *const doubt_titles[DOUBTS] = {
	"codes without any text",
	"its text is not what its encoding or program says",
	"text that is no character",
	"each glyph is a drawing",
	"Chinese bytes in a font for single bytes",
	"letters or ideographs under other codes",
	"its CMap says two things of one code",
	"codes of a CMap that is not known",
};

/* ---- Streams a font has. */
static bool read_stream(struct pdf *pdf, qpdf_oh dict, const char *key, struct buf *out, bool account)
{
	const qpdf_oh stream = dict_get(pdf, dict, key);
	const char *picture = NULL;
	const bool is = qpdf_oh_is_stream(pdf->qpdf, stream) != QPDF_FALSE;

	if (is)
		(void)stream_decode(pdf, stream, out, &picture);
	if (is && account)
		stream_account(pdf, stream);
	object_drop(pdf, stream);
	return is && out->len > 0;
}

static struct cmap *read_cmap(struct pdf *pdf, qpdf_oh dict, const char *key)
{
	struct buf bytes = {0};
	struct cmap *cmap = NULL;
	const qpdf_oh stream = dict_get(pdf, dict, key), uses = dict_get(pdf, stream, "/UseCMap");

	if (read_stream(pdf, dict, key, &bytes, false)) {
		cmap = cmap_parse(bytes.data, bytes.len);
		if (cmap->uses == NULL && object_name(pdf, uses)[0] != '\0')
			(void)cmap_use(cmap, cmap_predefined(object_name(pdf, uses) + 1));
	}
	object_drop(pdf, uses);
	object_drop(pdf, stream);
	buf_release(&bytes);
	return cmap;
}

static void read_program(struct pdf *pdf, qpdf_oh descriptor, struct font *font)
{
	static const char *const keys[] = {"/FontFile", "/FontFile2", "/FontFile3"};

	for (size_t i = 0; i < 3 && !font->embedded; i++)
		font->embedded = read_stream(pdf, descriptor, keys[i], &font->program_bytes, false);
	if (font->embedded)
		font->program = program_new((const unsigned char *)font->program_bytes.data, font->program_bytes.len);
}

/* ---- Names. */
static bool names_chinese(const char *name)
{
	static const char *const parts[] = {"GB2312", "GBK", "SimSun", "SimHei", "FangSong", "KaiTi", "STSong", "STHeiti",
	                                    "STKaiti", "STFangsong", "FzBookMaker", "E-HZ", "SSJ-PK", "H-SS", "MingLiU",
	                                    "Heiti", "Songti", "YouYuan", "LiSu"};

	for (const char *c = name; *c != '\0'; c++)
		if ((unsigned char)*c >= 0x80)
			return true;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (strstr(name, parts[i]) != NULL)
			return true;
	return strncmp(name, "FZ", 2) == 0;
}

/* By the words in its name: "TimesNewRoman,BoldItalic" is one of them by another name. */
static enum face face_of(const char *name)
{
	const bool bold = strstr(name, "Bold") != NULL, slanted = strstr(name, "Italic") != NULL || strstr(name, "Oblique") != NULL;

	if (strstr(name, "Courier") != NULL)
		return FACE_COURIER;
	if (strstr(name, "Times") != NULL)
		return bold && slanted ? FACE_TIMES_BOLD_ITALIC : bold ? FACE_TIMES_BOLD : slanted ? FACE_TIMES_ITALIC : FACE_TIMES;
	return bold ? FACE_HELVETICA_BOLD : FACE_HELVETICA;
}

static void read_name(struct pdf *pdf, qpdf_oh dict, struct font *font)
{
	const qpdf_oh base = dict_get(pdf, dict, "/BaseFont");
	const char *name = object_name(pdf, base);
	struct buf printable = {0};

	name += name[0] == '/';
	if (strlen(name) > 7 && name[6] == '+')
		name += 7;
	font->chinese_name = names_chinese(name);
	font->dingbats = strstr(name, "Dingbats") != NULL;
	font->face = face_of(name);
	if (strcmp(name, "Symbol") == 0)
		font->encoding = ENCODING_SYMBOL;
	else if (strcmp(name, "ZapfDingbats") == 0)
		font->encoding = ENCODING_DINGBATS;
	utf8_add_printable(&printable, name, strlen(name) < 80 ? strlen(name) : 80);
	font->name = buf_take(&printable);
	object_drop(pdf, base);
}

/* ---- A simple font's encoding: a name, or a dictionary of differences. */
static void read_differences(struct pdf *pdf, qpdf_oh array, struct font *font)
{
	const size_t count = array_count(pdf, array);
	size_t code = 0;

	for (size_t i = 0; i < count && i < 4096; i++) {
		const qpdf_oh item = array_get(pdf, array, i);
		const char *name = object_name(pdf, item);
		double number = 0;

		if (object_number_value(pdf, item, &number)) {
			code = number >= 0 && number < 256 ? (size_t)number : 256;
		} else if (name[0] != '\0' && code < 256) {
			free(font->differences[code]);
			font->differences[code++] = mem_copy_string(name + 1);
		}
		object_drop(pdf, item);
	}
}

static void read_encoding(struct pdf *pdf, qpdf_oh dict, struct font *font)
{
	const qpdf_oh encoding = dict_get(pdf, dict, "/Encoding");
	const bool details = object_is_dict(pdf, encoding);
	const qpdf_oh base = details ? dict_get(pdf, encoding, "/BaseEncoding") : qpdf_oh_new_object(pdf->qpdf, encoding);
	const char *name = object_name(pdf, base);

	if (name[0] != '\0' && encoding_named(name + 1) != ENCODING_NONE)
		font->encoding = encoding_named(name + 1);
	if (details) {
		const qpdf_oh differences = dict_get(pdf, encoding, "/Differences");

		font->differences = mem_alloc(256, sizeof(*font->differences));
		read_differences(pdf, differences, font);
		object_drop(pdf, differences);
	}
	object_drop(pdf, base);
	object_drop(pdf, encoding);
}

static void read_simple(struct pdf *pdf, qpdf_oh dict, struct font *font)
{
	const qpdf_oh descriptor = dict_get(pdf, dict, "/FontDescriptor");
	double flags = 0;

	font->ordering = "";
	font->symbolic = dict_number(pdf, descriptor, "/Flags", &flags) && ((unsigned)flags & 4) != 0;
	read_program(pdf, descriptor, font);
	read_encoding(pdf, dict, font);
	if (font->encoding == ENCODING_NONE && !font->embedded && !font->drawn)
		font->encoding = ENCODING_STANDARD;
	if (font->chinese_name && !font->embedded && font->to_unicode == NULL && font->differences == NULL) {
		font->coding = cmap_predefined("GBK-EUC-H");
		font->ordering = "GB1";
	}
	widths_read(pdf, dict, descriptor, font);
	object_drop(pdf, descriptor);
}

/* ---- A composite font. */
static void read_coding(struct pdf *pdf, qpdf_oh dict, struct font *font)
{
	const qpdf_oh encoding = dict_get(pdf, dict, "/Encoding");
	const char *name = object_name(pdf, encoding);

	if (name[0] != '\0')
		font->coding = cmap_predefined(name + 1);
	else
		font->coding = font->own_coding = read_cmap(pdf, dict, "/Encoding");
	if (font->own_coding != NULL && !font->own_coding->identity && font->own_coding->space_count == 0 &&
	    font->own_coding->uses == NULL)
		font->coding = NULL;
	font->guessed = font->coding == NULL;
	if (font->guessed)
		font->coding = cmap_predefined("Identity-H");
	font->vertical = font->coding->vertical;
	object_drop(pdf, encoding);
}

/* Whose CIDs they are: by the font's own word, or else by that of a CMap everybody knows. */
static void read_ordering(struct pdf *pdf, qpdf_oh descendant, struct font *font)
{
	const qpdf_oh info = dict_get(pdf, descendant, "/CIDSystemInfo");
	struct buf ordering = {0};

	font->ordering = "";
	if (dict_text(pdf, info, "/Ordering", &ordering)) {
		font->own_ordering = buf_take(&ordering);
		font->ordering = font->own_ordering;
	}
	if (!collection_known(font->ordering) && font->coding->name[0] != '\0' && collection_known(font->coding->ordering))
		font->ordering = font->coding->ordering;
	buf_release(&ordering);
	object_drop(pdf, info);
}

static void read_composite(struct pdf *pdf, qpdf_oh dict, struct font *font)
{
	const qpdf_oh list = dict_get(pdf, dict, "/DescendantFonts"), descendant = array_get(pdf, list, 0);
	const qpdf_oh descriptor = dict_get(pdf, descendant, "/FontDescriptor");
	const char *own = "";

	font->composite = true;
	read_program(pdf, descriptor, font);
	read_coding(pdf, dict, font);
	read_ordering(pdf, descendant, font);
	if (!collection_known(font->ordering) && font->program != NULL && program_has_cids(font->program, &own) && collection_known(own))
		font->ordering = own;
	(void)read_stream(pdf, descendant, "/CIDToGIDMap", &font->glyph_of_cid, true);
	widths_read(pdf, dict, descendant, font);
	object_drop(pdf, descriptor);
	object_drop(pdf, descendant);
	object_drop(pdf, list);
}

static struct font *font_new(struct pdf *pdf, qpdf_oh dict)
{
	struct font *font = mem_alloc(1, sizeof(*font));

	font->number = object_number(pdf, dict);
	font->em = 1;
	font->dict = qpdf_oh_new_object(pdf->qpdf, dict);
	font->drawn = dict_names(pdf, dict, "/Subtype", "/Type3");
	read_name(pdf, dict, font);
	font->to_unicode = read_cmap(pdf, dict, "/ToUnicode");
	if (dict_names(pdf, dict, "/Subtype", "/Type0"))
		read_composite(pdf, dict, font);
	else
		read_simple(pdf, dict, font);
	return font;
}

struct font *font_get(struct pdf *pdf, qpdf_oh dict)
{
	const int number = object_number(pdf, dict);
	struct fonts *fonts = pdf->fonts;

	if (fonts == NULL)
		pdf->fonts = fonts = mem_alloc(1, sizeof(*fonts));
	for (size_t i = fonts->count; number != 0 && i-- > 0;)
		if (fonts->items[i]->number == number)
			return fonts->items[i];
	if (fonts->count >= FONTS_MOST) {
		reader_undecided(pdf->reader, "more than %d fonts", FONTS_MOST);
		return fonts->items[0];
	}
	fonts->items = mem_grow(fonts->items, fonts->count, sizeof(*fonts->items));
	return fonts->items[fonts->count++] = font_new(pdf, dict);
}

static void font_free(struct pdf *pdf, struct font *font)
{
	for (size_t i = 0; font->differences != NULL && i < 256; i++)
		free(font->differences[i]);
	free(font->differences);
	object_drop(pdf, font->dict);
	program_free(font->program);
	cmap_free(font->own_coding);
	cmap_free(font->to_unicode);
	buf_release(&font->program_bytes);
	buf_release(&font->glyph_of_cid);
	buf_release(&font->texts);
	free(font->widths);
	free(font->code_texts);
	free(font->own_ordering);
	free(font->name);
	free(font);
}

void fonts_free(struct pdf *pdf)
{
	struct fonts *fonts = pdf->fonts;

	if (fonts == NULL)
		return;
	for (size_t i = 0; i < fonts->count; i++)
		font_free(pdf, fonts->items[i]);
	free(fonts->items);
	free(fonts);
	pdf->fonts = NULL;
}

void fonts_untouch(struct pdf *pdf, void (*tell)(void *context, const struct font *font), void *context)
{
	for (size_t i = 0; pdf->fonts != NULL && i < pdf->fonts->count; i++) {
		struct font *font = pdf->fonts->items[i];

		if (font->touched != 0)
			tell(context, font);
		font->touched = 0;
	}
}

size_t font_next(const struct font *font, const unsigned char *bytes, size_t len, uint32_t *code)
{
	if (font->coding != NULL)
		return cmap_next(font->coding, bytes, len, code);
	*code = bytes[0];
	return 1;
}

/* ---- What was asked before. */
static struct code_text *place_of(const struct font *font, uint32_t code, size_t code_len)
{
	size_t at = (code * HASH ^ code_len) & (font->code_text_room - 1);

	while (font->code_texts[at].code_len != 0 && (font->code_texts[at].code != code || font->code_texts[at].code_len != code_len))
		at = (at + 1) & (font->code_text_room - 1);
	return &font->code_texts[at];
}

static void make_room(struct font *font)
{
	struct code_text *old = font->code_texts;
	const size_t room = font->code_text_room;

	if (font->code_text_count * 2 < room)
		return;
	font->code_text_room = room == 0 ? 256 : room * 2;
	font->code_texts = mem_alloc(font->code_text_room, sizeof(*font->code_texts));
	for (size_t i = 0; i < room; i++)
		if (old[i].code_len != 0)
			*place_of(font, old[i].code, old[i].code_len) = old[i];
	free(old);
}

struct code_text *font_code_text(struct font *font, uint32_t code, size_t code_len)
{
	make_room(font);
	struct code_text *m = place_of(font, code, code_len);

	if (m->code_len == 0) {
		*m = (struct code_text){.code = code, .code_len = (uint8_t)code_len};
		code_text_find(font, m);
		font->code_text_count++;
	}
	font->touched |= m->doubts;
	return m;
}
