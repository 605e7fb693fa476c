/* equation.c - what Word draws for an EQ field, which has no result of its own: characters in a circle, and over each other
 * the reading of a word and the word, `eq \o\ac(○,密)`, `EQ \* jc2 \o\ad(\s\up 9(mi),密)`.
 *
 * The characters stand in the midst of a word.  Of what is drawn over each other the last one is the text.  The whole of the
 * field is told besides, as that of any field. */
#include "story_inside.h"

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

void story_put_equation(struct story *story)
{
	struct drawing drawing = {story->field.data, story->field.len, 0};
	struct buf shown = {0};

	while (drawing.at < drawing.len && strchr(" \t\r\n", drawing.text[drawing.at]) != NULL)
		drawing.at++;
	if (story->open == 0 || drawing.len - drawing.at < 4 || strncasecmp(drawing.text + drawing.at, "EQ ", 3) != 0)
		return;
	drawing.at += 3;
	put_element(&drawing, &shown, 0);
	if (shown.len > 0)
		story_put(story, shown.data, shown.len);
	buf_release(&shown);
}
