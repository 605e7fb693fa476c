/* html.c - text into a page, so that nothing in it is markup and nothing in it is invisible. */
#include "base/html.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

void html_add_bytes(struct buf *out, const char *text, size_t len)
{
	struct buf safe = {0};

	utf8_add_printable(&safe, text, len);
	for (size_t i = 0; i < safe.len; i++) {
		const char c = safe.data[i];

		if (c == '&')
			buf_add_string(out, "&amp;");
		else if (c == '<')
			buf_add_string(out, "&lt;");
		else if (c == '>')
			buf_add_string(out, "&gt;");
		else if (c == '"')
			buf_add_string(out, "&quot;");
		else if (c == '\'')
			buf_add_string(out, "&#39;");
		else
			buf_add_byte(out, c);
	}
	buf_release(&safe);
}

void html_add(struct buf *out, const char *text) { html_add_bytes(out, text, strlen(text)); }
