/* put.c - strings of binary office formats.
 *
 * Wide strings are UTF-16; narrow ones are in a code page the document names somewhere, and often wrongly. */
#include "binary/put.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "reader/reader.h"
#include "text/charset.h"
#include "text/doubled.h"
#include "text/wide.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* One character at `*at`; a surrogate without its other half is given as it is. */
static uint32_t next(struct span units, size_t *at)
{
	const uint32_t high = span16(units, *at), low = span16(units, *at + 2);

	*at += 2;
	if (high < 0xD800 || high > 0xDBFF || low < 0xDC00 || low > 0xDFFF)
		return high;
	*at += 2;
	return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

static bool is_character(uint32_t c)
{
	return c < 0xD800 || c > 0xDFFF;
}

void utf16_put(struct flow_out *flow, struct span units)
{
	struct buf text = {0};
	char bytes[4];

	for (size_t at = 0; at + 1 < units.len;) {
		const uint32_t c = next(units, &at);

		if (is_character(c)) {
			buf_add(&text, bytes, utf8_encode(c, bytes));
			continue;
		}
		if (text.len > 0)
			flow_put(flow, text.data, text.len);
		buf_clear(&text);
		flow_put_codepoint(flow, c);
	}
	if (text.len > 0)
		flow_put(flow, text.data, text.len);
	buf_release(&text);
}

size_t utf16_until_nul(struct span units)
{
	size_t at = 0;

	while (at + 1 < units.len && span16(units, at) != 0)
		at += 2;
	return at;
}

char *utf16_text(struct span units)
{
	const struct span until = span_cut(units, 0, utf16_until_nul(units));
	struct buf text = {0};
	char bytes[4];

	for (size_t at = 0; at + 1 < until.len;) {
		const uint32_t c = next(until, &at);

		buf_add(&text, bytes, utf8_encode(is_character(c) ? c : 0xFFFD, bytes));
	}
	return buf_take(&text);
}

static bool is_ascii(struct span bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		if (bytes.bytes[i] >= 0x80)
			return false;
	return true;
}

static void put_wide(void *context, size_t at, const char *text, size_t len)
{
	(void)at;
	flow_put(context, text, len);
}

static void put_mixed(struct reader *reader, const char *place, struct span bytes)
{
	struct buf lines = {0}, runs = {0};

	doubled_mixed_lines(bytes.bytes, bytes.len, &lines, NULL);
	for (size_t i = 0; i < DOUBLED_CHARSETS && lines.len > 0; i++) {
		char *as = mem_format("%s%sread as %s", place, place[0] != '\0' ? ", " : "", doubled_charset(i));

		buf_clear(&runs);
		doubled_runs(i, (const unsigned char *)lines.data, lines.len, &runs, NULL);
		reader_text(reader, FLOW_HIDDEN, as, runs.data, runs.len);
		free(as);
	}
	buf_release(&runs);
	buf_release(&lines);
}

void narrow_others(struct reader *reader, const char *place, struct span bytes)
{
	struct flow_out *flow;

	if (is_ascii(bytes)) /* letters, two and two, are Chinese characters everywhere */
		return;
	flow = flow_open(reader, FLOW_HIDDEN, "%s%sread as UTF-16", place, place[0] != '\0' ? ", " : "");
	wide_runs(bytes.bytes, bytes.len, true, put_wide, flow);
	flow_close(flow);
	put_mixed(reader, place, bytes);
}

/* Every string of bytes is text in these. */
static bool is_single_byte(unsigned page)
{
	return (page >= 1250 && page <= 1258) || page == 0 || page == 10000 || page == 437 || page == 850;
}

/* May it be text of another charset as well?  Only UTF-8 proves something by being valid; and controls are in no
 * text of bytes. */
static bool is_doubtful(unsigned page, struct span bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		if (bytes.bytes[i] < 0x09 || (bytes.bytes[i] > 0x0D && bytes.bytes[i] < 0x20) || bytes.bytes[i] == 0x7F)
			return is_single_byte(page);
	return page != 65001;
}

/* As UTF-8; NULL: it is none in this page.  Caller frees. */
static char *convert(struct narrow *narrow, struct span bytes, size_t *len)
{
	const char *charset = charset_of_codepage(narrow->page == 0 ? 1252 : narrow->page);
	char *text;

	if (is_ascii(bytes)) {
		*len = bytes.len;
		return mem_copy_bytes(bytes.bytes, bytes.len);
	}
	text = charset != NULL ? charset_convert(charset, (const char *)bytes.bytes, bytes.len, len) : NULL;
	if (text == NULL || is_doubtful(narrow->page, bytes)) {
		buf_add(&narrow->doubts, bytes.bytes, bytes.len);
		buf_add_byte(&narrow->doubts, '\n');
	}
	return text;
}

void narrow_put(struct narrow *narrow, struct flow_out *flow, struct span bytes)
{
	size_t len = 0;
	char *text = convert(narrow, bytes, &len);

	if (text != NULL)
		flow_put(flow, text, len);
	else
		flow_put_string(flow, "?");
	free(text);
}

char *narrow_text(struct narrow *narrow, struct span bytes)
{
	const unsigned char *nul = bytes.len > 0 ? memchr(bytes.bytes, 0, bytes.len) : NULL;
	size_t len = 0;
	char *text = convert(narrow, span_cut(bytes, 0, nul != NULL ? (size_t)(nul - bytes.bytes) : bytes.len), &len);

	return text != NULL ? text : mem_copy_string("?");
}

void narrow_close(struct narrow *narrow, enum flow_kind kind, const char *place)
{
	if (narrow->doubts.len > 0)
		reader_bytes(narrow->reader, kind, place, charset_of_codepage(narrow->page),
		             (const unsigned char *)narrow->doubts.data, narrow->doubts.len);
	buf_release(&narrow->doubts);
}
