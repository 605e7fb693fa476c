#ifndef PDF_STATE_H
#define PDF_STATE_H

#include "canvas.h"
#include "operand.h"

struct font;

enum space_kind { SPACE_UNKNOWN = 0, SPACE_GREY, SPACE_RGB, SPACE_CMYK, SPACE_INK /* Separation, DeviceN: 0 is no ink */ };

/* The graphics state, as far as text and what covers it need it (32000-1, 8.4). */
struct state {
	struct matrix ctm;
	struct box clip;
	enum space_kind fill_space, stroke_space;
	struct colour fill, stroke;
	double fill_alpha, stroke_alpha, line_width;
	bool blended; /* not simply painted over: a blend mode, a soft mask */
	struct font *font;
	double size, letter_space, word_space, scale, leading, rise;
	int mode;
};

enum { SAVED_MOST = 128, MARKED_MOST = 256 };

/* One content stream being run, and what encloses it. */
struct content {
	const struct content_run *run;
	struct pdf *pdf;
	qpdf_oh resources;
	struct state state, *saved;
	size_t saved_count;
	struct matrix text, line;
	/* the path: its bounds, and whether it is nothing but rectangles */
	struct box path;
	struct box *rectangles;
	size_t rectangle_count;
	double corners[8];
	size_t corner_count; /* of a path of lines that may be a rectangle */
	bool path_any, path_other, clip_next;
	/* marked content: which levels hide */
	bool hides[MARKED_MOST];
	size_t marked, hidden_levels;
	bool hidden_outside; /* it is drawn where a layer is not shown */
	struct operands operands;
	unsigned depth;
	const struct content *outer; /* for rings */
	int number;                  /* of its object */
	struct buf last_string;      /* the last one told, not drawn */
};

/* ---- content.c */
void content_bytes(struct content *c, const unsigned char *bytes, size_t len);
void content_leave(struct content *c); /* frees what it holds, not it */

/* ---- paint.c: the operators, by what they do.  False: none of its. */
bool paint_state(struct content *c);
bool paint_colour(struct content *c);
bool paint_path(struct content *c);
void paint_picture(struct content *c, bool opaque); /* the unit square */

void paint_shading(struct content *c);

/* ---- show.c: text operators. */
bool show_text(struct content *c);

/* ---- inside.c: what a stream draws that stands elsewhere: forms, patterns, glyph procedures. */
void inside_draw(struct content *c, const char *name);
void inside_stream(struct content *c, qpdf_oh stream, const struct matrix *matrix);
void inside_pattern(struct content *c, const char *name);
struct code_text;
void inside_glyph(struct content *c, uint32_t code, struct code_text *m);
struct matrix matrix_at(struct pdf *pdf, qpdf_oh dict, const char *key); /* the one nothing changes by where there is none */

void inside_begin(struct pdf *pdf); /* a new page */
void inside_forget(struct pdf *pdf);

/* ---- page.c: an attribute of the page or of what is above it. */
qpdf_oh page_inherited(struct pdf *pdf, qpdf_oh page, const char *key);

qpdf_oh resource_get(struct content *c, const char *category, const char *name); /* both: without slash for name */
bool text_is_hidden(const struct content *c);

#endif
