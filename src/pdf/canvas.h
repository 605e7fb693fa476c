#ifndef PDF_CANVAS_H
#define PDF_CANVAS_H

#include "pdf_inside.h"

#include <stdint.h>

/* What one page, or one content stream, has drawn: its glyphs in the order they were drawn in, and the
 * areas that may cover them.  Lengths are points of the page. */
struct matrix {
	double a, b, c, d, e, f;
};
struct box {
	double left, bottom, right, top;
};
struct colour {
	unsigned char red, green, blue;
	bool known;
};

/* Why a person does not see a glyph. */
enum hiding {
	HIDING_NOTHING = 0,
	HIDING_INVISIBLE,   /* text rendering mode 3 or 7 */
	HIDING_TRANSPARENT, /* opacity (nearly) 0 */
	HIDING_TINY,        /* below a point */
	HIDING_OUTSIDE,     /* not within the page's box */
	HIDING_CLIPPED,
	HIDING_COLOUR,      /* that of what is behind it */
	HIDING_COVERED,     /* something opaque was painted over it */
	HIDING_LAYER,       /* optional content that is not shown */
	HIDINGS
};
extern const char *const hiding_titles[HIDINGS];

struct glyph {
	float x, y, dx, dy;           /* where it starts and how far it moves */
	float size;                   /* the height of an em */
	uint32_t text, other;         /* offsets into the canvas's texts; other_len 0: the same */
	uint16_t text_len, other_len;
	uint32_t mark;                /* how many areas were painted before it */
	struct colour colour;
	unsigned char hiding;
	bool wide, blank, vertical;
};

/* An area painted: in full and opaque, or only somewhere in it. */
struct mark {
	struct box box;
	struct colour colour; /* not known: pictures, patterns, areas of any shape */
	bool covers;
};

struct canvas {
	struct glyph *glyphs;
	size_t count;
	struct mark *marks;
	size_t mark_count;
	struct buf texts;   /* UTF-8 of all glyphs */
	struct box page;    /* what is shown of the page */
	bool bounded;       /* `page` is known */
	struct object_set patterns; /* run already */
	bool full;          /* more was drawn than is looked at; that was said */
};
void canvas_release(struct canvas *canvas);

struct matrix matrix_times(const struct matrix *m, const struct matrix *n); /* first m, then n */
struct box box_of(const struct matrix *m, double x0, double y0, double x1, double y1);
struct box box_meet(const struct box *a, const struct box *b);
bool box_has(const struct box *box, double x, double y);

/* ---- sight.c: say of each glyph that is drawn whether a person sees it. */
void sight_judge(struct canvas *canvas);

/* ---- lines.c: glyphs in the order of their places: `order` holds their numbers, each glyph's line
 * begins where `starts` is true; those drawn twice at one place are in it once.  Caller frees both. */
struct lines {
	uint32_t *order;
	bool *starts, *spaced; /* a line, a space before this one */
	size_t count;
};
void lines_make(const struct canvas *canvas, const uint32_t *glyphs, size_t count, struct lines *out);
void lines_release(struct lines *lines);

/* Is there a space, or a line end, between two glyphs drawn one after the other? */
enum gap { GAP_NONE = 0, GAP_SPACE, GAP_LINE };
enum gap gap_between(const struct glyph *before, const struct glyph *glyph);

/* ---- wrapped.c: set goes_on_here[i] where drawn[i] may go on a number that drawn[i - 1] belongs to, though a line ends
 * between them (and within such numbers).  False: there is no such number. */
bool wrapped_find(const struct canvas *canvas, const uint32_t *drawn, size_t count, bool *goes_on_here);

/* ---- content.c: run a page's or stream's content and collect what it draws. */
struct content_run {
	struct pdf *pdf;
	const char *place;
	struct canvas *canvas;
	struct content_seen *seen;
};
void content_page(const struct content_run *run, qpdf_oh page, const struct matrix *base);
void content_stream(const struct content_run *run, qpdf_oh stream, qpdf_oh resources, const struct matrix *base);

#endif
