/* paint.c - graphics state, colours and paths: what decides whether text is seen. */
#include "state.h"

#include "font.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { RECTANGLES_MOST = 65536, MARKS_MOST = 262144 };

static bool is(const struct content *c, const char *operator)
{
	return strcmp(c->operands.operator, operator) == 0;
}

static struct matrix operand_matrix(const struct operands *o)
{
	return (struct matrix){operand_number(o, 0), operand_number(o, 1), operand_number(o, 2),
	                       operand_number(o, 3), operand_number(o, 4), operand_number(o, 5)};
}

/* ---- gs */
static void read_alpha(struct content *c, qpdf_oh gs)
{
	const qpdf_oh blend = dict_get(c->pdf, gs, "/BM"), first = array_get(c->pdf, blend, 0), mask = dict_get(c->pdf, gs, "/SMask");
	const char *name = object_name(c->pdf, blend)[0] != '\0' ? object_name(c->pdf, blend) : object_name(c->pdf, first);

	(void)dict_number(c->pdf, gs, "/ca", &c->state.fill_alpha);
	(void)dict_number(c->pdf, gs, "/CA", &c->state.stroke_alpha);
	if (name[0] != '\0')
		c->state.blended = strcmp(name, "/Normal") != 0 && strcmp(name, "/Compatible") != 0;
	if (object_is_dict(c->pdf, mask))
		c->state.blended = true;
	object_drop(c->pdf, mask);
	object_drop(c->pdf, first);
	object_drop(c->pdf, blend);
}

static void read_font(struct content *c, qpdf_oh gs)
{
	const qpdf_oh pair = dict_get(c->pdf, gs, "/Font"), dict = array_get(c->pdf, pair, 0), size = array_get(c->pdf, pair, 1);

	if (object_is_dict(c->pdf, dict)) {
		c->state.font = font_get(c->pdf, dict);
		(void)object_number_value(c->pdf, size, &c->state.size);
	}
	object_drop(c->pdf, size);
	object_drop(c->pdf, dict);
	object_drop(c->pdf, pair);
}

bool paint_state(struct content *c)
{
	if (is(c, "q")) {
		if (c->saved_count < SAVED_MOST) {
			if (c->saved == NULL)
				c->saved = mem_alloc(SAVED_MOST, sizeof(*c->saved));
			c->saved[c->saved_count] = c->state;
		}
		c->saved_count++;
	} else if (is(c, "Q")) {
		if (c->saved_count > 0 && --c->saved_count < SAVED_MOST)
			c->state = c->saved[c->saved_count];
	} else if (is(c, "cm")) {
		const struct matrix m = operand_matrix(&c->operands);

		c->state.ctm = matrix_times(&m, &c->state.ctm);
	} else if (is(c, "w")) {
		c->state.line_width = operand_number(&c->operands, 0);
	} else if (is(c, "gs")) {
		const qpdf_oh gs = resource_get(c, "/ExtGState", operand_name(&c->operands, 0));

		read_alpha(c, gs);
		read_font(c, gs);
		object_drop(c->pdf, gs);
	} else {
		return false;
	}
	return true;
}

/* ---- Colours. */
static unsigned char level(double value)
{
	return value <= 0 ? 0 : value >= 1 ? 255 : (unsigned char)(value * 255 + 0.5);
}

static struct colour colour_of(const struct operands *o, enum space_kind kind)
{
	const double v0 = operand_number(o, 0), v1 = operand_number(o, 1), v2 = operand_number(o, 2), k = operand_number(o, 3);
	double ink = 0;

	switch (kind) {
	case SPACE_GREY:
		return (struct colour){level(v0), level(v0), level(v0), true};
	case SPACE_RGB:
		return (struct colour){level(v0), level(v1), level(v2), true};
	case SPACE_CMYK:
		return (struct colour){level((1 - v0) * (1 - k)), level((1 - v1) * (1 - k)), level((1 - v2) * (1 - k)), true};
	case SPACE_INK:
		for (size_t i = 0; i < o->count; i++)
			ink += operand_number(o, i);
		return (struct colour){255, 255, 255, ink <= 0};
	case SPACE_UNKNOWN:
	default:
		return (struct colour){0};
	}
}

static enum space_kind kind_of_count(double count)
{
	return count == 1 ? SPACE_GREY : count == 3 ? SPACE_RGB : count == 4 ? SPACE_CMYK : SPACE_UNKNOWN;
}

static enum space_kind kind_of_name(const char *name)
{
	static const struct {
		const char *name;
		enum space_kind kind;
	} kinds[] = {
		{"DeviceGray", SPACE_GREY}, {"CalGray", SPACE_GREY},    {"G", SPACE_GREY},   {"DeviceRGB", SPACE_RGB},
		{"CalRGB", SPACE_RGB},      {"RGB", SPACE_RGB},         {"CMYK", SPACE_CMYK}, {"DeviceCMYK", SPACE_CMYK},
		{"Separation", SPACE_INK},  {"DeviceN", SPACE_INK},
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return kinds[i].kind;
	return SPACE_UNKNOWN;
}

static enum space_kind space_named(struct content *c, const char *name)
{
	enum space_kind kind = kind_of_name(name);
	qpdf_oh space, family, profile;
	double count = 0;

	if (kind != SPACE_UNKNOWN)
		return kind;
	space = resource_get(c, "/ColorSpace", name);
	family = array_get(c->pdf, space, 0);
	profile = array_get(c->pdf, space, 1);
	if (object_name(c->pdf, family)[0] != '\0')
		kind = kind_of_name(object_name(c->pdf, family) + 1);
	else if (object_name(c->pdf, space)[0] != '\0')
		kind = kind_of_name(object_name(c->pdf, space) + 1);
	if (strcmp(object_name(c->pdf, family), "/ICCBased") == 0 && dict_number(c->pdf, profile, "/N", &count))
		kind = kind_of_count(count);
	object_drop(c->pdf, profile);
	object_drop(c->pdf, family);
	object_drop(c->pdf, space);
	return kind;
}

static const struct colour black = {0, 0, 0, true};

static void set_space(struct content *c, bool fill)
{
	const enum space_kind kind = space_named(c, operand_name(&c->operands, 0));

	*(fill ? &c->state.fill_space : &c->state.stroke_space) = kind;
	*(fill ? &c->state.fill : &c->state.stroke) = kind == SPACE_UNKNOWN || kind == SPACE_INK ? (struct colour){0} : black;
}

static void set_colour(struct content *c, enum space_kind kind, bool fill)
{
	*(fill ? &c->state.fill_space : &c->state.stroke_space) = kind;
	*(fill ? &c->state.fill : &c->state.stroke) = colour_of(&c->operands, kind);
}

bool paint_colour(struct content *c)
{
	static const struct {
		const char *operator;
		enum space_kind kind;
		bool fill;
	} direct[] = {{"g", SPACE_GREY, true},  {"G", SPACE_GREY, false},  {"rg", SPACE_RGB, true},
	              {"RG", SPACE_RGB, false}, {"k", SPACE_CMYK, true},   {"K", SPACE_CMYK, false}};
	const struct operands *o = &c->operands;

	for (size_t i = 0; i < sizeof(direct) / sizeof(direct[0]); i++)
		if (is(c, direct[i].operator)) {
			set_colour(c, direct[i].kind, direct[i].fill);
			return true;
		}
	if (is(c, "cs") || is(c, "CS")) {
		set_space(c, is(c, "cs"));
	} else if (is(c, "sc") || is(c, "scn") || is(c, "SC") || is(c, "SCN")) {
		const bool fill = c->operands.operator[0] == 's';

		if (o->count > 0 && o->items[o->count - 1].kind == OPERAND_NAME) {
			*(fill ? &c->state.fill : &c->state.stroke) = (struct colour){0};
			inside_pattern(c, operand_name(o, o->count - 1));
		} else {
			set_colour(c, fill ? c->state.fill_space : c->state.stroke_space, fill);
		}
	} else {
		return false;
	}
	return true;
}

/* ---- Paths. */
static void path_add(struct content *c, const struct box *box)
{
	if (!c->path_any) {
		c->path = *box;
		c->path_any = true;
		return;
	}
	c->path.left = box->left < c->path.left ? box->left : c->path.left;
	c->path.bottom = box->bottom < c->path.bottom ? box->bottom : c->path.bottom;
	c->path.right = box->right > c->path.right ? box->right : c->path.right;
	c->path.top = box->top > c->path.top ? box->top : c->path.top;
}

static void rectangle_add(struct content *c, const struct box *box)
{
	if (c->rectangle_count >= RECTANGLES_MOST)
		return;
	c->rectangles = mem_grow(c->rectangles, c->rectangle_count, sizeof(*c->rectangles));
	c->rectangles[c->rectangle_count++] = *box;
}

static void point_add(struct content *c, size_t i, bool line)
{
	const double x = operand_number(&c->operands, i), y = operand_number(&c->operands, i + 1);
	const struct box at = box_of(&c->state.ctm, x, y, x, y);

	path_add(c, &at);
	if (!line)
		c->corner_count = 9;
	else if (c->corner_count < 4) {
		c->corners[2 * c->corner_count] = at.left;
		c->corners[2 * c->corner_count + 1] = at.bottom;
		c->corner_count++;
	} else if (c->corner_count > 4 || at.left != c->corners[0] || at.bottom != c->corners[1]) {
		c->corner_count = 9; /* no rectangle */
	}
}

static bool near(double a, double b)
{
	return a - b < 0.1 && b - a < 0.1;
}

/* A finished part of the path that is four lines at right angles is a rectangle like any other. */
static void corners_end(struct content *c)
{
	const double *p = c->corners;

	if (c->corner_count == 4 &&
	    ((near(p[0], p[2]) && near(p[3], p[5]) && near(p[4], p[6]) && near(p[7], p[1])) ||
	     (near(p[1], p[3]) && near(p[2], p[4]) && near(p[5], p[7]) && near(p[6], p[0]))))
		rectangle_add(c, &(struct box){p[0] < p[4] ? p[0] : p[4], p[1] < p[5] ? p[1] : p[5], p[0] > p[4] ? p[0] : p[4],
		                               p[1] > p[5] ? p[1] : p[5]});
	else if (c->corner_count > 0)
		c->path_other = true;
	c->corner_count = 0;
}

/* As far as it is not cut off. */
static void mark_add(struct content *c, const struct box *area, const struct colour *colour, bool covers)
{
	struct canvas *canvas = c->run->canvas;
	const struct box box = box_meet(area, &c->state.clip);

	if (box.right - box.left < 1 || box.top - box.bottom < 1 || canvas->mark_count >= MARKS_MOST || text_is_hidden(c))
		return;
	canvas->marks = mem_grow(canvas->marks, canvas->mark_count, sizeof(*canvas->marks));
	canvas->marks[canvas->mark_count++] = (struct mark){box, *colour, covers};
}

static bool is_opaque(const struct content *c)
{
	return c->state.fill_alpha >= 0.99 && !c->state.blended;
}

void paint_picture(struct content *c, bool opaque)
{
	const struct box unit = box_of(&c->state.ctm, 0, 0, 1, 1);

	mark_add(c, &unit, &(struct colour){0}, opaque && is_opaque(c));
}

void paint_shading(struct content *c)
{
	c->run->seen->drawing = true;
	mark_add(c, &c->state.clip, &(struct colour){0}, false);
}

static bool box_around(const struct box *a, const struct box *b)
{
	return box_has(a, b->left, b->bottom) && box_has(a, b->right, b->top);
}

/* Filled by turns, a rectangle around another has a hole. */
static bool is_frame(const struct content *c, size_t i)
{
	const struct box *a = &c->rectangles[i];

	if (c->operands.operator[1] != '*' || c->rectangle_count > 256)
		return c->operands.operator[1] == '*';
	for (size_t k = 0; k < c->rectangle_count; k++) {
		if (k != i && (box_around(a, &c->rectangles[k]) || box_around(&c->rectangles[k], a)))
			return true;
	}
	return false;
}

static void fill(struct content *c)
{
	const bool opaque = is_opaque(c);

	corners_end(c);
	c->run->seen->drawing = true;
	if (c->path_other || !opaque)
		mark_add(c, &c->path, &(struct colour){0}, false);
	for (size_t i = 0; opaque && i < c->rectangle_count; i++)
		if (!is_frame(c, i))
			mark_add(c, &c->rectangles[i], &c->state.fill, true);
}

/* Thick lines are backgrounds to some. */
static void stroke(struct content *c)
{
	const double half = c->state.line_width / 2;
	const struct box width = box_of(&c->state.ctm, -half, -half, half, half);
	const double x = (width.right - width.left) / 2, y = (width.top - width.bottom) / 2;

	c->run->seen->drawing = true;
	if (c->path_any && (x >= 2 || y >= 2))
		mark_add(c, &(struct box){c->path.left - x, c->path.bottom - y, c->path.right + x, c->path.top + y},
		         &(struct colour){0}, false);
}

static void path_end(struct content *c)
{
	if (c->clip_next && c->path_any)
		c->state.clip = box_meet(&c->state.clip, &c->path);
	c->clip_next = c->path_any = c->path_other = false;
	c->rectangle_count = c->corner_count = 0;
}

static bool path_build(struct content *c)
{
	const struct operands *o = &c->operands;

	if (is(c, "re")) {
		const struct box box = box_of(&c->state.ctm, operand_number(o, 0), operand_number(o, 1),
		                              operand_number(o, 0) + operand_number(o, 2), operand_number(o, 1) + operand_number(o, 3));

		corners_end(c);
		path_add(c, &box);
		if (near(c->state.ctm.b, 0) || near(c->state.ctm.a, 0))
			rectangle_add(c, &box);
	} else if (is(c, "m")) {
		corners_end(c);
		point_add(c, 0, true);
	} else if (is(c, "l")) {
		point_add(c, 0, true);
	} else if (is(c, "c")) {
		point_add(c, 0, false);
		point_add(c, 2, false);
		point_add(c, 4, false);
	} else if (is(c, "v") || is(c, "y")) {
		point_add(c, 0, false);
		point_add(c, 2, false);
	} else {
		return is(c, "h");
	}
	return true;
}

bool paint_path(struct content *c)
{
	if (path_build(c))
		return true;
	if (is(c, "W") || is(c, "W*")) {
		c->clip_next = true;
		return true;
	}
	if (is(c, "f") || is(c, "F") || is(c, "f*") || is(c, "B") || is(c, "B*") || is(c, "b") || is(c, "b*"))
		fill(c);
	else if (is(c, "S") || is(c, "s"))
		stroke(c);
	else if (!is(c, "n"))
		return false;
	path_end(c);
	return true;
}
