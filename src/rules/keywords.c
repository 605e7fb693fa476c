/* keywords.c - long lists of words, one a line.
 *
 * A word list is read by people who maintain it and believed by people who trust it, so what it
 * cannot mean is refused at its line: a word twice, a sentence, bytes that are no text. */
#include "rules_inside.h"

#include "base/language.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { LINES_MOST = 200000, KEYWORD_MOST = 200 };

static const char byte_order_mark[] = "\xEF\xBB\xBF";

bool keyword_fits(const char *word)
{
	size_t count = 0;

	for (const char *p = word; *p != '\0'; p++)
		count += ((unsigned char)*p & 0xC0) != 0x80 ? 1 : 0;
	return count >= 1 && count <= KEYWORD_MOST && strpbrk(word, "\r\n") == NULL;
}

struct place {
	const char *text;
	size_t index;
};

static int compare_places(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	const int d = strcmp(x->text, y->text);

	if (d != 0)
		return d;
	return x->index < y->index ? -1 : x->index > y->index;
}

/* Sorted, because a list may be a hundred thousand long. */
bool texts_repeat(const struct texts *texts, size_t *again)
{
	struct place *all = mem_alloc(texts->count, sizeof(*all));
	size_t first = texts->count;

	for (size_t i = 0; i < texts->count; i++)
		all[i] = (struct place){texts->items[i], i};
	if (texts->count > 0)
		qsort(all, texts->count, sizeof(*all), compare_places);
	for (size_t i = 1; i < texts->count; i++)
		if (all[i].index < first && strcmp(all[i].text, all[i - 1].text) == 0)
			first = all[i].index;
	free(all);
	*again = first;
	return first < texts->count;
}

/* A list being read; `lines` says where each word stands. */
struct reader {
	const struct rule_file *file;
	struct texts *out;
	unsigned *lines;
};

static bool complain(const struct rule_file *file, unsigned line, struct err *err, const char *what)
{
	(void)err_reason(err, ERR_INPUT, what);
	err_context(err, "%s:%u:1", file->name, line);
	return false;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static bool read_line(struct reader *r, const char *word, size_t len, unsigned line, struct err *err)
{
	char *taken;

	while (len > 0 && is_blank(word[len - 1]))
		len--;
	for (; len > 0 && is_blank(word[0]); len--)
		word++;
	if (len == 0 || word[0] == '#')
		return true;
	if (!utf8_valid(word, len, NULL) || memchr(word, '\0', len) != NULL)
		return complain(r->file, line, err, N_("not UTF-8 text"));
	taken = mem_copy_bytes(word, len);
	if (!keyword_fits(taken)) {
		free(taken);
		return complain(r->file, line, err, N_("a keyword longer than 200 characters"));
	}
	r->lines = mem_grow(r->lines, r->out->count, sizeof(*r->lines));
	r->lines[r->out->count] = line;
	texts_add(r->out, taken);
	return true;
}

static bool read_lines(struct reader *r, const char *at, const char *end, struct err *err)
{
	for (unsigned line = 1; at < end; line++) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		const size_t len = (size_t)((stop != NULL ? stop : end) - at);

		if (line > LINES_MOST)
			return err_set(err, ERR_LIMIT, "%s:%u:1: more than 200,000 lines", r->file->name, line);
		if (!read_line(r, at, len, line, err))
			return false;
		at += stop != NULL ? len + 1 : len;
	}
	return true;
}

bool keywords_parse(const struct rule_file *file, struct texts *out, struct err *err)
{
	struct reader r = {.file = file, .out = out};
	const char *at = file->bytes, *end = file->bytes + file->len;
	size_t again = 0;
	bool ok;

	if (file->len >= 3 && memcmp(at, byte_order_mark, 3) == 0)
		at += 3;
	ok = read_lines(&r, at, end, err);
	if (ok && out->count == 0)
		ok = complain(file, 1, err, N_("no keyword in it"));
	if (ok && texts_repeat(out, &again))
		ok = complain(file, r.lines[again], err, N_("this keyword is in the list already"));
	free(r.lines);
	return ok;
}
