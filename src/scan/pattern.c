/* pattern.c - patterns meet folded text.
 *
 * Text is folded before it is matched, so a pattern written with traditional forms or full-width
 * brackets would match nothing, silently, for ever.  Folding a pattern as if it were text would
 * drop its spaces and join its lines; so its literals are folded one by one and nothing else is. */
#include "pattern.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "text/fold.h"

#include <stdbool.h>
#include <string.h>

/* Where in the pattern the walk is. */
struct walk {
	const char *text;
	size_t at, len;
	size_t class_start; /* first byte inside the brackets; 0: not in a class */
	bool quoted;        /* between \Q and \E */
	struct buf out;
};

static bool is_alnum(uint32_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* What the character of `n` bytes folds to, 0 when that is not one character. */
static uint32_t folded_character(const char *text, size_t n)
{
	struct folded folded = {0};
	uint32_t c = 0;

	if (utf8_decode(text, n, &c) == n && fold_keeps(c))
		return c;
	c = 0;
	fold_text(text, n, VIEW_LINE, &folded);
	if (folded.len == 0 || utf8_decode(folded.text, folded.len, &c) != folded.len)
		c = 0;
	folded_release(&folded);
	return c;
}

static bool is_range_end(const struct walk *w, size_t n)
{
	const bool before = w->at > w->class_start + 1 && w->text[w->at - 1] == '-';
	const bool after = w->at + n + 1 < w->len && w->text[w->at + n] == '-' && w->text[w->at + n + 1] != ']';

	return w->class_start != 0 && (before || after);
}

/* One character beyond ASCII; `escaped`: a backslash stood before it, which is dropped. */
static void add_literal(struct walk *w, size_t n, bool escaped)
{
	const uint32_t c = folded_character(w->text + w->at, n);
	char bytes[4];

	if (c == 0 || c == '\\' || (is_range_end(w, n) && !is_alnum(c))) {
		if (escaped)
			buf_add_byte(&w->out, '\\');
		buf_add(&w->out, w->text + w->at, n);
	} else {
		if (c < 0x80 && !is_alnum(c) && !w->quoted)
			buf_add_byte(&w->out, '\\');
		buf_add(&w->out, bytes, utf8_encode(c, bytes));
	}
	w->at += n;
}

static void copy(struct walk *w, size_t n)
{
	n = n > w->len - w->at ? w->len - w->at : n;
	buf_add(&w->out, w->text + w->at, n);
	w->at += n;
}

static void add_escape(struct walk *w)
{
	const char next = w->at + 1 < w->len ? w->text[w->at + 1] : '\0';

	if ((unsigned char)next >= 0x80 && !w->quoted) {
		uint32_t c = 0;
		const size_t n = utf8_decode(w->text + w->at + 1, w->len - w->at - 1, &c);

		w->at++;
		add_literal(w, n > 0 ? n : 1, true);
		return;
	}
	if (next == 'Q' || next == 'E')
		w->quoted = next == 'Q';
	copy(w, w->quoted && next != 'Q' ? 1 : 2);
}

/* Brackets: a class begins, ends, or holds a [:name:]. */
static void add_ascii(struct walk *w)
{
	const char c = w->text[w->at];
	const char *end = NULL;

	if (c == '[' && w->class_start != 0 && w->at + 1 < w->len && w->text[w->at + 1] == ':')
		end = strstr(w->text + w->at, ":]");
	copy(w, end != NULL ? (size_t)(end + 2 - (w->text + w->at)) : 1);
	if (w->quoted || end != NULL)
		return;
	if (c == ']') {
		w->class_start = 0;
	} else if (c == '[' && w->class_start == 0) {
		if (w->text[w->at] == '^')
			copy(w, 1);
		w->class_start = w->at;
		if (w->text[w->at] == ']') /* the first in a class is itself */
			copy(w, 1);
	}
}

char *pattern_fold(const char *pattern)
{
	struct walk w = {.text = pattern, .len = strlen(pattern)};

	while (w.at < w.len) {
		uint32_t c = 0;
		const size_t n = utf8_decode(w.text + w.at, w.len - w.at, &c);

		if (n > 1)
			add_literal(&w, n, false);
		else if (w.text[w.at] == '\\')
			add_escape(&w);
		else
			add_ascii(&w);
	}
	return buf_take(&w.out);
}
