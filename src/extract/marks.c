/* marks.c - words with marks of a formatter in their midst: SEC\textbf{RET} of TeX, SEC\fBRET\fR of roff, SEC[b]RET[/b] of
 * forums, and SEC""RET, which a shell joins.
 *
 * A line with such is taken over without its marks.  Beside a word they are nothing unusual; only between two letters they
 * are a reason. */
#include "islands_inside.h"

#include <string.h>
#include <strings.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { COMMAND_MOST = 20, VALUE_MOST = 100 };

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The length up to and with `sign`, on this line; 0: it is not there. */
static size_t through(const char *p, size_t len, char sign)
{
	size_t n = 0;

	while (n < len && n < VALUE_MOST && p[n] != sign && p[n] != '\n')
		n++;
	return n < len && p[n] == sign ? n + 1 : 0;
}

/* [b], [/b], [color=red]. */
static size_t bracketed(const char *p, size_t len)
{
	static const char *const names[] = {"b", "i", "u", "s", "color", "size", "font", "url", "sub", "sup", "center", "left", "right"};
	const size_t start = len > 1 && p[1] == '/' ? 2 : 1;
	size_t n = start;

	while (n < len && is_letter(p[n]))
		n++;
	if (n == len || (p[n] != ']' && p[n] != '='))
		return 0;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strlen(names[i]) == n - start && strncasecmp(names[i], p + start, n - start) == 0)
			return n + through(p + n, len - n, ']');
	return 0;
}

/* \fB, \f(CW, \f[CW]: the fonts of roff. */
static size_t font(const char *p, size_t len)
{
	if (len > 5 && p[2] == '(')
		return 5;
	if (len > 3 && p[2] == '[')
		return through(p, len, ']');
	return len > 3 && p[2] != '\0' && strchr("BIRP1234", p[2]) != NULL && p[3] != '{' ? 3 : 0;
}

/* Is what the argument of the command says nothing a reader sees? */
static bool is_invisible(const char *name, size_t len)
{
	static const char *const names[] = {"label", "index", "hspace", "vspace", "hskip"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strlen(names[i]) == len && memcmp(names[i], name, len) == 0)
			return true;
	return false;
}

/* \textbf{, \textcolor{red}{, \hspace*{0pt}, \, and {\bf . */
static size_t command(const char *text, size_t len, size_t at)
{
	const char *p = text + at;
	size_t left = len - at, n = 1, value;
	bool unseen;

	if (left > 2 && p[1] == 'f' && font(p, left) > 0)
		return font(p, left);
	if (left > 1 && p[1] != '\0' && strchr("&,!", p[1]) != NULL)
		return 2;
	while (n < left && n <= COMMAND_MOST && is_letter(p[n]))
		n++;
	unseen = is_invisible(p + 1, n - 1);
	n += n > 1 && n < left && p[n] == '*' ? 1 : 0;
	if (n == 1 || n == left)
		return 0;
	if (p[n] == ' ')
		return at > 0 && text[at - 1] == '{' ? n + 1 : 0;
	if (p[n] != '{')
		return 0;
	value = through(p + n, left - n, '}');
	if (value > 0 && unseen)
		return n + value;
	return value > 0 && n + value < left && p[n + value] == '{' ? n + value + 1 : n + 1;
}

/* The length of the mark at `at`, or 0. */
static size_t mark_at(const char *text, size_t len, size_t at)
{
	switch (text[at]) {
	case '{':
	case '}':
		return 1;
	case '[':
		return bracketed(text + at, len - at);
	case '\\':
		return command(text, len, at);
	case '"':
	case '\'':
		return at + 1 < len && text[at + 1] == text[at] ? 2 : 0;
	default:
		return 0;
	}
}

/* Does the name of a command end at `at`? */
static bool is_name_before(const char *text, size_t at)
{
	size_t from = at;

	while (from > 0 && at - from < COMMAND_MOST && is_letter(text[from - 1]))
		from--;
	return from > 0 && from < at && text[from - 1] == '\\';
}

/* Marks, and letters on both sides. */
static bool is_reason(const char *text, size_t len, size_t at)
{
	size_t end = at, n;

	if (at == 0 || !island_is_word(text[at - 1]) || (text[at] == '{' && is_name_before(text, at)))
		return false;
	while (end < len && (n = mark_at(text, len, end)) > 0)
		end += n;
	return end > at && end < len && island_is_word(text[end]);
}

/* The next byte that may begin a mark and has no space before it. */
static size_t next_sign(const char *text, size_t len, size_t at)
{
#if defined(__SSE2__)
	for (; at > 0 && at + 17 <= len; at += 16) {
		const __m128i before = _mm_loadu_si128((const __m128i *)(const void *)(text + at - 1));
		const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(text + at));
		const __m128i next = _mm_loadu_si128((const __m128i *)(const void *)(text + at + 1));
		const __m128i quotes = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('"')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\'')));
		const __m128i braces = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('{')), _mm_cmpeq_epi8(v, _mm_set1_epi8('}')));
		const __m128i others = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('[')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
		const __m128i signs = _mm_or_si128(_mm_or_si128(braces, others), _mm_and_si128(quotes, _mm_cmpeq_epi8(v, next)));
		const __m128i close = _mm_cmpeq_epi8(_mm_max_epu8(before, _mm_set1_epi8('0')), before);
		const unsigned found = (unsigned)_mm_movemask_epi8(_mm_and_si128(signs, close));

		if (found != 0)
			return at + (size_t)__builtin_ctz(found);
	}
#endif
	while (at < len && strchr("{}[\\\"'", text[at]) == NULL)
		at++;
	return at;
}

/* Without the marks that stand at a letter or at another mark. */
static void put_unmarked(const char *text, size_t from, size_t to, struct made *out)
{
	bool marked = false;

	for (size_t at = from; at < to;) {
		const size_t n = mark_at(text, to, at);

		marked = n > 0 && (marked || (at > 0 && island_is_word(text[at - 1])) || (at + n < to && island_is_word(text[at + n])));
		if (!marked)
			made_copy(out, text + at, 1, at);
		at += marked ? n : 1;
	}
	made_put(out, "\n", 1, to);
}

void marks_find(const char *text, size_t len, struct made *out)
{
	size_t done = 0;

	for (size_t at = next_sign(text, len, 1); at < len; at = next_sign(text, len, at + 1)) {
		size_t from, to;

		if (!is_reason(text, len, at))
			continue;
		island_line(text, len, at, &from, &to);
		put_unmarked(text, from > done ? from : done, to, out);
		done = to;
		at = to > at ? to - 1 : at;
	}
}
