#ifndef CMAP_PROGRAM_H
#define CMAP_PROGRAM_H

#include "cmap/cmap.h"

/* A font program embedded in a document, asked only what it says its glyphs are: by the character map and
 * the glyph names of TrueType and OpenType, the charset and encoding of CFF, the encoding of Type 1.
 * Outlines are not looked at: a program may lie as well as a document. */
struct program;

/* By what the bytes are, which must last as long as the program.  NULL: none of these. */
struct program *program_new(const unsigned char *bytes, size_t len);
void program_free(struct program *program);

/* True when the glyphs of it are numbered by CIDs of its own (CFF with a ROS operator): then `ordering`
 * is that of their collection. */
bool program_has_cids(const struct program *program, const char **ordering);

/* The text of glyph number `glyph`, or of the glyph a simple font draws for the one-byte code `code`
 * when the document gives no encoding.  How many code points; 0: it does not say. */
size_t program_glyph_text(const struct program *program, uint32_t glyph, uint32_t out[CMAP_TEXT_MOST]);
size_t program_code_text(const struct program *program, unsigned char code, uint32_t out[CMAP_TEXT_MOST]);

#endif
