#ifndef EXCEL_EXCEL_INSIDE_H
#define EXCEL_EXCEL_INSIDE_H

#include "excel.h"

#include "art/art.h"
#include "base/buf.h"
#include "base/flow.h"
#include "base/little.h"
#include "binary/put.h"

#include <stdbool.h>
#include <stdint.h>

enum { ROWS = 65536, COLUMNS = 256, CELL_HEAD = 6, RECORD_CONTINUE = 0x3C, BIFF8 = 0x0600, BIFF5 = 0x0500, BIFF_GRAPH = 0x0680 };

struct record {
	unsigned type;
	size_t at;        /* of its head in the stream */
	struct span data; /* without what continues it */
};

struct listed_sheet {
	uint32_t at;
	char *name;
	bool hidden, macros, seen;
};

struct shared_string {
	size_t start, len; /* in `strings` */
	bool used;
};

struct format {
	unsigned id;
	bool shows_nothing;
};

struct look {
	unsigned font, format;
	bool filled;
};

/* A comment's place and author come in one record, its text in another. */
struct note {
	unsigned id, row, column;
	char *author;
};

struct boxed_text {
	unsigned id;
	char *text;
};

struct sheet {
	char *name;
	bool hidden, any_hidden_row;
	struct flow_out *shown, *unseen, *formulas, *settings;
	unsigned row;            /* the last one that had a cell */
	unsigned formula_row, formula_column; /* whose result comes next */
	unsigned object;         /* the last one's number */
	unsigned char hidden_rows[ROWS / 8];
	bool hidden_columns[COLUMNS];
	struct note *notes;
	size_t note_count;
	struct boxed_text *texts;
	size_t text_count;
	struct buf drawing, rest;
	unsigned white_told;
};

struct book {
	struct reader *reader;
	struct span stream;
	unsigned version;
	bool graph;              /* of Microsoft Graph: version 8, but for the cells of its sheet of data */
	struct narrow narrow;    /* strings without UTF-16: version 5 */
	struct buf low;          /* strings of bytes, each the low one of UTF-16: version 8 */
	struct listed_sheet *listed;
	size_t listed_count;
	struct buf strings;
	struct shared_string *shared;
	size_t shared_count;
	bool *white_fonts;
	size_t font_count;
	struct format *formats;
	size_t format_count;
	struct look *looks;
	size_t look_count;
	struct sheet *sheet;     /* the one being read; the globals are one, too */
	const char *loose_name;
	size_t reached;          /* where in the stream the last cursor was */
	bool damaged, bad, encrypted;
	size_t told, pictures;
};

/* strings.c: a record and what continues it, read in order.  A string may go on in the next record, where its
 * width is said anew ([MS-XLS] 2.5.293). */
struct cursor {
	struct book *book;
	size_t at, end, next; /* in the stream; `next` is the record behind this one */
	bool over;            /* more was asked for than there is */
};
void cursor_open(struct cursor *cursor, struct book *book, const struct record *record);
unsigned cursor_8(struct cursor *cursor);
unsigned cursor_16(struct cursor *cursor);
uint32_t cursor_32(struct cursor *cursor);
void cursor_skip(struct cursor *cursor, uint32_t len);
size_t cursor_left(const struct cursor *cursor); /* in this record */
/* `count` characters, as version 8 has them behind a byte that says how wide they are; version 5 has no such
 * byte.  Added to `out` as UTF-8. */
void cursor_characters(struct cursor *cursor, uint32_t count, struct buf *out);
/* A string with its length in front, of one byte or two. */
void cursor_string(struct cursor *cursor, bool long_length, struct buf *out);
void cursor_rich_string(struct cursor *cursor, struct buf *out); /* 2.5.293, with runs and phonetic guide */
/* All that is left of this record and what continues it, as bytes. */
void cursor_rest(struct cursor *cursor, struct buf *out);

/* cells.c */
bool cells_read(struct book *book, const struct record *record); /* false: no record of a cell */
bool cells_look(struct book *book, const struct record *record); /* fonts, number formats, formats of cells */
void place_of_cell(unsigned row, unsigned column, char place[16]);

/* formula.c: the strings in a formula, one a line. */
void formula_tell(struct book *book, struct span tokens, struct flow_out *flow);

/* sheet.c */
void sheet_begin(struct book *book, const struct listed_sheet *listed, const char *name);
void sheet_end(struct book *book);
bool sheet_record(struct book *book, const struct record *record); /* false: not one of a sheet's own */
void sheet_keep(struct book *book, struct span bytes); /* its strings are told at the end */

/* globals.c: lists that belong to the whole book. */
bool globals_record(struct book *book, const struct record *record);
void globals_tell_unused(struct book *book);

#endif
