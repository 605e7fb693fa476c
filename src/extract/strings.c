/* strings.c - texts kept in pieces that a program puts together: "a" + "b", "a" "b", a string a line in catalogues of messages
 * and in source code, lines that go on behind a backslash, and the folded lines of calendars and cards.
 *
 * The lines of such are taken over without what stands between the pieces. */
#include "islands_inside.h"

#include <string.h>
#include <strings.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { BETWEEN_MOST = 64 };

static bool is_quote(char c)
{
	return c == '"' || c == '\'';
}

/* Is the string that ends at `at` no further one of a row, as a table of quoted values has them? */
static bool is_first(const char *text, size_t at)
{
	size_t from = at;

	while (from > 0 && text[from - 1] != '\n' && (text[from - 1] != text[at] || (from > 1 && text[from - 2] == '\\')))
		from--;
	for (from -= from > 0; from > 0 && (text[from - 1] == ' ' || text[from - 1] == '\t');)
		from--;
	return from == 0 || text[from - 1] != ',';
}

/* Has the string that begins at `at` its line to itself, but for what ends a statement? */
static bool is_alone(const char *text, size_t len, size_t at)
{
	size_t end = at + 1;

	while (end < len && text[end] != '\n' && text[end] != text[at])
		end += text[end] == '\\' ? 2 : 1;
	for (end++; end < len && text[end] != '\0' && strchr(" \t\r;,)\\", text[end]) != NULL;)
		end++;
	return end >= len || text[end] == '\n';
}

/* The length of what puts the string that ends with the quote at `at` and the next one together, with both quotes; 0: nothing
 * does.  One sign between them, or two where it is ||, or spaces, or a line end. */
static size_t joint(const char *text, size_t len, size_t at)
{
	size_t signs = 0, lines = 0, i = at + 1;

	for (; i < len && i - at < BETWEEN_MOST && !is_quote(text[i]); i++) {
		const char c = text[i];

		if (c == '\n')
			lines++;
		else if (c != '\0' && strchr("+&.|", c) != NULL)
			signs++;
		else if (c != ' ' && c != '\t' && c != '\r' && c != '\\' && c != '_')
			return 0;
	}
	if (i == len || !is_quote(text[i]) || signs > 2 || (signs == 2 && memchr(text + at, '|', i - at) == NULL))
		return 0;
	if (signs > 0)
		return i + 1 - at;
	if (text[i] != text[at] || i == at + 1)
		return 0;
	return lines == 0 || (lines == 1 && is_first(text, at) && is_alone(text, len, i)) ? i + 1 - at : 0;
}

/* A line that goes on behind a backslash: its length and that of the line end and the spaces behind it, or 0. */
static size_t continued(const char *text, size_t len, size_t at)
{
	size_t i = at + 1;

	i += i < len && text[i] == '\r' ? 1 : 0;
	if (i >= len || text[i] != '\n')
		return 0;
	for (i++; i < len && (text[i] == ' ' || text[i] == '\t');)
		i++;
	return i - at;
}

static size_t joint_at(const char *text, size_t len, size_t at)
{
	return text[at] == '\\' ? continued(text, len, at) : is_quote(text[at]) ? joint(text, len, at) : 0;
}

/* The next quote or backslash with a space, a line end or a sign behind it. */
static size_t next_quote(const char *text, size_t len, size_t at)
{
#if defined(__SSE2__)
	for (; at + 17 <= len; at += 16) {
		const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(text + at));
		const __m128i next = _mm_loadu_si128((const __m128i *)(const void *)(text + at + 1));
		const __m128i quotes = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('"')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\''))),
		                                    _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
		const __m128i spaces = _mm_cmpeq_epi8(_mm_min_epu8(next, _mm_set1_epi8(' ')), next);
		const __m128i signs = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(next, _mm_set1_epi8('+')), _mm_cmpeq_epi8(next, _mm_set1_epi8('&'))),
		                                   _mm_or_si128(_mm_cmpeq_epi8(next, _mm_set1_epi8('.')), _mm_cmpeq_epi8(next, _mm_set1_epi8('|'))));
		const unsigned found = (unsigned)_mm_movemask_epi8(_mm_and_si128(quotes, _mm_or_si128(spaces, signs)));

		if (found != 0)
			return at + (size_t)__builtin_ctz(found);
	}
#endif
	while (at < len && !is_quote(text[at]) && text[at] != '\\')
		at++;
	return at;
}

/* From `at` on, to the end of a line that no string goes on over; returns where that is. */
static size_t put_strings(const char *text, size_t len, size_t at, size_t to, struct made *out)
{
	while (at < to) {
		const size_t next = next_quote(text, to, at), n = next < to ? joint_at(text, len, next) : 0;
		const size_t end = n > 0 || next == to ? next : next + 1;
		size_t from;

		made_copy(out, text + at, end - at, at);
		at = end + n;
		if (at > to)
			island_line(text, len, at, &from, &to);
	}
	made_put(out, "\n", 1, at);
	return at;
}

void strings_find(const char *text, size_t len, struct made *out)
{
	size_t done = 0;

	for (size_t at = next_quote(text, len, 0); at < len; at = next_quote(text, len, at + 1)) {
		size_t from, to;

		if (joint_at(text, len, at) == 0)
			continue;
		island_line(text, len, at, &from, &to);
		done = put_strings(text, len, from > done ? from : done, to, out);
		at = done > at ? done - 1 : at;
	}
}

/* Kinds of text whose lines go on behind a line end and a space: calendars (RFC 5545 3.1), cards (RFC 6350 3.2),
 * directories (RFC 2849). */
static bool is_folded(const char *text, size_t len)
{
	static const char *const starts[] = {"BEGIN:VCALENDAR", "BEGIN:VCARD", "dn: ", "version: 1"};

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (len > strlen(starts[i]) && strncasecmp(text, starts[i], strlen(starts[i])) == 0)
			return true;
	return false;
}

/* The length of the line end at `at` and the space behind it; 0: the line does not go on. */
static size_t fold_at(const char *text, size_t len, size_t at)
{
	const size_t end = text[at] == '\r' && at + 1 < len && text[at + 1] == '\n' ? 2 : text[at] == '\n' ? 1 : 0;

	return end > 0 && at + end < len && (text[at + end] == ' ' || text[at + end] == '\t') ? end + 1 : 0;
}

void folds_find(const char *text, size_t len, struct made *out)
{
	size_t from = 0, folds = 0;

	if (!is_folded(text, len))
		return;
	for (size_t at = 0; at < len; at++) {
		const size_t n = fold_at(text, len, at);

		if (n == 0)
			continue;
		made_copy(out, text + from, at - from, from);
		from = at + n;
		at = from - 1;
		folds++;
	}
	if (folds > 0)
		made_copy(out, text + from, len - from, from);
}
