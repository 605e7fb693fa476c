/* percent.c - text that survives being one field of one line. */
#include "base/percent.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

static bool must_encode(uint32_t c)
{
	return c < 0x20 || c == 0x7F || c == '%' || (c >= 0x80 && c <= 0x9F) || (c >= 0x200B && c <= 0x200F) ||
	       (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

/* Letters, digits and most marks from `at` on: nothing there needs a thought. */
static size_t plain_run(const char *text, size_t at, size_t len)
{
	size_t end = at;

	while (end < len && text[end] > ' ' && text[end] < 0x7F && text[end] != '%')
		end++;
	return end - at;
}

void percent_encode(const char *text, size_t len, struct buf *out)
{
	if (len == 1 && text[0] == '-') {
		buf_add_string(out, "%2D");
		return;
	}
	for (size_t i = 0; i < len;) {
		uint32_t c = 0;
		const size_t run = plain_run(text, i, len);
		size_t n;
		bool edge, encode;

		buf_add(out, text + i, run);
		i += run;
		if (i == len)
			break;
		n = utf8_decode(text + i, len - i, &c);
		edge = c == ' ' && (i == 0 || i + 1 == len);
		encode = n == 0 || edge || must_encode(c);

		n = n > 0 ? n : 1;
		for (size_t k = 0; k < n && encode; k++)
			buf_addf(out, "%%%02X", (unsigned char)text[i + k]);
		if (!encode)
			buf_add(out, text + i, n);
		i += n;
	}
}

static int hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool percent_decode(const char *text, size_t len, struct buf *out)
{
	const size_t before = out->len;

	for (size_t i = 0; i < len; i++) {
		const char *mark = memchr(text + i, '%', len - i);
		const size_t run = mark != NULL ? (size_t)(mark - text) - i : len - i;
		int high, low;

		buf_add(out, text + i, run);
		i += run;
		if (i == len)
			break;
		if (len - i < 3)
			return false;
		high = hex_digit(text[i + 1]);
		low = hex_digit(text[i + 2]);
		if (high < 0 || low < 0 || (high == 0 && low == 0))
			return false;
		buf_add_byte(out, (char)(high << 4 | low));
		i += 2;
	}
	return len == 0 || utf8_valid(out->data + before, out->len - before, NULL);
}
