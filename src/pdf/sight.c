/* sight.c - is a glyph covered by what was painted after it, or of the colour of what was painted before?
 * Areas are looked up by the band of the page they cross. */
#include "canvas.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

enum { BANDS = 128, NEAR_COLOUR = 10 };

struct band {
	uint32_t *marks; /* ascending */
	size_t count;
};

struct bands {
	struct band items[BANDS];
	double bottom, height; /* of one */
};

static size_t band_at(const struct bands *bands, double y)
{
	const double n = floor((y - bands->bottom) / bands->height);

	return n <= 0 ? 0 : n >= BANDS ? BANDS - 1 : (size_t)n;
}

static void bands_make(const struct canvas *canvas, struct bands *out)
{
	double low = 0, high = 1;

	for (size_t i = 0; i < canvas->mark_count; i++) {
		low = i == 0 || canvas->marks[i].box.bottom < low ? canvas->marks[i].box.bottom : low;
		high = i == 0 || canvas->marks[i].box.top > high ? canvas->marks[i].box.top : high;
	}
	*out = (struct bands){.bottom = low, .height = fmax((high - low) / BANDS, 0.01)};
	for (size_t i = 0; i < canvas->mark_count; i++) {
		const size_t last = band_at(out, canvas->marks[i].box.top);

		for (size_t b = band_at(out, canvas->marks[i].box.bottom); b <= last; b++) {
			struct band *band = &out->items[b];

			band->marks = mem_grow(band->marks, band->count, sizeof(*band->marks));
			band->marks[band->count++] = (uint32_t)i;
		}
	}
}

/* The first of a band's areas that was painted after the glyph. */
static size_t first_after(const struct band *band, uint32_t mark)
{
	size_t low = 0, high = band->count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (band->marks[middle] < mark)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct point {
	double x, y;
};

/* A point of the glyph's body: `part` of its way along, a little above its foot. */
static struct point body_point(const struct glyph *g, double part)
{
	const double length = hypot(g->dx, g->dy), up = g->vertical || length == 0 ? 0 : 0.3 * g->size / length;

	return (struct point){g->x + g->dx * part - g->dy * up, g->y + g->dy * part + g->dx * up};
}

static bool is_covered(const struct canvas *canvas, const struct band *band, size_t from, const struct glyph *g)
{
	const struct point a = body_point(g, 0.15), b = body_point(g, 0.85);

	for (size_t i = from; i < band->count; i++) {
		const struct mark *mark = &canvas->marks[band->marks[i]];

		if (mark->covers && box_has(&mark->box, a.x, a.y) && box_has(&mark->box, b.x, b.y))
			return true;
	}
	return false;
}

static bool same_colour(const struct colour *a, const struct colour *b)
{
	return a->known && b->known && abs(a->red - b->red) <= NEAR_COLOUR && abs(a->green - b->green) <= NEAR_COLOUR &&
	       abs(a->blue - b->blue) <= NEAR_COLOUR;
}

/* What was painted last where the glyph stands; the paper is white. */
static bool is_camouflaged(const struct canvas *canvas, const struct band *band, size_t to, const struct glyph *g)
{
	static const struct colour paper = {255, 255, 255, true};
	const struct point middle = body_point(g, 0.5);

	while (to-- > 0) {
		const struct mark *mark = &canvas->marks[band->marks[to]];

		if (box_has(&mark->box, middle.x, middle.y))
			return same_colour(&mark->colour, &g->colour);
	}
	return same_colour(&paper, &g->colour);
}

void sight_judge(struct canvas *canvas)
{
	struct bands bands;

	bands_make(canvas, &bands);
	for (size_t i = 0; i < canvas->count; i++) {
		struct glyph *g = &canvas->glyphs[i];

		if (g->hiding != HIDING_NOTHING || g->blank)
			continue;
		const struct band *band = &bands.items[band_at(&bands, body_point(g, 0.5).y)];
		const size_t after = first_after(band, g->mark);

		if (is_covered(canvas, band, after, g))
			g->hiding = HIDING_COVERED;
		else if (is_camouflaged(canvas, band, after, g))
			g->hiding = HIDING_COLOUR;
	}
	for (size_t b = 0; b < BANDS; b++)
		free(bands.items[b].marks);
}
