#define _GNU_SOURCE /* memmem */
/* header.c - what is printed of a header with codes in it. */
#include "text/header.h"

#include "base/buf.h"

#include <stdbool.h>
#include <string.h>

enum { COLOUR = 6 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* How long the code at `at` is, its ampersand included. */
static size_t code_len(const char *text, size_t len, size_t at)
{
	const char next = at + 1 < len ? text[at + 1] : '\0';
	size_t n = 2;

	if (next == '"') {
		const char *quote = memchr(text + at + 2, '"', len - at - 2);

		return quote != NULL ? (size_t)(quote - text) + 1 - at : len - at;
	}
	if (next == 'K')
		return len - at < 2 + COLOUR ? len - at : 2 + COLOUR;
	while (is_digit(next) && at + n < len && is_digit(text[at + n]))
		n++;
	return len - at < n ? len - at : n;
}

static bool is_word(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Does `text` have it as a word of its own, or does the letter of a code stand before it as if it belonged there? */
static bool is_written(const char *text, size_t len, const struct buf *printed)
{
	const char *at = memmem(text, len, printed->data, printed->len);

	return at != NULL && (at == text || !is_word(at[-1]) || !is_word(*at));
}

static void add_part(const char *text, size_t len, struct buf *printed, struct buf *out)
{
	if (printed->len > 0 && !is_written(text, len, printed)) {
		buf_add(out, printed->data, printed->len);
		buf_add_byte(out, '\n');
	}
	buf_clear(printed);
}

void header_add_printed(const char *text, size_t len, struct buf *out)
{
	struct buf printed = {0};

	for (size_t at = 0; at < len;) {
		const char next = text[at] == '&' && at + 1 < len ? text[at + 1] : '\0';

		if (text[at] != '&' || next == '&') {
			buf_add_byte(&printed, text[at]);
			at += text[at] == '&' ? 2 : 1;
			continue;
		}
		if (next == 'L' || next == 'C' || next == 'R') /* left, in the middle, right */
			add_part(text, len, &printed, out);
		at += code_len(text, len, at);
	}
	add_part(text, len, &printed, out);
	buf_release(&printed);
}
