/* show.c - text operators: each code becomes a glyph of the canvas, with its place, and what can be said
 * at once of whether it is seen (32000-1, 9.3 and 9.4). */
#include "state.h"

#include "font.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <math.h>
#include <string.h>

enum { GLYPHS_MOST = 4000000 };

static bool is(const struct content *c, const char *operator)
{
	return strcmp(c->operands.operator, operator) == 0;
}

/* Text only of spaces. */
static bool is_blank(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (text[i] == ' ' || text[i] == '\t' || text[i] == '\n' || text[i] == '\r')
			continue;
		if (i + 1 < len && memcmp(text + i, "\xC2\xA0", 2) == 0)
			i++;
		else if (i + 2 < len && (memcmp(text + i, "\xE3\x80\x80", 3) == 0 || memcmp(text + i, "\xE2\x80", 2) == 0) &&
		         ((unsigned char)text[i] == 0xE3 || (unsigned char)text[i + 2] < 0x90))
			i += 2;
		else
			return false;
	}
	return true;
}

/* What can be said without knowing what is painted later. */
static enum hiding hiding_of(const struct content *c, const struct glyph *g, double width)
{
	const struct state *s = &c->state;
	const struct canvas *canvas = c->run->canvas;
	const double half = g->size / 2;
	struct box box = {fmin(g->x, g->x + g->dx) - (g->vertical ? half : 0), fmin(g->y, g->y + g->dy) - g->size * 0.2,
	                  fmax(g->x, g->x + g->dx) + (g->vertical ? half : 0), fmax(g->y, g->y + g->dy) + g->size * 0.8};
	struct box shown;

	if (fabsf(g->dy) > fabsf(g->dx)) /* written upwards or downwards: the em stands to the sides */
		box.left -= half, box.right += half;
	if (text_is_hidden(c))
		return HIDING_LAYER;
	if (s->mode == 3 || s->mode == 7)
		return HIDING_INVISIBLE;
	if ((s->mode == 1 ? s->stroke_alpha : s->fill_alpha) < 0.05)
		return HIDING_TRANSPARENT;
	if (g->size < 1 || width < 0.2)
		return HIDING_TINY;
	shown = box_meet(&box, &canvas->page);
	if (canvas->bounded && (shown.right <= shown.left || shown.top <= shown.bottom))
		return HIDING_OUTSIDE;
	shown = box_meet(&box, &s->clip);
	if (shown.right <= shown.left || shown.top <= shown.bottom ||
	    (shown.right - shown.left) * (shown.top - shown.bottom) < 0.1 * (box.right - box.left) * (box.top - box.bottom))
		return HIDING_CLIPPED;
	return HIDING_NOTHING;
}

static struct glyph *glyph_add(struct canvas *canvas)
{
	canvas->glyphs = mem_grow(canvas->glyphs, canvas->count, sizeof(*canvas->glyphs));
	return &canvas->glyphs[canvas->count++];
}

static void draw_glyph(struct content *c, const struct code_text *m, const struct matrix *to_page)
{
	struct canvas *canvas = c->run->canvas;
	const struct state *s = &c->state;
	const char *texts = s->font->texts.data;
	struct glyph *g;
	double along, length;

	if (canvas->count >= GLYPHS_MOST) {
		if (!canvas->full)
			reader_undecided(c->pdf->reader, "%s: more text than is looked at", c->run->place);
		canvas->full = true;
		return;
	}
	along = s->font->vertical ? -m->width * s->size : m->width * s->size * s->scale;
	g = glyph_add(canvas);
	g->vertical = s->font->vertical;
	g->x = (float)(s->rise * to_page->c + to_page->e);
	g->y = (float)(s->rise * to_page->d + to_page->f);
	g->dx = (float)(along * (g->vertical ? to_page->c : to_page->a));
	g->dy = (float)(along * (g->vertical ? to_page->d : to_page->b));
	g->size = (float)(fabs(s->size) * hypot(to_page->c, to_page->d)) * s->font->em;
	length = fabs(s->size * s->scale) * hypot(to_page->a, to_page->b) * s->font->em;
	g->text = (uint32_t)canvas->texts.len;
	g->text_len = m->text_len;
	buf_add(&canvas->texts, texts + m->text, m->text_len);
	g->other = (uint32_t)canvas->texts.len;
	g->other_len = m->other_len;
	buf_add(&canvas->texts, texts + m->other, m->other_len);
	g->wide = m->wide;
	g->blank = is_blank(texts + m->text, m->text_len);
	g->mark = (uint32_t)canvas->mark_count;
	g->colour = s->mode == 1 ? s->stroke : s->fill;
	if (s->font->drawn)
		g->colour.known = false;
	g->hiding = (unsigned char)hiding_of(c, g, length);
	c->run->seen->text = true;
}

static void move(struct content *c, double along)
{
	struct matrix step = {1, 0, 0, 1, 0, 0};

	if (c->state.font != NULL && c->state.font->vertical)
		step.f = along;
	else
		step.e = along;
	c->text = matrix_times(&step, &c->text);
}

static void show_string(struct content *c, const char *bytes, size_t len)
{
	struct state *s = &c->state;
	size_t at = 0;

	while (s->font != NULL && at < len) {
		uint32_t code;
		const size_t used = font_next(s->font, (const unsigned char *)bytes + at, len - at, &code);
		struct code_text *m = font_code_text(s->font, code, used);
		const struct matrix to_page = matrix_times(&c->text, &s->ctm);
		const double space = s->letter_space + (used == 1 && code == ' ' ? s->word_space : 0);
		const double width = m->width;

		draw_glyph(c, m, &to_page);
		if (s->font->drawn && (!m->drawn || m->draws_text))
			inside_glyph(c, code, m);
		move(c, s->font->vertical ? -width * s->size - space : (width * s->size + space) * s->scale);
		at += used;
	}
	if (s->font == NULL && len > 0) {
		string_tell(c->pdf, FLOW_HIDDEN, c->run->place, bytes, len);
		c->run->seen->text = true;
	}
}

static void show_operand(struct content *c, size_t i)
{
	const struct operand *o = &c->operands.items[i];

	if (o->kind == OPERAND_STRING)
		show_string(c, c->operands.bytes.data + o->at, o->len);
	else if (o->kind == OPERAND_NUMBER)
		move(c, -o->number / 1000 * c->state.size * (c->state.font != NULL && c->state.font->vertical ? 1 : c->state.scale));
}

static void next_line(struct content *c, double x, double y)
{
	const struct matrix step = {1, 0, 0, 1, x, y};

	c->line = matrix_times(&step, &c->line);
	c->text = c->line;
}

static void set_font(struct content *c)
{
	const qpdf_oh dict = resource_get(c, "/Font", operand_name(&c->operands, 0));

	c->state.font = object_is_dict(c->pdf, dict) ? font_get(c->pdf, dict) : NULL;
	c->state.size = operand_number(&c->operands, 1);
	object_drop(c->pdf, dict);
}

static bool set_parameter(struct content *c)
{
	const double value = operand_number(&c->operands, 0);
	struct state *s = &c->state;

	if (is(c, "Tc"))
		s->letter_space = value;
	else if (is(c, "Tw"))
		s->word_space = value;
	else if (is(c, "Tz"))
		s->scale = value / 100;
	else if (is(c, "TL"))
		s->leading = value;
	else if (is(c, "Ts"))
		s->rise = value;
	else if (is(c, "Tr"))
		s->mode = value >= 0 && value < 8 ? (int)value : 0;
	else if (is(c, "Tf"))
		set_font(c);
	else
		return false;
	return true;
}

static bool set_position(struct content *c)
{
	const struct operands *o = &c->operands;

	if (is(c, "Td")) {
		next_line(c, operand_number(o, 0), operand_number(o, 1));
	} else if (is(c, "TD")) {
		c->state.leading = -operand_number(o, 1);
		next_line(c, operand_number(o, 0), operand_number(o, 1));
	} else if (is(c, "Tm")) {
		c->line = (struct matrix){operand_number(o, 0), operand_number(o, 1), operand_number(o, 2),
		                          operand_number(o, 3), operand_number(o, 4), operand_number(o, 5)};
		c->text = c->line;
	} else if (is(c, "T*")) {
		next_line(c, 0, -c->state.leading);
	} else if (is(c, "BT")) {
		c->text = c->line = (struct matrix){1, 0, 0, 1, 0, 0};
	} else {
		return false;
	}
	return true;
}

bool show_text(struct content *c)
{
	const struct operands *o = &c->operands;

	if (set_parameter(c) || set_position(c))
		return true;
	if (is(c, "'") || is(c, "\"")) {
		if (is(c, "\"")) {
			c->state.word_space = operand_number(o, 0);
			c->state.letter_space = operand_number(o, 1);
		}
		next_line(c, 0, -c->state.leading);
		if (o->count > 0)
			show_operand(c, o->count - 1);
	} else if (is(c, "Tj") || is(c, "TJ")) {
		for (size_t i = 0; i < o->count; i++)
			show_operand(c, i);
	} else {
		return is(c, "ET");
	}
	return true;
}
