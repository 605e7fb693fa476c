#ifndef CMAP_PROGRAM_INSIDE_H
#define CMAP_PROGRAM_INSIDE_H

#include "cmap/program.h"

/* Bytes of a font; all reading beyond them gives 0. */
struct slice {
	const unsigned char *bytes;
	size_t len;
};
uint32_t big16(const struct slice *s, size_t at);
uint32_t big32(const struct slice *s, size_t at);
struct slice slice_of(const struct slice *s, size_t at, size_t len); /* as much of it as there is */
size_t slice_name_text(const struct slice *name, uint32_t out[CMAP_TEXT_MOST]);
size_t text_of_one(uint32_t c, uint32_t out[CMAP_TEXT_MOST]); /* the text that is this code point; 0 none */

enum program_kind { PROGRAM_TYPE1 = 0, PROGRAM_TRUETYPE, PROGRAM_CFF };

struct program {
	enum program_kind kind;
	uint32_t *glyph_texts;       /* by the character map; 0 unknown; owned */
	uint32_t glyph_count;
	uint32_t code_glyphs[256];   /* of one-byte codes, by the font's own encoding; 0 none */
	struct slice code_names[256];/* Type 1 */
	bool standard_codes;         /* Type 1: they are those of StandardEncoding */
	struct slice post;           /* TrueType: the table of names */
	uint16_t *charset;           /* CFF: the name (SID) or the CID of each glyph; owned */
	struct slice strings;        /* CFF: the index of names beyond the standard ones */
	char *ordering;              /* CFF with CIDs; owned */
};

bool truetype_open(struct program *p, const struct slice *all);
size_t truetype_name_text(const struct program *p, uint32_t glyph, uint32_t out[CMAP_TEXT_MOST]);
bool cff_open(struct program *p, const struct slice *all);
size_t cff_name_text(const struct program *p, uint32_t glyph, uint32_t out[CMAP_TEXT_MOST]);
bool type1_open(struct program *p, const struct slice *all);

#endif
