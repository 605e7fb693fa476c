/* filters.c - how streams are packed (ISO 32000-2, 7.4), each byte that comes out counted first. */
#include "filters.h"

#include "base/buf.h"
#include "base/mem.h"
#include "reader/reader.h"
#include "zip/inflate.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { STEP = 64 * 1024, ROW_MOST = 1024 * 1024 };

/* Counted in steps, so that a bomb stops early. */
static bool may_grow(struct reader *reader, const struct filter_parameters *with, const struct buf *out, size_t by)
{
	const size_t before = (out->len + STEP - 1) / STEP, after = (out->len + by + STEP - 1) / STEP;

	return out->len < with->most && (after == before || reader_may_unpack(reader, (after - before) * STEP, STEP));
}

static enum filter_end end(struct reader *reader, const struct filter_parameters *with, const struct buf *out, bool whole)
{
	if (out->len >= with->most)
		reader_undecided(reader, "more data in one stream than can be read, or packed more tightly than any document is");
	return reader_stopped(reader) || out->len >= with->most ? FILTER_LIMIT : whole ? FILTER_DONE : FILTER_DAMAGED;
}

static unsigned char paeth(unsigned a, unsigned b, unsigned c)
{
	const int p = (int)a + (int)b - (int)c;
	const int pa = abs(p - (int)a), pb = abs(p - (int)b), pc = abs(p - (int)c);

	return (unsigned char)(pa <= pb && pa <= pc ? a : pb <= pc ? b : c);
}

/* One row of a PNG predictor: its first byte says how it was made. */
static void undo_png(unsigned how, unsigned char *row, const unsigned char *above, size_t len, size_t pixel)
{
	for (size_t i = 0; i < len; i++) {
		const unsigned char left = i >= pixel ? row[i - pixel] : 0, corner = i >= pixel ? above[i - pixel] : 0;
		const unsigned added = how == 1 ? left
		                       : how == 2 ? above[i]
		                       : how == 3 ? ((unsigned)left + above[i]) / 2
		                       : how == 4 ? paeth(left, above[i], corner)
		                                  : 0u;

		row[i] = (unsigned char)(row[i] + added);
	}
}

/* TIFF's, of whole bytes; for other depths the difference is left in: these are pictures. */
static void undo_tiff(unsigned char *row, size_t len, size_t colors)
{
	for (size_t i = colors; i < len; i++)
		row[i] = (unsigned char)(row[i] + row[i - colors]);
}

static enum filter_end undo_predictor(const struct filter_parameters *with, struct buf *data)
{
	const bool png = with->predictor >= 10;
	const double bits = with->columns * with->colors * with->bits;
	const size_t row = bits >= 1 && bits <= 8.0 * ROW_MOST ? (size_t)((bits + 7) / 8) : 0;
	const size_t pixel = with->colors * with->bits >= 8 ? (size_t)(with->colors * with->bits / 8) : 1;
	unsigned char *bytes = (unsigned char *)data->data, *above;
	size_t to = 0;

	if (row == 0 || with->colors < 1 || with->bits < 1)
		return FILTER_DAMAGED;
	above = mem_alloc(row, 1);
	for (size_t at = 0; at < data->len; to += row) {
		const unsigned how = png ? bytes[at++] : 2;
		const size_t n = data->len - at < row ? data->len - at : row;

		memmove(bytes + to, bytes + at, n);
		if (png)
			undo_png(how, bytes + to, above, n, pixel);
		else if ((int)with->bits == 8)
			undo_tiff(bytes + to, n, (size_t)with->colors);
		memcpy(above, bytes + to, n);
		at += n;
		if (n < row) {
			to += n;
			break;
		}
	}
	free(above);
	data->len = to < data->len ? to : data->len;
	return FILTER_DONE;
}

static enum filter_end finish(struct reader *reader, const struct filter_parameters *with, struct buf *out, bool whole)
{
	if (with->predictor > 1 && out->len > 0 && undo_predictor(with, out) != FILTER_DONE)
		return FILTER_DAMAGED;
	return end(reader, with, out, whole);
}

/* Data without its last bytes (a checksum, an end mark) is all told when all of it was looked at. */
enum filter_end filter_flate(struct reader *reader, const struct filter_parameters *with, const struct buf *in,
                             struct buf *out, size_t *used)
{
	const bool whole = in->len == 0 || inflate_bytes(reader, INFLATE_ZLIB, in->data, in->len, with->most, out, used);

	return finish(reader, with, out, whole || (*used == in->len && out->len > 0));
}

/* ---- LZW: codes of 9 to 12 bits, high bit first. */
enum { CLEAR = 256, END = 257, FIRST = 258, CODES = 4096 };
struct lzw {
	uint16_t before[CODES], len[CODES]; /* a sequence is another one and a byte; how long it is */
	unsigned char last[CODES], first[CODES];
	unsigned next, width;
};

static void lzw_clear(struct lzw *lzw)
{
	lzw->next = FIRST;
	lzw->width = 9;
}

static void lzw_put(const struct lzw *lzw, unsigned code, struct buf *out)
{
	char text[CODES];
	const size_t len = code < CLEAR ? 1 : lzw->len[code];

	for (size_t i = len; i > 0; i--) {
		text[i - 1] = (char)(code < CLEAR ? code : lzw->last[code]);
		code = code < CLEAR ? code : lzw->before[code];
	}
	buf_add(out, text, len);
}

static unsigned first_of(const struct lzw *lzw, unsigned code)
{
	return code < CLEAR ? code : lzw->first[code];
}

static void lzw_learn(struct lzw *lzw, unsigned before, unsigned byte, unsigned early)
{
	if (lzw->next >= CODES)
		return;
	lzw->before[lzw->next] = (uint16_t)before;
	lzw->last[lzw->next] = (unsigned char)byte;
	lzw->first[lzw->next] = (unsigned char)first_of(lzw, before);
	lzw->len[lzw->next] = (uint16_t)((before < CLEAR ? 1 : lzw->len[before]) + 1);
	lzw->next++;
	if (lzw->next + early >= 1u << lzw->width && lzw->width < 12)
		lzw->width++;
}

/* One code after another; CODES: none yet or the last was a clear. */
static bool lzw_step(struct lzw *lzw, unsigned code, unsigned *before, unsigned early, struct buf *out)
{
	if (code > lzw->next || (code == lzw->next && (*before == CODES || lzw->next >= CODES)) || code == END)
		return false;
	if (*before != CODES)
		lzw_learn(lzw, *before, first_of(lzw, code < lzw->next ? code : *before), early);
	lzw_put(lzw, code, out);
	*before = code;
	return true;
}

enum filter_end filter_lzw(struct reader *reader, const struct filter_parameters *with, const struct buf *in,
                           struct buf *out, size_t *used)
{
	struct lzw *lzw = mem_alloc(1, sizeof(*lzw));
	const unsigned early = with->early_change != 0 ? 1 : 0;
	uint32_t bits = 0;
	unsigned have = 0, before = CODES, code = CLEAR;
	bool whole = false, going = true;

	lzw_clear(lzw);
	for (*used = 0; going && *used < in->len;) {
		bits = bits << 8 | (unsigned char)in->data[(*used)++];
		have += 8;
		if (have < lzw->width)
			continue;
		have -= lzw->width;
		code = bits >> have & ((1u << lzw->width) - 1);
		whole = code == END;
		if (code == CLEAR) {
			lzw_clear(lzw);
			before = CODES;
		} else {
			going = !whole && may_grow(reader, with, out, CODES) && lzw_step(lzw, code, &before, early, out);
		}
	}
	free(lzw);
	return finish(reader, with, out, whole || (going && *used == in->len));
}

/* ---- Text forms. */
static bool is_space(unsigned char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\0';
}

enum filter_end filter_hex(struct reader *reader, const struct filter_parameters *with, const struct buf *in, struct buf *out,
                           size_t *used)
{
	unsigned value = 0, digits = 0;
	bool whole = true, ended = false;

	for (*used = 0; *used < in->len && !ended && whole; (*used)++) {
		const char c = in->data[*used];
		const char *found = memchr("0123456789abcdefABCDEF", c, 22);

		ended = c == '>';
		if (found == NULL) {
			whole = ended || is_space((unsigned char)c);
			continue;
		}
		value = value << 4 | (unsigned)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
		if (++digits % 2 == 0 && may_grow(reader, with, out, 1))
			buf_add_byte(out, (char)value);
	}
	if (digits % 2 == 1)
		buf_add_byte(out, (char)(value << 4));
	return end(reader, with, out, whole);
}

/* `count` digits of five, filled up with the highest: one byte less than digits. */
static void put_85(struct buf *out, const unsigned *digits, size_t count)
{
	uint64_t value = 0;

	for (size_t i = 0; i < 5; i++)
		value = value * 85 + (i < count ? digits[i] : 84);
	for (size_t i = 0; i + 1 < count; i++)
		buf_add_byte(out, (char)(value >> (24 - 8 * i)));
}

enum filter_end filter_ascii85(struct reader *reader, const struct filter_parameters *with, const struct buf *in,
                               struct buf *out, size_t *used)
{
	unsigned digits[5];
	size_t count = 0;
	bool whole = true, ended = false;

	for (*used = 0; *used < in->len && !ended && whole; (*used)++) {
		const unsigned char c = (unsigned char)in->data[*used];

		ended = c == '~';
		whole = ended || is_space(c) || (c >= '!' && c <= 'u') || (c == 'z' && count == 0);
		if (!whole || ended || is_space(c) || !may_grow(reader, with, out, 4))
			continue;
		if (c == 'z')
			buf_add(out, "\0\0\0\0", 4);
		else
			digits[count++] = c - '!';
		if (count == 5)
			put_85(out, digits, count);
		count %= 5;
	}
	if (count > 0)
		put_85(out, digits, count);
	*used += ended && *used < in->len && in->data[*used] == '>' ? 1 : 0;
	return end(reader, with, out, whole);
}

enum filter_end filter_run_length(struct reader *reader, const struct filter_parameters *with, const struct buf *in,
                                  struct buf *out, size_t *used)
{
	const unsigned char *bytes = (const unsigned char *)in->data;
	size_t at = 0;

	while (at < in->len && bytes[at] != 128 && may_grow(reader, with, out, 128)) {
		const size_t code = bytes[at++], n = code < 128 ? code + 1 : 1;

		if (in->len - at < n) {
			*used = in->len;
			return FILTER_DAMAGED;
		}
		for (size_t times = code < 128 ? 1 : 257 - code; times > 0; times--)
			buf_add(out, bytes + at, n);
		at += n;
	}
	*used = at < in->len ? at + 1 : at;
	return end(reader, with, out, true);
}
