/* wire.c - the SSH wire format and base64, each in one spelling.
 *
 * A signature that can be written in two ways has two names; so what could be said otherwise
 * (a longer mpint, stray base64 bits) is refused, not normalised. */
#include "wire.h"

#include "base/buf.h"

#include <string.h>

struct wire wire_of(const void *bytes, size_t len)
{
	return (struct wire){.at = bytes, .left = len};
}

static const unsigned char *take(struct wire *w, size_t len)
{
	const unsigned char *at = w->at;

	if (w->failed || w->left < len) {
		w->failed = true;
		return NULL;
	}
	w->at += len;
	w->left -= len;
	return at;
}

unsigned char wire_byte(struct wire *w)
{
	const unsigned char *p = take(w, 1);

	return p != NULL ? *p : 0;
}

uint32_t wire_u32(struct wire *w)
{
	const unsigned char *p = take(w, 4);

	return p == NULL ? 0 : (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

const unsigned char *wire_string(struct wire *w, size_t *len)
{
	const uint32_t n = wire_u32(w);
	const unsigned char *p = take(w, n);

	*len = p != NULL ? n : 0;
	return p;
}

bool wire_string_is(struct wire *w, const char *text)
{
	size_t len;
	const unsigned char *p = wire_string(w, &len);

	return p != NULL && len == strlen(text) && memcmp(p, text, len) == 0;
}

const unsigned char *wire_mpint(struct wire *w, size_t *len)
{
	const unsigned char *p = wire_string(w, len);

	if (p == NULL)
		return NULL;
	if (*len == 0 || (p[0] & 0x80) != 0 || (p[0] == 0 && (*len == 1 || (p[1] & 0x80) == 0))) {
		w->failed = true;
		*len = 0;
		return NULL;
	}
	if (p[0] == 0) {
		p++;
		--*len;
	}
	return p;
}

bool wire_done(const struct wire *w)
{
	return !w->failed && w->left == 0;
}

void wire_add_u32(struct buf *out, uint32_t value)
{
	const unsigned char b[4] = {(unsigned char)(value >> 24), (unsigned char)(value >> 16),
	                            (unsigned char)(value >> 8), (unsigned char)value};

	buf_add(out, b, sizeof(b));
}

void wire_add_string(struct buf *out, const void *bytes, size_t len)
{
	wire_add_u32(out, (uint32_t)len);
	buf_add(out, bytes, len);
}

void wire_add_text(struct buf *out, const char *text)
{
	wire_add_string(out, text, strlen(text));
}

void wire_add_mpint(struct buf *out, const unsigned char *magnitude, size_t len)
{
	while (len > 0 && magnitude[0] == 0) {
		magnitude++;
		len--;
	}
	wire_add_u32(out, (uint32_t)len + (len > 0 && (magnitude[0] & 0x80) != 0));
	if (len > 0 && (magnitude[0] & 0x80) != 0)
		buf_add_byte(out, 0);
	buf_add(out, magnitude, len);
}

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

static bool sextet(char c, uint32_t *bits)
{
	const char *at = c != '\0' ? strchr(alphabet, c) : NULL;

	if (at == NULL)
		return false;
	*bits = *bits << 6 | (uint32_t)(at - alphabet);
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
