/* sheet.c - one sheet: rows, columns, comments, headers, links, and the drawing on it. */
#include "excel_inside.h"

#include "base/mem.h"
#include "reader/reader.h"
#include "text/header.h"

#include <stdlib.h>
#include <string.h>

enum {
	SHEET_HEADER = 0x14,
	SHEET_FOOTER = 0x15,
	SHEET_NOTE = 0x1C,
	SHEET_OBJECT = 0x5D,
	SHEET_COLUMNS = 0x7D,
	SHEET_DRAWING = 0xEC,
	SHEET_TEXT = 0x1B6,
	SHEET_LINK = 0x1B8,
	SHEET_VALIDATION = 0x1BE,
	SHEET_ROW = 0x208,
	CHART_TEXT = 0x100D,
	ROW_HIDDEN = 0x20,
	COLUMN_HIDDEN = 1,
	NOTE_PIECE = 0xFFFF,
	VALIDATION_STRINGS = 4,
};

void sheet_begin(struct book *book, const struct listed_sheet *listed, const char *name)
{
	struct sheet *sheet = mem_alloc(1, sizeof(*sheet));
	const enum flow_kind kind = listed == NULL || listed->hidden ? FLOW_HIDDEN : FLOW_BODY;

	sheet->name = mem_copy_string(name);
	sheet->hidden = kind == FLOW_HIDDEN;
	sheet->shown = flow_open(book->reader, kind, "%s", name);
	sheet->unseen = flow_open(book->reader, FLOW_HIDDEN, "%s", name);
	sheet->formulas = flow_open(book->reader, FLOW_METADATA, "%s, formulas", name);
	sheet->settings = flow_open(book->reader, FLOW_METADATA, "%s, settings", name);
	book->sheet = sheet;
}

void sheet_keep(struct book *book, struct span bytes)
{
	if (bytes.len == 0)
		return;
	buf_add(&book->sheet->rest, bytes.bytes, bytes.len);
	buf_add(&book->sheet->rest, "\0\0\0", 4); /* no text runs from one piece into the next */
}

static void tell_note(struct book *book, const struct note *note, const char *text)
{
	char place[16], *whole;

	place_of_cell(note->row, note->column, place);
	whole = mem_format("%s!%s, comment%s%s", book->sheet->name, place, note->author[0] != '\0' ? " by " : "", note->author);
	reader_observe(book->reader, OBSERVED_COMMENT, "%s", whole);
	reader_text(book->reader, FLOW_COMMENT, whole, text, strlen(text));
	free(whole);
}

/* Texts of boxes are those of comments, or boxes of their own. */
static void tell_texts(struct book *book)
{
	struct sheet *sheet = book->sheet;

	for (size_t i = 0; i < sheet->text_count; i++) {
		const struct boxed_text *box = &sheet->texts[i];
		size_t n = 0;

		while (n < sheet->note_count && sheet->notes[n].id != box->id)
			n++;
		if (n < sheet->note_count) {
			tell_note(book, &sheet->notes[n], box->text);
		} else {
			char *place = mem_format("%s, text box", sheet->name);

			reader_text(book->reader, sheet->hidden ? FLOW_HIDDEN : FLOW_BODY, place, box->text, strlen(box->text));
			book->told += strlen(box->text);
			free(place);
		}
		free(box->text);
	}
	for (size_t i = 0; i < sheet->note_count; i++)
		free(sheet->notes[i].author);
	free(sheet->notes);
	free(sheet->texts);
}

static void tell_drawing(struct book *book)
{
	struct sheet *sheet = book->sheet;
	char *place = mem_format("%s, drawings", sheet->name);
	struct art art;

	art_open(&art, book->reader, place);
	art_tree(&art, (struct span){(unsigned char *)sheet->drawing.data, sheet->drawing.len});
	book->pictures += art.told;
	art_close(&art);
	free(place);
}

void sheet_end(struct book *book)
{
	struct sheet *sheet = book->sheet;
	const struct part rest = {"", (const unsigned char *)sheet->rest.data, sheet->rest.len};
	char *place = mem_format("%s, other records", sheet->name);

	tell_texts(book);
	tell_drawing(book);
	flow_close(sheet->shown);
	flow_close(sheet->unseen);
	flow_close(sheet->formulas);
	flow_close(sheet->settings);
	reader_binary(book->reader, place, &rest);
	buf_release(&sheet->rest);
	buf_release(&sheet->drawing);
	free(sheet->name);
	free(sheet);
	book->sheet = NULL;
	free(place);
}

static void read_row(struct book *book, const struct record *record)
{
	struct sheet *sheet = book->sheet;
	const unsigned row = span16(record->data, 0);
	const bool flat = (span16(record->data, 6) & 0x7FFF) == 0;

	if ((span16(record->data, 12) & ROW_HIDDEN) == 0 && !flat)
		return;
	sheet->hidden_rows[row / 8] |= (unsigned char)(1U << (row % 8));
	if (!sheet->any_hidden_row)
		reader_observe(book->reader, OBSERVED_HIDDEN_CELLS, "%s!row %u and maybe others", sheet->name, row + 1);
	sheet->any_hidden_row = true;
}

static void read_columns(struct book *book, const struct record *record)
{
	struct sheet *sheet = book->sheet;
	const unsigned from = span16(record->data, 0), to = span16(record->data, 2);

	if ((span16(record->data, 8) & COLUMN_HIDDEN) == 0 && span16(record->data, 4) != 0)
		return;
	for (unsigned i = from; i <= to && i < COLUMNS; i++)
		sheet->hidden_columns[i] = true;
	reader_observe(book->reader, OBSERVED_HIDDEN_CELLS, "%s!column %u to %u", sheet->name, from + 1, to + 1);
}

static void read_note(struct book *book, const struct record *record)
{
	struct sheet *sheet = book->sheet;
	struct note note = {.row = span16(record->data, 0), .column = span16(record->data, 2), .id = span16(record->data, 6)};
	struct buf text = {0};
	struct cursor cursor;

	cursor_open(&cursor, book, record);
	if (book->version == BIFF8) {
		cursor_skip(&cursor, 8);
		cursor_string(&cursor, true, &text);
		note.author = buf_take(&text);
		sheet->notes = mem_grow(sheet->notes, sheet->note_count, sizeof(*sheet->notes));
		sheet->notes[sheet->note_count++] = note;
		return;
	}
	/* the text is here, and where it is longer than a record the next says which it goes on with */
	cursor_skip(&cursor, 6);
	cursor_characters(&cursor, (uint32_t)cursor_left(&cursor), &text);
	note.author = mem_copy_string("");
	if (note.row == NOTE_PIECE)
		note.row = note.column = 0;
	tell_note(book, &note, text.data != NULL ? text.data : "");
	free(note.author);
	buf_release(&text);
}

static void read_text(struct book *book, const struct record *record)
{
	struct sheet *sheet = book->sheet;
	const uint32_t count = span16(record->data, 10);
	struct cursor cursor;
	struct buf text = {0};

	cursor_open(&cursor, book, record);
	cursor_skip(&cursor, (uint32_t)record->data.len);
	if (count > 0)
		cursor_characters(&cursor, count, &text);
	sheet->texts = mem_grow(sheet->texts, sheet->text_count, sizeof(*sheet->texts));
	sheet->texts[sheet->text_count++] = (struct boxed_text){sheet->object, buf_take(&text)};
}

/* A header or footer, with codes of one letter behind an ampersand. */
static void read_header(struct book *book, const struct record *record)
{
	const bool header = record->type == SHEET_HEADER;
	struct cursor cursor;
	struct buf text = {0}, printed = {0};
	char *place;

	if (record->data.len == 0)
		return;
	place = mem_format("%s, %s", book->sheet->name, header ? "header" : "footer");
	cursor_open(&cursor, book, record);
	cursor_string(&cursor, book->version == BIFF8, &text);
	header_add_printed(text.data, text.len, &printed);
	buf_add_byte(&text, '\n');
	buf_add(&text, printed.data, printed.len);
	reader_text(book->reader, header ? FLOW_HEADER : FLOW_FOOTER, place, text.data, text.len);
	buf_release(&printed);
	buf_release(&text);
	free(place);
}

static void read_link(struct book *book, const struct record *record)
{
	char place[16], *whole;
	struct cursor cursor;
	struct buf bytes = {0};

	place_of_cell(span16(record->data, 0), span16(record->data, 4), place);
	whole = mem_format("%s!%s, link", book->sheet->name, place);
	cursor_open(&cursor, book, record);
	cursor_rest(&cursor, &bytes);
	reader_observe(book->reader, OBSERVED_EXTERNAL_LINK, "%s", whole);
	reader_binary(book->reader, whole, &(struct part){"", (const unsigned char *)bytes.data, bytes.len});
	buf_release(&bytes);
	free(whole);
}

/* What a cell may hold, and what is said to who types something else. */
static void read_validation(struct book *book, const struct record *record)
{
	struct flow_out *flow = book->sheet->settings;
	struct cursor cursor;
	struct buf text = {0};

	cursor_open(&cursor, book, record);
	cursor_skip(&cursor, 4);
	flow_at(flow, "%s, what may be typed", book->sheet->name);
	for (size_t i = 0; i < VALIDATION_STRINGS; i++) {
		cursor_string(&cursor, true, &text);
		flow_put(flow, text.data != NULL ? text.data : "", text.len);
		flow_break(flow);
		buf_clear(&text);
	}
	cursor_rest(&cursor, &text);
	sheet_keep(book, (struct span){(unsigned char *)text.data, text.len});
	buf_release(&text);
}

static void read_chart_text(struct book *book, const struct record *record)
{
	struct cursor cursor;
	struct buf text = {0};
	char *place = mem_format("%s, chart", book->sheet->name);

	cursor_open(&cursor, book, record);
	cursor_skip(&cursor, 2);
	cursor_string(&cursor, false, &text);
	reader_text(book->reader, book->sheet->hidden ? FLOW_HIDDEN : FLOW_BODY, place, text.data != NULL ? text.data : "",
	            text.len);
	buf_release(&text);
	free(place);
}

static void read_object(struct book *book, const struct record *record)
{
	book->sheet->object = span16(record->data, 6);
	sheet_keep(book, span_from(record->data, 22));
}

static void read_drawing(struct book *book, const struct record *record)
{
	struct cursor cursor;

	cursor_open(&cursor, book, record);
	cursor_rest(&cursor, &book->sheet->drawing);
}

bool sheet_record(struct book *book, const struct record *record)
{
	static const struct {
		unsigned type;
		void (*read)(struct book *book, const struct record *record);
	} readers[] = {
		{SHEET_HEADER, read_header},   {SHEET_FOOTER, read_header}, {SHEET_NOTE, read_note},
		{SHEET_OBJECT, read_object},   {SHEET_TEXT, read_text},     {SHEET_COLUMNS, read_columns},
		{SHEET_DRAWING, read_drawing}, {SHEET_LINK, read_link},     {SHEET_VALIDATION, read_validation},
		{SHEET_ROW, read_row},         {CHART_TEXT, read_chart_text},
	};

	for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++)
		if (readers[i].type == record->type) {
			readers[i].read(book, record);
			return true;
		}
	return false;
}
