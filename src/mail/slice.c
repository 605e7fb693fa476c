/* slice.c - stretches of a message and their lines.  Lines end in LF or CRLF; a CR alone is a character. */
#include "mail_inside.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <string.h>
#include <strings.h>

bool slice_line(struct slice *rest, struct slice *line)
{
	const char *end = rest->len > 0 ? memchr(rest->text, '\n', rest->len) : NULL;
	const size_t taken = end != NULL ? (size_t)(end - rest->text) + 1 : rest->len;

	if (rest->len == 0)
		return false;
	line->text = rest->text;
	line->len = end != NULL ? taken - 1 : taken;
	if (line->len > 0 && line->text[line->len - 1] == '\r')
		line->len--;
	rest->text += taken;
	rest->len -= taken;
	return true;
}

static bool is_white(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct slice slice_trim(struct slice s)
{
	while (s.len > 0 && is_white(s.text[0])) {
		s.text++;
		s.len--;
	}
	while (s.len > 0 && is_white(s.text[s.len - 1]))
		s.len--;
	return s;
}

bool slice_is(struct slice s, const char *word)
{
	return s.len == strlen(word) && strncasecmp(s.text, word, s.len) == 0;
}

bool slice_starts(struct slice s, const char *word)
{
	return s.len >= strlen(word) && strncasecmp(s.text, word, strlen(word)) == 0;
}

const char *slice_find(struct slice s, const char *word)
{
	const size_t len = strlen(word);

	while (s.len >= len) {
		const char *at = memchr(s.text, word[0], s.len - len + 1);

		if (at == NULL || memcmp(at, word, len) == 0)
			return at;
		s.len -= (size_t)(at - s.text) + 1;
		s.text = at + 1;
	}
	return NULL;
}

void add_valid(struct buf *out, const char *text, size_t len)
{
	size_t bad = 0;

	while (len > 0 && !utf8_valid(text, len, &bad)) {
		buf_add(out, text, bad);
		buf_add_byte(out, '?');
		text += bad + 1;
		len -= bad + 1;
	}
	buf_add(out, text, len);
}

char *mail_place(const char *outer, const char *inner)
{
	return mem_format("%s%s%s", outer, outer[0] != '\0' && inner[0] != '\0' ? " > " : "", inner);
}
