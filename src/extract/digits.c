/* digits.c - numbers written one digit a cell, a box or a line.
 *
 * Forms have a box for each digit of an identity number, and a table keeps each in a cell of its own.  Single digits
 * (and letters, which such numbers have too) with the very same between each two are joined, with a little of what
 * stands before and behind them. */
#include "islands_inside.h"

#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* A shorter one is a row of numbers, and no number in pieces; a longer one is a matrix. */
enum { UNITS_LEAST = 8, UNITS_MOST = 40, DIGITS_LEAST = 6, GAP_MOST = 256, BEFORE = 160, BEHIND = 120 };

struct row {
	size_t start, end, gap; /* gap: bytes between each two */
	size_t units, digits;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_alnum(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_lone(const char *text, size_t len, size_t at)
{
	return is_alnum(text[at]) && (at == 0 || !is_alnum(text[at - 1])) && (at + 1 >= len || !is_alnum(text[at + 1]));
}

#if defined(__SSE2__)
/* Which of 16 bytes are in a range of `size` from `first` on: 0xFF each. */
static __m128i in_range(__m128i bytes, char first, char size)
{
	const __m128i from = _mm_sub_epi8(bytes, _mm_set1_epi8(first));

	return _mm_cmpeq_epi8(_mm_min_epu8(from, _mm_set1_epi8((char)(size - 1))), from);
}

static __m128i alnums(const char *text)
{
	const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)text);

	return _mm_or_si128(in_range(bytes, '0', 10), in_range(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), 'a', 26));
}

/* A bit for each of the 16 bytes at `text` that is a digit with neither letter nor digit beside it. */
static unsigned lone_digits(const char *text)
{
	const unsigned digits = (unsigned)_mm_movemask_epi8(in_range(_mm_loadu_si128((const __m128i *)(const void *)text), '0', 10));

	if (digits == 0)
		return 0;
	return digits & ~(unsigned)_mm_movemask_epi8(_mm_or_si128(alnums(text - 1), alnums(text + 1)));
}
#endif

/* The next digit that no letter or digit stands beside. */
static size_t next_lone(const char *text, size_t len, size_t at)
{
#if defined(__SSE2__)
	if (at == 0 && len > 0) { /* nothing stands before it */
		if (is_digit(text[0]) && is_lone(text, len, 0))
			return 0;
		at = 1;
	}
	for (; at + 17 <= len; at += 16) {
		const unsigned found = lone_digits(text + at);

		if (found != 0)
			return at + (size_t)__builtin_ctz(found);
	}
#endif
	while (at < len && !(is_digit(text[at]) && is_lone(text, len, at)))
		at++;
	return at;
}

static bool is_between(char c)
{
	return c != '\0' && strchr(" \t\r\n,;|\"'", c) != NULL;
}

/* The bytes from `at` on that may stand between two cells; 0: none, or more than a page would have there. */
static size_t gap_at(const char *text, size_t len, size_t at)
{
	size_t n = 0;

	while (at + n < len && n <= GAP_MOST && is_between(text[at + n]))
		n++;
	return n <= GAP_MOST ? n : 0;
}

/* The cells from the digit at `at` on, and the letters before it. */
static struct row row_at(const char *text, size_t len, size_t at)
{
	struct row row = {.start = at, .end = at + 1, .gap = gap_at(text, len, at + 1), .units = 1, .digits = 1};
	const char *gap = text + at + 1;

	while (row.gap > 0 && row.end + row.gap < len && memcmp(text + row.end, gap, row.gap) == 0 && is_lone(text, len, row.end + row.gap)) {
		row.end += row.gap + 1;
		row.units++;
		row.digits += is_digit(text[row.end - 1]);
	}
	while (row.gap > 0 && row.units < UNITS_MOST && row.start > row.gap && memcmp(text + row.start - row.gap, gap, row.gap) == 0 &&
	       !is_digit(text[row.start - row.gap - 1]) && is_lone(text, len, row.start - row.gap - 1)) {
		row.start -= row.gap + 1;
		row.units++;
	}
	return row;
}

static bool is_inside(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

/* From where on what stands before a row is told: its line, or the one before it. */
static size_t before(const char *text, size_t at)
{
	size_t from = at;

	while (from > 0 && at - from < GAP_MOST && is_between(text[from - 1]))
		from--;
	while (from > 0 && at - from < BEFORE && text[from - 1] != '\n')
		from--;
	while (is_inside(text[from]))
		from++;
	return from;
}

static void put_row(const char *text, size_t len, const struct row *row, struct made *out)
{
	size_t to = row->end;

	for (size_t i = before(text, row->start); i < row->start; i++)
		if (text[i] == '\n')
			made_put(out, " ", 1, i);
		else
			made_copy(out, text + i, 1, i);
	for (size_t i = row->start; i < row->end; i += row->gap + 1)
		made_copy(out, text + i, 1, i);
	while (to < len && to - row->end < BEHIND && text[to] != '\n')
		to++;
	while (to < len && is_inside(text[to]))
		to++;
	made_copy(out, text + row->end, to - row->end, row->end);
	made_put(out, "\n", 1, to);
}

void digits_find(const char *text, size_t len, struct made *out)
{
	for (size_t at = next_lone(text, len, 0); at < len;) {
		const struct row row = row_at(text, len, at);

		if (row.units >= UNITS_LEAST && row.units <= UNITS_MOST && row.digits >= DIGITS_LEAST)
			put_row(text, len, &row, out);
		at = next_lone(text, len, row.end - 1 > at ? row.end - 1 : row.end); /* the last one may begin another row */
	}
}
