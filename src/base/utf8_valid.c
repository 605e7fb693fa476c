/* utf8_valid.c - is it UTF-8?  At the speed of reading it.
 *
 * On x86, sixteen bytes at a time: J. Keiser and D. Lemire, "Validating UTF-8 in less than one
 * instruction per byte", Software: Practice and Experience 51(5), 2021.  Three tables of sixteen
 * entries say of each pair of bytes what could be wrong with it; what is wrong in all three is. */
#include "base/utf8.h"

#include <string.h>
#if defined(__x86_64__) && defined(__GNUC__)
#include <tmmintrin.h>
#define BY_SIXTEEN 1
#endif

static bool valid_from(const char *text, size_t len, size_t at, size_t *bad)
{
	while (at < len) {
		uint32_t c;
		const size_t n = (unsigned char)text[at] < 0x80 ? 1 : utf8_decode(text + at, len - at, &c);

		if (n == 0) {
			if (bad != NULL)
				*bad = at;
			return false;
		}
		at += n;
	}
	return true;
}

#ifdef BY_SIXTEEN
enum {
	TOO_SHORT = 1 << 0, /* 11______ 0_______, 11______ 11______ */
	TOO_LONG = 1 << 1,  /* 0_______ 10______ */
	OVERLONG_3 = 1 << 2,
	TOO_LARGE = 1 << 3,
	SURROGATE = 1 << 4,
	OVERLONG_2 = 1 << 5,
	TOO_LARGE_1000 = 1 << 6,
	OVERLONG_4 = 1 << 6,
	TWO_CONTINUE = 1 << 7, /* 10______ 10______ */
	CARRY = TOO_SHORT | TOO_LONG | TWO_CONTINUE
};

static const unsigned char first_high[16] = {
	TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
	TWO_CONTINUE, TWO_CONTINUE, TWO_CONTINUE, TWO_CONTINUE,
	TOO_SHORT | OVERLONG_2, TOO_SHORT, TOO_SHORT | OVERLONG_3 | SURROGATE,
	TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4,
};
static const unsigned char first_low[16] = {
	CARRY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4, CARRY | OVERLONG_2, CARRY, CARRY, CARRY | TOO_LARGE,
	CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000,
	CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000,
	CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000,
	CARRY | TOO_LARGE | TOO_LARGE_1000 | SURROGATE, CARRY | TOO_LARGE | TOO_LARGE_1000,
	CARRY | TOO_LARGE | TOO_LARGE_1000,
};
static const unsigned char second_high[16] = {
	TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
	TOO_LONG | OVERLONG_2 | TWO_CONTINUE | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4,
	TOO_LONG | OVERLONG_2 | TWO_CONTINUE | OVERLONG_3 | TOO_LARGE,
	TOO_LONG | OVERLONG_2 | TWO_CONTINUE | SURROGATE | TOO_LARGE,
	TOO_LONG | OVERLONG_2 | TWO_CONTINUE | SURROGATE | TOO_LARGE,
	TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
};

__attribute__((target("ssse3"))) static inline __m128i table(const unsigned char *t)
{
	return _mm_loadu_si128((const __m128i *)(const void *)t);
}

/* What is wrong with `now`, which follows `before`. */
__attribute__((target("ssse3"))) static inline __m128i wrong(__m128i now, __m128i before)
{
	const __m128i low = _mm_set1_epi8(0x0F), top = _mm_set1_epi8((char)0x80);
	const __m128i one = _mm_alignr_epi8(now, before, 15), two = _mm_alignr_epi8(now, before, 14),
	              three = _mm_alignr_epi8(now, before, 13);
	const __m128i pair = _mm_and_si128(
		_mm_and_si128(_mm_shuffle_epi8(table(first_high), _mm_and_si128(_mm_srli_epi16(one, 4), low)),
	                      _mm_shuffle_epi8(table(first_low), _mm_and_si128(one, low))),
		_mm_shuffle_epi8(table(second_high), _mm_and_si128(_mm_srli_epi16(now, 4), low)));
	const __m128i third = _mm_subs_epu8(two, _mm_set1_epi8((char)(0xE0 - 0x80)));
	const __m128i fourth = _mm_subs_epu8(three, _mm_set1_epi8((char)(0xF0 - 0x80)));

	return _mm_xor_si128(_mm_and_si128(_mm_or_si128(third, fourth), top), pair);
}

__attribute__((target("ssse3"))) static bool valid_by_sixteen(const char *text, size_t len)
{
	__m128i before = _mm_setzero_si128(), all = _mm_setzero_si128();
	char rest[32] = {0}; /* with zeros behind, so that a cut character shows */
	size_t at = 0;

	for (; at + 16 <= len; at += 16) {
		const __m128i now = _mm_loadu_si128((const __m128i *)(const void *)(text + at));

		if (_mm_movemask_epi8(_mm_or_si128(now, before)) != 0)
			all = _mm_or_si128(all, wrong(now, before));
		before = now;
	}
	memcpy(rest, text + at, len - at);
	for (int i = 0; i < 2; i++) {
		const __m128i now = _mm_loadu_si128((const __m128i *)(const void *)(rest + (size_t)i * 16));

		all = _mm_or_si128(all, wrong(now, before));
		before = now;
	}
	return _mm_movemask_epi8(_mm_cmpeq_epi8(all, _mm_setzero_si128())) == 0xFFFF;
}
#endif

bool utf8_valid(const char *text, size_t len, size_t *bad)
{
#ifdef BY_SIXTEEN
	if (len >= 64 && __builtin_cpu_supports("ssse3") && valid_by_sixteen(text, len))
		return true; /* else: where is the mistake? */
#endif
	return valid_from(text, len, 0, bad);
}
