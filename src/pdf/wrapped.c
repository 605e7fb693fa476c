/* wrapped.c - numbers that go on in the next line.
 *
 * A cell that is too narrow for an identity number breaks it, and so does a line of Chinese.  In the places of its
 * glyphs it looks like two numbers in one column.  But what is in one cell is drawn at once, while rows are drawn one
 * after the other; and a line that was broken reaches as far to the right as what follows it, which does not begin
 * further to the left.  A list of numbers looks like that too: whether the two are one is for a rule to say, by what
 * such numbers must be. */
#include "canvas.h"

#include <math.h>

enum { DIGITS_LEAST = 10, CHARACTERS_MOST = 40 };
#define NEAR 0.3        /* of an em, to the right */
#define NEXT_LINE 2.2   /* no further down, in ems */
#define SAME_LINE 0.6
#define IN_CELL 0.6     /* room within a line of one cell, in ems */
#define INDENT 2.5      /* of the first line of a paragraph */

/* Glyphs drawn one after the other that are one word: drawn[start] to drawn[end - 1]. */
struct piece {
	size_t start, end, digits;
};

static char character_of(const struct canvas *canvas, const struct glyph *g)
{
	const char c = g->text_len == 1 ? canvas->texts.data[g->text] : '\0';

	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ? c : '\0';
}

/* The letters and digits from drawn[at] on; none: start is end. */
static struct piece piece_at(const struct canvas *canvas, const uint32_t *drawn, size_t count, size_t at)
{
	struct piece piece = {at, at, 0};

	while (piece.end < count) {
		const struct glyph *g = &canvas->glyphs[drawn[piece.end]];
		const char c = character_of(canvas, g);

		if (c == '\0' || g->dy != 0 || g->dx <= 0 || (piece.end > at && gap_between(&canvas->glyphs[drawn[piece.end - 1]], g) != GAP_NONE))
			break;
		piece.digits += c >= '0' && c <= '9';
		piece.end++;
	}
	return piece;
}

/* How far to the left what follows may begin: where the line of `piece` does, in its cell. */
static double left_of(const struct canvas *canvas, const uint32_t *drawn, const struct piece *piece)
{
	const struct glyph *first = &canvas->glyphs[drawn[piece->start]], *at = first;

	for (size_t i = piece->start; i > 0; i--) {
		const struct glyph *before = &canvas->glyphs[drawn[i - 1]];

		if (gap_between(before, at) == GAP_LINE || at->x - before->x - before->dx > IN_CELL * first->size)
			break;
		at = before;
	}
	return at->x - (at == first ? NEAR : INDENT) * first->size;
}

/* Does `b` go on where the line of `a` was full? */
static bool goes_on(const struct canvas *canvas, const uint32_t *drawn, const struct piece *a, const struct piece *b)
{
	const struct glyph *last = &canvas->glyphs[drawn[a->end - 1]], *first = &canvas->glyphs[drawn[b->start]];
	const struct glyph *end = &canvas->glyphs[drawn[b->end - 1]];
	const double down = last->y - first->y, size = last->size;

	return a->digits > 0 && b->digits > 0 && down > SAME_LINE * size && down < NEXT_LINE * size && fabs(first->size - size) < NEAR * size &&
	       end->x + end->dx <= last->x + last->dx + NEAR * size && first->x >= left_of(canvas, drawn, a);
}

/* The pieces from `first` on that may be one number; returns the last of them. */
static struct piece chain(const struct canvas *canvas, const uint32_t *drawn, size_t count, const struct piece *first, size_t *digits)
{
	struct piece last = *first;

	*digits = first->digits;
	for (;;) {
		const struct piece next = piece_at(canvas, drawn, count, last.end);

		/* a space drawn between the two has its own number */
		if (next.end == next.start || drawn[next.start] != drawn[last.end - 1] + 1 || !goes_on(canvas, drawn, &last, &next))
			return last;
		*digits += next.digits;
		last = next;
	}
}

bool wrapped_find(const struct canvas *canvas, const uint32_t *drawn, size_t count, bool *goes_on_here)
{
	bool any = false;

	for (size_t at = 0; at < count;) {
		const struct piece first = piece_at(canvas, drawn, count, at);
		size_t digits = 0;

		if (first.end == first.start) {
			at++;
			continue;
		}
		const struct piece last = chain(canvas, drawn, count, &first, &digits);

		at = last.end;
		if (last.start == first.start || digits < DIGITS_LEAST || last.end - first.start > CHARACTERS_MOST)
			continue;
		any = true;
		for (size_t i = first.start + 1; i < last.end; i++)
			goes_on_here[i] = true;
	}
	return any;
}
