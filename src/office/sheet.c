/* sheet.c - one worksheet: its cells with their places, and what is around them.
 *
 * A row is a line, cells are apart by tabs.  Cells nobody sees (hidden rows, columns and sheets, white on
 * nothing, formats that show nothing) are hidden text.  Formulas are told beside what they come to, and
 * texts written with one character a cell are told once more in one piece. */
#include "package.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "reader/reader.h"
#include "text/header.h"
#include "xml/xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 16384, LETTERS_COLUMNS = 64, NOTICED_MOST = 10, FLOW_LONG = 8 * 1024 * 1024, RANGES_MOST = 1000 };

/* Characters one after the other, a cell each: across a row, or down a column. */
struct letters {
	struct buf text;
	size_t count, last; /* where the last one stood */
	char from[24];
};

struct sheet {
	struct package *package;
	const char *label;
	enum flow_kind kind;
	struct flow_out *shown, *hidden, *formulas, *rest, *around;
	struct {
		size_t from, to;
	} *hidden_columns;
	size_t hidden_column_count;
	bool row_hidden, rows_hidden; /* this one; all that say nothing else */
	size_t row, column;
	struct {
		char place[24], type[12];
		size_t look;
	} cell;
	struct buf value, formula, inline_text, loose;
	unsigned in_value, in_formula, in_inline, in_cell, in_text, in_guide;
	char row_separator;         /* before the next cell shown */
	struct letters across, down[LETTERS_COLUMNS];
	unsigned noticed[OBSERVATIONS];
};

static bool is(const char *name, const char *local)
{
	return strcmp(name, local) == 0;
}

static bool is_true(const char *value)
{
	return value != NULL && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

static void notice(struct sheet *sheet, enum observation what, const char *place)
{
	if (sheet->noticed[what]++ < NOTICED_MOST)
		reader_observe(sheet->package->reader, what, "%s!%s", sheet->label, place);
}

/* "B14": column 2; `*row` 14.  0: it is no place. */
static size_t column_of(const char *place, size_t *row)
{
	size_t column = 0;

	for (; *place >= 'A' && *place <= 'Z' && column <= COLUMNS; place++)
		column = column * 26 + (size_t)(*place - 'A') + 1;
	*row = (size_t)strtoul(place, NULL, 10);
	return column <= COLUMNS ? column : 0;
}

/* ---- Columns and rows. */

static void column_start(struct sheet *sheet, const char *const *attributes)
{
	const char *width = xml_attribute(attributes, "width"), *from = xml_attribute(attributes, "min");
	const char *to = xml_attribute(attributes, "max");
	char place[64];

	if (!is_true(xml_attribute(attributes, "hidden")) && (width == NULL || atof(width) > 0))
		return;
	if (from == NULL || to == NULL || sheet->hidden_column_count >= RANGES_MOST)
		return;
	sheet->hidden_columns = mem_grow(sheet->hidden_columns, sheet->hidden_column_count, sizeof(*sheet->hidden_columns));
	sheet->hidden_columns[sheet->hidden_column_count].from = strtoul(from, NULL, 10);
	sheet->hidden_columns[sheet->hidden_column_count++].to = strtoul(to, NULL, 10);
	(void)snprintf(place, sizeof(place), "column %.20s to %.20s", from, to);
	notice(sheet, OBSERVED_HIDDEN_CELLS, place);
}

static bool is_column_hidden(const struct sheet *sheet)
{
	for (size_t i = 0; i < sheet->hidden_column_count; i++)
		if (sheet->column >= sheet->hidden_columns[i].from && sheet->column <= sheet->hidden_columns[i].to)
			return true;
	return false;
}

static void row_start(struct sheet *sheet, const char *const *attributes)
{
	const char *number = xml_attribute(attributes, "r"), *height = xml_attribute(attributes, "ht");
	const char *hidden = xml_attribute(attributes, "hidden");
	char place[64];

	sheet->row = number != NULL ? strtoul(number, NULL, 10) : sheet->row + 1;
	sheet->column = 0;
	sheet->row_separator = '\n';
	sheet->row_hidden = is_true(hidden) || (height != NULL && atof(height) <= 0) ||
	                    (hidden == NULL && height == NULL && sheet->rows_hidden);
	if (!sheet->row_hidden)
		return;
	(void)snprintf(place, sizeof(place), "row %zu", sheet->row);
	notice(sheet, OBSERVED_HIDDEN_CELLS, place);
}

/* ---- One character a cell. */

static void letters_end(struct sheet *sheet, struct letters *letters)
{
	char *place;

	if (letters->count > 1) {
		place = mem_format("%s!%s and %zu more cells together", sheet->label, letters->from, letters->count - 1);
		reader_text(sheet->package->reader, sheet->kind, place, letters->text.data, letters->text.len);
		free(place);
	}
	buf_clear(&letters->text);
	letters->count = 0;
}

static void letters_add(struct sheet *sheet, struct letters *letters, size_t at, const struct buf *text)
{
	uint32_t c = 0;
	const bool one = text->len > 0 && utf8_decode(text->data, text->len, &c) == text->len;

	if (!one || (letters->count > 0 && at != letters->last + 1))
		letters_end(sheet, letters);
	if (!one)
		return;
	if (letters->count++ == 0)
		memcpy(letters->from, sheet->cell.place, sizeof(letters->from));
	letters->last = at;
	buf_add(&letters->text, text->data, text->len);
}

/* ---- Cells. */

static void cell_start(struct sheet *sheet, const char *const *attributes)
{
	const char *place = xml_attribute(attributes, "r"), *type = xml_attribute(attributes, "t");
	const char *look = xml_attribute(attributes, "s");
	size_t row = 0;

	sheet->in_cell++;
	sheet->column++;
	if (place != NULL && column_of(place, &row) > 0) {
		sheet->column = column_of(place, &row);
		(void)snprintf(sheet->cell.place, sizeof(sheet->cell.place), "%s", place);
	} else {
		(void)snprintf(sheet->cell.place, sizeof(sheet->cell.place), "R%zuC%zu", sheet->row, sheet->column);
	}
	(void)snprintf(sheet->cell.type, sizeof(sheet->cell.type), "%s", type != NULL ? type : "");
	sheet->cell.look = look != NULL ? strtoul(look, NULL, 10) : 0;
	buf_clear(&sheet->value);
	buf_clear(&sheet->formula);
	buf_clear(&sheet->inline_text);
}

/* What a cell shows: a shared string by its number, or what is in it. */
static struct buf shown_text(struct sheet *sheet)
{
	struct package *package = sheet->package;
	struct shared_string *shared;
	const size_t number = sheet->value.len > 0 ? strtoul(sheet->value.data, NULL, 10) : package->shared_count;

	if (strcmp(sheet->cell.type, "s") != 0)
		return sheet->inline_text.len > 0 ? sheet->inline_text : sheet->value;
	if (number >= package->shared_count)
		return sheet->value;
	shared = &package->shared[number];
	shared->used = true;
	if (shared->len == 0)
		return (struct buf){0};
	return (struct buf){.data = package->strings.data + shared->start, .len = shared->len};
}

/* A text of a message is bounded; a large sheet is told in pieces. */
static void renew(struct sheet *sheet, struct flow_out **flow, enum flow_kind kind, const char *what)
{
	if (flow_len(*flow) < FLOW_LONG)
		return;
	flow_close(*flow);
	*flow = flow_open(sheet->package->reader, kind, "%s%s", sheet->label, what);
}

static void put_cell(const struct sheet *sheet, struct flow_out *flow, char separator, const struct buf *text)
{
	if (flow_len(flow) > 0)
		flow_put(flow, &separator, 1);
	flow_at(flow, "%s!%s", sheet->label, sheet->cell.place);
	flow_put(flow, text->data, text->len);
}

static void tell_cell(struct sheet *sheet, const struct buf *text)
{
	const bool invisible = sheet->cell.look < sheet->package->look_count && sheet->package->looks[sheet->cell.look].hidden;
	const bool hidden = invisible || sheet->row_hidden || is_column_hidden(sheet);

	if (invisible)
		notice(sheet, OBSERVED_HIDDEN_TEXT, sheet->cell.place);
	if (hidden) {
		renew(sheet, &sheet->hidden, FLOW_HIDDEN, "");
		put_cell(sheet, sheet->hidden, '\t', text);
		return;
	}
	renew(sheet, &sheet->shown, sheet->kind, "");
	put_cell(sheet, sheet->shown, sheet->row_separator, text);
	sheet->row_separator = '\t';
	sheet->package->characters += text->len;
}

static void cell_end(struct sheet *sheet)
{
	const struct buf text = shown_text(sheet);

	sheet->in_cell -= sheet->in_cell > 0;
	if (text.len > 0)
		tell_cell(sheet, &text);
	if (sheet->inline_text.len > 0 && sheet->value.len > 0 && text.data != sheet->value.data)
		put_cell(sheet, sheet->hidden, '\t', &sheet->value);
	letters_add(sheet, &sheet->across, sheet->column, &text);
	if (sheet->column > 0 && sheet->column <= LETTERS_COLUMNS)
		letters_add(sheet, &sheet->down[sheet->column - 1], sheet->row, &text);
	if (sheet->formula.len == 0)
		return;
	renew(sheet, &sheet->formulas, FLOW_METADATA, ", formulas");
	put_cell(sheet, sheet->formulas, '\n', &sheet->formula);
}

/* ---- Everything else: validations, headers and footers, scenarios. */

static void loose_end(struct sheet *sheet)
{
	if (!values_is_space(sheet->loose.data, sheet->loose.len)) {
		flow_put(sheet->around, sheet->loose.data, sheet->loose.len);
		flow_break(sheet->around);
	}
	buf_clear(&sheet->loose);
}

static void tell_attributes(struct sheet *sheet, const char *name, const char *const *attributes)
{
	package_tell(sheet->package, sheet->rest, name, strlen(name));
	for (; attributes[0] != NULL; attributes += 2) {
		package_tell(sheet->package, sheet->rest, attributes[0], strlen(attributes[0]));
		if (!is(attributes[0], "r") && !is(attributes[0], "spans"))
			package_tell(sheet->package, sheet->rest, attributes[1], strlen(attributes[1]));
	}
}

static void on_start(void *context, const char *name, const char *const *attributes)
{
	struct sheet *sheet = context;
	const char *local = xml_local(name);

	loose_end(sheet);
	tell_attributes(sheet, name, attributes);
	if (is(local, "c") && sheet->in_cell == 0)
		cell_start(sheet, attributes);
	else if (is(local, "row"))
		row_start(sheet, attributes);
	else if (is(local, "col"))
		column_start(sheet, attributes);
	else if (is(local, "sheetFormatPr"))
		sheet->rows_hidden = is_true(xml_attribute(attributes, "zeroHeight"));
	sheet->in_value += is(local, "v");
	sheet->in_formula += is(local, "f");
	sheet->in_inline += is(local, "is");
	sheet->in_text += is(local, "t");
	sheet->in_guide += is(local, "rPh");
}

/* The text before this end tag, where it is a header or footer, as it is printed. */
static void header_end(struct sheet *sheet, const char *local)
{
	struct buf printed = {0};

	if (strstr(local, "Header") != NULL || strstr(local, "Footer") != NULL)
		header_add_printed(sheet->loose.data, sheet->loose.len, &printed);
	if (printed.len > 0) {
		flow_put(sheet->around, printed.data, printed.len);
		flow_break(sheet->around);
	}
	buf_release(&printed);
}

static void on_end(void *context, const char *name)
{
	struct sheet *sheet = context;
	const char *local = xml_local(name);

	header_end(sheet, local);
	loose_end(sheet);
	if (is(local, "c") && sheet->in_cell > 0)
		cell_end(sheet);
	sheet->in_value -= is(local, "v");
	sheet->in_formula -= is(local, "f");
	sheet->in_inline -= is(local, "is");
	sheet->in_text -= is(local, "t");
	sheet->in_guide -= is(local, "rPh");
}

static void on_text(void *context, const char *text, size_t len)
{
	struct sheet *sheet = context;
	struct buf *to = &sheet->loose;

	if (sheet->in_cell > 0 && sheet->in_guide == 0) {
		to = sheet->in_value > 0 ? &sheet->value : to;
		to = sheet->in_formula > 0 ? &sheet->formula : to;
		to = sheet->in_inline > 0 && sheet->in_text > 0 ? &sheet->inline_text : to;
	}
	buf_add(to, text, len);
}

static void on_aside(void *context, const char *text, size_t len)
{
	struct sheet *sheet = context;

	package_tell(sheet->package, sheet->rest, text, len);
}

static void release(struct sheet *sheet)
{
	letters_end(sheet, &sheet->across);
	buf_release(&sheet->across.text);
	for (size_t i = 0; i < LETTERS_COLUMNS; i++) {
		letters_end(sheet, &sheet->down[i]);
		buf_release(&sheet->down[i].text);
	}
	flow_close(sheet->shown);
	flow_close(sheet->hidden);
	flow_close(sheet->formulas);
	flow_close(sheet->around);
	flow_close(sheet->rest);
	buf_release(&sheet->value);
	buf_release(&sheet->formula);
	buf_release(&sheet->inline_text);
	buf_release(&sheet->loose);
	free(sheet->hidden_columns);
}

void sheet_read(struct package *package, size_t index, const struct kind *kind, const char *bytes, size_t len)
{
	static const struct xml_events events = {on_start, on_end, on_text, on_aside};
	struct sheet *sheet = mem_alloc(1, sizeof(*sheet));

	sheet->package = package;
	sheet->label = package_label(package, index);
	sheet->kind = package->parts[index].hidden ? FLOW_HIDDEN : kind->text;
	sheet->shown = flow_open(package->reader, sheet->kind, "%s", sheet->label);
	sheet->hidden = flow_open(package->reader, FLOW_HIDDEN, "%s", sheet->label);
	sheet->formulas = flow_open(package->reader, FLOW_METADATA, "%s, formulas", sheet->label);
	sheet->around = flow_open(package->reader, FLOW_METADATA, "%s, settings", sheet->label);
	sheet->rest = flow_open(package->reader, FLOW_METADATA, "%s, attributes", sheet->label);
	if (!xml_read(package->reader, &events, sheet, bytes, len))
		reader_bytes(package->reader, FLOW_HIDDEN, sheet->label, NULL, (const unsigned char *)bytes, len);
	release(sheet);
	free(sheet);
}
