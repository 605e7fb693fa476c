/* made.c - text with the way back to what it was made from. */
#include "made.h"

#include "base/mem.h"

#include <stdlib.h>

static void reserve(struct made *m, size_t len)
{
	if (len <= m->capacity)
		return;
	m->capacity = len * 2 > 256 ? len * 2 : 256;
	m->origin = mem_resize(m->origin, m->capacity, sizeof(*m->origin));
}

void made_put(struct made *m, const char *bytes, size_t len, size_t origin)
{
	reserve(m, m->text.len + len + 1);
	for (size_t i = 0; i <= len; i++)
		m->origin[m->text.len + i] = (uint32_t)origin;
	buf_add(&m->text, bytes, len);
}

void made_copy(struct made *m, const char *bytes, size_t len, size_t origin)
{
	reserve(m, m->text.len + len + 1);
	for (size_t i = 0; i <= len; i++)
		m->origin[m->text.len + i] = (uint32_t)(origin + i);
	buf_add(&m->text, bytes, len);
}

void made_release(struct made *m)
{
	free(m->origin);
	buf_release(&m->text);
	*m = (struct made){0};
}
