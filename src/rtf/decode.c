/* decode.c - bytes to characters, by the code page of their font; and what else they may be.
 *
 * A document that says Windows-1252 of all its fonts and has GB 2312 in it is read well by those who made it:
 * their system did not ask.  So bytes beyond ASCII are read as the other charsets of East Asia as well. */
#include "rtf_inside.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "reader/reader.h"
#include "text/charset.h"
#include "text/doubled.h"
#include "text/wide.h"

#include <stdlib.h>
#include <string.h>

static const char *const others[OTHERS] = {"UTF-8", /* from OTHER_DOUBLED on as in text/doubled.h */ "GB18030", "BIG5-HKSCS", "EUC-TW", "SHIFT_JIS",
                                           [OTHER_UTF16] = "UTF-16"};

enum { WHITE_FROM = 250, TINY_HALF_POINTS = 4 };

/* ---- What is not seen. */

static uint32_t colour_of(const struct rtf *rtf, long number, uint32_t none)
{
	return number > 0 && (size_t)number < rtf->colour_count ? rtf->colours[number] : none;
}

static bool is_white(uint32_t colour)
{
	return (colour >> 16 & 0xFF) >= WHITE_FROM && (colour >> 8 & 0xFF) >= WHITE_FROM && (colour & 0xFF) >= WHITE_FROM;
}

/* White on paper, or any colour on itself.  A white ground is paper. */
static bool is_ink_on_its_colour(const struct rtf *rtf, const struct look *look)
{
	const uint32_t paper = 0xFFFFFF, ink = colour_of(rtf, look->colour, 0);
	const long grounds[] = {look->marked, look->back, look->shaded};
	uint32_t ground = paper;

	if (look->colour <= 0 || (size_t)look->colour >= rtf->colour_count)
		return false;
	for (size_t i = 0; i < 3 && ground == paper; i++)
		ground = colour_of(rtf, grounds[i], paper);
	if (is_white(ground) && rtf->row_shaded)
		return false;
	return ink == ground || (is_white(ink) && is_white(ground));
}

bool rtf_look_is_unseen(const struct rtf *rtf, const struct look *look)
{
	return look->hidden || look->deleted || (look->half_points > 0 && look->half_points <= TINY_HALF_POINTS) ||
	       is_ink_on_its_colour(rtf, look);
}

unsigned rtf_look_page(const struct rtf *rtf, const struct look *look)
{
	const unsigned page = rtf_fonts_page(&rtf->fonts, look->font);

	return page != 0 ? page : rtf->page;
}

/* ---- Bytes. */

static bool is_ascii(const struct buf *bytes)
{
	for (size_t i = 0; i < bytes->len; i++)
		if ((unsigned char)bytes->data[i] >= 0x80)
			return false;
	return true;
}

/* A stretch of bytes beyond ASCII, with the one behind each, which may be its second half. */
static size_t stretch_end(const struct buf *raw, size_t at)
{
	while (at < raw->len && ((unsigned char)raw->data[at] >= 0x80 || (unsigned char)raw->data[at - 1] >= 0x80))
		at++;
	return at;
}

/* Valid with its last byte, or without it: that may have been a letter behind a full character. */
static char *convert_stretch(const char *charset, const char *bytes, size_t len, size_t *out_len)
{
	char *text = charset_convert(charset, bytes, len, out_len);

	if (text == NULL && len > 2 && (unsigned char)bytes[len - 1] < 0x80)
		text = charset_convert(charset, bytes, len - 1, out_len);
	return text;
}

static struct flow_out *other_flow(struct rtf *rtf, size_t other, const struct sink *sink)
{
	struct flow_out **flow = &rtf->others[other];

	if (*flow == NULL)
		*flow = flow_open(rtf->reader, FLOW_HIDDEN, "read as %s", others[other]);
	flow_at(*flow, "%s %zu, read as %s", sink->place, sink->paragraph, others[other]);
	return *flow;
}

static void put_wide(void *context, size_t at, const char *text, size_t len)
{
	(void)at;
	flow_put(context, text, len);
}

/* Where one charset stands directly behind another. */
static void tell_mixed(struct rtf *rtf, const struct sink *sink)
{
	struct buf lines = {0}, runs = {0};

	doubled_mixed_lines((const unsigned char *)sink->raw.data, sink->raw.len, &lines, NULL);
	for (size_t i = 0; i < DOUBLED_CHARSETS && lines.len > 0; i++) {
		buf_clear(&runs);
		doubled_runs(i, (const unsigned char *)lines.data, lines.len, &runs, NULL);
		if (runs.len > 0)
			flow_put(other_flow(rtf, OTHER_DOUBLED + i, sink), runs.data, runs.len);
	}
	buf_release(&runs);
	buf_release(&lines);
}

/* As what the page of its font does not say.  False: nothing else fits. */
static bool tell_others(struct rtf *rtf, const struct sink *sink)
{
	const char *said = charset_of_codepage(sink->page);
	const struct buf *raw = &sink->raw;
	bool any = false;

	for (size_t at = 0, end; at < raw->len; at = end) {
		end = at + 1;
		if ((unsigned char)raw->data[at] < 0x80)
			continue;
		end = stretch_end(raw, end);
		for (size_t i = 0; i < OTHER_UTF16 && end - at > 1; i++) {
			size_t len = 0;
			char *text = said == NULL || strcmp(said, others[i]) != 0 ? convert_stretch(others[i], raw->data + at, end - at, &len) : NULL;

			if (text == NULL)
				continue;
			any = true;
			flow_put(other_flow(rtf, i, sink), text, len);
			flow_break(rtf->others[i]);
			free(text);
		}
	}
	wide_runs((const unsigned char *)raw->data, raw->len, true, put_wide, other_flow(rtf, OTHER_UTF16, sink));
	tell_mixed(rtf, sink);
	return any;
}

/* Bytes in a symbol font; but where they are characters of the document's page the font was named by mistake. */
static char *glyphs(char *mistaken, const struct buf *raw, size_t *len)
{
	struct buf text = {0};

	if (mistaken != NULL)
		return mistaken;
	for (size_t i = 0; i < raw->len; i++) {
		const unsigned char byte = (unsigned char)raw->data[i];
		char c[4];

		buf_add(&text, c, utf8_encode(byte < 0x80 ? byte : FONTS_GLYPHS + byte, c));
	}
	*len = text.len;
	return buf_take(&text);
}

static char *convert_page(unsigned page, const struct buf *raw, size_t *len)
{
	const char *charset = charset_of_codepage(page);

	return charset != NULL ? charset_convert(charset, raw->data, raw->len, len) : NULL;
}

/* Chinese, Japanese and Korean have pages of two bytes a character; in the others any byte is one. */
static bool is_doubled(unsigned page)
{
	return page >= 932 && page <= 950;
}

/* What no charset reads: its ASCII, for what is around it. */
static char *legible(const struct buf *raw, size_t *len)
{
	char *text = mem_copy_bytes(raw->data, raw->len);

	for (size_t i = 0; i < raw->len; i++)
		if ((unsigned char)text[i] >= 0x80)
			text[i] = '?';
	*len = raw->len;
	return text;
}

char *rtf_decode_raw(struct rtf *rtf, const struct sink *sink, size_t *len)
{
	const struct buf *raw = &sink->raw;
	bool told;
	char *text;

	if (is_ascii(raw)) {
		*len = raw->len;
		return mem_copy_bytes(raw->data, raw->len);
	}
	if (sink->page == FONTS_SYMBOL)
		text = glyphs(is_doubled(rtf->page) ? convert_page(rtf->page, raw, len) : NULL, raw, len);
	else
		text = convert_page(sink->page, raw, len);
	if (text == NULL && sink->page != rtf->page)
		text = convert_page(rtf->page, raw, len);
	told = tell_others(rtf, sink);
	if (text != NULL)
		return text;
	if (!told)
		reader_bytes(rtf->reader, sink->destination->kind, sink->place, charset_of_codepage(sink->page),
		             (const unsigned char *)raw->data, raw->len);
	return legible(raw, len);
}
