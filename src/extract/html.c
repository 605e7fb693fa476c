#define _GNU_SOURCE /* memmem */
/* html.c - HTML without its tags.
 *
 * 机<b>密</b> and &#26426;&#23494; are two characters to a reader, and must be to a rule.  The raw
 * text is scanned as well, so comments and scripts are not lost; this second view only joins. */
#include "html.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "made.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct {
	const char *name;
	uint32_t c;
} entities[] = {
	{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"nbsp", 0xA0}, {"shy", 0xAD},
	{"ensp", 0x2002}, {"emsp", 0x2003}, {"thinsp", 0x2009}, {"zwnj", 0x200C}, {"zwj", 0x200D},
	{"lrm", 0x200E}, {"rlm", 0x200F}, {"star", 0x2606}, {"starf", 0x2605}, {"bigstar", 0x2605},
	{"ast", '*'}, {"colon", ':'}, {"sol", '/'}, {"lpar", '('}, {"rpar", ')'}, {"lsqb", '['}, {"rsqb", ']'},
	{"period", '.'}, {"comma", ','}, {"num", '#'}, {"percnt", '%'}, {"hyphen", 0x2010}, {"ndash", 0x2013},
	{"mdash", 0x2014}, {"hellip", 0x2026}, {"middot", 0xB7}, {"copy", 0xA9}, {"reg", 0xAE}, {"sect", 0xA7},
	{"laquo", 0xAB}, {"raquo", 0xBB}, {"ldquo", 0x201C}, {"rdquo", 0x201D}, {"lsquo", 0x2018}, {"rsquo", 0x2019},
	{"commat", '@'}, {"lowbar", '_'}, {"plus", '+'}, {"equals", '='}, {"Tab", '\t'}, {"NewLine", '\n'},
};

/* The length of the entity at `p` ("&...;"), 0 when it is none. */
static size_t entity(const char *p, size_t len, uint32_t *out)
{
	const char *end = memchr(p, ';', len < 40 ? len : 40);
	const size_t n = end != NULL ? (size_t)(end - p) : 0;
	char *after = NULL;
	unsigned long value;

	if (n < 3)
		return 0;
	if (p[1] == '#') {
		const bool hex = p[2] == 'x' || p[2] == 'X';

		value = strtoul(p + 2 + (hex ? 1 : 0), &after, hex ? 16 : 10);
		if (after != end || value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
			return 0;
		*out = (uint32_t)value;
		return n + 1;
	}
	for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
		if (strlen(entities[i].name) == n - 1 && memcmp(entities[i].name, p + 1, n - 1) == 0) {
			*out = entities[i].c;
			return n + 1;
		}
	return 0;
}

/* Text from `from` to `to`, entities decoded. */
static void put_text(struct made *w, const char *text, size_t from, size_t to)
{
	while (from < to) {
		uint32_t c = 0;
		const size_t n = text[from] == '&' ? entity(text + from, to - from, &c) : 0;
		char bytes[4];

		if (n > 0) {
			made_put(w, bytes, utf8_encode(c, bytes), from);
			from += n;
		} else {
			size_t len = utf8_decode(text + from, to - from, &c);

			len = len > 0 ? len : 1;
			made_put(w, text + from, len, from);
			from += len;
		}
	}
}

/* The '>' that ends the tag at `from`; quotes may hold others.  `len` when there is none. */
static size_t tag_end(const char *text, size_t len, size_t from)
{
	char quote = '\0';

	if (len - from >= 4 && memcmp(text + from, "<!--", 4) == 0) {
		const char *end = memmem(text + from, len - from, "-->", 3);

		return end != NULL ? (size_t)(end - text) + 2 : len;
	}
	for (size_t i = from + 1; i < len; i++) {
		if (quote != '\0')
			quote = text[i] == quote ? '\0' : quote;
		else if (text[i] == '"' || text[i] == '\'')
			quote = text[i];
		else if (text[i] == '>')
			return i;
	}
	return len;
}

static bool is_inline(const char *tag)
{
	static const char *const names[] = {"b",    "i",   "u",   "s",     "em",  "strong", "span", "a",   "font", "small",
	                                    "big",  "sub", "sup", "mark",  "del", "ins",    "code", "tt",  "abbr", "bdo",
	                                    "bdi",  "wbr", "q",   "label", "img", "kbd",    "var",  "samp"};
	size_t n;

	tag += *tag == '/' ? 1 : 0;
	n = strcspn(tag, " \t\r\n/>");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strlen(names[i]) == n && strncasecmp(names[i], tag, n) == 0)
			return true;
	return false;
}

/* Values of attributes, each on a line of its own: titles, alternative texts, hidden inputs. */
static void put_attributes(struct made *values, const char *text, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		size_t end = i + 2;

		if (text[i] != '=' || i + 1 >= to || (text[i + 1] != '"' && text[i + 1] != '\''))
			continue;
		while (end < to && text[end] != text[i + 1])
			end++;
		made_put(values, "\n", 1, i);
		put_text(values, text, i + 2, end);
		i = end;
	}
}

char *html_text(const char *text, size_t len, size_t *out_len, uint32_t **origin)
{
	struct made body = {0}, values = {0};
	size_t at = 0;

	while (at < len) {
		const char *open = memchr(text + at, '<', len - at);
		const size_t start = open != NULL ? (size_t)(open - text) : len;
		size_t end;

		put_text(&body, text, at, start);
		if (start == len)
			break;
		end = tag_end(text, len, start);
		if (end == len || (strchr("/!?", text[start + 1]) == NULL && (text[start + 1] | 0x20) < 'a')) {
			made_put(&body, "<", 1, start); /* not a tag */
			at = start + 1;
			continue;
		}
		if (text[start + 1] != '!' && !is_inline(text + start + 1))
			made_put(&body, "\n", 1, start);
		put_attributes(&values, text, start, end);
		at = end + 1;
	}
	made_put(&body, "\n", 1, len);
	for (size_t i = 0; i < values.text.len; i++)
		made_put(&body, values.text.data + i, 1, values.origin[i]);
	made_release(&values);
	body.origin[body.text.len] = (uint32_t)len;
	*out_len = body.text.len;
	*origin = body.origin;
	return buf_take(&body.text);
}
