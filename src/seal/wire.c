/* wire.c - the SSH wire format, in one spelling.
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
