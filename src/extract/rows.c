/* rows.c - bytes in hexadecimal with a sign between each two, as dumps and registry files have them: e6,9c,ba.
 *
 * In a registry file text is UTF-16, little end first, and a row goes on in the next line behind a backslash. */
#include "islands_inside.h"

#include "text/charset.h"

#include <stdlib.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { STEP = 3, LEAST = 6, SPACES_MOST = 16 };
static const size_t BYTES_MOST = (size_t)4 * 1024 * 1024;

static bool is_pair(const char *text, size_t len, size_t at)
{
	return at + 1 < len && island_hex(text[at]) >= 0 && island_hex(text[at + 1]) >= 0;
}

static bool is_sign(char c)
{
	return c == ',' || c == ' ' || c == ':' || c == '-';
}

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* The sign behind the pair at `at`, and where the next pair is; `at`: there is none. */
static size_t next_pair(const char *text, size_t len, size_t at, char sign)
{
	size_t next = at + STEP;

	if (next >= len || text[next - 1] != sign)
		return at;
	next += text[next] == '\\' ? 1 : 0;
	for (size_t spaces = 0; next < len && spaces < SPACES_MOST && (text[next] == ' ' || text[next] == '\r' ||
	                                                               (text[next] == '\n' && text[at + STEP] == '\\')); spaces++)
		next++;
	return is_pair(text, len, next) && (next + 2 >= len || !is_alnum(text[next + 2])) ? next : at;
}

/* The row that begins at `at`, as bytes; returns where its last pair ends. */
static size_t read_row(const char *text, size_t len, size_t at, struct made *out)
{
	const char sign = at + 2 < len ? text[at + 2] : '\0';

	for (;;) {
		const char byte = (char)(island_hex(text[at]) * 16 + island_hex(text[at + 1]));
		const size_t next = out->text.len < BYTES_MOST ? next_pair(text, len, at, sign) : at;

		made_put(out, &byte, 1, at);
		if (next == at)
			break;
		at = next;
	}
	out->origin[out->text.len] = (uint32_t)at + 2;
	return at + 2;
}

/* hex(1):, hex(2):, hex(7): are text. */
static bool is_registry_text(const char *text, size_t at)
{
	return at >= 7 && memcmp(text + at - 2, "):", 2) == 0 && memcmp(text + at - 7, "hex(", 4) == 0 && strchr("127", text[at - 3]) != NULL;
}

/* UTF-16, of a row that has as many bytes as it needs; what ends a text ends a line. */
static void put_wide(const struct made *row, struct made *out)
{
	size_t len = 0;
	char *text = charset_convert("UTF-16LE", row->text.data, row->text.len & ~(size_t)1, &len);

	for (size_t i = 0; text != NULL && i < len; i++)
		text[i] = text[i] == '\0' ? '\n' : text[i];
	if (text != NULL)
		made_put(out, text, len, row->origin[0]);
	if (text != NULL)
		made_put(out, "\n", 1, row->origin[row->text.len]);
	free(text);
}

/* The next place where three pairs may begin that have the same sign behind each. */
static size_t next_row(const char *text, size_t len, size_t at)
{
#if defined(__SSE2__)
	for (; at + 16 + 2 * STEP + 2 <= len; at += 16) {
		const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(text + at + 2));
		const __m128i second = _mm_loadu_si128((const __m128i *)(const void *)(text + at + 2 + STEP));
		const __m128i third = _mm_loadu_si128((const __m128i *)(const void *)(text + at + 2 + STEP + STEP));
		const __m128i same = _mm_and_si128(_mm_cmpeq_epi8(v, second), _mm_cmpeq_epi8(v, third));
		const __m128i a = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(',')), _mm_cmpeq_epi8(v, _mm_set1_epi8(' ')));
		const __m128i b = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(':')), _mm_cmpeq_epi8(v, _mm_set1_epi8('-')));
		const unsigned found = (unsigned)_mm_movemask_epi8(_mm_and_si128(same, _mm_or_si128(a, b)));

		if (found != 0)
			return at + (size_t)__builtin_ctz(found);
	}
#endif
	while (at < len && !(at + STEP < len && is_sign(text[at + 2])))
		at++;
	return at;
}

void rows_find(const char *text, size_t len, struct made *out)
{
	for (size_t at = next_row(text, len, 0); at < len; at = next_row(text, len, at + 1)) {
		struct made row = {0};
		size_t end;

		if (!is_pair(text, len, at) || (at > 0 && is_alnum(text[at - 1])))
			continue;
		end = read_row(text, len, at, &row);
		if (row.text.len >= LEAST && is_registry_text(text, at))
			put_wide(&row, out);
		else if (row.text.len >= LEAST)
			island_put_bytes(&row, out);
		made_release(&row);
		at = end - 1;
	}
}
