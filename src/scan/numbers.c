/* numbers.c - numbers in a text, at the speed of looking for digits. */
#include "numbers.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Bytes of the separator at `text`, 0: none. */
static size_t separator(const char *text, size_t len)
{
	if (len > 0 && (text[0] == ' ' || text[0] == '-'))
		return 1;
	return len >= 3 && text[0] == '\xE2' && text[1] == '\x80' && text[2] >= '\x90' && text[2] <= '\x95' ? 3 : 0;
}

static size_t next_digit(const char *text, size_t len, size_t at)
{
#if defined(__SSE2__)
	for (; at + 16 <= len; at += 16) {
		const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(text + at));
		const __m128i digit = _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8('0' - 1)), _mm_cmpgt_epi8(_mm_set1_epi8('9' + 1), v));
		const unsigned found = (unsigned)_mm_movemask_epi8(digit);

		if (found != 0)
			return at + (size_t)__builtin_ctz(found);
	}
#endif
	while (at < len && !is_digit(text[at]))
		at++;
	return at;
}

static bool follows_capitals(const char *text, size_t at)
{
	for (int i = 0; i < 2 && at > 0; i++) {
		if (separator(text + at - 1, 1) > 0)
			at--;
		else if (at >= 3 && separator(text + at - 3, 3) == 3)
			at -= 3;
	}
	return at >= 2 && text[at - 1] >= 'A' && text[at - 1] <= 'Z' && text[at - 2] >= 'A' && text[at - 2] <= 'Z';
}

void numbers_find(const char *text, size_t len, unsigned least, numbers_visit *visit, void *context)
{
	for (size_t at = next_digit(text, len, 0); at < len; at = next_digit(text, len, at)) {
		struct number n = {.from = at, .to = at};

		for (;;) {
			size_t skip, more;

			while (at < len && is_digit(text[at])) {
				at++;
				n.digits++;
			}
			n.to = at;
			skip = separator(text + at, len - at);
			more = skip > 0 ? separator(text + at + skip, len - at - skip) : 0;
			if (skip == 0 || at + skip + more >= len || !is_digit(text[at + skip + more]))
				break;
			at += skip + more;
		}
		n.code = n.digits >= 2 && follows_capitals(text, n.from);
		if (n.digits >= least || n.code)
			visit(&n, context);
	}
}
