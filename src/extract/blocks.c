/* blocks.c - sixty-four bytes at a time: is there a run? */
#include "blocks.h"

#include <stdint.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif
#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define BY_THIRTY_TWO 1
#endif

enum { BLOCK_BYTES = 64, OVERLAP = 12 }; /* what begins in the last bytes of a block is seen in the next one */

#if defined(__SSE2__)
static inline __m128i between(__m128i v, char from, char to)
{
	const __m128i shifted = _mm_sub_epi8(v, _mm_set1_epi8(from));

	return _mm_cmpeq_epi8(_mm_min_epu8(shifted, _mm_set1_epi8((char)(to - from))), shifted);
}

static inline uint64_t members_of_16(const char *p, enum block kind)
{
	const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i in;

	if (kind == BLOCK_SPACED)
		return (uint64_t)_mm_movemask_epi8(_mm_or_si128(
			_mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(' ')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\n'))),
		                     _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('_')), _mm_cmpeq_epi8(v, _mm_set1_epi8('|')))),
			_mm_or_si128(between(v, '-', '.'), _mm_cmpeq_epi8(v, _mm_set1_epi8('*')))));
	in = _mm_or_si128(between(_mm_or_si128(v, _mm_set1_epi8(0x20)), 'a', kind == BLOCK_HEXADECIMAL ? 'f' : 'z'), between(v, '0', '9'));
	if (kind == BLOCK_BASE64) {
		in = _mm_or_si128(in, _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('+')), _mm_cmpeq_epi8(v, _mm_set1_epi8('-'))));
		in = _mm_or_si128(in, _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('/')), _mm_cmpeq_epi8(v, _mm_set1_epi8('_'))));
	}
	return (uint64_t)_mm_movemask_epi8(in);
}

static inline uint64_t members(const char *p, enum block kind)
{
	return members_of_16(p, kind) | members_of_16(p + 16, kind) << 16 | members_of_16(p + 32, kind) << 32 |
	       members_of_16(p + 48, kind) << 48;
}
#else
static inline int is_member(char c, enum block kind)
{
	const char lower = (char)(c | 0x20);

	if (kind == BLOCK_SPACED)
		return c != '\0' && strchr(" .-_*|\n", c) != NULL;
	if ((c >= '0' && c <= '9') || (lower >= 'a' && lower <= (kind == BLOCK_HEXADECIMAL ? 'f' : 'z')))
		return 1;
	return kind == BLOCK_BASE64 && (c == '+' || c == '-' || c == '/' || c == '_');
}

static inline uint64_t members(const char *p, enum block kind)
{
	uint64_t m = 0;

	for (unsigned i = 0; i < 64; i++)
		m |= (uint64_t)is_member(p[i], kind) << i;
	return m;
}
#endif

#ifdef BY_THIRTY_TWO
/* The same, where the processor takes thirty-two bytes at a time. */
__attribute__((target("avx2"))) static inline __m256i wide_between(__m256i v, char from, char to)
{
	const __m256i shifted = _mm256_sub_epi8(v, _mm256_set1_epi8(from));

	return _mm256_cmpeq_epi8(_mm256_min_epu8(shifted, _mm256_set1_epi8((char)(to - from))), shifted);
}

__attribute__((target("avx2"))) static inline __m256i wide_either(__m256i v, char a, char b)
{
	return _mm256_or_si256(_mm256_cmpeq_epi8(v, _mm256_set1_epi8(a)), _mm256_cmpeq_epi8(v, _mm256_set1_epi8(b)));
}

__attribute__((target("avx2"))) static inline uint64_t members_of_32(const char *p, enum block kind)
{
	const __m256i v = _mm256_loadu_si256((const __m256i *)(const void *)p);
	__m256i in;

	if (kind == BLOCK_SPACED) {
		in = _mm256_or_si256(_mm256_or_si256(wide_either(v, ' ', '\n'), wide_either(v, '_', '|')),
		                     _mm256_or_si256(wide_between(v, '-', '.'), _mm256_cmpeq_epi8(v, _mm256_set1_epi8('*'))));
	} else {
		const char last = kind == BLOCK_HEXADECIMAL ? 'f' : 'z';

		in = _mm256_or_si256(wide_between(_mm256_or_si256(v, _mm256_set1_epi8(0x20)), 'a', last), wide_between(v, '0', '9'));
	}
	if (kind == BLOCK_BASE64)
		in = _mm256_or_si256(in, _mm256_or_si256(wide_either(v, '+', '-'), wide_either(v, '/', '_')));
	return (uint32_t)_mm256_movemask_epi8(in);
}

__attribute__((target("avx2"))) static inline uint64_t wide_members(const char *p, enum block kind)
{
	return members_of_32(p, kind) | members_of_32(p + 32, kind) << 32;
}
#endif

/* Bit i: a run of twelve begins there, or single spaces stand at i, i + 2 and i + 4. */
static inline uint64_t runs(uint64_t m, enum block kind)
{
	if (kind == BLOCK_SPACED)
		return m & ~(m >> 1) & m >> 2 & ~(m >> 3) & m >> 4;
	m &= m >> 1;
	m &= m >> 2;
	m &= m >> 4; /* eight in a row */
	return m & m >> 4;
}

/* In the last bytes of a text, or behind it. */
static size_t next_in_rest(const char *text, size_t len, size_t at, enum block kind)
{
	char rest[BLOCK_BYTES] = {0};
	uint64_t found;

	if (at >= len)
		return len;
	memcpy(rest, text + at, len - at);
	found = runs(members(rest, kind), kind);
	return found != 0 ? at + (size_t)__builtin_ctzll(found) : len;
}

/* Made once for each kind, so that none of them asks for it byte by byte. */
static inline size_t next(const char *text, size_t len, size_t at, enum block kind)
{
	for (; at + BLOCK_BYTES <= len; at += BLOCK_BYTES - OVERLAP) {
		const uint64_t found = runs(members(text + at, kind), kind);

		if (found != 0)
			return at + (size_t)__builtin_ctzll(found);
	}
	return next_in_rest(text, len, at, kind);
}

static size_t plain_next(const char *text, size_t len, size_t at, enum block kind)
{
	switch (kind) {
	case BLOCK_BASE64:
		return next(text, len, at, BLOCK_BASE64);
	case BLOCK_HEXADECIMAL:
		return next(text, len, at, BLOCK_HEXADECIMAL);
	case BLOCK_SPACED:
		break;
	}
	return next(text, len, at, BLOCK_SPACED);
}

#ifdef BY_THIRTY_TWO
__attribute__((target("avx2"))) static inline size_t next_wide(const char *text, size_t len, size_t at, enum block kind)
{
	for (; at + BLOCK_BYTES <= len; at += BLOCK_BYTES - OVERLAP) {
		const uint64_t found = runs(wide_members(text + at, kind), kind);

		if (found != 0)
			return at + (size_t)__builtin_ctzll(found);
	}
	return next_in_rest(text, len, at, kind);
}

__attribute__((target("avx2"))) static size_t wide_next(const char *text, size_t len, size_t at, enum block kind)
{
	switch (kind) {
	case BLOCK_BASE64:
		return next_wide(text, len, at, BLOCK_BASE64);
	case BLOCK_HEXADECIMAL:
		return next_wide(text, len, at, BLOCK_HEXADECIMAL);
	case BLOCK_SPACED:
		break;
	}
	return next_wide(text, len, at, BLOCK_SPACED);
}
#endif

size_t blocks_next(const char *text, size_t len, size_t at, enum block kind)
{
#ifdef BY_THIRTY_TWO
	if (__builtin_cpu_supports("avx2"))
		return wide_next(text, len, at, kind);
#endif
	return plain_next(text, len, at, kind);
}
