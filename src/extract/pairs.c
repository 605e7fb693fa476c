/* pairs.c - where two characters stand side by side. */
#include "islands_inside.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

size_t island_pair(const char *text, size_t len, size_t at, char a, char b)
{
#if defined(__SSE2__)
	for (const __m128i first = _mm_set1_epi8(a), second = _mm_set1_epi8(b); at + 17 <= len; at += 16) {
		const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(text + at));
		const __m128i next = _mm_loadu_si128((const __m128i *)(const void *)(text + at + 1));
		const unsigned found = (unsigned)_mm_movemask_epi8(_mm_and_si128(_mm_cmpeq_epi8(v, first), _mm_cmpeq_epi8(next, second)));

		if (found != 0)
			return at + (size_t)__builtin_ctz(found);
	}
#endif
	for (; at + 1 < len; at++)
		if (text[at] == a && text[at + 1] == b)
			return at;
	return len;
}
