/* fold.c - what a person sees, as bytes a rule can match.
 *
 * Four small passes over code points, each with its place in the source: characters (the generated
 * table), look-alikes, white space, and out as UTF-8.  Everything hidden is dropped, so a keyword is
 * found after any disguise; and where dropping or mapping changed a word, that is reported itself. */
#include "text/fold.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "fold_inside.h"
#include "fold_table.h"

#include <stdlib.h>
#include <string.h>

static enum char_class class_of(uint32_t c)
{
	return (enum char_class)class_pages[class_index[c / FOLD_PAGE]][c % FOLD_PAGE];
}

static bool is_word(enum char_class class)
{
	return class == CLASS_LATIN || class == CLASS_LETTER || class == CLASS_CJK || class == CLASS_DIGIT ||
	       class == CLASS_MARK;
}

static void push(struct glyphs *g, uint32_t c, uint32_t origin)
{
	if (g->count == g->capacity) {
		g->capacity = g->capacity > 0 ? g->capacity * 2 : 256;
		g->items = mem_resize(g->items, g->capacity, sizeof(*g->items));
	}
	g->items[g->count++] = (struct glyph){.c = c, .origin = origin};
}

static int compare_pairs(const void *a, const void *b)
{
	const struct fold_pair *p = a, *q = b;

	if (p->first != q->first)
		return p->first < q->first ? -1 : 1;
	return p->second < q->second ? -1 : p->second > q->second ? 1 : 0;
}

/* A combining mark joins the character directly before it, as NFC would. */
static bool join_mark(struct glyphs *g, uint32_t mark)
{
	struct fold_pair key = {0, mark, 0};
	const struct fold_pair *found;

	if (g->count == 0)
		return false;
	key.first = g->items[g->count - 1].c;
	found = bsearch(&key, fold_pairs, fold_pair_count, sizeof(key), compare_pairs);
	if (found != NULL)
		g->items[g->count - 1].c = found->composed;
	return found != NULL;
}

static void push_folded(struct glyphs *g, uint32_t c, uint32_t origin)
{
	const uint32_t to = fold_pages[fold_index[c / FOLD_PAGE]][c % FOLD_PAGE];

	if ((to & FOLD_SEQUENCE) != 0) {
		const uint32_t *sequence = fold_sequences + (to & ~FOLD_SEQUENCE);

		for (uint32_t i = 1; i <= sequence[0]; i++)
			push(g, sequence[i], origin);
		return;
	}
	c = to == FOLD_KEEP ? c : to;
	if (class_of(c) != CLASS_MARK || !join_mark(g, c))
		push(g, c, origin);
}

/* Something was dropped: remember it, until the next character says whether it hid inside a word. */
struct hidden {
	bool pending, bidi;
	uint32_t at;
};

static void settle_hidden(struct disguises *d, struct hidden *h, const struct glyphs *g, uint32_t next, uint32_t origin)
{
	const enum char_class before = g->count > 0 ? class_of(g->items[g->count - 1].c) : CLASS_OTHER;
	const enum char_class after = class_of(next);
	/* Joiners between letters of scripts that need them (Persian, Indic) are honest. */
	const bool honest = before == CLASS_LETTER || after == CLASS_LETTER || before == CLASS_MARK || after == CLASS_MARK;

	if (h->pending && is_word(before) && is_word(after) && !honest)
		disguise_add(d, h->bidi ? DISGUISE_BIDI : DISGUISE_INVISIBLE, g->items[g->count - 1].origin, origin);
	h->pending = false;
}

static void take_characters(const char *text, size_t len, struct glyphs *g, struct disguises *d)
{
	struct hidden hidden = {0};

	for (size_t i = 0; i < len;) {
		uint32_t c = 0;
		const size_t n = utf8_decode(text + i, len - i, &c);
		const enum char_class class = n > 0 ? class_of(c) : CLASS_OTHER;

		if (n == 0) { /* not by contract; kept visible rather than lost */
			push(g, 0xFFFD, (uint32_t)i++);
			continue;
		}
		if (class == CLASS_INVISIBLE || class == CLASS_BIDI || class == CLASS_OVERLAY) {
			hidden = (struct hidden){.pending = true, .bidi = class == CLASS_BIDI, .at = (uint32_t)i};
			if (c == 0x202D || c == 0x202E)
				disguise_add(d, DISGUISE_BIDI, (uint32_t)i, (uint32_t)(i + n));
		} else {
			settle_hidden(d, &hidden, g, c, (uint32_t)(i + n));
			if (class == CLASS_BREAK && !(c == '\n' && i > 0 && text[i - 1] == '\r'))
				push(g, '\n', (uint32_t)i);
			else if (class != CLASS_BREAK)
				push_folded(g, c, (uint32_t)i);
		}
		i += n;
	}
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

/* One run of letters: if it has Latin ones and ones that only look it, all become Latin.  A word
 * with a letter that no Latin one looks like is a word of its own script. */
static void fold_word(struct glyphs *g, size_t from, size_t to, struct disguises *d)
{
	size_t latin = 0, alike = 0, other = 0;

	for (size_t i = from; i < to; i++) {
		if (class_of(g->items[i].c) == CLASS_LATIN)
			latin++;
		else if (latin_of(g->items[i].c) != 0)
			alike++;
		else if (class_of(g->items[i].c) != CLASS_MARK)
			other++;
	}
	if (latin == 0 || alike == 0 || other > 0)
		return;
	disguise_add(d, DISGUISE_MIXED_SCRIPT, g->items[from].origin, g->items[to - 1].origin + 1);
	for (size_t i = from; i < to; i++)
		if (latin_of(g->items[i].c) != 0)
			g->items[i].c = latin_of(g->items[i].c);
}

static void fold_lookalike_words(struct glyphs *g, struct disguises *d)
{
	size_t from = 0;

	for (size_t i = 0; i <= g->count; i++) {
		const enum char_class class = i < g->count ? class_of(g->items[i].c) : CLASS_OTHER;

		if (class == CLASS_LATIN || class == CLASS_LETTER || class == CLASS_MARK)
			continue;
		if (i > from + 1)
			fold_word(g, from, i, d);
		from = i + 1;
	}
}

/* A letter that became Latin may now take the mark behind it in. */
static void join_marks(struct glyphs *g)
{
	struct glyphs joined = {0};

	for (size_t i = 0; i < g->count; i++)
		if (class_of(g->items[i].c) != CLASS_MARK || !join_mark(&joined, g->items[i].c))
			push(&joined, g->items[i].c, g->items[i].origin);
	free(g->items);
	*g = joined;
}

/* What stands for a run of white space with `breaks` line ends, between `before` and `after` (0 at
 * an end): nothing, a space, or a line end. */
static uint32_t gap(enum text_view view, uint32_t before, uint32_t after, size_t breaks)
{
	if (before == 0 || after == 0)
		return view == VIEW_LINE && breaks > 0 ? '\n' : 0;
	if (breaks > (view == VIEW_RUNNING ? 1 : 0))
		return '\n';
	return class_of(before) == CLASS_CJK || class_of(after) == CLASS_CJK ? 0 : ' ';
}

static bool is_lower_latin(uint32_t c)
{
	return c >= 'a' && c <= 'z';
}

/* Line view keeps every line end: `^` and `$` mean lines, empty ones too. */
static void push_gap(struct glyphs *out, enum text_view view, const struct glyphs *in, size_t from, size_t to)
{
	const uint32_t before = out->count > 0 ? out->items[out->count - 1].c : 0;
	const uint32_t after = to < in->count ? in->items[to].c : 0;
	size_t breaks = 0;
	uint32_t c;

	for (size_t i = from; i < to; i++)
		breaks += in->items[i].c == '\n' ? 1 : 0;
	if (view == VIEW_LINE && breaks > 0) {
		for (size_t i = from; i < to; i++)
			if (in->items[i].c == '\n')
				push(out, '\n', in->items[i].origin);
		return;
	}
	/* confi-LF dential: the hyphen of a broken word goes with the break */
	if (view == VIEW_RUNNING && breaks == 1 && out->count > 1 && before == '-' && is_lower_latin(after) &&
	    class_of(out->items[out->count - 2].c) == CLASS_LATIN) {
		out->count--;
		return;
	}
	c = gap(view, before == '\n' ? 0 : before, after, breaks);
	if (c == '\n' && view == VIEW_RUNNING) /* a paragraph ends with two, so that folding again keeps it */
		push(out, c, in->items[from].origin);
	if (c != 0)
		push(out, c, in->items[from].origin);
}

static void fold_spaces(const struct glyphs *in, enum text_view view, struct glyphs *out)
{
	for (size_t i = 0; i < in->count;) {
		size_t end = i;

		while (end < in->count && (in->items[end].c == ' ' || in->items[end].c == '\n'))
			end++;
		if (end > i)
			push_gap(out, view, in, i, end);
		else
			push(out, in->items[end].c, in->items[end].origin);
		i = end > i ? end : end + 1;
	}
}

/* 机密*10年 is written with an asterisk as often as with a star; **机密** is emphasis, not a mark.  A
 * space behind the new star goes, as beside any other. */
static void fold_asterisks(struct glyphs *g)
{
	size_t kept = 0;

	for (size_t i = 0; i < g->count; i++) {
		const size_t next = i + 1 < g->count && g->items[i + 1].c == ' ' ? i + 2 : i + 1;
		const uint32_t before = kept > 0 ? g->items[kept - 1].c : 0, after = next < g->count ? g->items[next].c : 0;
		const bool period = after != 0 && (class_of(after) == CLASS_DIGIT || class_of(after) == CLASS_CJK);

		g->items[kept] = g->items[i];
		if ((g->items[i].c == '*' || g->items[i].c == 0x2217) && before != 0x2605 && before != 0 &&
		    class_of(before) == CLASS_CJK && period && after != 0x2605) {
			g->items[kept].c = 0x2605;
			i = next - 1;
		}
		kept++;
	}
	g->count = kept;
}

static void write_out(const struct glyphs *g, size_t source_len, struct folded *out)
{
	size_t len = 0;

	for (size_t i = 0; i < g->count; i++)
		len += g->items[i].c < 0x80 ? 1 : g->items[i].c < 0x800 ? 2 : g->items[i].c < 0x10000 ? 3 : 4;
	out->text = mem_resize(NULL, len + 1, 1);
	out->origin = mem_resize(NULL, len + 1, sizeof(*out->origin));
	out->len = 0;
	for (size_t i = 0; i < g->count; i++) {
		char bytes[4];
		const size_t n = utf8_encode(g->items[i].c, bytes);

		memcpy(out->text + out->len, bytes, n);
		for (size_t k = 0; k < n; k++)
			out->origin[out->len + k] = g->items[i].origin;
		out->len += n;
	}
	out->text[out->len] = '\0';
	out->origin[out->len] = (uint32_t)source_len;
}

static void copy_verbatim(const char *text, size_t len, struct folded *out)
{
	out->text = mem_copy_bytes(text, len);
	out->len = len;
	out->origin = mem_alloc(len + 1, sizeof(*out->origin));
	for (size_t i = 0; i <= len; i++)
		out->origin[i] = (uint32_t)i;
}

void fold_text(const char *text, size_t len, enum text_view view, struct folded *out)
{
	struct glyphs g = {0}, spaced = {0};
	struct disguises d = {0};

	*out = (struct folded){0};
	if (view == VIEW_VERBATIM) {
		copy_verbatim(text, len, out);
		return;
	}
	take_characters(text, len, &g, &d);
	fold_lookalike_words(&g, &d);
	if (d.count > 0)
		join_marks(&g);
	fold_spaces(&g, view, &spaced);
	fold_asterisks(&spaced);
	write_out(&spaced, len, out);
	out->disguises = d.items;
	out->disguise_count = d.count;
	free(g.items);
	free(spaced.items);
}

void folded_release(struct folded *folded)
{
	free(folded->text);
	free(folded->origin);
	free(folded->disguises);
	*folded = (struct folded){0};
}
