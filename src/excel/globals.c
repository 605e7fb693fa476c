/* globals.c - what belongs to the whole book: the list of sheets, shared strings, names, other books, who has
 * it open, where data comes from. */
#include "excel_inside.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

enum {
	GLOBAL_EXTERNAL_SHEET = 0x17,
	GLOBAL_NAME = 0x18,
	GLOBAL_CODEPAGE = 0x42,
	GLOBAL_CONSOLIDATED = 0x50,
	GLOBAL_CONSOLIDATED_FROM = 0x51,
	GLOBAL_CONSOLIDATED_NAME = 0x52,
	GLOBAL_CACHED_CELLS = 0x5A,
	GLOBAL_SHARING = 0x5B,
	GLOBAL_WRITER = 0x5C,
	GLOBAL_SHEET = 0x85,
	GLOBAL_PIVOT_NUMBER = 0xC9,
	GLOBAL_PIVOT_STRING = 0xCD,
	GLOBAL_DRAWINGS = 0xEB,
	GLOBAL_SHARED = 0xFC,
	GLOBAL_QUERY = 0x1AD,
	GLOBAL_BOOK = 0x1AE,
	GLOBAL_CONSOLIDATED_BINARY = 0x1B5,
	GLOBAL_QUERY_STRING = 0x804,
	GLOBAL_QUERY_TEXT = 0x805,
	GLOBAL_CONNECTION = 0x876,
	NAME_HIDDEN = 1,
	NAME_BUILT_IN = 0x20,
	NAME_HEAD = 14,
	BOOK_ITSELF = 0x0401,
	BOOK_FUNCTIONS = 0x3A01,
	KIND_MACROS = 1,
	KIND_MODULE = 6,
};

static void put(struct book *book, const char *place, const struct buf *text)
{
	struct flow_out *flow = book->sheet->settings;

	if (text->len == 0)
		return;
	flow_at(flow, "%s", place);
	flow_put(flow, text->data, text->len);
	flow_break(flow);
}

static void read_sheet(struct book *book, const struct record *record)
{
	const unsigned kind = span8(record->data, 5);
	struct listed_sheet sheet = {.at = span32(record->data, 0), .hidden = (span8(record->data, 4) & 3) != 0};
	struct cursor cursor;
	struct buf name = {0};

	cursor_open(&cursor, book, record);
	cursor_skip(&cursor, 6);
	cursor_string(&cursor, false, &name);
	sheet.name = buf_take(&name);
	sheet.macros = kind == KIND_MACROS || kind == KIND_MODULE;
	if (sheet.hidden)
		reader_observe(book->reader, OBSERVED_HIDDEN_SHEET, "%s", sheet.name);
	if (sheet.macros)
		reader_observe(book->reader, OBSERVED_MACRO, "%s", sheet.name);
	reader_text(book->reader, sheet.hidden ? FLOW_HIDDEN : FLOW_BODY, "names of sheets", sheet.name, strlen(sheet.name));
	book->listed = mem_grow(book->listed, book->listed_count, sizeof(*book->listed));
	book->listed[book->listed_count++] = sheet;
}

static void read_shared(struct book *book, const struct record *record)
{
	struct cursor cursor;
	uint32_t count;

	cursor_open(&cursor, book, record);
	cursor_skip(&cursor, 4);
	count = cursor_32(&cursor);
	for (uint32_t i = 0; i < count && !cursor.over; i++) {
		const size_t start = book->strings.len;

		cursor_rich_string(&cursor, &book->strings);
		book->shared = mem_grow(book->shared, book->shared_count, sizeof(*book->shared));
		book->shared[book->shared_count++] = (struct shared_string){start, book->strings.len - start, false};
	}
	if (cursor.over)
		book->damaged = true;
	cursor_rest(&cursor, &book->sheet->rest);
}

void globals_tell_unused(struct book *book)
{
	struct flow_out *flow = flow_open(book->reader, FLOW_HIDDEN, "text no cell shows");

	for (size_t i = 0; i < book->shared_count; i++)
		if (!book->shared[i].used && book->shared[i].len > 0) {
			flow_put(flow, book->strings.data + book->shared[i].start, book->shared[i].len);
			flow_break(flow);
		}
	if (flow_len(flow) > 0)
		reader_observe(book->reader, OBSERVED_HIDDEN_TEXT, "text no cell shows");
	flow_close(flow);
}

/* A name for cells, or for text: hidden ones no program lists. */
static void read_name(struct book *book, const struct record *record)
{
	const unsigned flags = span16(record->data, 0);
	struct cursor cursor;
	struct buf name = {0};
	struct span tokens;

	cursor_open(&cursor, book, record);
	cursor_skip(&cursor, NAME_HEAD);
	cursor_characters(&cursor, span8(record->data, 3), &name);
	if ((flags & NAME_BUILT_IN) == 0)
		put(book, (flags & NAME_HIDDEN) != 0 ? "hidden names" : "names", &name);
	tokens = span_cut(book->stream, cursor.at, cursor_left(&cursor));
	flow_at(book->sheet->formulas, "name %s", (flags & NAME_BUILT_IN) == 0 && name.data != NULL ? name.data : "built in");
	formula_tell(book, span_cut(tokens, 0, span16(record->data, 4)), book->sheet->formulas);
	sheet_keep(book, span_from(tokens, span16(record->data, 4)));
	buf_release(&name);
}

/* Another book: its path, and the names of its sheets. */
static void read_book(struct book *book, const struct record *record)
{
	const unsigned sheets = span16(record->data, 0), mark = span16(record->data, 2);
	struct cursor cursor;
	struct buf text = {0};

	if (mark == BOOK_ITSELF || mark == BOOK_FUNCTIONS)
		return;
	cursor_open(&cursor, book, record);
	cursor_skip(&cursor, 2);
	for (unsigned i = 0; i <= sheets && !cursor.over; i++) {
		cursor_string(&cursor, true, &text);
		if (i == 0 && text.len > 0)
			reader_observe(book->reader, OBSERVED_EXTERNAL_LINK, "another workbook");
		put(book, "other workbooks", &text);
		buf_clear(&text);
	}
	cursor_rest(&cursor, &book->sheet->rest);
	buf_release(&text);
}

static void read_writer(struct book *book, const struct record *record)
{
	struct cursor cursor;
	struct buf name = {0};

	cursor_open(&cursor, book, record);
	if (record->type == GLOBAL_SHARING)
		cursor_skip(&cursor, 4);
	cursor_string(&cursor, book->version == BIFF8, &name);
	while (name.len > 0 && name.data[name.len - 1] == ' ')
		name.len--;
	if (name.len > 0)
		reader_observe(book->reader, OBSERVED_PROPERTIES, "who wrote it");
	put(book, "who wrote it", &name);
	buf_release(&name);
	cursor_rest(&cursor, &book->sheet->rest);
}

static void read_pivot_string(struct book *book, const struct record *record)
{
	struct cursor cursor;
	struct buf text = {0};

	cursor_open(&cursor, book, record);
	cursor_string(&cursor, true, &text);
	put(book, "strings of caches and queries", &text);
	cursor_rest(&cursor, &book->sheet->rest);
	buf_release(&text);
}

static void read_pivot_number(struct book *book, const struct record *record)
{
	const uint64_t bits = span64(record->data, 0);
	struct buf text = {0};
	double value;

	memcpy(&value, &bits, sizeof(value));
	buf_addf(&text, "%.15g", value);
	put(book, "numbers of caches", &text);
	buf_release(&text);
}

/* Where data comes from: paths, servers, questions to data bases. */
static void read_source(struct book *book, const struct record *record)
{
	struct cursor cursor;
	struct buf bytes = {0};

	cursor_open(&cursor, book, record);
	cursor_rest(&cursor, &bytes);
	reader_observe(book->reader, OBSERVED_EXTERNAL_LINK, "%s, where data comes from", book->sheet->name);
	reader_binary(book->reader, "where data comes from", &(struct part){"", (const unsigned char *)bytes.data, bytes.len});
	buf_release(&bytes);
}

/* Values of cells of other books. */
static void read_cached(struct book *book, const struct record *record)
{
	struct cursor cursor;

	reader_observe(book->reader, OBSERVED_CACHED_DATA, "values from another workbook");
	cursor_open(&cursor, book, record);
	cursor_rest(&cursor, &book->sheet->rest);
	buf_add(&book->sheet->rest, "\0\0\0", 4);
}

static void read_external_sheet(struct book *book, const struct record *record)
{
	if (book->version == BIFF8 || span8(record->data, 0) == 0)
		return;
	if (span8(record->data, 1) == 1) /* 2, 3: this book itself */
		reader_observe(book->reader, OBSERVED_EXTERNAL_LINK, "another workbook");
	sheet_keep(book, record->data);
}

static void read_drawings(struct book *book, const struct record *record)
{
	struct cursor cursor;

	cursor_open(&cursor, book, record);
	cursor_rest(&cursor, &book->sheet->drawing);
}

static void read_codepage(struct book *book, const struct record *record)
{
	const unsigned page = span16(record->data, 0);

	book->narrow.page = page == 0x8000 ? 10000 : page == 0x8001 ? 1252 : page;
}

bool globals_record(struct book *book, const struct record *record)
{
	static const struct {
		unsigned type;
		void (*read)(struct book *book, const struct record *record);
	} readers[] = {
		{GLOBAL_SHEET, read_sheet},
		{GLOBAL_SHARED, read_shared},
		{GLOBAL_NAME, read_name},
		{GLOBAL_BOOK, read_book},
		{GLOBAL_WRITER, read_writer},
		{GLOBAL_SHARING, read_writer},
		{GLOBAL_CODEPAGE, read_codepage},
		{GLOBAL_DRAWINGS, read_drawings},
		{GLOBAL_EXTERNAL_SHEET, read_external_sheet},
		{GLOBAL_CACHED_CELLS, read_cached},
		{GLOBAL_PIVOT_NUMBER, read_pivot_number},
		{GLOBAL_PIVOT_STRING, read_pivot_string},
		{GLOBAL_CONSOLIDATED, read_source},
		{GLOBAL_CONSOLIDATED_FROM, read_source},
		{GLOBAL_CONSOLIDATED_NAME, read_source},
		{GLOBAL_CONSOLIDATED_BINARY, read_source},
		{GLOBAL_QUERY, read_source},
		{GLOBAL_QUERY_STRING, read_source},
		{GLOBAL_QUERY_TEXT, read_source},
		{GLOBAL_CONNECTION, read_source},
	};

	for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++)
		if (readers[i].type == record->type) {
			readers[i].read(book, record);
			return true;
		}
	return false;
}
