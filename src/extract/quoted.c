/* quoted.c - words over the end of a line that is quoted in a reply, added by a patch, or a comment of a program.
 *
 * Each line begins with the same signs, which stand between the halves of a word.  Lines that run on are taken over
 * without them: Chinese where two characters meet, anything else only where it is quoted or added, because every
 * comment would be. */
#include "islands_inside.h"

#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { PREFIX_MOST = 8, LINE_MOST = 2000 };

static bool is_high(char c)
{
	return (unsigned char)c >= 0x80;
}

/* What may stand before a line: spaces, and the signs of replies, patches and comments. */
static const bool leads[256] = {[' '] = true, ['\t'] = true, ['>'] = true, ['+'] = true, ['#'] = true,
                                ['/'] = true, ['*'] = true,  [';'] = true, ['%'] = true, ['|'] = true, ['!'] = true};

/* The signs and spaces a line begins with; 0: it begins with none, or with spaces alone, or as an item of a list does. */
static size_t prefix_at(const char *text, size_t len, size_t at)
{
	size_t n = 0;
	bool sign = false;

	while (at + n < len && n <= PREFIX_MOST && leads[(unsigned char)text[at + n]]) {
		sign = sign || (text[at + n] != ' ' && text[at + n] != '\t');
		n++;
	}
	return sign && n <= PREFIX_MOST && text[at] != '*' && (text[at] != '+' || n == 1) ? n : 0;
}

static size_t line_start(const char *text, size_t at)
{
	const size_t most = at;

	while (at > 0 && most - at < LINE_MOST && text[at - 1] != '\n')
		at--;
	return at == 0 || text[at - 1] == '\n' ? at : most;
}

/* Does the line whose end is at `at` go on behind the signs of the next one?  Where, or 0. */
static size_t goes_on(const char *text, size_t len, size_t at)
{
	const size_t before = at - (at > 0 && text[at - 1] == '\r' ? 1 : 0);
	size_t start, n, next;

	if (before == 0 || !island_is_word(text[before - 1]))
		return 0;
	n = prefix_at(text, len, at + 1);
	next = at + 1 + n;
	if (n == 0 || next >= len || !island_is_word(text[next]))
		return 0;
	if ((!is_high(text[before - 1]) || !is_high(text[next])) && text[at + 1] != '>' && text[at + 1] != '+')
		return 0;
	start = line_start(text, before);
	return before - start > n && memcmp(text + start, text + at + 1, n) == 0 && island_is_word(text[start + n]) ? next : 0;
}

/* The next line end with a sign or a space behind it. */
static size_t next_end(const char *text, size_t len, size_t at)
{
#if defined(__SSE2__)
	for (; at + 17 <= len; at += 16) {
		const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(text + at));
		const __m128i next = _mm_loadu_si128((const __m128i *)(const void *)(text + at + 1));
		const __m128i signs = _mm_cmpeq_epi8(_mm_min_epu8(next, _mm_set1_epi8('>')), next);
		const __m128i others = _mm_cmpeq_epi8(next, _mm_set1_epi8('|'));
		const unsigned found = (unsigned)_mm_movemask_epi8(_mm_and_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n')), _mm_or_si128(signs, others)));

		if (found != 0)
			return at + (size_t)__builtin_ctz(found);
	}
#endif
	while (at < len && text[at] != '\n')
		at++;
	return at;
}

void quoted_find(const char *text, size_t len, struct made *out)
{
	for (size_t at = next_end(text, len, 0); at < len; at = next_end(text, len, at + 1)) {
		size_t next = goes_on(text, len, at), from = next > 0 ? line_start(text, at) : 0;

		if (next == 0)
			continue;
		from += prefix_at(text, len, from);
		for (; next > 0; next = at < len ? goes_on(text, len, at) : 0) {
			const char *end = memchr(text + next, '\n', len - next);

			made_copy(out, text + from, at - from, from);
			made_put(out, "\n", 1, at);
			from = next;
			at = end != NULL ? (size_t)(end - text) : len;
		}
		made_copy(out, text + from, at - from, from);
		made_put(out, "\n", 1, at);
	}
}
