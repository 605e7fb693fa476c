/* draw.c - what Word draws for a field without a result: for EQ characters in a circle, and over each other the reading of a
 * word and the word, `eq \o\ac(○,密)`, `EQ \* jc2 \o\ad(\s\up 9(mi),密)`; for QUOTE and SYMBOL what they say.
 *
 * The characters stand in the midst of a word.  Of what is drawn over each other the last one is the text.  The whole of the
 * field is told besides, as that of any field. */
#include "field/field.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { DEEPEST = 16 };

struct drawing {
	const char *text;
	size_t len, at;
};

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* A switch and its number; true: it puts one over the other. */
static bool skip_switch(struct drawing *d)
{
	const bool over = d->at + 1 < d->len && (d->text[d->at + 1] | 0x20) == 'o' && (d->at + 2 == d->len || !is_letter(d->text[d->at + 2]));

	for (d->at++; d->at < d->len && is_letter(d->text[d->at]);)
		d->at++;
	while (d->at < d->len && (d->text[d->at] == ' ' || (d->text[d->at] >= '0' && d->text[d->at] <= '9')))
		d->at++;
	return over;
}

static void put_element(struct drawing *d, struct buf *out, int depth);

/* Behind an opening bracket, up to and with the one that closes it. */
static void put_elements(struct drawing *d, bool over, struct buf *out, int depth)
{
	const size_t before = out->len;

	while (d->at < d->len && depth < DEEPEST) {
		if (over && out->len > before) {
			out->len = before;
			out->data[before] = '\0';
		}
		put_element(d, out, depth);
		if (d->at == d->len || d->text[d->at++] == ')')
			return;
	}
}

/* Up to what ends it; outside all brackets nothing is drawn. */
static void put_element(struct drawing *d, struct buf *out, int depth)
{
	bool over = false;

	while (d->at < d->len) {
		const char c = d->text[d->at];

		if (c == '\\' && d->at + 1 < d->len && is_letter(d->text[d->at + 1])) {
			over = skip_switch(d) || over;
			continue;
		}
		if (depth > 0 && (c == ',' || c == ';' || c == ')'))
			return;
		d->at += c == '\\' && d->at + 1 < d->len ? 2 : 1;
		if (c == '(') {
			put_elements(d, over, out, depth + 1);
			over = false;
		} else if (depth > 0) {
			buf_add_byte(out, d->text[d->at - 1]);
		}
	}
}

/* A character by its number, if it is one and not of a font's own. */
static bool put_number(const char *text, const char **end, struct buf *out)
{
	char *after = NULL;
	const unsigned long c = strtoul(text, &after, text[0] == '0' && (text[1] | 0x20) == 'x' ? 16 : 10);
	char bytes[4];

	*end = after;
	if (after == text || (*after != '\0' && *after != ' ') || c < 0x100 || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
		return false;
	buf_add(out, bytes, utf8_encode((uint32_t)c, bytes));
	return true;
}

/* QUOTE "机" 23494: texts and characters, up to the first switch. */
static void put_quoted(const char *text, struct buf *out)
{
	while (*text != '\0' && *text != '\\') {
		const char *end = text + 1;

		if (*text == '"') {
			const size_t n = strcspn(end, "\"");

			buf_add(out, end, n);
			end += n + (end[n] == '"' ? 1 : 0);
		} else if (*text != ' ' && !put_number(text, &end, out)) {
			end = text + strcspn(text, " \"\\");
			buf_add(out, text, (size_t)(end - text));
		}
		text = end;
	}
}

static bool is_field(const char *text, const char *name)
{
	return strncasecmp(text, name, strlen(name)) == 0 && text[strlen(name)] == ' ';
}

void field_draw(const char *instruction, size_t len, struct buf *out)
{
	const size_t space = instruction != NULL ? strspn(instruction, " \t\r\n") : 0;
	struct drawing drawing = {instruction, len, space + 3};
	const char *text, *end;

	if (instruction == NULL || space >= len)
		return;
	text = instruction + space;
	if (is_field(text, "EQ"))
		put_element(&drawing, out, 0);
	else if (is_field(text, "QUOTE"))
		put_quoted(text + strlen("QUOTE"), out);
	else if (is_field(text, "SYMBOL"))
		(void)put_number(text + strlen("SYMBOL") + strspn(text + strlen("SYMBOL"), " "), &end, out);
}

bool field_fetches(const char *instruction)
{
	static const char *const words[] = {"DDE", "INCLUDE", "LINK", "DATABASE", "RD ", "IMPORT"};
	const char *text = instruction + strspn(instruction, " \t\r\n");

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strncmp(text, words[i], strlen(words[i])) == 0)
			return true;
	return false;
}
