/* base64.c - base64 in its one spelling: what decodes gives the same text when it is encoded again. */
#include "seal/base64.h"

#include "base/buf.h"

#include <stdint.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_add(struct buf *out, const void *bytes, size_t len, bool padded)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < len; i += 3) {
		const size_t n = len - i < 3 ? len - i : 3;
		const uint32_t v = (uint32_t)p[i] << 16 | (n > 1 ? (uint32_t)p[i + 1] << 8 : 0) |
		                   (n > 2 ? p[i + 2] : 0);
		char quad[4] = {'=', '=', '=', '='};

		for (size_t k = 0; k <= n; k++)
			quad[k] = alphabet[v >> (18 - 6 * k) & 63];
		buf_add(out, quad, padded ? 4 : n + 1);
	}
}

/* What a letter is worth; none: -1. */
static int value_of(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static bool sextet(char c, uint32_t *bits)
{
	const int value = value_of(c);

	if (value < 0)
		return false;
	*bits = *bits << 6 | (uint32_t)value;
	return true;
}

/* Four characters, of which the last `pad` are padding. */
static bool decode_quad(const char *text, size_t pad, struct buf *out)
{
	uint32_t bits = 0;
	unsigned char bytes[3];

	for (size_t i = 0; i < 4 - pad; i++)
		if (!sextet(text[i], &bits))
			return false;
	bits <<= 6 * pad;
	bytes[0] = (unsigned char)(bits >> 16);
	bytes[1] = (unsigned char)(bits >> 8);
	bytes[2] = (unsigned char)bits;
	buf_add(out, bytes, 3 - pad);
	return (pad < 2 || bytes[1] == 0) && (pad < 1 || bytes[2] == 0);
}

bool base64_decode(const char *text, size_t len, struct buf *out)
{
	size_t pad = 0;

	if (len == 0 || len % 4 != 0)
		return len == 0;
	while (pad < 2 && text[len - 1 - pad] == '=')
		pad++;
	for (size_t i = 0; i + 4 < len; i += 4)
		if (!decode_quad(text + i, 0, out))
			return false;
	return decode_quad(text + len - 4, pad, out);
}
