/* objstm.c - objects in streams (ISO 32000-2, 7.5.7): pairs of number and offset, then the objects. */
#include "cover.h"

#include "reader/reader.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool objects_data(struct pdf *pdf, int holder, struct buf *data)
{
	const qpdf_oh stream = qpdf_get_object_by_id(pdf->qpdf, holder, 0);
	const char *picture = NULL;
	const bool ok = stream_decode(pdf, stream, data, &picture) && picture == NULL;

	object_drop(pdf, stream);
	return ok;
}

static bool read_pair(struct lexer *lexer, size_t *number, size_t *offset)
{
	struct token token;
	const bool ok = lexer_next(lexer, &token) && token.type == TOKEN_NUMBER;

	*number = ok ? token_number(lexer, &token) : 0;
	if (!ok || !lexer_next(lexer, &token) || token.type != TOKEN_NUMBER)
		return false;
	*offset = token_number(lexer, &token);
	return *number <= OBJECTS_MOST;
}

static void tell_rest(struct pdf *pdf, const struct lexer *lexer, size_t from, int holder)
{
	char place[64];

	(void)snprintf(place, sizeof(place), "between objects in object %d", holder);
	reader_observe(pdf->reader, OBSERVED_APPENDED_DATA, "%s", place);
	reader_binary(pdf->reader, place, &(struct part){"", lexer->bytes + from, lexer->len - from});
}

/* One object and nothing else?  Comments are told, and what stands behind it. */
static void check(struct pdf *pdf, struct lexer lexer, int number, int holder)
{
	size_t depth = 0, values = 0;
	struct token token;
	char place[64];

	(void)snprintf(place, sizeof(place), "comment in object %d", number);
	while (lexer_next(&lexer, &token)) {
		if (token.type == TOKEN_COMMENT) {
			lexer_tell(pdf, &lexer, &token, FLOW_HIDDEN, place);
			continue;
		}
		if (depth == 0 && values > 0) {
			tell_rest(pdf, &lexer, token.start, holder);
			return;
		}
		depth += token.type == TOKEN_OPEN ? 1 : 0;
		depth -= token.type == TOKEN_CLOSE && depth > 0 ? 1 : 0;
		values += depth == 0 ? 1 : 0;
	}
}

/* The start that comes next behind `at`: objects may stand in any order. */
static size_t next_start(const struct cover *cover, size_t from, size_t at, size_t end)
{
	for (size_t i = from; i < cover->count; i++)
		if (cover->items[i].start > at && cover->items[i].start < end)
			end = cover->items[i].start;
	return end;
}

static void set_ends(struct cover *cover, size_t from, size_t len)
{
	bool sorted = true;

	for (size_t i = from + 1; i < cover->count; i++)
		sorted = sorted && cover->items[i].start > cover->items[i - 1].start;
	for (size_t i = from; i < cover->count; i++)
		cover->items[i].end = !sorted               ? next_start(cover, from, cover->items[i].start, len)
		                      : i + 1 < cover->count ? cover->items[i + 1].start
		                                             : len;
}

void objects_in(struct cover *cover, int holder)
{
	struct pdf *pdf = cover->pdf;
	const qpdf_oh stream = qpdf_get_object_by_id(pdf->qpdf, holder, 0);
	const size_t from = cover->count;
	struct buf data = {0};
	double count = 0, first = 0;
	size_t number, offset;

	(void)dict_number(pdf, stream, "/N", &count);
	(void)dict_number(pdf, stream, "/First", &first);
	object_drop(pdf, stream);
	if (objects_data(pdf, holder, &data) && first >= 0 && first <= (double)data.len) {
		struct lexer lexer = {(const unsigned char *)data.data, (size_t)first, 0};

		while (cover->count - from < (size_t)(count > 0 && count < OBJECTS_MOST ? count : 0) && !cover->full &&
		       read_pair(&lexer, &number, &offset) && offset <= data.len - (size_t)first)
			occurrence_add(cover, &(struct occurrence){.number = (int)number, .start = (size_t)first + offset, .holder = holder});
		if (lexer.at < lexer.len)
			check(pdf, (struct lexer){lexer.bytes, lexer.len, lexer.at}, holder, holder);
		set_ends(cover, from, data.len);
	}
	for (size_t i = from; i < cover->count; i++)
		check(pdf, (struct lexer){(const unsigned char *)data.data, cover->items[i].end, cover->items[i].start},
		      cover->items[i].number, holder);
	buf_release(&data);
}
