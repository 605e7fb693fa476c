/* cells.c - what cells show, and where ([MS-XLS] 2.4).
 *
 * A cell that is there but not seen (its row or column hidden, its text white, its format showing nothing) is
 * told as hidden text at its own place. */
#include "excel_inside.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdio.h>
#include <string.h>

enum {
	GRAPH_NUMBER = 0x03,
	GRAPH_LABEL = 0x04,
	GRAPH_HEAD = 7,
	CELL_FORMULA = 0x06,
	CELL_MANY_NUMBERS = 0xBD,
	CELL_RICH = 0xD6,
	CELL_SHARED = 0xFD,
	CELL_NUMBER = 0x203,
	CELL_LABEL = 0x204,
	CELL_BOOLEAN = 0x205,
	FORMULA_STRING = 0x207,
	FORMULA_ARRAY = 0x221,
	FORMULA_OF_MANY = 0x4BC,
	CELL_SHORT_NUMBER = 0x27E,
	LOOK_FONT = 0x31,
	LOOK_CELL = 0xE0,
	LOOK_FORMAT = 0x41E,
	WHITE = 9, /* in the palette; 1 is the one that cannot be changed */
	WHITE_FIXED = 1,
	WHITE_TOLD_MOST = 20,
};

void place_of_cell(unsigned row, unsigned column, char place[16])
{
	char letters[3] = {0};

	if (column < 26)
		letters[0] = (char)('A' + column);
	else
		memcpy(letters, (char[2]){(char)('A' + (column / 26 - 1) % 26), (char)('A' + column % 26)}, 2);
	(void)snprintf(place, 16, "%s%u", letters, row + 1);
}

static bool is_white(const struct book *book, unsigned look)
{
	const struct look *l = look < book->look_count ? &book->looks[look] : NULL;
	unsigned font;

	if (l == NULL)
		return false;
	for (size_t i = 0; i < book->format_count; i++)
		if (book->formats[i].id == l->format && book->formats[i].shows_nothing)
			return true;
	font = l->font > 4 ? l->font - 1 : l->font; /* there is no fourth one */
	return !l->filled && font < book->font_count && book->white_fonts[font];
}

static void tell_cell(struct book *book, unsigned row, unsigned column, unsigned look, const struct buf *text)
{
	struct sheet *sheet = book->sheet;
	const bool white = is_white(book, look);
	const bool unseen = (sheet->hidden_rows[row / 8 % sizeof(sheet->hidden_rows)] >> (row % 8) & 1) != 0 ||
	                    (column < COLUMNS && sheet->hidden_columns[column]);
	struct flow_out *flow = white || unseen ? sheet->unseen : sheet->shown;
	char place[16];

	if (text->len == 0)
		return;
	place_of_cell(row, column, place);
	if (white && sheet->white_told++ < WHITE_TOLD_MOST)
		reader_observe(book->reader, OBSERVED_HIDDEN_TEXT, "%s!%s", sheet->name, place);
	if (flow_len(flow) > 0)
		flow_put(flow, sheet->row == row ? "\t" : "\n", 1);
	flow_at(flow, "%s!%s", sheet->name, place);
	flow_put(flow, text->data, text->len);
	sheet->row = row;
	book->told += text->len;
}

static void tell_number(struct book *book, unsigned row, unsigned column, unsigned look, double value)
{
	struct buf text = {0};

	buf_addf(&text, "%.15g", value); /* as many digits as a cell shows */
	tell_cell(book, row, column, look, &text);
	buf_release(&text);
}

/* A number in 30 bits: an integer or the front of a double, a hundredth of it or not. */
static double number_of(uint32_t packed)
{
	const uint64_t bits = (uint64_t)(packed & 0xFFFFFFFC) << 32;
	double value;

	if ((packed & 2) != 0)
		value = (double)((int32_t)packed / 4);
	else
		memcpy(&value, &bits, sizeof(value));
	return (packed & 1) != 0 ? value / 100 : value;
}

static double double_at(struct span data, size_t at)
{
	const uint64_t bits = span64(data, at);
	double value;

	memcpy(&value, &bits, sizeof(value));
	return value;
}

static void read_shared(struct book *book, const struct record *record)
{
	const uint32_t number = span32(record->data, CELL_HEAD);
	struct buf text = {0};

	if (number >= book->shared_count) {
		book->damaged = true;
		return;
	}
	book->shared[number].used = true;
	buf_add(&text, book->strings.data + book->shared[number].start, book->shared[number].len);
	tell_cell(book, span16(record->data, 0), span16(record->data, 2), span16(record->data, 4), &text);
	buf_release(&text);
}

/* The text of a cell in its own record, or what a formula came to. */
static void read_string(struct book *book, const struct record *record)
{
	const bool result = record->type == FORMULA_STRING;
	struct cursor cursor;
	struct buf text = {0};

	cursor_open(&cursor, book, record);
	if (!result)
		cursor_skip(&cursor, CELL_HEAD);
	cursor_string(&cursor, true, &text);
	book->damaged = book->damaged || cursor.over;
	if (result)
		tell_cell(book, book->sheet->formula_row, book->sheet->formula_column, 0, &text);
	else
		tell_cell(book, span16(record->data, 0), span16(record->data, 2), span16(record->data, 4), &text);
	buf_release(&text);
}

static void read_numbers(struct book *book, const struct record *record)
{
	const unsigned row = span16(record->data, 0), column = span16(record->data, 2);

	for (size_t i = 0; 4 + i * 6 + 6 + 2 <= record->data.len && column + i < COLUMNS; i++)
		tell_number(book, row, column + (unsigned)i, span16(record->data, 4 + i * 6),
		            number_of(span32(record->data, 4 + i * 6 + 2)));
}

static void read_formula(struct book *book, const struct record *record)
{
	struct sheet *sheet = book->sheet;
	const struct span data = record->data;
	char place[16];

	sheet->formula_row = span16(data, 0);
	sheet->formula_column = span16(data, 2);
	if (span16(data, 12) != 0xFFFF)
		tell_number(book, sheet->formula_row, sheet->formula_column, span16(data, 4), double_at(data, CELL_HEAD));
	place_of_cell(sheet->formula_row, sheet->formula_column, place);
	flow_at(sheet->formulas, "%s!%s", sheet->name, place);
	formula_tell(book, span_cut(data, 22, span16(data, 20)), sheet->formulas);
	sheet_keep(book, span_from(data, 22 + (size_t)span16(data, 20)));
}

/* A formula several cells have together, at the first of them (2.4.4, 2.4.277). */
static void read_common_formula(struct book *book, const struct record *record)
{
	const size_t tokens = record->type == FORMULA_ARRAY ? 14 : 10;
	const size_t len = span16(record->data, tokens - 2);
	struct sheet *sheet = book->sheet;
	char place[16];

	place_of_cell(span16(record->data, 0), span8(record->data, 4), place);
	flow_at(sheet->formulas, "%s!%s", sheet->name, place);
	formula_tell(book, span_cut(record->data, tokens, len), sheet->formulas);
	sheet_keep(book, span_from(record->data, tokens + len));
}

/* Of Microsoft Graph: row, column and three bytes of how it looks, then the number, or the text behind its length in one byte. */
static bool read_graph(struct book *book, const struct record *record)
{
	const unsigned row = span16(record->data, 0), column = span16(record->data, 2);
	struct cursor cursor;
	struct buf text = {0};

	if (!book->graph || (record->type != GRAPH_LABEL && record->type != GRAPH_NUMBER))
		return false;
	if (record->type == GRAPH_NUMBER) {
		tell_number(book, row, column, 0, double_at(record->data, GRAPH_HEAD));
		return true;
	}
	cursor_open(&cursor, book, record);
	cursor_skip(&cursor, GRAPH_HEAD);
	cursor_string(&cursor, false, &text);
	book->damaged = book->damaged || cursor.over;
	tell_cell(book, row, column, 0, &text);
	buf_release(&text);
	return true;
}

bool cells_read(struct book *book, const struct record *record)
{
	const struct span data = record->data;

	if (read_graph(book, record))
		return true;
	switch (record->type) {
	case CELL_SHARED:
		read_shared(book, record);
		sheet_keep(book, span_from(data, CELL_HEAD + 4));
		break;
	case CELL_LABEL:
	case CELL_RICH:
	case FORMULA_STRING:
		read_string(book, record);
		break;
	case CELL_NUMBER:
		tell_number(book, span16(data, 0), span16(data, 2), span16(data, 4), double_at(data, CELL_HEAD));
		sheet_keep(book, span_from(data, CELL_HEAD + 8));
		break;
	case CELL_SHORT_NUMBER:
		tell_number(book, span16(data, 0), span16(data, 2), span16(data, 4), number_of(span32(data, CELL_HEAD)));
		sheet_keep(book, span_from(data, CELL_HEAD + 4));
		break;
	case CELL_MANY_NUMBERS:
		read_numbers(book, record);
		break;
	case CELL_FORMULA:
		read_formula(book, record);
		break;
	case FORMULA_ARRAY:
	case FORMULA_OF_MANY:
		read_common_formula(book, record);
		break;
	case CELL_BOOLEAN:
		sheet_keep(book, span_from(data, CELL_HEAD + 2));
		break;
	default:
		return false;
	}
	return true;
}

static void read_format(struct book *book, const struct record *record)
{
	struct cursor cursor;
	struct buf text = {0};
	struct format format = {.id = span16(record->data, 0)};

	cursor_open(&cursor, book, record);
	cursor_skip(&cursor, 2);
	cursor_string(&cursor, book->version == BIFF8, &text);
	if (text.len > 0) {
		flow_at(book->sheet->settings, "number formats");
		flow_put(book->sheet->settings, text.data, text.len);
		flow_break(book->sheet->settings);
		format.shows_nothing = strcmp(text.data, ";;;") == 0;
	}
	book->formats = mem_grow(book->formats, book->format_count, sizeof(*book->formats));
	book->formats[book->format_count++] = format;
	buf_release(&text);
}

bool cells_look(struct book *book, const struct record *record)
{
	const struct span data = record->data;

	if (record->type == LOOK_FONT) {
		book->white_fonts = mem_grow(book->white_fonts, book->font_count, sizeof(*book->white_fonts));
		book->white_fonts[book->font_count++] = span16(data, 4) == WHITE || span16(data, 4) == WHITE_FIXED;
		sheet_keep(book, span_from(data, 14));
	} else if (record->type == LOOK_FORMAT) {
		read_format(book, record);
	} else if (record->type == LOOK_CELL) {
		book->looks = mem_grow(book->looks, book->look_count, sizeof(*book->looks));
		book->looks[book->look_count++] = (struct look){span16(data, 0), span16(data, 2), span32(data, 14) >> 26 != 0};
	} else {
		return false;
	}
	return true;
}
