/* cover.c - whose each byte is.
 *
 * A PDF is read from its end by tables of offsets; what no table leads to is never looked at by a program
 * that shows pages.  So the file is also read from its beginning, word by word: objects, tables, trailers;
 * what is none of these is told. */
#define _GNU_SOURCE
#include "cover.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OCCURRENCES_MOST = 4 * 1024 * 1024 };

/* The state of reading from the beginning. */
struct scan {
	struct cover *cover;
	struct lexer lexer;
	struct token numbers[2]; /* seen last, with nothing behind them */
	size_t number_count;
	struct buf stray;
	size_t stray_end; /* of the last one: what follows at once is told with it */
};

void occurrence_add(struct cover *cover, const struct occurrence *item)
{
	if (cover->count >= OCCURRENCES_MOST) {
		if (!cover->full)
			reader_undecided(cover->pdf->reader, "more objects than can be read");
		cover->full = true;
		return;
	}
	cover->items = mem_grow(cover->items, cover->count, sizeof(*cover->items));
	cover->items[cover->count++] = *item;
	(void)set_add(&cover->listed, item->number);
}

static void stray(struct scan *scan, size_t start, size_t end)
{
	if (scan->stray.len > 0 && start != scan->stray_end)
		buf_add_byte(&scan->stray, '\n');
	buf_add(&scan->stray, scan->lexer.bytes + start, end - start);
	scan->stray_end = end;
}

/* Numbers that turned out to begin nothing. */
static void stray_numbers(struct scan *scan)
{
	for (size_t i = 0; i < scan->number_count; i++)
		stray(scan, scan->numbers[i].start, scan->numbers[i].end);
	scan->number_count = 0;
}

static void keep_number(struct scan *scan, const struct token *token)
{
	if (scan->number_count == 2) {
		stray(scan, scan->numbers[0].start, scan->numbers[0].end);
		scan->numbers[0] = scan->numbers[1];
		scan->number_count = 1;
	}
	scan->numbers[scan->number_count++] = *token;
}

static void tell_comment(struct scan *scan, const struct token *token, int number)
{
	char place[64] = "comment between objects";

	if (number > 0)
		(void)snprintf(place, sizeof(place), "comment in object %d", number);
	if (!lexer_is_usual(&scan->lexer, token))
		lexer_tell(scan->cover->pdf, &scan->lexer, token, FLOW_HIDDEN, place);
}

/* The number that stands at the front of an object: "7 0 obj 1234". */
static size_t length_of_object(struct scan *scan, size_t number)
{
	struct pdf *pdf = scan->cover->pdf;
	size_t len = SIZE_MAX;

	if (pdf->qpdf != NULL && number <= OBJECTS_MOST) {
		const qpdf_oh value = qpdf_get_object_by_id(pdf->qpdf, (int)number, 0);
		double found = -1;

		if (object_number_value(pdf, value, &found) && found >= 0 && found < 1e12)
			len = (size_t)found;
		object_drop(pdf, value);
	}
	return len;
}

/* What stands behind /Length: a number, or "7 0 R". */
static size_t read_length(struct scan *scan)
{
	struct token token[3];
	const size_t back = scan->lexer.at;
	size_t len = SIZE_MAX, n = 0;

	while (n < 3 && lexer_next(&scan->lexer, &token[n]))
		n++;
	scan->lexer.at = n > 0 && token[0].type == TOKEN_NUMBER ? token[0].end : back;
	if (n > 0 && token[0].type == TOKEN_NUMBER)
		len = token_number(&scan->lexer, &token[0]);
	if (n == 3 && token[1].type == TOKEN_NUMBER && token_is(&scan->lexer, &token[2], "R")) {
		len = length_of_object(scan, len);
		scan->lexer.at = token[2].end;
	}
	return len;
}

static bool ends_at(const struct lexer *lexer, size_t at)
{
	while (at < lexer->len && (lexer->bytes[at] == '\r' || lexer->bytes[at] == '\n'))
		at++;
	return lexer->len - at >= 9 && memcmp(lexer->bytes + at, "endstream", 9) == 0;
}

/* Over the data of a stream: by its length if "endstream" is there, else to the next one. */
static void skip_data(struct lexer *lexer, size_t len)
{
	size_t at = lexer->at;
	const unsigned char *found;

	if (at < lexer->len && lexer->bytes[at] == '\r')
		at++;
	if (at < lexer->len && lexer->bytes[at] == '\n')
		at++;
	if (len > lexer->len - at || !ends_at(lexer, at + len)) {
		found = memmem(lexer->bytes + at, lexer->len - at, "endstream", 9);
		len = found != NULL ? (size_t)(found - lexer->bytes) - at : lexer->len - at;
	}
	lexer->at = at + len;
}

/* A string in a dictionary that no object shows: an old trailer's, a table's. */
static void tell_strings(struct scan *scan, struct lexer *lexer)
{
	struct token token;
	size_t depth = 0;

	while (lexer_next(lexer, &token)) {
		depth += token.type == TOKEN_OPEN ? 1 : 0;
		depth -= token.type == TOKEN_CLOSE && depth > 0 ? 1 : 0;
		if (token.type == TOKEN_STRING || token.type == TOKEN_HEX)
			lexer_tell_bytes(scan->cover->pdf, lexer, &token, "trailer");
		else if (token.type == TOKEN_COMMENT)
			tell_comment(scan, &token, 0);
		if (depth == 0)
			return;
	}
}

/* A linear file has hints at the offset its first object says; nothing refers to them. */
static void read_hints(struct scan *scan, const struct occurrence *item)
{
	struct lexer lexer = {scan->lexer.bytes, item->end, item->start};
	struct token token;
	size_t state = 0;

	while (scan->cover->hints == 0 && lexer_next(&lexer, &token)) {
		if (state == 2 && token.type == TOKEN_NUMBER)
			scan->cover->hints = token_number(&lexer, &token);
		state = token_is(&lexer, &token, "/H") ? 1 : state == 1 && token.type == TOKEN_OPEN ? 2 : 0;
	}
}

static void keep_object(struct scan *scan, const struct occurrence *item, bool is_linear)
{
	struct lexer lexer = {scan->lexer.bytes, item->end, item->data};

	if (is_linear)
		read_hints(scan, item);
	if (item->is_references)
		tell_strings(scan, &lexer);
	if (scan->cover->hints != 0 && item->start == scan->cover->hints)
		(void)set_add(&scan->cover->usual, item->number);
	occurrence_add(scan->cover, item);
}

/* One object, from behind "obj" to behind "endobj". */
static void read_object(struct scan *scan)
{
	struct lexer *lexer = &scan->lexer;
	struct occurrence item = {.start = scan->numbers[0].start, .data = lexer->at};
	const size_t number = token_number(lexer, &scan->numbers[0]), generation = token_number(lexer, &scan->numbers[1]);
	size_t len = SIZE_MAX, depth = 0;
	struct token token;
	bool is_linear = false;

	item.number = number <= OBJECTS_MOST ? (int)number : 0;
	item.generation = generation <= 65535 ? (int)generation : 0;
	scan->number_count = 0;
	while (lexer_next(lexer, &token)) {
		item.end = token.end;
		depth += token.type == TOKEN_OPEN ? 1 : 0;
		depth -= token.type == TOKEN_CLOSE && depth > 0 ? 1 : 0;
		if (token.type == TOKEN_COMMENT)
			tell_comment(scan, &token, item.number);
		else if (token.type == TOKEN_NAME && depth == 1 && token_is(lexer, &token, "/Length"))
			len = read_length(scan);
		item.is_objects = item.is_objects || (depth == 1 && token_is(lexer, &token, "/ObjStm"));
		item.is_references = item.is_references || (depth == 1 && token_is(lexer, &token, "/XRef"));
		is_linear = is_linear || (depth == 1 && token_is(lexer, &token, "/Linearized"));
		if (token_is(lexer, &token, "stream"))
			skip_data(lexer, len);
		if (token_is(lexer, &token, "endobj"))
			break;
		if (token.type == TOKEN_WORD && (token_is(lexer, &token, "obj") || token_is(lexer, &token, "xref"))) {
			lexer->at = token.start; /* it has no end of its own */
			break;
		}
	}
	keep_object(scan, &item, is_linear);
}

/* "xref", sections of two numbers, entries of two numbers and a letter. */
static void read_table(struct scan *scan)
{
	struct lexer *lexer = &scan->lexer;
	struct token token;
	size_t back = lexer->at;

	while (lexer_next(lexer, &token)) {
		if (token.type == TOKEN_COMMENT)
			tell_comment(scan, &token, 0);
		else if (token.type != TOKEN_NUMBER && !token_is(lexer, &token, "n") && !token_is(lexer, &token, "f"))
			break;
		back = lexer->at;
	}
	lexer->at = back;
}

static void read_start(struct scan *scan)
{
	struct token token;
	const size_t back = scan->lexer.at;

	if (lexer_next(&scan->lexer, &token) && token.type == TOKEN_NUMBER)
		scan->cover->references = token_number(&scan->lexer, &token);
	else
		scan->lexer.at = back;
}

static void read_token(struct scan *scan, const struct token *token)
{
	const struct lexer *lexer = &scan->lexer;

	if (token->type == TOKEN_NUMBER) {
		keep_number(scan, token);
		return;
	}
	if (scan->number_count == 2 && token_is(lexer, token, "obj")) {
		read_object(scan);
		return;
	}
	stray_numbers(scan);
	if (token->type == TOKEN_COMMENT)
		tell_comment(scan, token, 0);
	else if (token_is(lexer, token, "xref"))
		read_table(scan);
	else if (token_is(lexer, token, "trailer"))
		tell_strings(scan, &scan->lexer);
	else if (token_is(lexer, token, "startxref"))
		read_start(scan);
	else if (!token_is(lexer, token, "endobj"))
		stray(scan, token->start, token->end);
}

/* Where the document ends: behind the line of the last %%EOF. */
static size_t end_of(const unsigned char *bytes, size_t len)
{
	for (size_t at = len; at >= 5; at--)
		if (memcmp(bytes + at - 5, "%%EOF", 5) == 0)
			return at;
	return len;
}

static void tell_tail(struct pdf *pdf, size_t from)
{
	size_t end = pdf->len;

	while (end > from && strchr(" \t\r\n\f", pdf->bytes[end - 1]) != NULL) /* and NUL */
		end--;
	while (from < end && strchr(" \t\r\n\f", pdf->bytes[from]) != NULL)
		from++;
	if (from == end)
		return;
	reader_observe(pdf->reader, OBSERVED_APPENDED_DATA, "behind the end");
	reader_part(pdf->reader, "behind the end", &(struct part){"", pdf->bytes + from, pdf->len - from});
}

static int by_number(const void *a, const void *b)
{
	const struct occurrence *x = a, *y = b;

	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	if ((x->holder != 0) != (y->holder != 0))
		return x->holder != 0 ? 1 : -1;
	return x->start < y->start ? -1 : x->start > y->start;
}

static void read_object_streams(struct cover *cover)
{
	const size_t count = cover->count;

	for (size_t i = 0; i < count && cover->pdf->qpdf != NULL && !reader_stopped(cover->pdf->reader); i++)
		if (cover->items[i].is_objects)
			objects_in(cover, cover->items[i].number);
}

void cover_read(struct cover *cover)
{
	struct pdf *pdf = cover->pdf;
	const size_t end = end_of(pdf->bytes, pdf->len);
	struct scan scan = {.cover = cover, .lexer = {pdf->bytes, end, 0}};
	struct token token;

	while (lexer_next(&scan.lexer, &token) && !reader_stopped(pdf->reader))
		read_token(&scan, &token);
	stray_numbers(&scan);
	if (scan.stray.len > 0) {
		reader_observe(pdf->reader, OBSERVED_APPENDED_DATA, "between objects");
		reader_binary(pdf->reader, "between objects", &(struct part){"", (const unsigned char *)scan.stray.data, scan.stray.len});
	}
	buf_release(&scan.stray);
	tell_tail(pdf, end);
	read_object_streams(cover);
	if (cover->count > 0)
		qsort(cover->items, cover->count, sizeof(*cover->items), by_number);
}

void cover_release(struct cover *cover)
{
	free(cover->items);
	set_release(&cover->listed);
	set_release(&cover->usual);
}
