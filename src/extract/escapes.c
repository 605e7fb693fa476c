/* escapes.c - characters written by their numbers.
 *
 * A line that holds such is taken over with them decoded.  An escape that only stands for
 * punctuation (%20, =3D) is no reason to take a line. */
#include "islands_inside.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "text/charset.h"
#include "text/decode.h"

#include <stdlib.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { DECIMALS_LEAST = 4, DECIMALS_MOST = 7, FIRST_DECIMAL = 0x2600 };

/* What one escape stands for: bytes of a charset to be guessed, or a character. */
struct escape {
	size_t len;      /* of the escape; 0: none */
	bool is_byte;
	uint32_t c;
};

static struct escape hex_escape(const char *p, size_t len, size_t skip, size_t digits, bool is_byte)
{
	struct escape e = {.len = skip + digits, .is_byte = is_byte};

	if (len < e.len)
		return (struct escape){0};
	for (size_t i = skip; i < e.len; i++) {
		const int v = island_hex(p[i]);

		if (v < 0)
			return (struct escape){0};
		e.c = e.c << 4 | (uint32_t)v;
	}
	return e;
}

/* \uD83D\uDE00 is one character. */
static struct escape with_surrogate(const char *p, size_t len, struct escape e)
{
	struct escape low;

	if (e.c < 0xD800 || e.c > 0xDFFF)
		return e;
	low = len >= e.len + 6 && p[e.len] == '\\' && p[e.len + 1] == 'u' ? hex_escape(p + e.len, len - e.len, 2, 4, false)
	                                                                 : (struct escape){0};
	if (e.c >= 0xDC00 || low.len == 0 || low.c < 0xDC00 || low.c > 0xDFFF)
		return (struct escape){0};
	e.c = 0x10000 + ((e.c - 0xD800) << 10) + (low.c - 0xDC00);
	e.len += low.len;
	return e;
}

/* Between \u{ and }, or between \[u and ] as troff has it. */
static struct escape braced_escape(const char *p, size_t len, char close)
{
	size_t digits = 0;
	struct escape e;

	while (digits < 6 && 3 + digits < len && island_hex(p[3 + digits]) >= 0)
		digits++;
	e = digits > 0 ? hex_escape(p, len, 3, digits, false) : (struct escape){0};
	if (e.len == 0 || e.len == len || p[e.len] != close)
		return (struct escape){0};
	e.len++;
	return e;
}

/* \346 of C and of git's paths; \673a of CSS, where a space may end it. */
static struct escape numeric_escape(const char *p, size_t len)
{
	size_t digits = 0;
	struct escape e;

	while (digits < 6 && 1 + digits < len && island_hex(p[1 + digits]) >= 0)
		digits++;
	if (digits >= 4) {
		e = hex_escape(p, len, 1, digits, false);
		e.len += e.len < len && p[e.len] == ' ' ? 1 : 0;
		return e.c >= 0x80 ? e : (struct escape){0};
	}
	if (digits < 3 || p[1] < '2' || p[1] > '3' || p[2] > '7' || p[3] > '7') /* ASCII is not written so */
		return (struct escape){0};
	return (struct escape){.len = 4, .is_byte = true, .c = (uint32_t)((p[1] - '0') * 64 + (p[2] - '0') * 8 + (p[3] - '0'))};
}

static struct escape backslash_escape(const char *p, size_t len)
{
	if (len < 4)
		return (struct escape){0};
	if (p[1] == '[' && p[2] == 'u')
		return braced_escape(p, len, ']');
	if (p[1] == 'u')
		return p[2] == '{' ? braced_escape(p, len, '}') : with_surrogate(p, len, hex_escape(p, len, 2, 4, false));
	if (p[1] == 'U')
		return hex_escape(p, len, 2, 8, false);
	return p[1] == 'x' ? hex_escape(p, len, 2, 2, true) : numeric_escape(p, len);
}

/* &#26426; and &#x673A;. */
static struct escape numeric_entity(const char *p, size_t len)
{
	const bool hex = len > 3 && p[1] == '#' && (p[2] == 'x' || p[2] == 'X');
	struct escape e = {.len = hex ? 3 : 2};
	size_t digits = 0;

	if (len < 4 || p[1] != '#')
		return (struct escape){0};
	for (; e.len < len && digits < 8; digits++, e.len++) {
		const int v = island_hex(p[e.len]);

		if (v < 0 || (!hex && v > 9))
			break;
		e.c = e.c * (hex ? 16 : 10) + (uint32_t)v;
	}
	if (digits == 0)
		return (struct escape){0};
	e.len += e.len < len && p[e.len] == ';' ? 1 : 0;
	return e;
}

/* _x673A_, as Office writes what its XML cannot hold. */
static struct escape office_escape(const char *p, size_t len)
{
	struct escape e = len >= 7 && p[1] == 'x' && p[6] == '_' ? hex_escape(p, len, 2, 4, false) : (struct escape){0};

	e.len += e.len > 0 ? 1 : 0;
	return e;
}

/* Tag characters (U+E0020 to U+E007E) are ASCII nobody sees. */
static struct escape tag_escape(const char *p, size_t len)
{
	struct escape e = {0};

	e.len = utf8_decode(p, len, &e.c);
	if (e.c < 0xE0020 || e.c > 0xE007E)
		return (struct escape){0};
	e.c -= 0xE0000;
	return e;
}

static struct escape escape_at(const char *p, size_t len)
{
	struct escape e = {0};

	switch (p[0]) {
	case '%':
		e = len > 1 && p[1] == 'u' ? hex_escape(p, len, 2, 4, false) : hex_escape(p, len, 1, 2, true);
		break;
	case '=':
		e = hex_escape(p, len, 1, 2, true);
		break;
	case '\\':
		e = backslash_escape(p, len);
		break;
	case '&':
		e = numeric_entity(p, len);
		break;
	case '_':
		e = office_escape(p, len);
		break;
	case '\xF3':
		e = tag_escape(p, len);
		break;
	default:
		break;
	}
	if (e.c == 0 || e.c > 0x10FFFF || (e.c >= 0xD800 && e.c <= 0xDFFF) || (e.c < 0x20 && e.c != '\n' && e.c != '\t'))
		e.len = 0;
	return e;
}

/* A letter, a digit, or beyond ASCII. */
static bool says_something(uint32_t c)
{
	return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Bytes by their numbers are UTF-8, or one of the other charsets of Chinese text: `charset`, or where that is NULL each they are
 * valid in, one behind the other.  True: they are not UTF-8. */
static bool put_bytes(struct made *out, const struct buf *bytes, const char *charset, size_t origin)
{
	struct readings readings = {0};
	struct err err = {0};
	size_t len = 0;
	char *text;

	if (bytes->len == 0)
		return false;
	if (island_is_text(bytes->data, bytes->len)) {
		made_put(out, bytes->data, bytes->len, origin);
		return false;
	}
	text = charset != NULL ? charset_convert(charset, bytes->data, bytes->len, &len) : NULL;
	if (text != NULL) {
		made_put(out, text, len, origin);
	} else if (text_decode(bytes->data, bytes->len, &readings, &err)) {
		for (size_t i = 0; i < readings.count; i++)
			if (i == 0 || (charset == NULL && !readings.items[i].loose))
				made_put(out, readings.items[i].text, readings.items[i].len, origin);
		readings_release(&readings);
	}
	free(text);
	return true;
}

/* UTF-7 (RFC 2152): +Zzpbxg- ; the characters, as UTF-8, in `out`; 0: it is none, or of less than `least`. */
static size_t utf7(const char *p, size_t len, size_t least, struct buf *out)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	uint32_t bits = 0, have = 0;
	size_t n = 0, i = 1;

	buf_clear(out);
	for (; i < len; i++) {
		char c[4];
		const char *d = p[i] != '\0' ? strchr(digits, p[i]) : NULL;

		if (d == NULL)
			break;
		bits = bits << 6 | (uint32_t)(d - digits);
		have += 6;
		if (have < 16)
			continue;
		have -= 16;
		bits &= (1u << (have + 16)) - 1;
		if (bits >> have < 0x80 || (bits >> have >= 0xD800 && bits >> have <= 0xF8FF))
			return 0; /* of the basic plane, and worth writing so */
		buf_add(out, c, utf8_encode(bits >> have, c));
		n++;
	}
	return n >= least && i < len && p[i] == '-' && (bits & ((1u << have) - 1)) == 0 ? i + 1 : 0;
}

/* The length of `=` and the line end behind it, or 0. */
static size_t soft_break(const char *p, size_t len)
{
	return len > 1 && p[1] == '\n' ? 2 : len > 2 && p[1] == '\r' && p[2] == '\n' ? 3 : 0;
}

/* Is the last character one whose second byte is a letter, which nobody has to escape?  No character goes on behind a
 * letter, so the bytes behind the last one tell, and each byte is looked at once. */
static bool is_cut(const struct buf *bytes, const char *charset, char next)
{
	size_t from = bytes->len, len = 0;
	char *text;

	while (from > 0 && (unsigned char)bytes->data[from - 1] >= 0x80)
		from--;
	if (charset == NULL || from == bytes->len || next < 0x40 || next == 0x7F)
		return false;
	text = charset_convert(charset, bytes->data + from, bytes->len - from, &len);
	free(text);
	return text == NULL;
}

/* \26426 is a character by its decimal number, as Haskell prints it; and \& says that the next digit is none of it. */
static struct escape decimal_escape(const char *p, size_t len)
{
	struct escape e = {.len = 1};

	if (len < 2 || p[0] != '\\')
		return (struct escape){0};
	if (p[1] == '&')
		return (struct escape){.len = 2};
	while (e.len < len && e.len <= DECIMALS_MOST && p[e.len] >= '0' && p[e.len] <= '9')
		e.c = e.c * 10 + (uint32_t)(p[e.len++] - '0');
	return e.len > DECIMALS_LEAST && e.c >= FIRST_DECIMAL && e.c < 0x110000 && (e.c < 0xD800 || e.c > 0xDFFF) ? e : (struct escape){0};
}

/* The line with such, where it has one whose number is a character of Chinese or a sign. */
static void decode_decimals(const char *text, size_t from, size_t to, struct made *out)
{
	bool any = false;

	for (size_t i = from; i < to && !any; i++)
		any = text[i] == '\\' && decimal_escape(text + i, to - i).c > 0;
	for (size_t i = from; any && i < to;) {
		const struct escape e = decimal_escape(text + i, to - i);
		char c[4];

		if (e.c > 0)
			made_put(out, c, utf8_encode(e.c, c), i);
		else if (e.len == 0)
			made_copy(out, text + i, 1, i);
		i += e.len > 0 ? e.len : 1;
	}
	if (any)
		made_put(out, "\n", 1, to);
}

/* True: there are bytes in it that are not UTF-8, read as put_bytes() has it. */
static bool decode_line(const char *text, size_t from, size_t to, const char *charset, struct made *out)
{
	struct buf bytes = {0}, seven = {0};
	size_t begun = from;
	bool foreign = false;

	for (size_t i = from; i < to;) {
		const struct escape e = escape_at(text + i, to - i);
		char c[4];

		if (text[i] == '=' && soft_break(text + i, to - i) > 0) { /* quoted-printable: the line goes on */
			i += soft_break(text + i, to - i);
			continue;
		}
		if (e.len > 0 && e.is_byte) {
			begun = bytes.len == 0 ? i : begun;
			buf_add_byte(&bytes, (char)e.c);
			i += e.len;
			continue;
		}
		if (e.len == 0 && is_cut(&bytes, charset, text[i])) {
			buf_add_byte(&bytes, text[i++]);
			foreign = put_bytes(out, &bytes, charset, begun) || foreign;
			buf_clear(&bytes);
			continue;
		}
		foreign = put_bytes(out, &bytes, charset, begun) || foreign;
		buf_clear(&bytes);
		if (e.len > 0) {
			made_put(out, c, utf8_encode(e.c, c), i);
			i += e.len;
		} else {
			const size_t n = text[i] == '+' ? utf7(text + i, to - i, 1, &seven) : 0;

			if (n > 0)
				made_put(out, seven.data, seven.len, i);
			else
				made_copy(out, text + i, 1, i);
			i += n > 0 ? n : 1;
		}
	}
	foreign = put_bytes(out, &bytes, charset, begun) || foreign;
	made_put(out, "\n", 1, to);
	buf_release(&bytes);
	buf_release(&seven);
	return foreign;
}

/* Once, and where there are letters between bytes of another charset, in one charset after the other. */
static void decode_all(const char *text, size_t from, size_t to, struct made *out)
{
	static const char *const charsets[] = {"GB18030", "BIG5-HKSCS", "SHIFT_JIS"};

	decode_decimals(text, from, to, out);
	if (decode_line(text, from, to, NULL, out))
		for (size_t i = 0; i < sizeof(charsets) / sizeof(charsets[0]); i++)
			(void)decode_line(text, from, to, charsets[i], out);
}

/* The next byte that may begin an escape. */
static size_t next_sign(const char *text, size_t len, size_t at)
{
#if defined(__SSE2__)
	for (; at + 17 <= len; at += 16) {
		const __m128i next = _mm_loadu_si128((const __m128i *)(const void *)(text + at + 1));
		const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(text + at));
		const __m128i a = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('%')), _mm_cmpeq_epi8(v, _mm_set1_epi8('=')));
		const __m128i b = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\\')), _mm_cmpeq_epi8(v, _mm_set1_epi8('&')));
		const __m128i c = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('+')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\xF3')));
		const __m128i d = _mm_and_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('_')), _mm_cmpeq_epi8(next, _mm_set1_epi8('x')));
		const unsigned found = (unsigned)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d)));

		if (found != 0)
			return at + (size_t)__builtin_ctz(found);
	}
#endif
	while (at < len && strchr("%=\\&+_\xF3", text[at]) == NULL)
		at++;
	return at;
}

/* x=ab is no quoted-printable; that comes in capitals, and rarely alone. */
static bool is_assignment(const char *p, size_t len)
{
	return p[0] == '=' && !(len >= 6 && p[1] <= 'F' && p[2] <= 'F' && p[3] == '=' && (p[4] == '\n' || island_hex(p[4]) >= 0));
}

/* %25E6 is an escape of an escape. */
static bool is_twofold(const char *p, size_t len)
{
	return len >= 5 && memcmp(p, "%25", 3) == 0 && (island_hex(p[3]) >= 8 || (p[3] >= '3' && island_hex(p[3]) >= 0)) && island_hex(p[4]) >= 0;
}

/* An escape at `at` that is more than punctuation. */
static bool is_reason(const char *text, size_t len, size_t at, struct buf *seven)
{
	const struct escape e = escape_at(text + at, len - at);

	return (e.len > 0 && says_something(e.c) && !is_assignment(text + at, len - at)) || is_twofold(text + at, len - at) ||
	       (text[at] == '+' && utf7(text + at, len - at, 2, seven) > 0);
}

/* Not in the middle of an escape. */
static size_t whole_escape(const char *text, size_t len, size_t to)
{
	for (size_t k = 1; k < 12 && k <= to; k++) {
		const struct escape e = escape_at(text + to - k, len - to + k);

		if (e.len > k)
			return to - k + e.len;
	}
	return to;
}

/* From the beginning of the line at `from` on: what follows without a gap, and lines that go on. */
static size_t island_end(const char *text, size_t len, size_t at, size_t to, struct buf *seven)
{
	const size_t run = text[at] == '+' ? utf7(text + at, len - at, 2, seven) : 0;
	size_t next;

	to = at + run > to ? at + run : to;
	for (;;) {
		to = whole_escape(text, len, to);
		if (to > 0 && to + 1 < len && text[to] == '\n' && (text[to - 1] == '=' || (to > 1 && text[to - 1] == '\r' && text[to - 2] == '=')))
			island_line(text, len, to + 1, &next, &to);
		else if (to < len && text[to] != '\n' && escape_at(text + to, len - to).len > 0)
			island_line(text, len, to, &next, &to);
		else
			return to;
	}
}

void escapes_find(const char *text, size_t len, struct made *out)
{
	struct buf seven = {0};

	for (size_t at = next_sign(text, len, 0); at < len; at = next_sign(text, len, at + 1)) {
		size_t from, to;

		if (!is_reason(text, len, at, &seven))
			continue;
		island_line(text, len, at, &from, &to);
		to = island_end(text, len, at, to, &seven);
		decode_all(text, from, to, out);
		at = to > at ? to - 1 : at;
	}
	buf_release(&seven);
}
