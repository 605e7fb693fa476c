/* program.c - a font program, by what its bytes are. */
#include "program_inside.h"

#include "base/mem.h"
#include "cmap/glyph.h"

#include <stdlib.h>
#include <string.h>

uint32_t big16(const struct slice *s, size_t at)
{
	return at + 2 <= s->len ? (uint32_t)s->bytes[at] << 8 | s->bytes[at + 1] : 0;
}

uint32_t big32(const struct slice *s, size_t at)
{
	return big16(s, at) << 16 | big16(s, at + 2);
}

struct slice slice_of(const struct slice *s, size_t at, size_t len)
{
	if (at > s->len)
		return (struct slice){s->bytes, 0};
	return (struct slice){s->bytes + at, len < s->len - at ? len : s->len - at};
}

size_t slice_name_text(const struct slice *name, uint32_t out[CMAP_TEXT_MOST])
{
	char text[128];

	if (name->len == 0 || name->len >= sizeof(text))
		return 0;
	memcpy(text, name->bytes, name->len);
	text[name->len] = '\0';
	return glyph_text(text, out);
}

struct program *program_new(const unsigned char *bytes, size_t len)
{
	struct program *p = mem_alloc(1, sizeof(*p));
	const struct slice all = {bytes, len};
	bool known;

	if (len > 4 && (big32(&all, 0) == 0x00010000 || memcmp(bytes, "true", 4) == 0 || memcmp(bytes, "OTTO", 4) == 0 ||
	                memcmp(bytes, "ttcf", 4) == 0))
		known = truetype_open(p, &all);
	else if (len > 4 && bytes[0] == 1 && bytes[2] >= 4)
		known = cff_open(p, &all);
	else
		known = type1_open(p, &all);
	if (!known) {
		program_free(p);
		return NULL;
	}
	return p;
}

void program_free(struct program *p)
{
	if (p == NULL)
		return;
	free(p->glyph_texts);
	free(p->charset);
	free(p->ordering);
	free(p);
}

bool program_has_cids(const struct program *p, const char **ordering)
{
	if (p->ordering == NULL)
		return false;
	*ordering = p->ordering;
	return true;
}

size_t program_glyph_text(const struct program *p, uint32_t glyph, uint32_t out[CMAP_TEXT_MOST])
{
	if (glyph < p->glyph_count && p->glyph_texts != NULL && p->glyph_texts[glyph] != 0) {
		out[0] = p->glyph_texts[glyph];
		return 1;
	}
	return p->kind == PROGRAM_TRUETYPE ? truetype_name_text(p, glyph, out) : cff_name_text(p, glyph, out);
}

size_t program_code_text(const struct program *p, unsigned char code, uint32_t out[CMAP_TEXT_MOST])
{
	if (p->kind == PROGRAM_TYPE1)
		return p->standard_codes ? text_of_one(encoding_text(ENCODING_STANDARD, code), out)
		                         : slice_name_text(&p->code_names[code], out);
	return p->code_glyphs[code] != 0 ? program_glyph_text(p, p->code_glyphs[code], out) : 0;
}

size_t text_of_one(uint32_t c, uint32_t out[CMAP_TEXT_MOST])
{
	out[0] = c;
	return c != 0 ? 1 : 0;
}
