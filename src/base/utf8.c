/* utf8.c - reading and showing text that somebody else wrote.
 *
 * What a person sees must be what is there: a path with a right-to-left override, or a note with
 * an escape sequence, would let a document look like another one on the approver's screen. */
#define _DEFAULT_SOURCE
#define _XOPEN_SOURCE 700
#include "base/utf8.h"

#include "base/buf.h"

#include <string.h>

size_t utf8_decode(const char *text, size_t len, uint32_t *out)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	const unsigned char *p = (const unsigned char *)text;
	size_t n;
	uint32_t c;

	if (len == 0)
		return 0;
	if (p[0] < 0x80) {
		*out = p[0];
		return 1;
	}
	n = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
	if (p[0] < 0xC2 || p[0] > 0xF4 || len < n)
		return 0;
	c = p[0] & (0xFFu >> (n + 1));
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return 0;
		c = c << 6 | (p[i] & 0x3F);
	}
	if (c < least[n] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		return 0;
	*out = c;
	return n;
}

size_t utf8_encode(uint32_t c, char out[4])
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3F));
	out[2] = (char)(0x80 | (c >> 6 & 0x3F));
	out[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

static bool is_combining(uint32_t c)
{
	return (c >= 0x300 && c <= 0x36F) || (c >= 0x20D0 && c <= 0x20FF) ||
	       (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x200B && c <= 0x200F) || c == 0xFEFF;
}

/* UAX #11, wide and full-width ranges, as far as offices use them. */
static bool is_wide(uint32_t c)
{
	return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0x303E) ||
	       (c >= 0x3041 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
	       (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) ||
	       (c >= 0xFF00 && c <= 0xFF60) || (c >= 0xFFE0 && c <= 0xFFE6) ||
	       (c >= 0x1F300 && c <= 0x1F64F) || (c >= 0x1F900 && c <= 0x1F9FF) ||
	       (c >= 0x20000 && c <= 0x3FFFD);
}

size_t utf8_width(const char *text, size_t len)
{
	size_t width = 0, i = 0;

	while (i < len) {
		uint32_t c = 0;
		const size_t n = utf8_decode(text + i, len - i, &c);

		i += n > 0 ? n : 1;
		width += is_combining(c) ? 0 : is_wide(c) ? 2 : 1;
	}
	return width;
}

/* Characters that change how their neighbours are shown, or that cannot be seen at all. */
static bool is_deceptive(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xAD || (c >= 0x200B && c <= 0x200F) ||
	       (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
	       (c >= 0xE0000 && c <= 0xE0FFF);
}

static bool is_unseen(uint32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 || c == 0xAD || c == 0x1680 || (c >= 0x2000 && c <= 0x200F) ||
	       (c >= 0x2028 && c <= 0x202F) || (c >= 0x205F && c <= 0x206F) || c == 0x3000 || c == 0xFEFF;
}

bool utf8_is_blank(const char *text)
{
	const size_t len = strlen(text);
	uint32_t c = 0;

	for (size_t i = 0, n = 0; i < len; i += n) {
		n = utf8_decode(text + i, len - i, &c);
		if (n == 0 || !is_unseen(c))
			return false;
	}
	return true;
}

int utf8_padding(const char *text, int columns)
{
	const size_t width = utf8_width(text, strlen(text));

	return width < (size_t)columns ? columns - (int)width : 0;
}

void utf8_add_printable(struct buf *out, const char *text, size_t len)
{
	size_t i = 0;

	while (i < len) {
		uint32_t c = 0;
		const size_t n = utf8_decode(text + i, len - i, &c);

		if (n == 0 || (is_deceptive(c) && c < 0x80))
			buf_addf(out, "\\x%02x", (unsigned char)text[i]);
		else if (is_deceptive(c))
			buf_addf(out, "<U+%04X>", (unsigned)c);
		else
			buf_add(out, text + i, n);
		i += n > 0 ? n : 1;
	}
}
