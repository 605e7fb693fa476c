/* fold_word.c - words that only look Latin, and marks that join letters.
 *
 * SЕCRET with a Cyrillic Е is SECRET to a reader.  A word that has Latin letters, letters that look
 * like them, and hardly any others, becomes Latin; a word of another script stays its own. */
#include "fold_inside.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>

enum { WORD_MOST = FOLD_UNSETTLED / 4 };

void folder_disguise(struct folder *f, enum disguise_kind kind, size_t start, size_t end)
{
	struct folded *out = &f->out;
	struct disguise *last = out->disguise_count > 0 ? &out->disguises[out->disguise_count - 1] : NULL;

	if (last != NULL && last->kind == kind && start <= last->end) {
		last->end = end > last->end ? end : last->end;
		return;
	}
	if (out->disguise_count == f->disguise_capacity) {
		f->disguise_capacity = f->disguise_capacity > 0 ? f->disguise_capacity * 2 : 16;
		out->disguises = mem_resize(out->disguises, f->disguise_capacity, sizeof(*out->disguises));
	}
	out->disguises[out->disguise_count++] = (struct disguise){.kind = kind, .start = start, .end = end};
}

static int compare_pairs(const void *a, const void *b)
{
	const struct fold_pair *p = a, *q = b;

	if (p->first != q->first)
		return p->first < q->first ? -1 : 1;
	return p->second < q->second ? -1 : p->second > q->second ? 1 : 0;
}

static const struct fold_pair *find_pair(uint32_t first, uint32_t second)
{
	const struct fold_pair key = {first, second, 0};

	return bsearch(&key, fold_pairs, fold_pair_count, sizeof(key), compare_pairs);
}

bool text_name_is_apart(const char *name, size_t len)
{
	uint32_t c = 0, before = 0;
	size_t n;

	for (size_t i = 0; i < len; i += n > 0 ? n : 1, before = c) {
		n = utf8_decode(name + i, len - i, &c);
		c = n > 0 ? c : 0;
		if (find_pair(before, c) != NULL)
			return true;
	}
	return false;
}

bool folder_join_mark(struct folder *f, uint32_t mark)
{
	size_t at = 0, origin;
	const struct fold_pair *found = find_pair(folder_last(f, &at), mark);

	if (found == NULL)
		return false;
	origin = folded_origin(&f->out, at);
	folder_cut(f, at);
	folder_add(f, found->composed, origin);
	return true;
}

static int compare_lookalikes(const void *a, const void *b)
{
	const uint32_t x = ((const struct fold_lookalike *)a)->from, y = ((const struct fold_lookalike *)b)->from;

	return x < y ? -1 : x > y ? 1 : 0;
}

static uint32_t latin_of(uint32_t c)
{
	const struct fold_lookalike key = {c, 0};
	const struct fold_lookalike *found = NULL;

	if (class_of(c) == CLASS_LETTER)
		found = bsearch(&key, fold_lookalikes, fold_lookalike_count, sizeof(key), compare_lookalikes);
	return found != NULL ? found->to : 0;
}

struct letter {
	uint32_t c;
	enum char_class class;
	size_t at, origin; /* told by trace() */
};

/* The letters of the last word, from its end; at most WORD_MOST. */
static size_t collect(const struct folder *f, struct letter *word)
{
	struct folder rest = {.out = f->out};
	size_t count = 0;

	while (rest.out.len > 0 && count < WORD_MOST) {
		struct letter *l = &word[count];

		l->c = folder_last(&rest, &l->at);
		l->class = class_of(l->c);
		if (l->class != CLASS_LATIN && l->class != CLASS_LETTER && l->class != CLASS_MARK)
			break;
		count++;
		rest.out.len = l->at;
	}
	return count;
}

/* Where each stood, which is worth asking for few words. */
static void trace(const struct folder *f, struct letter *word, size_t count)
{
	for (size_t i = 0; i < count; i++)
		word[i].origin = folded_origin(&f->out, word[i].at);
}

static bool is_greek(uint32_t c)
{
	return c >= 0x370 && c <= 0x3FF;
}

/* Formulae put a Greek letter before Latin ones (rho g h, alpha max); inside a word it hides. */
static bool is_hiding(const struct letter *word, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (latin_of(word[i].c) != 0 && (!is_greek(word[i].c) || (count >= 4 && i > 0 && i + 1 < count)))
			return true;
	return false;
}

/* The breaks of a hyphenated word stay before the letters they stood before. */
static void move_breaks(struct folder *f, const struct letter *letter)
{
	for (size_t i = f->out.break_count; i > 0 && f->out.breaks[i - 1].at >= letter->at; i--)
		if (f->out.breaks[i - 1].at == letter->at)
			f->out.breaks[i - 1].at = (uint32_t)f->out.len;
}

/* One run of letters: if it has Latin ones and ones that only look it, all become Latin.  A word
 * with many letters that no Latin one looks like is a word of its own script. */
void folder_end_word(struct folder *f)
{
	struct letter word[WORD_MOST];
	const size_t count = collect(f, word);
	size_t latin = 0, letters = 0, alike = 0;
	uint32_t n;

	f->alike = false;
	for (size_t i = 0; i < count; i++) {
		latin += word[i].class == CLASS_LATIN ? 1 : 0;
		letters += word[i].class == CLASS_LETTER ? 1 : 0;
	}
	for (size_t i = 0; latin > 0 && i < count; i++)
		alike += word[i].class == CLASS_LETTER && latin_of(word[i].c) != 0 ? 1 : 0;
	if (latin == 0 || alike == 0 || (letters - alike) * 3 > latin)
		return;
	trace(f, word, count);
	if (is_hiding(word, count)) {
		const struct letter *last = &word[0];

		(void)utf8_decode(f->out.text + last->at, f->out.len - last->at, &n);
		folder_disguise(f, DISGUISE_MIXED_SCRIPT, word[count - 1].origin, last->origin + 1);
	}
	folder_cut(f, word[count - 1].at);
	for (size_t i = count; i > 0; i--) {
		const uint32_t c = word[i - 1].c, to = latin_of(c);

		move_breaks(f, &word[i - 1]);
		if (word[i - 1].class != CLASS_MARK)
			folder_add(f, to != 0 ? to : c, word[i - 1].origin);
		else
			(void)folder_join_mark(f, c); /* or is dropped, as behind any Latin letter */
	}
}
