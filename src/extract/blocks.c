/* blocks.c - sixty-four bytes at a time: is there a run? */
#include "blocks.h"

#include <stdint.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#if defined(__SSE2__)
static __m128i between(__m128i v, char from, char to)
{
	const __m128i shifted = _mm_sub_epi8(v, _mm_set1_epi8(from));

	return _mm_cmpeq_epi8(_mm_min_epu8(shifted, _mm_set1_epi8((char)(to - from))), shifted);
}

static uint64_t members_of_16(const char *p, enum block kind)
{
	const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i in;

	if (kind == BLOCK_SPACED)
		return (uint64_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8(' ')));
	in = _mm_or_si128(between(_mm_or_si128(v, _mm_set1_epi8(0x20)), 'a', kind == BLOCK_HEXADECIMAL ? 'f' : 'z'), between(v, '0', '9'));
	if (kind == BLOCK_BASE64) {
		in = _mm_or_si128(in, _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('+')), _mm_cmpeq_epi8(v, _mm_set1_epi8('-'))));
		in = _mm_or_si128(in, _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('/')), _mm_cmpeq_epi8(v, _mm_set1_epi8('_'))));
	}
	return (uint64_t)_mm_movemask_epi8(in);
}

static uint64_t members(const char *p, enum block kind)
{
	return members_of_16(p, kind) | members_of_16(p + 16, kind) << 16 | members_of_16(p + 32, kind) << 32 |
	       members_of_16(p + 48, kind) << 48;
}
#else
static int is_member(char c, enum block kind)
{
	const char lower = (char)(c | 0x20);

	if (kind == BLOCK_SPACED)
		return c == ' ';
	if ((c >= '0' && c <= '9') || (lower >= 'a' && lower <= (kind == BLOCK_HEXADECIMAL ? 'f' : 'z')))
		return 1;
	return kind == BLOCK_BASE64 && (c == '+' || c == '-' || c == '/' || c == '_');
}

static uint64_t members(const char *p, enum block kind)
{
	uint64_t m = 0;

	for (unsigned i = 0; i < 64; i++)
		m |= (uint64_t)is_member(p[i], kind) << i;
	return m;
}
#endif

/* Bit i: a run of twelve, or spaces at i, i + 2, i + 4. */
static uint64_t runs(uint64_t m, enum block kind)
{
	if (kind == BLOCK_SPACED)
		return m & m >> 2 & m >> 4;
	m &= m >> 1;
	m &= m >> 2;
	m &= m >> 4; /* eight in a row */
	return m & m >> 4;
}

size_t blocks_next(const char *text, size_t len, size_t at, enum block kind)
{
	enum { OVERLAP = 12 };
	char rest[BLOCK_BYTES];

	for (; at + BLOCK_BYTES <= len; at += BLOCK_BYTES - OVERLAP)
		if (runs(members(text + at, kind), kind) != 0)
			return at;
	if (at >= len)
		return len;
	memset(rest, '\n', sizeof(rest));
	memcpy(rest, text + at, len - at);
	return runs(members(rest, kind), kind) != 0 ? at : len;
}
