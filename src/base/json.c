/* json.c - writing strings for machines. */
#include "base/json.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

void json_string(struct buf *out, const char *text, size_t len)
{
	buf_add_byte(out, '"');
	for (size_t i = 0; i < len;) {
		uint32_t c = 0;
		const size_t n = utf8_decode(text + i, len - i, &c);

		if (n == 0)
			buf_add_string(out, "\\ufffd");
		else if (c == '"' || c == '\\')
			buf_addf(out, "\\%c", (char)c);
		else if (c < 0x20 || c == 0x7F || c == 0x2028 || c == 0x2029)
			buf_addf(out, "\\u%04x", (unsigned)c);
		else
			buf_add(out, text + i, n);
		i += n > 0 ? n : 1;
	}
	buf_add_byte(out, '"');
}

void json_text(struct buf *out, const char *text)
{
	if (text == NULL)
		buf_add_string(out, "null");
	else
		json_string(out, text, strlen(text));
}
