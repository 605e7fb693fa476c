/* page.c - the text of a page, told: what is seen, in the order of its places; what is hidden, for each
 * way of hiding; and, where glyphs were drawn in another order, that order too.  A keyword stands in the
 * file when either order holds it: columns are read in the order they were drawn in, words drawn letter
 * by letter, or backwards, in the order of their places. */
#include "canvas.h"
#include "font.h"
#include "state.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

/* Glyphs on either side of a jump that are told again in the order they were drawn in: more than the
 * longest keyword and what a rule looks at around it. */
enum { AROUND_JUMP = 80, PARENTS_MOST = 32 };

qpdf_oh page_inherited(struct pdf *pdf, qpdf_oh page, const char *key)
{
	qpdf_oh node = qpdf_oh_new_object(pdf->qpdf, page), value = dict_get(pdf, node, key);

	for (int i = 0; i < PARENTS_MOST && object_is_null(pdf, value); i++) {
		const qpdf_oh parent = dict_get(pdf, node, "/Parent");

		object_drop(pdf, node);
		object_drop(pdf, value);
		node = parent;
		value = dict_get(pdf, node, key);
	}
	object_drop(pdf, node);
	return value;
}

static bool page_box(struct pdf *pdf, qpdf_oh page, const char *key, struct box *out)
{
	const qpdf_oh array = page_inherited(pdf, page, key);
	double v[4] = {0};
	const bool is = array_count(pdf, array) == 4;

	for (size_t i = 0; i < 4 && is; i++) {
		const qpdf_oh item = array_get(pdf, array, i);

		(void)object_number_value(pdf, item, &v[i]);
		object_drop(pdf, item);
	}
	object_drop(pdf, array);
	*out = (struct box){v[0] < v[2] ? v[0] : v[2], v[1] < v[3] ? v[1] : v[3], v[0] < v[2] ? v[2] : v[0], v[1] < v[3] ? v[3] : v[1]};
	return is && out->right > out->left && out->top > out->bottom;
}

/* ---- Telling. */
struct telling {
	struct pdf *pdf;
	const struct canvas *canvas;
	const char *place;
	enum flow_kind kind;
	uint32_t *ranks; /* of each glyph in the order of places; UINT32_MAX: blank or drawn twice */
	uint32_t rank;
	bool any_other;
};

static void put_glyph(struct flow_out *flow, const struct canvas *canvas, const struct glyph *g, bool other)
{
	if (other && g->other_len > 0)
		flow_put(flow, canvas->texts.data + g->other, g->other_len);
	else
		flow_put(flow, canvas->texts.data + g->text, g->text_len);
}

static void put_lines(const struct telling *t, const struct lines *lines, enum flow_kind kind, const char *what, bool other)
{
	struct flow_out *flow = flow_open(t->pdf->reader, kind, "%s%s%s", t->place, what[0] != '\0' && t->place[0] != '\0' ? ": " : "", what);

	for (size_t i = 0; i < lines->count; i++) {
		if (lines->starts[i])
			flow_break(flow);
		else if (lines->spaced[i])
			flow_put(flow, " ", 1);
		put_glyph(flow, t->canvas, &t->canvas->glyphs[lines->order[i]], other);
	}
	flow_close(flow);
}

/* All glyphs hidden in this way (or in none), in the order of their places. */
static size_t tell_kind(struct telling *t, enum hiding hiding)
{
	uint32_t *glyphs = mem_alloc(t->canvas->count + 1, sizeof(*glyphs));
	const enum flow_kind kind = hiding == HIDING_NOTHING ? t->kind : FLOW_HIDDEN;
	struct lines lines;
	size_t count = 0;

	for (size_t i = 0; i < t->canvas->count; i++)
		if (t->canvas->glyphs[i].hiding == hiding && !t->canvas->glyphs[i].blank)
			glyphs[count++] = (uint32_t)i;
	lines_make(t->canvas, glyphs, count, &lines);
	for (size_t i = 0; i < lines.count; i++)
		t->ranks[lines.order[i]] = t->rank++;
	t->rank++; /* what is hidden in another way does not follow on */
	put_lines(t, &lines, kind, hiding_titles[hiding], false);
	if (t->any_other)
		put_lines(t, &lines, kind, "as the fonts themselves have it", true);
	lines_release(&lines);
	free(glyphs);
	return count;
}

static void tell_hidden(struct telling *t)
{
	for (int hiding = 1; hiding < HIDINGS; hiding++) {
		const size_t count = tell_kind(t, (enum hiding)hiding);

		if (count > 0)
			reader_observe(t->pdf->reader, hiding == HIDING_LAYER ? OBSERVED_HIDDEN_LAYER : OBSERVED_HIDDEN_TEXT,
			               "%s: %zu characters %s", t->place, count, hiding_titles[hiding]);
	}
}

/* ---- The order they were drawn in.  A jump is where two glyphs drawn one after the other are not one
 * after the other in their places; stretches around jumps are told. */
static bool is_jump(const struct telling *t, const uint32_t *drawn, size_t i)
{
	return t->ranks[drawn[i + 1]] != t->ranks[drawn[i]] + 1;
}

/* What stands around glyph `i` is told, from `until` on; returns until where that is. */
static size_t tell_around(bool *near, size_t count, size_t i, size_t until)
{
	const size_t start = i > AROUND_JUMP ? i - AROUND_JUMP : 0, end = i + AROUND_JUMP < count ? i + AROUND_JUMP : count;

	for (size_t k = start > until ? start : until; k < end; k++)
		near[k] = true;
	return end;
}

static bool *near_jumps(const struct telling *t, const uint32_t *drawn, size_t count)
{
	bool *near = mem_alloc(count + 1, sizeof(*near));
	size_t until = 0; /* this far from the last jump on */
	const size_t edge = count < AROUND_JUMP ? count : AROUND_JUMP;

	for (size_t i = 0; i + 1 < count; i++)
		if (is_jump(t, drawn, i))
			until = tell_around(near, count, i + 1, until);
	/* and where the page goes on from the one before, and in the next one */
	for (size_t i = 0; i < edge && until > 0; i++)
		near[i] = near[count - 1 - i] = true;
	return near;
}

/* `goes_on`: where no line ends; NULL: nowhere. */
static void put_drawn(const struct telling *t, const uint32_t *drawn, size_t count, const bool *near, const bool *goes_on)
{
	struct flow_out *flow = flow_open(t->pdf->reader, t->kind, "%s%s%s", t->place, t->place[0] != '\0' ? ": " : "",
	                                  goes_on != NULL ? "with numbers over line ends joined" : "in the order it was drawn");

	flow_again(flow);
	for (size_t i = 0; i < count; i++) {
		const struct glyph *g = &t->canvas->glyphs[drawn[i]];
		const enum gap gap = i > 0 && near[i - 1] ? gap_between(&t->canvas->glyphs[drawn[i - 1]], g) : GAP_LINE;

		if (!near[i])
			continue;
		if (goes_on != NULL && goes_on[i])
			; /* one number */
		else if (gap == GAP_LINE)
			flow_break(flow);
		else if (gap == GAP_SPACE)
			flow_put(flow, " ", 1);
		put_glyph(flow, t->canvas, g, false);
	}
	flow_close(flow);
}

static void tell_wrapped(const struct telling *t, const uint32_t *drawn, size_t count)
{
	bool *goes_on = mem_alloc(count + 1, sizeof(*goes_on)), *near = mem_alloc(count + 1, sizeof(*near));
	size_t until = 0;

	if (wrapped_find(t->canvas, drawn, count, goes_on)) {
		for (size_t i = 0; i < count; i++)
			if (goes_on[i])
				until = tell_around(near, count, i, until);
		put_drawn(t, drawn, count, near, goes_on);
	}
	free(goes_on);
	free(near);
}

static void tell_drawn(const struct telling *t)
{
	uint32_t *drawn = mem_alloc(t->canvas->count + 1, sizeof(*drawn));
	size_t count = 0;
	bool *near;

	for (size_t i = 0; i < t->canvas->count; i++)
		if (t->ranks[i] != UINT32_MAX)
			drawn[count++] = (uint32_t)i;
	near = near_jumps(t, drawn, count);
	put_drawn(t, drawn, count, near, NULL);
	tell_wrapped(t, drawn, count);
	free(near);
	free(drawn);
}

/* ---- Fonts. */
static void tell_doubts(void *context, const struct font *font)
{
	const struct telling *t = context;

	for (int i = 0; i < DOUBTS; i++)
		if ((font->touched >> i & 1) != 0)
			reader_observe(t->pdf->reader, OBSERVED_UNTRUSTED_FONT, "%s: font %s: %s", t->place, font->name, doubt_titles[i]);
}

static void tell_canvas(struct pdf *pdf, struct canvas *canvas, const char *place, enum flow_kind kind)
{
	struct telling t = {.pdf = pdf, .canvas = canvas, .place = place, .kind = kind};

	sight_judge(canvas);
	t.ranks = mem_alloc(canvas->count + 1, sizeof(*t.ranks));
	memset(t.ranks, 0xFF, (canvas->count + 1) * sizeof(*t.ranks));
	for (size_t i = 0; i < canvas->count; i++)
		t.any_other = t.any_other || canvas->glyphs[i].other_len > 0;
	(void)tell_kind(&t, HIDING_NOTHING);
	tell_hidden(&t);
	tell_drawn(&t);
	fonts_untouch(pdf, tell_doubts, &t);
	free(t.ranks);
}

void page_text(struct pdf *pdf, qpdf_oh page, const char *place, enum flow_kind kind, struct content_seen *seen)
{
	struct canvas canvas = {0};
	struct box crop;
	struct matrix base = {1, 0, 0, 1, 0, 0};
	const struct content_run run = {pdf, place, &canvas, seen};

	*seen = (struct content_seen){0};
	canvas.bounded = page_box(pdf, page, "/MediaBox", &canvas.page);
	if (canvas.bounded && page_box(pdf, page, "/CropBox", &crop))
		canvas.page = box_meet(&canvas.page, &crop);
	(void)dict_number(pdf, page, "/UserUnit", &base.a);
	if (base.a <= 0)
		base.a = 1;
	base.d = base.a;
	canvas.page = box_of(&base, canvas.page.left, canvas.page.bottom, canvas.page.right, canvas.page.top);
	content_page(&run, page, &base);
	tell_canvas(pdf, &canvas, place, kind);
	canvas_release(&canvas);
}

void content_text(struct pdf *pdf, qpdf_oh stream, qpdf_oh resources, const char *place, enum flow_kind kind,
                  struct content_seen *seen)
{
	struct canvas canvas = {0};
	const struct matrix base = {1, 0, 0, 1, 0, 0};
	const struct content_run run = {pdf, place, &canvas, seen};

	*seen = (struct content_seen){0};
	content_stream(&run, stream, resources, &base);
	tell_canvas(pdf, &canvas, place, kind);
	canvas_release(&canvas);
}

void page_forget(struct pdf *pdf)
{
	fonts_free(pdf);
	inside_forget(pdf);
}
