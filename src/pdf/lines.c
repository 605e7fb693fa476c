/* lines.c - glyphs, put in the order a person reads them in: by the direction they run, line by line,
 * along each line.
 *
 * Spaces are where there is room, whatever space characters are drawn: a document may draw its words
 * without any, or one where none is seen.  What is letter-spaced (机 密, S E C R E T) is one word: room
 * that is the same between all letters of a line is no space. */
#include "canvas.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>

#define SAME_LINE 0.4    /* of an em, up or down */
#define WORD_GAP 0.15    /* of an em */
#define WIDE_GAP 1.0     /* between ideographs */
#define LETTER_GAP 1.2   /* letters further apart are no word any more */
#define TWICE 0.2        /* the same glyph, not further away, nor half its width: drawn to look bold, or for a shadow */

/* A glyph as its line sees it: how far along, how high, of what direction. */
struct placed {
	double along, height, length;
	uint32_t glyph;
	int direction; /* degrees */
};

/* The unit vector a glyph runs along, in whole degrees. */
static int direction_of(const struct glyph *g)
{
	if (g->dx == 0 && g->dy == 0)
		return g->vertical ? 270 : 0;
	const double degrees = atan2(g->dy, g->dx) * 180 / 3.14159265358979;

	return ((int)lround(degrees) + 360) % 360;
}

static struct placed place(const struct canvas *canvas, uint32_t number)
{
	const struct glyph *g = &canvas->glyphs[number];
	const int direction = direction_of(g);
	const double radians = direction * 3.14159265358979 / 180, x = cos(radians), y = sin(radians);

	return (struct placed){.along = g->x * x + g->y * y, .height = -g->x * y + g->y * x, .length = hypot(g->dx, g->dy),
	                       .glyph = number, .direction = direction};
}

static int compare_heights(const void *a, const void *b)
{
	const struct placed *p = a, *q = b;

	if (p->direction != q->direction)
		return p->direction < q->direction ? -1 : 1;
	if (p->height != q->height)
		return p->height > q->height ? -1 : 1;
	return p->glyph < q->glyph ? -1 : p->glyph > q->glyph;
}

static int compare_along(const void *a, const void *b)
{
	const struct placed *p = a, *q = b;

	if (p->along != q->along)
		return p->along < q->along ? -1 : 1;
	return p->glyph < q->glyph ? -1 : p->glyph > q->glyph;
}

static bool same_glyph(const struct canvas *canvas, const struct placed *a, const struct placed *b)
{
	const struct glyph *g = &canvas->glyphs[a->glyph], *h = &canvas->glyphs[b->glyph];

	if (fabs(a->along - b->along) > fmin(TWICE * g->size, a->length / 2) || fabs(a->height - b->height) > TWICE * g->size ||
	    g->text_len != h->text_len)
		return false;
	for (size_t i = 0; i < g->text_len; i++)
		if (canvas->texts.data[g->text + i] != canvas->texts.data[h->text + i])
			return false;
	return true;
}

/* Those drawn twice are left out; the line is in order. */
static size_t drop_doubles(const struct canvas *canvas, struct placed *line, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		bool twice = false;

		for (size_t back = 1; back <= 3 && back <= kept && !twice; back++)
			twice = same_glyph(canvas, &line[kept - back], &line[i]);
		if (!twice)
			line[kept++] = line[i];
	}
	return kept;
}

static double gap_of(const struct canvas *canvas, const struct placed *a, const struct placed *b)
{
	const double size = fmin(canvas->glyphs[a->glyph].size, canvas->glyphs[b->glyph].size);

	return size > 0 ? (b->along - a->along - a->length) / size : 0;
}

static int compare_numbers(const void *a, const void *b)
{
	const double p = *(const double *)a, q = *(const double *)b;

	return p < q ? -1 : p > q;
}

/* The room that is usual between the letters of this line; 0 when it is set close. */
static double usual_gap(const struct canvas *canvas, const struct placed *line, size_t count)
{
	double *gaps, usual;

	if (count < 4)
		return 0;
	gaps = mem_alloc(count, sizeof(*gaps));
	for (size_t i = 0; i + 1 < count; i++)
		gaps[i] = gap_of(canvas, &line[i], &line[i + 1]);
	qsort(gaps, count - 1, sizeof(*gaps), compare_numbers);
	usual = gaps[(count - 1) / 2];
	free(gaps);
	return usual > WORD_GAP / 2 && usual < LETTER_GAP ? usual : 0;
}

/* Arabic, Hebrew and their relatives, by the first character: read from right to left. */
static bool is_leftward(const struct canvas *canvas, const struct placed *p)
{
	const struct glyph *g = &canvas->glyphs[p->glyph];
	uint32_t c = 0;

	(void)utf8_decode(canvas->texts.data + g->text, g->text_len, &c);
	return (c >= 0x590 && c < 0x900) || (c >= 0xFB1D && c < 0xFE00) || (c >= 0xFE70 && c < 0xFEFF);
}

/* Put what is read from right to left into the order it is read in, stretch by stretch. */
static void turn_leftward(const struct canvas *canvas, struct placed *line, size_t count)
{
	for (size_t start = 0, end; start < count; start = end) {
		end = start + 1;
		if (!is_leftward(canvas, &line[start]))
			continue;
		while (end < count && is_leftward(canvas, &line[end]))
			end++;
		for (size_t a = start, b = end - 1; a < b; a++, b--) {
			const struct placed p = line[a];

			line[a] = line[b];
			line[b] = p;
		}
	}
}

/* The room between two neighbours, whichever of them is read first. */
static double room_between(const struct canvas *canvas, const struct placed *a, const struct placed *b)
{
	return a->along <= b->along ? gap_of(canvas, a, b) : gap_of(canvas, b, a);
}

static void put_line(const struct canvas *canvas, struct placed *line, size_t count, struct lines *out)
{
	double usual;

	qsort(line, count, sizeof(*line), compare_along);
	count = drop_doubles(canvas, line, count);
	usual = usual_gap(canvas, line, count);
	turn_leftward(canvas, line, count);
	for (size_t i = 0; i < count; i++) {
		const struct glyph *g = &canvas->glyphs[line[i].glyph];
		const bool wide = i > 0 && g->wide && canvas->glyphs[line[i - 1].glyph].wide;

		out->order[out->count] = line[i].glyph;
		out->starts[out->count] = i == 0;
		out->spaced[out->count] = i > 0 && room_between(canvas, &line[i - 1], &line[i]) > usual + (wide ? WIDE_GAP : WORD_GAP);
		out->count++;
	}
}

void lines_make(const struct canvas *canvas, const uint32_t *glyphs, size_t count, struct lines *out)
{
	struct placed *all = mem_alloc(count + 1, sizeof(*all));

	*out = (struct lines){mem_alloc(count + 1, sizeof(uint32_t)), mem_alloc(count + 1, sizeof(bool)),
	                      mem_alloc(count + 1, sizeof(bool)), 0};
	for (size_t i = 0; i < count; i++)
		all[i] = place(canvas, glyphs[i]);
	qsort(all, count, sizeof(*all), compare_heights);
	for (size_t start = 0, end; start < count; start = end) {
		for (end = start + 1; end < count && all[end].direction == all[start].direction; end++)
			if (all[start].height - all[end].height > SAME_LINE * canvas->glyphs[all[end].glyph].size)
				break;
		put_line(canvas, all + start, end - start, out);
	}
	free(all);
}

void lines_release(struct lines *lines)
{
	free(lines->order);
	free(lines->starts);
	free(lines->spaced);
	*lines = (struct lines){0};
}

enum gap gap_between(const struct glyph *before, const struct glyph *glyph)
{
	const double length = hypot(before->dx, before->dy), size = fmin(before->size, glyph->size);
	const double x = length > 0 ? before->dx / length : 1, y = length > 0 ? before->dy / length : 0;
	const double along = (glyph->x - before->x) * x + (glyph->y - before->y) * y - length;
	const double across = (glyph->y - before->y) * x - (glyph->x - before->x) * y;

	if (fabs(across) > SAME_LINE * size || along < -size)
		return GAP_LINE;
	return along > size * (before->wide && glyph->wide ? WIDE_GAP : WORD_GAP) ? GAP_SPACE : GAP_NONE;
}
