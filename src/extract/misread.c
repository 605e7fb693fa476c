/* misread.c - Chinese that was read as Windows-1252: what a program wrote that did not know its charset.
 *
 * Bytes of GB 2312, Big5, Shift-JIS or UTF-8 become runs of Latin letters and signs beyond ASCII.  Whoever opens
 * such a document with a program as careless sees the Chinese again, so each line with such a run is read back.
 * Words of Latin alphabets are told from it by two characters next to each other that are common in Chinese, or six
 * such bytes in a row. */
#include "islands_inside.h"

#include "base/utf8.h"
#include "text/charset.h"

#include <stdlib.h>
#include <string.h>

enum { BYTES_LEAST = 4, ROW_LEAST = 6, COMMON_LEAST = 2, STRETCH_MOST = 4096 };

/* With the first bytes of what is common in each, and the least second byte. */
static const struct charset {
	const char *name;
	unsigned char first, last, second;
} charsets[] = {
	{"UTF-8", 0xE4, 0xE9, 0x80},
	{"GB18030", 0xB0, 0xD7, 0xA1},
	{"BIG5-HKSCS", 0xA4, 0xC6, 0x40},
	{"SHIFT_JIS", 0x88, 0x97, 0x40},
	{"EUC-TW", 0xC4, 0xFD, 0xA1},
};
enum { UTF_8, GB18030, BIG5, SHIFT_JIS, EUC_TW, CHARSETS };

/* The byte beyond ASCII that reads as `c`; 0: none does. */
static unsigned char byte_of(uint32_t c)
{
	if (c >= 0x80 && c <= 0xFF)
		return (unsigned char)c;
	for (unsigned byte = 0x80; c > 0xFF && byte < 0xA0; byte++)
		if (charset_windows_1252((unsigned char)byte) == c)
			return (unsigned char)byte;
	return 0;
}

/* ASCII that ends a character of two bytes in GB18030, Big5 or Shift-JIS. */
static bool is_second(uint32_t c)
{
	return c >= 0x30 && c < 0x7F;
}

struct line {
	const char *text;
	size_t from, to;
};

/* Bytes as they were, and where in the text each of them stands. */
struct stretch {
	char bytes[STRETCH_MOST];
	size_t origin[STRETCH_MOST + 1];
	size_t len, in_a_row; /* the longest row beyond ASCII */
};

/* From `at` on: what reads as bytes beyond ASCII, with the one character of ASCII behind each that may be its second
 * byte.  Returns its end in the text. */
static size_t take_stretch(const char *text, size_t to, size_t at, struct stretch *out)
{
	bool high = true;
	size_t row = 0;

	out->len = out->in_a_row = 0;
	while (at < to && out->len < STRETCH_MOST) {
		uint32_t c = 0;
		const size_t n = utf8_decode(text + at, to - at, &c);
		const unsigned char byte = byte_of(c);

		if (n == 0 || (byte == 0 && (!high || !is_second(c))))
			break;
		out->origin[out->len] = at;
		out->bytes[out->len++] = (char)(byte != 0 ? byte : c);
		high = byte != 0;
		row = high ? row + 1 : 0;
		out->in_a_row = row > out->in_a_row ? row : out->in_a_row;
		at += n;
	}
	out->origin[out->len] = at;
	return at;
}

/* How many bytes the character takes that was read at `at` as `c`. */
static size_t width(size_t charset, const struct stretch *s, size_t at, uint32_t c)
{
	const unsigned char first = (unsigned char)s->bytes[at], second = at + 1 < s->len ? (unsigned char)s->bytes[at + 1] : 0;

	if (first < 0x80 || c == 0xFFFD || second == 0)
		return 1;
	if (charset == UTF_8)
		return c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	if (charset == GB18030 && second >= '0' && second <= '9')
		return 4;
	return charset == SHIFT_JIS && first >= 0xA1 && first <= 0xDF ? 1 : 2;
}

static bool is_common(const struct charset *charset, const struct stretch *s, size_t at)
{
	const unsigned char first = (unsigned char)s->bytes[at], second = at + 1 < s->len ? (unsigned char)s->bytes[at + 1] : 0;

	return first >= charset->first && first <= charset->last && second >= charset->second;
}

/* The stretch as it reads in a charset.  False: it is none of that; where the line has such of it already, what is
 * valid in it is enough. */
static bool read_stretch(size_t charset, const struct stretch *s, bool known, struct made *out)
{
	size_t len = 0, lost = 0, common = 0, row = 0, at = 0;
	char *text = charset_convert_part(charsets[charset].name, s->bytes, s->len, &len, &lost);

	for (size_t i = 0, n; text != NULL && i < len; i += n) {
		uint32_t c = 0;

		n = utf8_decode(text + i, len - i, &c);
		made_put(out, text + i, n, s->origin[at]);
		if (at == s->len)
			continue; /* a pair of bytes may make two characters */
		row = is_common(&charsets[charset], s, at) ? row + 1 : 0;
		common = row > common ? row : common;
		at += width(charset, s, at, c);
		at = at < s->len ? at : s->len;
	}
	made_put(out, "", 0, s->origin[s->len]);
	free(text);
	if (lost == 0)
		return common >= COMMON_LEAST || s->in_a_row >= ROW_LEAST || (known && s->len > 1);
	return lost * 4 <= s->len && common >= COMMON_LEAST;
}

/* How a line is read back. */
struct way {
	size_t charset;
	bool later; /* from the second character of each stretch on: a quotation mark may stand before it */
	bool known; /* it was found to be of this charset: even short stretches are */
};

/* The stretch at `at`, read back or as it is.  Returns its end. */
static size_t put_stretch(const struct line *line, size_t at, const struct way *way, bool *any, struct made *out)
{
	struct stretch s;
	struct made read = {0};
	size_t end = take_stretch(line->text, line->to, at, &s);
	const size_t start = way->later && s.len > 1 ? s.origin[1] : at;

	if (start > at)
		end = take_stretch(line->text, line->to, start, &s);
	made_copy(out, line->text + at, start - at, at);
	if (s.len > 0 && read_stretch(way->charset, &s, way->known, &read)) {
		made_append(out, &read);
		*any = true;
	} else {
		made_copy(out, line->text + start, end - start, start);
	}
	made_release(&read);
	return end;
}

/* The line, its stretches read back.  True: there are some. */
static bool read_back(const struct line *line, const struct way *way, struct made *out)
{
	bool any = false;

	for (size_t at = line->from, end; at < line->to; at = end) {
		uint32_t c = 0;
		const size_t n = utf8_decode(line->text + at, line->to - at, &c);

		if (byte_of(c) != 0) {
			end = put_stretch(line, at, way, &any, out);
		} else {
			end = at + (n > 0 ? n : 1);
			made_copy(out, line->text + at, end - at, at);
		}
	}
	made_put(out, "\n", 1, line->to);
	return any;
}

/* Bytes of one character from `at` on that is common in the charset; 0: it is none. */
static size_t common_at(size_t charset, const struct stretch *s, size_t at)
{
	const size_t len = charset == UTF_8 ? 3 : 2;

	if (at + len > s->len || !is_common(&charsets[charset], s, at))
		return 0;
	return charset != UTF_8 || (unsigned char)s->bytes[at + 2] >= 0x80 ? len : 0;
}

/* Charsets the stretch may be of, a bit each: two common characters in a row, or more bytes than words of Latin
 * letters have.  Converting each word with an accent in every charset takes fifty times as long as looking for it. */
static unsigned plausible(const struct stretch *s)
{
	unsigned found = 0;

	if (s->in_a_row >= ROW_LEAST)
		return (1U << CHARSETS) - 1;
	for (size_t charset = 0; charset < CHARSETS; charset++)
		for (size_t at = 0; at + BYTES_LEAST <= s->len && (found >> charset & 1U) == 0; at++) {
			const size_t first = common_at(charset, s, at);

			if (first > 0 && common_at(charset, s, at + first) > 0)
				found |= 1U << charset;
		}
	return found;
}

static unsigned plausible_line(const struct line *line)
{
	unsigned found = 0;

	for (size_t at = line->from, end; at < line->to; at = end) {
		struct stretch s;
		uint32_t c = 0;
		const size_t n = utf8_decode(line->text + at, line->to - at, &c);

		end = at + (n > 0 ? n : 1);
		if (byte_of(c) == 0)
			continue;
		end = take_stretch(line->text, line->to, at, &s);
		found |= plausible(&s);
	}
	return found;
}

static void read_line(const struct line *line, struct made *out)
{
	const unsigned found = plausible_line(line);

	for (size_t charset = 0; charset < CHARSETS; charset++)
		for (int later = 0; (found >> charset & 1U) != 0 && later < (charset == UTF_8 ? 1 : 2); later++) {
			struct way way = {charset, later != 0, false};
			struct made tried = {0};

			way.known = read_back(line, &way, &tried);
			if (way.known)
				(void)read_back(line, &way, out);
			made_release(&tried);
		}
}

/* Characters beyond ASCII that begin with C2 or C3, as one of any four such bytes of Chinese does.  Where the next of
 * each stands is asked once, as a text may have many of one and none of the other. */
struct marks {
	const char *text;
	size_t len, c2, c3;
};

static size_t next_of(const struct marks *m, size_t at, int byte)
{
	const char *found = at < m->len ? memchr(m->text + at, byte, m->len - at) : NULL;

	return found != NULL ? (size_t)(found - m->text) : m->len;
}

static size_t next_mark(struct marks *m, size_t at)
{
	m->c2 = m->c2 < at ? next_of(m, at, 0xC2) : m->c2;
	m->c3 = m->c3 < at ? next_of(m, at, 0xC3) : m->c3;
	return m->c2 < m->c3 ? m->c2 : m->c3;
}

/* The character before `at`, which moves there. */
static uint32_t step_back(const char *text, size_t from, size_t *at)
{
	const size_t end = *at;
	uint32_t c = 0;

	do
		--*at;
	while (*at > from && ((unsigned char)text[*at] & 0xC0) == 0x80);
	return utf8_decode(text + *at, end - *at, &c) > 0 ? c : 0;
}

/* Where the stretch around `at` begins. */
static size_t stretch_start(const char *text, size_t from, size_t at)
{
	for (size_t to = at; to > from;) {
		uint32_t c = step_back(text, from, &to);

		if (byte_of(c) == 0 && (!is_second(c) || to == from || byte_of(step_back(text, from, &to)) == 0))
			break;
		at = to;
	}
	return at;
}

void misread_find(const char *text, size_t len, struct made *out)
{
	struct stretch s;
	struct marks marks = {.text = text, .len = len};
	size_t done = 0, taken = 0; /* what was taken is not gone back to: each byte is looked at once or twice */

	marks.c2 = next_of(&marks, 0, 0xC2);
	marks.c3 = next_of(&marks, 0, 0xC3);
	for (size_t at = next_mark(&marks, 0); at < len; at = next_mark(&marks, at)) {
		const size_t end = take_stretch(text, len, stretch_start(text, done > taken ? done : taken, at), &s);
		struct line line = {.text = text};

		taken = end;
		if (plausible(&s) != 0) {
			island_line(text, len, at, &line.from, &line.to);
			line.from = line.from > done ? line.from : done;
			read_line(&line, out);
			at = done = line.to > at ? line.to : end;
		} else {
			at = end > at ? end : at + 1;
		}
	}
}
