/* word_diff.c - what changed, for a person who read the first text.
 *
 * Chinese has no spaces, so each character is a word of its own; a line end is one too, because where a
 * line ends is part of what a list or a table says. */
#include "text/word_diff.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum kind { KIND_SPACE = 0, KIND_LETTER, KIND_ALONE };

static enum kind kind_of(uint32_t c)
{
	if (c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f' || c == 0x3000 || c == 0xA0)
		return KIND_SPACE;
	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ? KIND_LETTER : KIND_ALONE;
	return c < 0x2000 ? KIND_LETTER : KIND_ALONE; /* alphabets; signs and ideographs */
}

void words_split(const char *text, size_t len, struct words *out)
{
	enum kind last = KIND_SPACE;

	*out = (struct words){0};
	for (size_t i = 0; i < len;) {
		uint32_t c = 0;
		const size_t decoded = utf8_decode(text + i, len - i, &c), n = decoded > 0 ? decoded : 1;
		const enum kind kind = decoded > 0 ? kind_of(c) : KIND_ALONE;

		if (kind == KIND_LETTER && last == KIND_LETTER) {
			out->items[out->count - 1].end = i + n;
		} else if (kind != KIND_SPACE) {
			out->items = mem_grow(out->items, out->count, sizeof(*out->items));
			out->items[out->count++] = (struct word){i, i + n};
		}
		last = kind;
		i += n;
	}
}

void words_release(struct words *words)
{
	free(words->items);
	*words = (struct words){0};
}

struct pair {
	const char *before, *after;
	const struct word *a, *b; /* behind the common beginning */
	int32_t n, m;
	size_t skipped;
};

static bool same(const struct pair *p, int32_t x, int32_t y)
{
	const struct word *a = &p->a[x], *b = &p->b[y];

	return a->end - a->start == b->end - b->start && memcmp(p->before + a->start, p->after + b->start, a->end - a->start) == 0;
}

static void add_edit(struct edits *out, struct edit edit)
{
	out->items = mem_grow(out->items, out->count, sizeof(*out->items));
	out->items[out->count++] = edit;
}

/* From the end to the beginning: one word taken out or put in; joined with the one found before it
 * when they touch. */
static void add_step(struct edits *out, const struct pair *p, int32_t x, int32_t y, bool down)
{
	const size_t a = p->skipped + (size_t)x, b = p->skipped + (size_t)y;
	struct edit *last = out->count > 0 ? &out->items[out->count - 1] : NULL;
	const struct edit step = {a, a + (down ? 0 : 1), b, b + (down ? 1 : 0)};

	if (last != NULL && last->before_from == step.before_to && last->after_from == step.after_to) {
		last->before_from = step.before_from;
		last->after_from = step.after_from;
	} else {
		add_edit(out, step);
	}
}

/* How far each diagonal is reached with d changes; row d of `rows` keeps diagonals -d .. d. */
struct frontier {
	int32_t **rows;
	int32_t d;
};

static int32_t reach(const struct frontier *f, int32_t d, int32_t k)
{
	return k < -d || k > d ? -1 : f->rows[d][k + d];
}

/* One more change: true when the end is reached. */
static bool advance(struct frontier *f, const struct pair *p)
{
	const int32_t d = f->d;

	f->rows[d] = mem_alloc((size_t)(2 * d + 1), sizeof(int32_t));
	for (int32_t k = -d; k <= d; k += 2) {
		int32_t x = 0, y;

		if (d > 0)
			x = k == -d || (k != d && reach(f, d - 1, k - 1) < reach(f, d - 1, k + 1)) ? reach(f, d - 1, k + 1)
			                                                                           : reach(f, d - 1, k - 1) + 1;
		y = x - k;
		while (x < p->n && y >= 0 && y < p->m && same(p, x, y)) {
			x++;
			y++;
		}
		f->rows[d][k + d] = x;
		if (x >= p->n && y >= p->m)
			return true;
	}
	return false;
}

static void trace_back(const struct frontier *f, const struct pair *p, struct edits *out)
{
	int32_t x = p->n, y = p->m;

	for (int32_t d = f->d; d > 0; d--) {
		const int32_t k = x - y;
		const bool down = k == -d || (k != d && reach(f, d - 1, k - 1) < reach(f, d - 1, k + 1));
		const int32_t from = down ? k + 1 : k - 1;

		x = reach(f, d - 1, from);
		y = x - from;
		add_step(out, p, x, y, down);
	}
	for (size_t i = 0; i < out->count / 2; i++) {
		const struct edit swapped = out->items[i];

		out->items[i] = out->items[out->count - 1 - i];
		out->items[out->count - 1 - i] = swapped;
	}
}

void word_diff(const char *before, const struct words *a, const char *after, const struct words *b, struct edits *out)
{
	struct pair p = {before, after, a->items, b->items, (int32_t)a->count, (int32_t)b->count, 0};
	int32_t *rows[WORD_DIFF_MOST + 1] = {0};
	struct frontier f = {rows, 0};
	bool met = false;

	*out = (struct edits){0};
	while (p.n > 0 && p.m > 0 && same(&p, 0, 0)) {
		p.a++;
		p.b++;
		p.n--;
		p.m--;
		p.skipped++;
	}
	while (p.n > 0 && p.m > 0 && same(&p, p.n - 1, p.m - 1)) {
		p.n--;
		p.m--;
	}
	if (p.n == 0 && p.m == 0)
		return;
	while (!met && f.d <= WORD_DIFF_MOST) {
		met = advance(&f, &p);
		f.d += met ? 0 : 1;
	}
	if (met)
		trace_back(&f, &p, out);
	else
		add_edit(out, (struct edit){p.skipped, p.skipped + (size_t)p.n, p.skipped, p.skipped + (size_t)p.m});
	for (int32_t d = 0; d <= WORD_DIFF_MOST; d++)
		free(rows[d]);
}

void edits_release(struct edits *edits)
{
	free(edits->items);
	*edits = (struct edits){0};
}
