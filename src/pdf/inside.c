/* inside.c - what a content stream draws that stands elsewhere: forms, pictures, patterns, glyph
 * procedures.  A stream that draws itself is drawn once; how much is drawn in all is bounded, because a
 * form that draws ten forms that draw ten forms is a small file. */
#include "state.h"

#include "font.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH_MOST = 24, KEPT_MOST = 64, KEPT_BYTES_MOST = 8 << 20 };
#define DRAWN_MOST ((size_t)1 << 27) /* bytes of content on a page, drawing one at all counting as 4,096 */

/* Streams that were decoded and may be drawn again. */
struct kept_streams {
	struct {
		int number;
		struct buf bytes;
	} items[KEPT_MOST];
	size_t count, bytes, drawn;
	bool told; /* that it was too much */
};

void inside_forget(struct pdf *pdf)
{
	for (size_t i = 0; pdf->kept != NULL && i < pdf->kept->count; i++)
		buf_release(&pdf->kept->items[i].bytes);
	free(pdf->kept);
	pdf->kept = NULL;
}

void inside_begin(struct pdf *pdf)
{
	if (pdf->kept == NULL)
		pdf->kept = mem_alloc(1, sizeof(*pdf->kept));
	pdf->kept->drawn = 0;
	pdf->kept->told = false;
}

/* The data of a stream; `own` holds it where it is not kept. */
static const struct buf *stream_bytes(struct pdf *pdf, qpdf_oh stream, struct buf *own)
{
	const int number = object_number(pdf, stream);
	const char *picture = NULL;
	struct kept_streams *kept = pdf->kept;

	for (size_t i = 0; number != 0 && i < kept->count; i++)
		if (kept->items[i].number == number)
			return &kept->items[i].bytes;
	(void)stream_decode(pdf, stream, own, &picture);
	stream_account(pdf, stream);
	if (number == 0 || kept->count == KEPT_MOST || kept->bytes + own->len > KEPT_BYTES_MOST)
		return own;
	kept->items[kept->count].number = number;
	kept->items[kept->count].bytes = *own;
	kept->bytes += own->len;
	*own = (struct buf){0}; /* transferred */
	return &kept->items[kept->count++].bytes;
}

static bool is_inside_itself(const struct content *c, int number)
{
	for (; number != 0 && c != NULL; c = c->outer)
		if (c->number == number)
			return true;
	return false;
}

static bool may_draw(struct content *c, size_t len)
{
	struct pdf *pdf = c->pdf;

	if (pdf->kept->drawn >= DRAWN_MOST || c->depth >= DEPTH_MOST) {
		if (!pdf->kept->told)
			reader_undecided(pdf->reader, "%s: %s", c->run->place,
			                 c->depth >= DEPTH_MOST ? "forms within forms, too deep" : "draws more than is looked at");
		pdf->kept->told = true;
		return false;
	}
	pdf->kept->drawn += len;
	return !reader_stopped(pdf->reader);
}

static void clip_to_bounds(struct content *c, qpdf_oh stream)
{
	const qpdf_oh bounds = dict_get(c->pdf, stream, "/BBox");
	double v[4] = {0};

	for (size_t i = 0; i < 4; i++) {
		const qpdf_oh item = array_get(c->pdf, bounds, i);

		(void)object_number_value(c->pdf, item, &v[i]);
		object_drop(c->pdf, item);
	}
	if (array_count(c->pdf, bounds) == 4) {
		const struct box box = box_of(&c->state.ctm, v[0], v[1], v[2], v[3]);

		c->state.clip = box_meet(&c->state.clip, &box);
	}
	object_drop(c->pdf, bounds);
}

static void enter(struct content *inner, const struct content *c, qpdf_oh stream, const struct matrix *matrix)
{
	*inner = (struct content){.run = c->run, .pdf = c->pdf, .state = c->state, .depth = c->depth + 1, .outer = c};
	inner->number = object_number(c->pdf, stream);
	inner->hidden_outside = text_is_hidden(c);
	inner->state.ctm = *matrix;
	inner->resources = dict_get(c->pdf, stream, "/Resources");
	if (!object_is_dict(c->pdf, inner->resources)) {
		object_drop(c->pdf, inner->resources);
		inner->resources = qpdf_oh_new_object(c->pdf->qpdf, c->resources);
	}
}

void inside_stream(struct content *c, qpdf_oh stream, const struct matrix *matrix)
{
	struct content *inner;
	struct buf own = {0};

	if (is_inside_itself(c, object_number(c->pdf, stream)) || !may_draw(c, 4096))
		return;
	inner = mem_alloc(1, sizeof(*inner));
	enter(inner, c, stream, matrix);
	clip_to_bounds(inner, stream);
	const struct buf *bytes = stream_bytes(c->pdf, stream, &own);

	if (may_draw(c, bytes->len))
		content_bytes(inner, (const unsigned char *)bytes->data, bytes->len);
	object_drop(c->pdf, inner->resources);
	content_leave(inner);
	free(inner);
	buf_release(&own);
}

struct matrix matrix_at(struct pdf *pdf, qpdf_oh dict, const char *key)
{
	const qpdf_oh array = dict_get(pdf, dict, key);
	double v[6] = {1, 0, 0, 1, 0, 0};

	for (size_t i = 0; i < 6 && array_count(pdf, array) == 6; i++) {
		const qpdf_oh item = array_get(pdf, array, i);

		(void)object_number_value(pdf, item, &v[i]);
		object_drop(pdf, item);
	}
	object_drop(pdf, array);
	return (struct matrix){v[0], v[1], v[2], v[3], v[4], v[5]};
}

static bool is_masked(struct pdf *pdf, qpdf_oh picture)
{
	const qpdf_oh mask = dict_get(pdf, picture, "/ImageMask");
	const bool stencil = qpdf_oh_is_bool(pdf->qpdf, mask) && qpdf_oh_get_bool_value(pdf->qpdf, mask);

	object_drop(pdf, mask);
	return stencil || dict_has(pdf, picture, "/SMask") || dict_has(pdf, picture, "/Mask");
}

static void draw_form(struct content *c, qpdf_oh form)
{
	const struct matrix own = matrix_at(c->pdf, form, "/Matrix"), matrix = matrix_times(&own, &c->state.ctm);
	struct state state = c->state;

	inside_stream(c, form, &matrix);
	c->state = state;
}

void inside_draw(struct content *c, const char *name)
{
	const qpdf_oh object = resource_get(c, "/XObject", name), layer = dict_get(c->pdf, object, "/OC");
	const bool hidden = object_is_dict(c->pdf, layer) && layer_is_hidden(c->pdf, layer);

	c->hidden_levels += hidden;
	if (dict_names(c->pdf, object, "/Subtype", "/Image")) {
		c->run->seen->pictures = true;
		paint_picture(c, !is_masked(c->pdf, object));
	} else if (qpdf_oh_is_stream(c->pdf->qpdf, object)) {
		draw_form(c, object);
	}
	c->hidden_levels -= hidden;
	object_drop(c->pdf, layer);
	object_drop(c->pdf, object);
}

/* A tiling pattern is run once a page, where it is first asked for: it may be nothing but text. */
void inside_pattern(struct content *c, const char *name)
{
	const qpdf_oh pattern = resource_get(c, "/Pattern", name);
	const int number = object_number(c->pdf, pattern);

	if (qpdf_oh_is_stream(c->pdf->qpdf, pattern) && !set_has(&c->run->canvas->patterns, number)) {
		(void)set_add(&c->run->canvas->patterns, number);
		draw_form(c, pattern);
	}
	object_drop(c->pdf, pattern);
}

/* The drawing of a Type 3 glyph, which may show text of other fonts.  One that does is run each time. */
void inside_glyph(struct content *c, uint32_t code, struct code_text *m)
{
	const struct font *font = c->state.font;
	const char *name = font->differences != NULL && code < 256 ? font->differences[code] : NULL;
	const qpdf_oh procedures = dict_get(c->pdf, font->dict, "/CharProcs");
	char *key = name != NULL ? mem_format("/%s", name) : NULL;
	const qpdf_oh procedure = key != NULL ? dict_get(c->pdf, procedures, key) : qpdf_oh_new_null(c->pdf->qpdf);
	const double *f = font->matrix;
	const struct matrix glyph = {f[0], f[1], f[2], f[3], f[4], f[5]};
	const struct matrix scaled = {c->state.size * c->state.scale, 0, 0, c->state.size, 0, c->state.rise};
	const size_t before = c->run->canvas->count;

	m->drawn = true;
	if (qpdf_oh_is_stream(c->pdf->qpdf, procedure)) {
		const struct matrix text = matrix_times(&scaled, &c->text), page = matrix_times(&text, &c->state.ctm);
		const struct matrix all = matrix_times(&glyph, &page);
		const qpdf_oh resources = c->resources, own = dict_get(c->pdf, font->dict, "/Resources");
		const struct state state = c->state;

		if (object_is_dict(c->pdf, own))
			c->resources = own;
		inside_stream(c, procedure, &all);
		c->resources = resources;
		c->state = state;
		object_drop(c->pdf, own);
	}
	m->draws_text = c->run->canvas->count > before;
	free(key);
	object_drop(c->pdf, procedure);
	object_drop(c->pdf, procedures);
}
