/* biff12.c - workbooks whose parts are records (xlsb, [MS-XLSB]) instead of XML.
 *
 * A part is records to its last byte, or it is none of these.  Cells, shared strings and the list of sheets
 * are read for their places; of everything else, formulas and settings, the strings are told. */
#include "package.h"

#include "base/mem.h"
#include "reader/reader.h"
#include "text/charset.h"
#include "text/header.h"
#include "zip/zip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Records by their numbers there. */
enum {
	ROW = 0,
	CELL_BLANK = 1,
	CELL_RK = 2,
	CELL_ERROR = 3,
	CELL_BOOLEAN = 4,
	CELL_REAL = 5,
	CELL_STRING = 6,
	CELL_SHARED = 7,
	FORMULA_STRING = 8,
	FORMULA_REAL = 9,
	FORMULA_BOOLEAN = 10,
	FORMULA_ERROR = 11,
	SHORT_BLANK = 12, /* short cells do not say their column: it is the next one */
	SHORT_RK = 13,
	SHORT_ERROR = 14,
	SHORT_BOOLEAN = 15,
	SHORT_REAL = 16,
	SHORT_STRING = 17,
	SHORT_SHARED = 18,
	STRING_ITEM = 19,
	COLUMN = 60,
	CELL_RICH = 62,
	SHEET = 156,
	HEADERS = 479,
};
enum { HEADERS_MOST = 6, HEADERS_HEAD = 2, CELL_HEAD = 8, SHORT_HEAD = 4, ROW_HEAD = 12, COLUMN_HEAD = 18, RANGES_MOST = 1000 };

struct record {
	unsigned type;
	const unsigned char *bytes;
	size_t len;
};

struct book {
	struct package *package;
	size_t index;
	const char *label;
	struct flow_out *shown, *hidden;
	uint32_t row, next_column;
	bool row_hidden, new_row, damaged, in_rows, more; /* in_rows: of a sheet; more: strings besides those read here */
	struct {
		uint32_t from, to;
	} columns[RANGES_MOST]; /* hidden ones */
	size_t column_count;
};

static uint32_t number_at(const unsigned char *at)
{
	return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/* A number of 7 bits a byte, of `most` bytes at most. */
static bool read_number(const unsigned char *bytes, size_t len, size_t *at, size_t most, uint32_t *out)
{
	*out = 0;
	for (size_t i = 0; i < most && *at < len; i++) {
		const unsigned char byte = bytes[(*at)++];

		*out |= (uint32_t)(byte & 0x7F) << (7 * i);
		if ((byte & 0x80) == 0)
			return true;
	}
	return false;
}

static bool next_record(const unsigned char *bytes, size_t len, size_t *at, struct record *out)
{
	uint32_t type = 0, size = 0;

	if (!read_number(bytes, len, at, 2, &type) || !read_number(bytes, len, at, 4, &size) || size > len - *at)
		return false;
	*out = (struct record){type, bytes + *at, size};
	*at += size;
	return true;
}

static bool is_records(const unsigned char *bytes, size_t len)
{
	struct record record;
	size_t at = 0;

	while (at < len)
		if (!next_record(bytes, len, &at, &record))
			return false;
	return len > 0;
}

/* The string of UTF-16 behind its length at `*at`; NULL: none (or it is no text).  Caller frees. */
static char *string_at(struct book *book, const struct record *record, size_t *at, size_t *out_len)
{
	size_t len;
	char *text;

	if (record->len < *at + 4)
		return NULL;
	len = number_at(record->bytes + *at);
	*at += 4;
	if (len == UINT32_MAX)
		return NULL;
	if (len > (record->len - *at) / 2) {
		book->damaged = true;
		return NULL;
	}
	text = charset_convert("UTF-16LE", (const char *)record->bytes + *at, len * 2, out_len);
	book->damaged = book->damaged || text == NULL;
	*at += len * 2;
	return text;
}

/* Do two strings reach from `at` to the end of the record? */
static bool is_two_strings(const struct record *record, size_t at)
{
	for (int i = 0; i < 2; i++) {
		if (record->len < at + 4 || number_at(record->bytes + at) > (record->len - at - 4) / 2)
			return false;
		at += 4 + (size_t)number_at(record->bytes + at) * 2;
	}
	return at == record->len;
}

/* State, number, relationship and name (2.4.313); Excel wrote four bytes more before the number in versions that came
 * before the one that was sold. */
static void read_sheet_entry(struct book *book, const struct record *record)
{
	struct package *package = book->package;
	size_t at = is_two_strings(record, 12) ? 12 : 8, id_len = 0, name_len = 0;
	char *id = string_at(book, record, &at, &id_len), *name = string_at(book, record, &at, &name_len);
	const bool hidden = record->len >= 4 && number_at(record->bytes) != 0;

	if (name != NULL && hidden)
		reader_observe(package->reader, OBSERVED_HIDDEN_SHEET, "%s", name);
	if (id != NULL && name != NULL) {
		package_set_label(package, relation_target(package, book->index, id), hidden, name);
		name = NULL; /* transferred */
	}
	free(id);
	free(name);
}

static void read_shared(struct book *book, const struct record *record)
{
	struct package *package = book->package;
	size_t at = 1, len = 0;
	char *text = string_at(book, record, &at, &len);

	book->more = book->more || record->len == 0 || (record->bytes[0] & 2) != 0; /* a phonetic guide */
	package->shared = mem_grow(package->shared, package->shared_count, sizeof(*package->shared));
	package->shared[package->shared_count++] = (struct shared_string){.start = package->strings.len, .len = len};
	if (text != NULL)
		buf_add(&package->strings, text, len);
	free(text);
}

static void read_row(struct book *book, const struct record *record)
{
	if (record->len < ROW_HEAD) {
		book->damaged = true;
		return;
	}
	book->row = number_at(record->bytes);
	book->next_column = 0;
	book->in_rows = true;
	book->row_hidden = (record->bytes[11] & 0x10) != 0;
	book->new_row = true;
	if (book->row_hidden)
		reader_observe(book->package->reader, OBSERVED_HIDDEN_CELLS, "%s!row %u", book->label, book->row + 1);
}

static void read_column(struct book *book, const struct record *record)
{
	if (record->len < COLUMN_HEAD) {
		book->damaged = true;
		return;
	}
	if ((record->bytes[16] & 1) == 0 || book->column_count >= RANGES_MOST)
		return;
	book->columns[book->column_count].from = number_at(record->bytes);
	book->columns[book->column_count++].to = number_at(record->bytes + 4);
	reader_observe(book->package->reader, OBSERVED_HIDDEN_CELLS, "%s!column %u to %u", book->label,
	               number_at(record->bytes) + 1, number_at(record->bytes + 4) + 1);
}

static bool is_short(unsigned type)
{
	return type >= SHORT_BLANK && type <= SHORT_SHARED;
}

/* A number in 30 bits: an integer or the front of a double, a hundredth of it or not. */
static double number_of_rk(uint32_t rk)
{
	uint64_t bits = (uint64_t)(rk & 0xFFFFFFFC) << 32;
	double value;

	if ((rk & 2) != 0)
		value = (double)((int32_t)rk / 4);
	else
		memcpy(&value, &bits, sizeof(value));
	return (rk & 1) != 0 ? value / 100 : value;
}

/* Short cells are like long ones without their column. */
static unsigned long_type(unsigned type)
{
	static const unsigned char types[] = {
		[SHORT_BLANK - SHORT_BLANK] = CELL_BLANK,   [SHORT_RK - SHORT_BLANK] = CELL_RK,     [SHORT_ERROR - SHORT_BLANK] = CELL_ERROR,
		[SHORT_BOOLEAN - SHORT_BLANK] = CELL_BOOLEAN, [SHORT_REAL - SHORT_BLANK] = CELL_REAL, [SHORT_STRING - SHORT_BLANK] = CELL_STRING,
		[SHORT_SHARED - SHORT_BLANK] = CELL_SHARED,
	};

	return is_short(type) ? types[type - SHORT_BLANK] : type;
}

/* A number as it is shown in full.  Caller frees. */
static char *number_text(double value)
{
	char *text = mem_format("%.15g", value);

	if (strtod(text, NULL) == value)
		return text;
	free(text);
	return mem_format("%.17g", value);
}

/* What a cell shows; NULL: nothing.  Caller frees. */
static char *cell_text(struct book *book, const struct record *record, size_t *len)
{
	struct package *package = book->package;
	const unsigned type = long_type(record->type);
	size_t at = is_short(record->type) ? SHORT_HEAD : CELL_HEAD;
	double value = 0;
	char *text;

	if (type == CELL_STRING || type == FORMULA_STRING || type == CELL_RICH) {
		at += type == CELL_RICH ? 1 : 0;
		return string_at(book, record, &at, len);
	}
	if (type == CELL_SHARED && record->len >= at + 4) {
		const uint32_t number = number_at(record->bytes + at);

		if (number >= package->shared_count || package->shared[number].len == 0)
			return NULL;
		package->shared[number].used = true;
		*len = package->shared[number].len;
		return mem_copy_bytes(package->strings.data + package->shared[number].start, *len);
	}
	if (type == CELL_RK && record->len >= at + 4) {
		value = number_of_rk(number_at(record->bytes + at));
	} else if ((type == CELL_REAL || type == FORMULA_REAL) && record->len >= at + 8) {
		memcpy(&value, record->bytes + at, sizeof(value));
	} else {
		book->damaged = true;
		return NULL;
	}
	text = number_text(value);
	*len = strlen(text);
	return text;
}

static bool is_column_hidden(const struct book *book, uint32_t column)
{
	for (size_t i = 0; i < book->column_count; i++)
		if (column >= book->columns[i].from && column <= book->columns[i].to)
			return true;
	return false;
}

static void column_name(uint32_t column, char name[8])
{
	char letters[8];
	size_t n = 0, at = 0;

	for (column = column < 16384 ? column + 1 : 16384; column > 0; column = (column - 1) / 26)
		letters[n++] = (char)('A' + (column - 1) % 26);
	while (n > 0)
		name[at++] = letters[--n];
	name[at] = '\0';
}

/* Which column a cell stands in; the next short one stands behind it. */
static uint32_t column_of(struct book *book, const struct record *record)
{
	const uint32_t column = is_short(record->type) ? book->next_column : record->len >= CELL_HEAD ? number_at(record->bytes) : 0;

	book->next_column = column + 1;
	return column;
}

/* It shows nothing that is told. */
static void pass_cell(struct book *book, const struct record *record)
{
	column_of(book, record);
}

static void read_cell(struct book *book, const struct record *record)
{
	const uint32_t column = column_of(book, record);
	const bool hidden = book->row_hidden || is_column_hidden(book, column);
	struct flow_out *flow = hidden ? book->hidden : book->shown;
	size_t len = 0;
	char *text = cell_text(book, record, &len), name[8];

	if (text != NULL && len > 0) {
		column_name(column, name);
		if (flow_len(flow) > 0)
			flow_put(flow, book->new_row ? "\n" : "\t", 1);
		flow_at(flow, "%s!%s%u", book->label, name, book->row + 1);
		flow_put(flow, text, len);
		book->new_row = false;
		book->package->characters += len;
	}
	free(text);
}

/* Headers and footers of odd, even and first pages, as they are printed (2.4.42); as they are kept they are told with
 * all strings. */
static void read_headers(struct book *book, const struct record *record)
{
	struct buf printed = {0};
	size_t at = HEADERS_HEAD;

	for (int i = 0; i < HEADERS_MOST && at < record->len; i++) {
		size_t len = 0;
		char *text = string_at(book, record, &at, &len);

		if (text != NULL)
			header_add_printed(text, len, &printed);
		free(text);
	}
	if (printed.len > 0) {
		struct flow_out *flow = flow_open(book->package->reader, FLOW_METADATA, "%s, settings", book->label);

		flow_put(flow, printed.data, printed.len);
		flow_close(flow);
	}
	buf_release(&printed);
}

static const struct {
	unsigned type;
	void (*read)(struct book *book, const struct record *record);
} readers[] = {
	{ROW, read_row},
	{CELL_RK, read_cell},           {CELL_REAL, read_cell},       {CELL_STRING, read_cell},    {CELL_SHARED, read_cell},
	{CELL_RICH, read_cell},         {FORMULA_STRING, read_cell},  {FORMULA_REAL, read_cell},   {SHORT_RK, read_cell},
	{SHORT_REAL, read_cell},        {SHORT_STRING, read_cell},    {SHORT_SHARED, read_cell},   {CELL_BLANK, pass_cell},
	{CELL_ERROR, pass_cell},        {CELL_BOOLEAN, pass_cell},    {FORMULA_BOOLEAN, pass_cell}, {FORMULA_ERROR, pass_cell},
	{SHORT_BLANK, pass_cell},       {SHORT_ERROR, pass_cell},     {SHORT_BOOLEAN, pass_cell},
	{STRING_ITEM, read_shared}, {COLUMN, read_column},    {SHEET, read_sheet_entry},
	{HEADERS, read_headers},
};

/* Numbers mean what they mean in sheets, shared strings and workbooks only; those of short cells mean something else
 * where there is no row. */
static void read_records(struct book *book, const unsigned char *bytes, size_t len)
{
	struct record record;
	size_t at = 0;

	while (at < len && !reader_stopped(book->package->reader) && next_record(bytes, len, &at, &record))
		for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++)
			if (readers[i].type == record.type && (book->in_rows || !is_short(record.type)))
				readers[i].read(book, &record);
}

static bool ends_in_bin(const char *name)
{
	const size_t len = strlen(name);

	return len > 4 && strcmp(name + len - 4, ".bin") == 0;
}

/* Parts of a workbook that are records, by the relationship to them. */
static const struct book_part {
	const char *type;
	enum observation observation;
	bool placed; /* its records are read one by one */
} book_parts[] = {
	{"officeDocument", OBSERVED_NOTHING, true},
	{"worksheet", OBSERVED_NOTHING, true},
	{"chartsheet", OBSERVED_NOTHING, true},
	{"dialogsheet", OBSERVED_NOTHING, true},
	{"xlMacrosheet", OBSERVED_MACRO, true},
	{"xlIntlMacrosheet", OBSERVED_MACRO, true},
	{"sharedStrings", OBSERVED_NOTHING, true},
	{"comments", OBSERVED_COMMENT, false},
	{"externalLink", OBSERVED_CACHED_DATA, false},
	{"pivotCacheDefinition", OBSERVED_CACHED_DATA, false},
	{"pivotCacheRecords", OBSERVED_CACHED_DATA, false},
	{"connections", OBSERVED_EXTERNAL_LINK, false},
	{"queryTable", OBSERVED_CACHED_DATA, false},
	{"usernames", OBSERVED_TRACKED_CHANGE, false},
	{"revisionHeaders", OBSERVED_TRACKED_CHANGE, false},
	{"revisionLog", OBSERVED_TRACKED_CHANGE, false},
	{"styles", OBSERVED_NOTHING, false},
	{"table", OBSERVED_NOTHING, false},
	{"calcChain", OBSERVED_NOTHING, false},
	{"pivotTable", OBSERVED_NOTHING, false},
	{"xlBinaryIndex", OBSERVED_NOTHING, false},
	{"sheetMetadata", OBSERVED_NOTHING, false},
	{"volatileDependencies", OBSERVED_NOTHING, false},
	{"slicer", OBSERVED_NOTHING, false},
	{"slicerCache", OBSERVED_NOTHING, false},
	{"tableSingleCells", OBSERVED_NOTHING, false},
};

/* NULL: it is none. */
static const struct book_part *book_part_of(const struct package *package, size_t index, const char *bytes, size_t len)
{
	for (size_t i = 0; i < sizeof(book_parts) / sizeof(book_parts[0]); i++)
		if (strcmp(package->parts[index].type, book_parts[i].type) == 0 &&
		    ends_in_bin(zip_entry(package->zip, index)->name) && is_records((const unsigned char *)bytes, len))
			return &book_parts[i];
	return NULL;
}

/* Strings wherever they are: all there are where no record was read, or not every one. */
static void tell_strings(struct book *book, const struct book_part *kind, const struct part *part)
{
	char *place = mem_format("%s, strings", book->label);

	if (book->damaged)
		reader_undecided(book->package->reader, "%s: damaged records", book->label);
	if (strcmp(kind->type, "sharedStrings") != 0 || book->damaged || book->more)
		reader_binary(book->package->reader, place, part);
	free(place);
}

bool biff12_read(struct package *package, size_t index, const char *bytes, size_t len)
{
	const struct part part = {"", (const unsigned char *)bytes, len};
	const struct book_part *kind = book_part_of(package, index, bytes, len);
	struct book *book;

	if (kind == NULL)
		return false;
	book = mem_alloc(1, sizeof(*book));
	package_set_label(package, index, false, mem_copy_string(kind->type));
	book->package = package;
	book->index = index;
	book->label = package_label(package, index);
	book->shown = flow_open(package->reader, package->parts[index].hidden ? FLOW_HIDDEN : FLOW_BODY, "%s", book->label);
	book->hidden = flow_open(package->reader, FLOW_HIDDEN, "%s", book->label);
	if (kind->observation != OBSERVED_NOTHING)
		reader_observe(package->reader, kind->observation, "%s", book->label);
	if (kind->placed)
		read_records(book, part.bytes, len);
	flow_close(book->shown);
	flow_close(book->hidden);
	tell_strings(book, kind, &part);
	free(book);
	return true;
}
