/* parts.c - streams that are no page: files, pictures, scripts, metadata, fonts, and those nobody knows.
 * Whatever can be decoded is told: a stream of no known use as a document if its first bytes are one's,
 * as text if it is text, else as the strings in it. */
#define _GNU_SOURCE
#include "walk.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "lexer.h"
#include "reader/reader.h"
#include "text/decode.h"

#include <stdlib.h>
#include <string.h>

static const double PICTURE_MOST = 32.0 * 1024 * 1024;

static const struct {
	const char *bytes;
	size_t len;
} documents[] = {
	{"%PDF-", 5}, {"PK\x03\x04", 4}, {"\xD0\xCF\x11\xE0", 4}, {"{\\rtf", 5}, {"\xFF\xD8\xFF", 3}, {"\x89PNG", 4}, {"GIF8", 4},
	{"II*\0", 4}, {"MM\0*", 4}, {"7z\xBC\xAF", 4}, {"Rar!", 4}, {"\x1F\x8B\x08", 3}, {"\xFD" "7zXZ", 5},
	{"<?xml", 5}, {"<html", 5}, {"<!DOCTYPE", 9}, {"MSCF", 4}, {"BZh9", 4},
};

static bool is_document(const struct buf *data)
{
	for (size_t i = 0; i < sizeof(documents) / sizeof(documents[0]); i++)
		if (data->len >= documents[i].len && memcmp(data->data, documents[i].bytes, documents[i].len) == 0)
			return true;
	return false;
}

static bool has_controls(const struct buf *data)
{
	for (size_t i = 0; i < data->len; i++) {
		const unsigned char c = (unsigned char)data->data[i];

		if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || c == 0x7F)
			return true;
	}
	return false;
}

/* How sure it is that these bytes are a text: 0 not at all, 1 perhaps, 2 yes. */
static int is_text(const struct buf *data)
{
	struct readings readings = {0};
	struct err err = {0};
	bool perhaps;

	if (data->len >= 2 && (memcmp(data->data, "\xFE\xFF", 2) == 0 || memcmp(data->data, "\xFF\xFE", 2) == 0))
		return 1;
	if (has_controls(data))
		return 0;
	if (utf8_valid(data->data, data->len, NULL))
		return 2;
	perhaps = text_decode(data->data, data->len, &readings, &err);
	readings_release(&readings);
	return perhaps ? 1 : 0;
}

static struct part part_of(const char *name, const struct buf *data)
{
	return (struct part){.name = name, .bytes = (const unsigned char *)(data->data != NULL ? data->data : ""), .len = data->len};
}

/* "page 3, object 12" */
static const char *place_of(struct walk *walk, const struct spot *spot)
{
	if (spot->known || spot->number == 0)
		return spot->place;
	return walk_place(walk, "%s%sobject %d", spot->place, spot->place[0] != '\0' ? ", " : "", spot->number);
}

static void tell_unknown(struct walk *walk, const struct buf *data, const char *picture, const struct spot *spot)
{
	const char *place = place_of(walk, spot);
	const struct part part = part_of("", data);
	const int sure = picture == NULL ? is_text(data) : 0;

	if (picture == NULL && is_document(data)) {
		reader_observe(walk->pdf->reader, OBSERVED_EMBEDDED_OBJECT, "%s", place);
		reader_part(walk->pdf->reader, place, &part);
		return;
	}
	if (sure > 0)
		reader_bytes(walk->pdf->reader, spot->kind, place, NULL, part.bytes, part.len);
	if (sure < 2)
		reader_binary(walk->pdf->reader, place, &part);
}

/* A CMap's codes are no text; what people wrote between them is. */
static void tell_remarks(struct walk *walk, const struct buf *data, const struct spot *spot)
{
	struct lexer lexer = {(const unsigned char *)data->data, data->len, 0};
	struct token token;

	while (lexer_next(&lexer, &token))
		if (token.type == TOKEN_STRING || (token.type == TOKEN_COMMENT && !lexer_is_usual(&lexer, &token)))
			lexer_tell(walk->pdf, &lexer, &token, FLOW_HIDDEN, place_of(walk, spot));
}

static void tell_markup(struct walk *walk, const struct buf *data, const struct spot *spot)
{
	const char *place = place_of(walk, spot);

	if (data->len > 0 && memmem(data->data, data->len, ":GPSL", 5) != NULL)
		reader_observe(walk->pdf->reader, OBSERVED_GEOLOCATION, "%s", place);
	reader_bytes(walk->pdf->reader, spot->kind, walk_place(walk, "%s.xml", place), "UTF-8",
	             (const unsigned char *)data->data, data->len);
}

/* ---- Pictures. */
static double number_of(struct pdf *pdf, qpdf_oh dict, const char *key, double otherwise)
{
	double value = otherwise;

	return dict_number(pdf, dict, key, &value) && value >= 0 ? value : otherwise;
}

/* Colours in a pixel; 0: not known, and nothing is held against it. */
static double colors_of(struct pdf *pdf, qpdf_oh picture)
{
	const qpdf_oh space = dict_get(pdf, picture, "/ColorSpace"), first = array_get(pdf, space, 0), second = array_get(pdf, space, 1);
	const char *name = object_name(pdf, array_count(pdf, space) > 0 ? first : space);
	double colors = 0;

	if (strcmp(name, "/DeviceGray") == 0 || strcmp(name, "/CalGray") == 0 || strcmp(name, "/Indexed") == 0 ||
	    strcmp(name, "/Separation") == 0)
		colors = 1;
	else if (strcmp(name, "/DeviceRGB") == 0 || strcmp(name, "/CalRGB") == 0 || strcmp(name, "/Lab") == 0)
		colors = 3;
	else if (strcmp(name, "/DeviceCMYK") == 0)
		colors = 4;
	else if (strcmp(name, "/ICCBased") == 0)
		colors = number_of(pdf, second, "/N", 0);
	else if (strcmp(name, "/DeviceN") == 0)
		colors = (double)array_count(pdf, second);
	object_drop(pdf, second);
	object_drop(pdf, first);
	object_drop(pdf, space);
	return colors;
}

/* Bytes its pixels take; 0: not known. */
static double pixels_of(struct pdf *pdf, qpdf_oh picture)
{
	const qpdf_oh is_mask = dict_get(pdf, picture, "/ImageMask");
	const bool mask = qpdf_oh_is_bool(pdf->qpdf, is_mask) && qpdf_oh_get_bool_value(pdf->qpdf, is_mask);
	const double width = number_of(pdf, picture, "/Width", 0), height = number_of(pdf, picture, "/Height", 0);
	const double bits = mask ? 1 : number_of(pdf, picture, "/BitsPerComponent", 8) * colors_of(pdf, picture);
	const double row = width < 1e7 && bits <= 1024 ? (double)((unsigned long)(width * bits + 7) / 8) : 0;

	object_drop(pdf, is_mask);
	return row * height;
}

/* More data than pixels: nobody sees the rest. */
static void tell_behind(struct walk *walk, qpdf_oh picture, const struct buf *data, const char *place)
{
	const double pixels = pixels_of(walk->pdf, picture);
	size_t from = pixels > 0 && pixels < (double)data->len ? (size_t)pixels : data->len, len;

	for (len = data->len; len > from && strchr(" \r\n", data->data[len - 1]) != NULL;)
		len--;
	if (len == from)
		return;
	reader_observe(walk->pdf->reader, OBSERVED_APPENDED_DATA, "%s, behind its pixels", place);
	reader_binary(walk->pdf->reader, place,
	              &(struct part){.name = "", .bytes = (const unsigned char *)data->data + from, .len = len - from});
}

static void tell_picture(struct walk *walk, qpdf_oh stream, const struct spot *spot)
{
	struct pdf *pdf = walk->pdf;
	const char *title = spot->role == ROLE_THUMBNAIL || spot->role == ROLE_MASK ? "" : ", picture", *picture = NULL;
	const char *place = walk_place(walk, "%s%s", place_of(walk, spot), title);
	struct buf data = {0};

	if (title[0] != '\0')
		reader_observe(pdf->reader, OBSERVED_PICTURE, "%s", place);
	if (pixels_of(pdf, stream) <= PICTURE_MOST && stream_decode(pdf, stream, &data, &picture) && data.len > 0) {
		const struct part part = part_of("", &data);

		if (picture != NULL && strcmp(picture, "DCTDecode") == 0)
			reader_part(pdf->reader, place, &part);
		else if (picture != NULL || !has_controls(&data)) /* pixels that may as well be text */
			reader_binary(pdf->reader, place, &part);
		else
			tell_behind(walk, stream, &data, place);
	}
	buf_release(&data);
}

/* ---- Files. */
static void tell_file(struct walk *walk, qpdf_oh stream, const char *place, const char *name)
{
	struct pdf *pdf = walk->pdf;
	const char *picture = NULL;
	struct buf data = {0};

	if (!set_has(&pdf->accounted, object_number(pdf, stream)) && qpdf_oh_is_stream(pdf->qpdf, stream)) {
		stream_account(pdf, stream);
		if (stream_decode(pdf, stream, &data, &picture)) {
			const struct part part = part_of(name, &data);

			reader_part(pdf->reader, place, &part);
		}
		walk->told++;
	}
	buf_release(&data);
}

void file_tell(struct walk *walk, qpdf_oh spec, const struct spot *spot)
{
	static const char *const kinds[] = {"/UF", "/F", "/DOS", "/Mac", "/Unix"};
	struct pdf *pdf = walk->pdf;
	const qpdf_oh files = dict_get(pdf, spec, "/EF");
	struct buf name = {0};
	const char *place;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]) && name.len == 0; i++)
		(void)dict_text(pdf, spec, kinds[i], &name);
	place = walk_place(walk, "%s%sattachment %.200s", spot->place, spot->place[0] != '\0' ? ", " : "",
	                   name.len > 0 ? name.data : "");
	reader_observe(pdf->reader, OBSERVED_ATTACHMENT, "%s", place);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		const qpdf_oh stream = dict_get(pdf, files, kinds[i]);

		if (pdf->only == NULL || set_has(pdf->only, object_number(pdf, stream)))
			tell_file(walk, stream, place, name.len > 0 ? name.data : "");
		object_drop(pdf, stream);
	}
	object_drop(pdf, files);
	buf_release(&name);
}

/* ---- The rest. */
static bool is_drawn(struct pdf *pdf, qpdf_oh stream, const struct spot *spot)
{
	double pattern = 0;

	return spot->role == ROLE_GLYPH || dict_names(pdf, stream, "/Subtype", "/Form") ||
	       (dict_number(pdf, stream, "/PatternType", &pattern) && (int)pattern == 1);
}

/* Drawn by no page, or by one that does not show it. */
static void tell_drawn(struct walk *walk, qpdf_oh stream, const struct spot *spot)
{
	struct pdf *pdf = walk->pdf;
	const qpdf_oh none = qpdf_oh_new_null(pdf->qpdf);
	const char *place = walk_place(walk, "%s, drawn by no page", place_of(walk, spot));
	struct content_seen seen = {0};

	content_text(pdf, stream, none, place, FLOW_HIDDEN, &seen);
	if (seen.text && spot->role != ROLE_GLYPH)
		reader_observe(pdf->reader, OBSERVED_HIDDEN_TEXT, "%s", place);
	object_drop(pdf, none);
}

/* Content of a page that is gone: its strings mean nothing without being drawn. */
static bool is_content(const struct buf *data)
{
	return memmem(data->data, data->len, "BT", 2) != NULL &&
	       (memmem(data->data, data->len, "Tj", 2) != NULL || memmem(data->data, data->len, "TJ", 2) != NULL);
}

static void tell_data(struct walk *walk, qpdf_oh stream, const struct spot *spot)
{
	struct pdf *pdf = walk->pdf;
	const char *picture = NULL;
	struct buf data = {0};

	(void)stream_decode(pdf, stream, &data, &picture);
	if (data.len == 0)
		;
	else if (spot->role == ROLE_CMAP)
		tell_remarks(walk, &data, spot);
	else if (spot->role == ROLE_MARKUP || dict_names(pdf, stream, "/Type", "/Metadata"))
		tell_markup(walk, &data, spot);
	else if (spot->role == ROLE_SCRIPT)
		reader_bytes(pdf->reader, spot->kind, place_of(walk, spot), NULL, (const unsigned char *)data.data, data.len);
	else if (spot->role == ROLE_FONT_FILE)
		reader_binary(pdf->reader, place_of(walk, spot), &(struct part){"", (const unsigned char *)data.data, data.len});
	else
		tell_unknown(walk, &data, picture, spot);
	if (spot->role == ROLE_NONE && picture == NULL && data.len > 0 && is_content(&data))
		tell_drawn(walk, stream, spot);
	buf_release(&data);
}

void stream_tell(struct walk *walk, qpdf_oh stream, const struct spot *spot)
{
	struct pdf *pdf = walk->pdf;
	const int number = object_number(pdf, stream);

	if (dict_names(pdf, stream, "/Type", "/ObjStm") || dict_names(pdf, stream, "/Type", "/XRef") ||
	    (set_has(&pdf->accounted, number) && spot->role != ROLE_CMAP))
		return;
	if (spot->role == ROLE_FILE || dict_names(pdf, stream, "/Type", "/EmbeddedFile")) {
		reader_observe(pdf->reader, OBSERVED_ATTACHMENT, "%s", place_of(walk, spot));
		tell_file(walk, stream, place_of(walk, spot), "");
		return;
	}
	stream_account(pdf, stream);
	walk->told++;
	if (dict_names(pdf, stream, "/Subtype", "/Image"))
		tell_picture(walk, stream, spot);
	else if (is_drawn(pdf, stream, spot))
		tell_drawn(walk, stream, spot);
	else
		tell_data(walk, stream, spot);
}
