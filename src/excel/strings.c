/* strings.c - strings in records, which end at 8224 bytes and go on in the next. */
#include "excel_inside.h"

#include "base/utf8.h"
#include <stdlib.h>

enum { HEAD = 4, WIDE = 1, PHONETIC = 4, RICH = 8 };

void cursor_open(struct cursor *cursor, struct book *book, const struct record *record)
{
	const size_t at = record->at + HEAD;

	*cursor = (struct cursor){book, at, at + record->data.len, at + record->data.len, false};
}

/* Into the record that continues this one.  False: there is none. */
static bool go_on(struct cursor *cursor)
{
	const struct span stream = cursor->book->stream;

	if (span16(stream, cursor->next) != RECORD_CONTINUE || cursor->next + HEAD > stream.len) {
		cursor->over = true;
		return false;
	}
	cursor->at = cursor->next + HEAD;
	cursor->end = cursor->at + span_cut(stream, cursor->at, span16(stream, cursor->next + 2)).len;
	cursor->next = cursor->book->reached = cursor->end;
	return true;
}

size_t cursor_left(const struct cursor *cursor)
{
	return cursor->end - cursor->at;
}

unsigned cursor_8(struct cursor *cursor)
{
	while (cursor->at >= cursor->end)
		if (!go_on(cursor))
			return 0;
	return span8(cursor->book->stream, cursor->at++);
}

unsigned cursor_16(struct cursor *cursor)
{
	const unsigned low = cursor_8(cursor);

	return low | cursor_8(cursor) << 8;
}

uint32_t cursor_32(struct cursor *cursor)
{
	const uint32_t low = cursor_16(cursor);

	return low | (uint32_t)cursor_16(cursor) << 16;
}

void cursor_skip(struct cursor *cursor, uint32_t len)
{
	while (len > 0) {
		const size_t here = cursor_left(cursor) < len ? cursor_left(cursor) : len;

		cursor->at += here;
		len -= (uint32_t)here;
		if (len > 0 && !go_on(cursor))
			return;
	}
}

void cursor_rest(struct cursor *cursor, struct buf *out)
{
	do {
		const struct span rest = span_cut(cursor->book->stream, cursor->at, cursor_left(cursor));

		if (rest.len > 0)
			buf_add(out, rest.bytes, rest.len);
		cursor->at = cursor->end;
	} while (go_on(cursor));
}

struct writer {
	struct book *book;
	struct buf *out;
	uint32_t high; /* the first half of a character */
};

static void add_character(struct writer *writer, uint32_t c)
{
	char bytes[4];

	if (c >= 0xD800 && c <= 0xDFFF) {
		writer->book->bad = true;
		c = 0xFFFD;
	}
	buf_add(writer->out, bytes, utf8_encode(c, bytes));
}

static void add_unit(struct writer *writer, uint32_t c)
{
	const uint32_t high = writer->high;

	writer->high = 0;
	if (high != 0 && c >= 0xDC00 && c <= 0xDFFF) {
		add_character(writer, 0x10000 + ((high - 0xD800) << 10) + (c - 0xDC00));
		return;
	}
	if (high != 0)
		add_character(writer, high);
	if (c >= 0xD800 && c <= 0xDBFF)
		writer->high = c;
	else
		add_character(writer, c);
}

/* Bytes of which some are no letter of ASCII may be UTF-16 themselves. */
static void keep_low(struct cursor *cursor, uint32_t count)
{
	const struct span bytes = span_cut(cursor->book->stream, cursor->at, count < cursor_left(cursor) ? count : cursor_left(cursor));
	size_t at = 0;

	while (at < bytes.len && bytes.bytes[at] < 0x80)
		at++;
	if (at == bytes.len)
		return;
	buf_add(&cursor->book->low, bytes.bytes, bytes.len);
	buf_add(&cursor->book->low, "\0", 2); /* nothing runs from one string into the next */
}

static void wide_characters(struct cursor *cursor, uint32_t count, bool wide, struct buf *out)
{
	struct writer writer = {cursor->book, out, 0};

	if (!wide)
		keep_low(cursor, count);
	for (; count > 0; count--) {
		if (cursor->at >= cursor->end) {
			if (!go_on(cursor))
				break;
			wide = (cursor_8(cursor) & WIDE) != 0;
			if (!wide)
				keep_low(cursor, count);
		}
		add_unit(&writer, wide ? cursor_16(cursor) : cursor_8(cursor));
	}
	if (writer.high != 0)
		add_character(&writer, writer.high);
}

static void narrow_characters(struct cursor *cursor, uint32_t count, struct buf *out)
{
	const struct span bytes = span_cut(cursor->book->stream, cursor->at,
	                                   count < cursor_left(cursor) ? count : cursor_left(cursor));
	char *text = narrow_text(&cursor->book->narrow, bytes);

	cursor->over = cursor->over || bytes.len < count;
	cursor->at += bytes.len;
	buf_add_string(out, text);
	free(text);
}

void cursor_characters(struct cursor *cursor, uint32_t count, struct buf *out)
{
	if (cursor->book->version == BIFF8)
		wide_characters(cursor, count, (cursor_8(cursor) & WIDE) != 0, out);
	else
		narrow_characters(cursor, count, out);
}

void cursor_string(struct cursor *cursor, bool long_length, struct buf *out)
{
	const uint32_t count = long_length ? cursor_16(cursor) : cursor_8(cursor);

	if (count > 0 || cursor_left(cursor) > 0)
		cursor_characters(cursor, count, out);
}

void cursor_rich_string(struct cursor *cursor, struct buf *out)
{
	const uint32_t count = cursor_16(cursor);
	const unsigned flags = cursor_8(cursor);
	const uint32_t runs = (flags & RICH) != 0 ? cursor_16(cursor) : 0;
	const uint32_t phonetic = (flags & PHONETIC) != 0 ? cursor_32(cursor) : 0;

	wide_characters(cursor, count, (flags & WIDE) != 0, out);
	cursor_skip(cursor, runs * 4);
	for (uint32_t left = phonetic; left > 0 && !cursor->over;) {
		const size_t here = cursor_left(cursor) < left ? cursor_left(cursor) : left;

		if (here == 0 && !go_on(cursor))
			break;
		sheet_keep(cursor->book, span_cut(cursor->book->stream, cursor->at, here));
		cursor->at += here;
		left -= (uint32_t)here;
	}
}
