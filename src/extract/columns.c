/* columns.c - words that run on in the cell below.
 *
 * A sheet is told row by row, so that what is typed down a column, a line a cell, has the other cells of its row
 * between.  Each text cell is put before the one right below it; cells in a row follow each other anyhow. */
#include "document_inside.h"

#include "base/mem.h"
#include "joining.h"

#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 16384, AROUND_MOST = 120 };

/* A cell by its place, "Sheet2!B14"; column 0: it is none. */
struct cell {
	size_t column;
	unsigned long row;
};

static struct cell cell_of(const char *place)
{
	const char *at = strrchr(place, '!');
	struct cell cell = {0};
	char *end = NULL;

	if (at == NULL)
		return cell;
	for (at++; *at >= 'A' && *at <= 'Z' && cell.column < COLUMNS; at++)
		cell.column = cell.column * 26 + (size_t)(*at - 'A') + 1;
	if (*at < '1' || *at > '9' || cell.column > COLUMNS)
		return (struct cell){0};
	cell.row = strtoul(at, &end, 10);
	return *end == '\0' ? cell : (struct cell){0};
}

/* Where the text of span `i` is, without what parts it from the next; empty where there is nothing but a number. */
static struct extent text_of(const struct flow *flow, size_t i)
{
	struct extent text = {flow->spans[i].start, i + 1 < flow->span_count ? flow->spans[i + 1].start : flow->len};
	size_t at = text.start;

	while (text.end > text.start && (flow->text[text.end - 1] == '\t' || flow->text[text.end - 1] == '\n'))
		text.end--;
	while (at < text.end && strchr("0123456789.,+-/: %Ee", flow->text[at]) != NULL)
		at++;
	return at < text.end ? text : (struct extent){at, at};
}

/* Of each column the last cell with text in it: 1 and the number of its span, or 0. */
static void join_cells(const struct flow *flow, size_t *last, struct joining *joining)
{
	for (size_t i = 0; i < flow->span_count; i++) {
		const struct cell cell = cell_of(flow->spans[i].place);
		const struct extent text = text_of(flow, i);
		size_t above;

		if (cell.column == 0 || text.end == text.start)
			continue;
		above = last[cell.column];
		last[cell.column] = i + 1;
		if (above == 0 || above == i || cell_of(flow->spans[above - 1].place).row + 1 != cell.row)
			continue;
		joining_put(joining, flow->spans[above - 1].place, flow->text, joining_end(flow->text, text_of(flow, above - 1), AROUND_MOST));
		joining_put(joining, flow->spans[i].place, flow->text, joining_start(flow->text, text, AROUND_MOST));
		joining_break(joining);
	}
}

void document_join_cells(struct document *doc)
{
	const size_t count = doc->flow_count;
	size_t *last = NULL;

	for (size_t i = 0; i < count; i++) {
		const struct flow flow = doc->flows[i]; /* a copy: there will be more of them */
		struct joining joining = {.kind = flow.kind, .before = doc->joined};
		char *place;

		if (!flow.extracted || flow.derived || flow.span_count == 0 || cell_of(flow.spans[flow.span_count - 1].place).column == 0)
			continue;
		free(last);
		last = mem_alloc(COLUMNS + 1, sizeof(*last));
		join_cells(&flow, last, &joining);
		place = mem_format("%s%sdown its columns", flow.place, flow.place[0] != '\0' ? ", " : "");
		joining_tell(&joining, doc, place);
		free(place);
	}
	free(last);
}
