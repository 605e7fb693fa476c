/* base64.c - base64 in its one spelling: what decodes gives the same text when it is encoded again. */
#include "seal/base64.h"

#include "base/buf.h"

#include <stdint.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_add(struct buf *out, const void *bytes, size_t len, bool padded)
{
	const unsigned char *p = bytes;
	char *to;

	buf_reserve(out, (len + 2) / 3 * 4);
	to = out->data + out->len;
	for (size_t i = 0; i < len; i += 3) {
		const size_t n = len - i < 3 ? len - i : 3;
		const uint32_t v = (uint32_t)p[i] << 16 | (n > 1 ? (uint32_t)p[i + 1] << 8 : 0) |
		                   (n > 2 ? p[i + 2] : 0);

		for (size_t k = 0; k < 4; k++)
			if (k <= n)
				*to++ = alphabet[v >> (18 - 6 * k) & 63];
			else if (padded)
				*to++ = '=';
	}
	*to = '\0';
	out->len = (size_t)(to - out->data);
}

/* 1 more than what a letter is worth; 0: it is none. */
static const unsigned char worth[256] = {
	['A'] = 1,  ['B'] = 2,  ['C'] = 3,  ['D'] = 4,  ['E'] = 5,  ['F'] = 6,  ['G'] = 7,  ['H'] = 8,
	['I'] = 9,  ['J'] = 10, ['K'] = 11, ['L'] = 12, ['M'] = 13, ['N'] = 14, ['O'] = 15, ['P'] = 16,
	['Q'] = 17, ['R'] = 18, ['S'] = 19, ['T'] = 20, ['U'] = 21, ['V'] = 22, ['W'] = 23, ['X'] = 24,
	['Y'] = 25, ['Z'] = 26, ['a'] = 27, ['b'] = 28, ['c'] = 29, ['d'] = 30, ['e'] = 31, ['f'] = 32,
	['g'] = 33, ['h'] = 34, ['i'] = 35, ['j'] = 36, ['k'] = 37, ['l'] = 38, ['m'] = 39, ['n'] = 40,
	['o'] = 41, ['p'] = 42, ['q'] = 43, ['r'] = 44, ['s'] = 45, ['t'] = 46, ['u'] = 47, ['v'] = 48,
	['w'] = 49, ['x'] = 50, ['y'] = 51, ['z'] = 52, ['0'] = 53, ['1'] = 54, ['2'] = 55, ['3'] = 56,
	['4'] = 57, ['5'] = 58, ['6'] = 59, ['7'] = 60, ['8'] = 61, ['9'] = 62, ['+'] = 63, ['/'] = 64,
};

/* Four characters, of which the last `pad` are padding. */
static bool decode_quad(const char *text, size_t pad, unsigned char bytes[3])
{
	uint32_t bits = 0;

	for (size_t i = 0; i < 4 - pad; i++) {
		const uint32_t value = worth[(unsigned char)text[i]];

		if (value == 0)
			return false;
		bits = bits << 6 | (value - 1);
	}
	bits <<= 6 * pad;
	bytes[0] = (unsigned char)(bits >> 16);
	bytes[1] = (unsigned char)(bits >> 8);
	bytes[2] = (unsigned char)bits;
	return (pad < 2 || bytes[1] == 0) && (pad < 1 || bytes[2] == 0);
}

bool base64_decode(const char *text, size_t len, struct buf *out)
{
	size_t pad = 0, at = out->len;
	unsigned char *to;
	bool ok = true;

	if (len == 0 || len % 4 != 0)
		return len == 0;
	while (pad < 2 && text[len - 1 - pad] == '=')
		pad++;
	buf_reserve(out, len / 4 * 3);
	to = (unsigned char *)out->data;
	for (size_t i = 0; ok && i < len; i += 4, at += 3)
		ok = decode_quad(text + i, i + 4 < len ? 0 : pad, to + at);
	if (ok)
		out->len = at - pad;
	out->data[out->len] = '\0';
	return ok;
}
