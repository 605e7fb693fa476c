/* canvas.c - lengths and areas on a page. */
#include "canvas.h"

#include <stdlib.h>

const char *const hiding_titles[HIDINGS] = {
	"",
	"drawn invisibly",
	"transparent",
	"smaller than a point",
	"outside the page",
	"cut off",
	"in the colour behind it",
	"covered",
	"on a hidden layer",
};

void canvas_release(struct canvas *canvas)
{
	free(canvas->glyphs);
	free(canvas->marks);
	buf_release(&canvas->texts);
	set_release(&canvas->patterns);
	*canvas = (struct canvas){0};
}

struct matrix matrix_times(const struct matrix *m, const struct matrix *n)
{
	return (struct matrix){
		m->a * n->a + m->b * n->c,        m->a * n->b + m->b * n->d,
		m->c * n->a + m->d * n->c,        m->c * n->b + m->d * n->d,
		m->e * n->a + m->f * n->c + n->e, m->e * n->b + m->f * n->d + n->f,
	};
}

static double least(const double v[4])
{
	double low = v[0];

	for (int i = 1; i < 4; i++)
		low = v[i] < low ? v[i] : low;
	return low;
}

static double most(const double v[4])
{
	double high = v[0];

	for (int i = 1; i < 4; i++)
		high = v[i] > high ? v[i] : high;
	return high;
}

struct box box_of(const struct matrix *m, double x0, double y0, double x1, double y1)
{
	const double x[4] = {x0 * m->a + y0 * m->c + m->e, x1 * m->a + y0 * m->c + m->e, x0 * m->a + y1 * m->c + m->e,
	                     x1 * m->a + y1 * m->c + m->e};
	const double y[4] = {x0 * m->b + y0 * m->d + m->f, x1 * m->b + y0 * m->d + m->f, x0 * m->b + y1 * m->d + m->f,
	                     x1 * m->b + y1 * m->d + m->f};

	return (struct box){least(x), least(y), most(x), most(y)};
}

struct box box_meet(const struct box *a, const struct box *b)
{
	return (struct box){a->left > b->left ? a->left : b->left, a->bottom > b->bottom ? a->bottom : b->bottom,
	                    a->right < b->right ? a->right : b->right, a->top < b->top ? a->top : b->top};
}

bool box_has(const struct box *box, double x, double y)
{
	return x >= box->left && x <= box->right && y >= box->bottom && y <= box->top;
}
