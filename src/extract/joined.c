/* joined.c - Chinese written one character a line, a cell, or a point apart.
 *
 * A mark down the edge of a page, in a row of table cells, or with a dot between its characters is one
 * word to a reader.  A line that holds such is taken over without what stands between them.  Prose has
 * no character that stands by itself before another, so that hardly a line of it is taken. */
#include "islands_inside.h"

#include "base/utf8.h"

#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { BETWEEN_MOST = 8, SPACES_MOST = 256, DIGITS_MOST = 6 };

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The length of the Chinese character or star at `p`, or 0. */
static size_t chinese(const char *p, size_t len)
{
	uint32_t c = 0;
	const size_t n = len > 0 ? utf8_decode(p, len, &c) : 0;

	return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x323AF) || c == 0x2605 || c == 0x2606
	           ? n
	           : 0;
}

static bool is_star(const char *p)
{
	return p[0] == '\xE2' && p[1] == '\x98' && (p[2] == '\x85' || p[2] == '\x86');
}

/* The length of what may stand between two of them, or 0. */
static size_t separator(const char *p, size_t len)
{
	uint32_t c = 0;
	const size_t n = len > 0 ? utf8_decode(p, len, &c) : 0;

	if (n <= 1)
		return n == 1 && c != 0 && !is_alnum(p[0]) ? 1 : 0;
	return c == 0xA0 || c == 0xB7 || (c >= 0x2000 && c <= 0x206F) || (c >= 0x2500 && c <= 0x259F) || (c >= 0x3000 && c <= 0x3003) ||
	               (c >= 0x3008 && c <= 0x301F) || c == 0x30FB || (c >= 0xFF01 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20) ||
	               (c >= 0xFF3B && c <= 0xFF40) || (c >= 0xFF5B && c <= 0xFF65) || (c >= 0x1F300 && c <= 0x1FAFF)
	           ? n
	           : 0;
}

/* All of it, when it is short enough to be read over; empty lines and how far one is indented do not count. */
static size_t separators(const char *p, size_t len)
{
	size_t all = 0, signs = 0;

	while (signs < BETWEEN_MOST && all < SPACES_MOST) {
		const size_t n = separator(p + all, len - all);

		if (n == 0)
			return all;
		signs += strchr(" \t\r\n", p[all]) == NULL || all == 0;
		all += n;
	}
	return separator(p + all, len - all) == 0 ? all : 0;
}

/* One Chinese character, or a short number; 0: neither. */
static size_t unit(const char *p, size_t len)
{
	size_t n = chinese(p, len);

	if (n > 0)
		return n;
	while (n < len && n <= DIGITS_MOST && is_digit(p[n]))
		n++;
	return n <= DIGITS_MOST && (n == len || !is_alnum(p[n])) ? n : 0;
}

/* What ends at `at` is no word: the text begins here, or a separator stands before. */
static bool is_free_before(const char *text, size_t at)
{
	size_t from = at;

	if (at == 0)
		return true;
	do
		from--;
	while (from > 0 && ((unsigned char)text[from] & 0xC0) == 0x80);
	return separator(text + from, at - from) > 0;
}

/* The unit at `at` stands by itself. */
static bool is_single(const char *text, size_t len, size_t at)
{
	const size_t n = unit(text + at, len - at);

	return n > 0 && is_free_before(text, at) && (at + n == len || separator(text + at + n, len - at - n) > 0);
}

/* A period: a number or a few characters, and no more on the line. */
static bool is_short(const char *text, size_t len, size_t at)
{
	for (int i = 0; i <= 4; i++) {
		const size_t n = unit(text + at, len - at);

		if (n == 0)
			return i > 0 && (at == len || separator(text + at, len - at) > 0);
		at += n;
	}
	return false;
}

/* The unit behind the one that ends at `end`, if the two are to be read as one word; else `end`. */
static size_t next_unit(const char *text, size_t len, size_t at, size_t end)
{
	const size_t between = separators(text + end, len - end), next = end + between;

	if (between == 0 || unit(text + next, len - next) == 0)
		return end;
	/* over the end of a line only what stands by itself on both, or a star and a few characters */
	if (memchr(text + end, '\n', between) != NULL && !(is_star(text + at) && is_short(text, len, next)))
		return is_single(text, len, at) && is_single(text, len, next) ? next : end;
	return is_single(text, len, at) || is_single(text, len, next) ? next : end;
}

/* Signs that no prose has between Chinese characters. */
static bool is_odd(const char *p)
{
	return strchr("*_~`\\|.-^=+#@", *p) != NULL || (p[0] == '\xC2' && p[1] == '\xB7') || (p[0] == '\xF0' && p[1] == '\x9F') ||
	       (p[0] == '\xE3' && p[1] == '\x83' && p[2] == '\xBB');
}

/* Two by themselves, one after the other; or one, and a sign that has no business behind it.  Spaces
 * alone are for folding to take away. */
static bool is_reason(const char *text, size_t len, size_t at)
{
	const size_t n = chinese(text + at, len - at);
	const size_t next = n > 0 && is_single(text, len, at) ? next_unit(text, len, at, at + n) : at + n;

	size_t i = at + n;

	while (i < next && (text[i] == ' ' || text[i] == '\t'))
		i++;
	return n > 0 && i < next && chinese(text + next, len - next) > 0 && (is_single(text, len, next) || is_odd(text + i));
}

/* The lines from `at` on, joined; returns where the next one begins. */
static size_t join(const char *text, size_t len, size_t at, struct made *out)
{
	while (at < len && text[at] != '\n') {
		const size_t n = is_digit(text[at]) && !is_free_before(text, at) ? 0 : unit(text + at, len - at);
		size_t bytes = n;

		if (n == 0) {
			uint32_t c;

			bytes = utf8_decode(text + at, len - at, &c);
			bytes = bytes > 0 ? bytes : 1;
		}
		made_copy(out, text + at, bytes, at);
		at = n > 0 ? next_unit(text, len, at, at + n) : at + bytes;
	}
	made_put(out, "\n", 1, at < len ? at : len);
	return at;
}

/* The next place where a character of three bytes may stand by itself: a separator and it. */
static size_t next_place(const char *text, size_t len, size_t at)
{
#if defined(__SSE2__)
	for (; at + 20 <= len; at += 16) {
		const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(text + at));
		const __m128i fourth = _mm_loadu_si128((const __m128i *)(const void *)(text + at + 4));
		const __m128i next = _mm_loadu_si128((const __m128i *)(const void *)(text + at + 1));
		/* below 0x80 before and behind, and three bytes that are not between them; or the lead of a sign */
		const int ends = ~_mm_movemask_epi8(v) & ~_mm_movemask_epi8(fourth) & _mm_movemask_epi8(next);
		const __m128i signs = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\xC2')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\xF0')));
		const unsigned found = (unsigned)(ends | _mm_movemask_epi8(signs)) & 0xFFFF;

		if (found != 0)
			return at + (size_t)__builtin_ctz(found);
	}
#endif
	return at;
}

/* A character before a sign of several bytes, or behind a separator of one. */
static size_t candidate(const char *text, size_t len, size_t at)
{
	size_t from = at;

	if ((unsigned char)text[at] < 0x80)
		return at + 1 < len ? at + 1 : at;
	while (from > 0 && at - from < 4 && (from == at || ((unsigned char)text[from] & 0xC0) == 0x80))
		from--;
	return chinese(text + from, len - from) > 0 ? from : at;
}

void joined_find(const char *text, size_t len, struct made *out)
{
	size_t done = 0; /* lines before are taken */

	if (is_reason(text, len, 0))
		done = join(text, len, 0, out);
	for (size_t at = next_place(text, len, done); at < len; at = next_place(text, len, at + 1)) {
		size_t from, to;
		const size_t c = candidate(text, len, at);

		if (c < done || !is_reason(text, len, c))
			continue;
		island_line(text, len, c, &from, &to);
		done = join(text, len, from > done ? from : done, out);
		at = done > at ? done - 1 : at;
	}
}
