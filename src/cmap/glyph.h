#ifndef CMAP_GLYPH_H
#define CMAP_GLYPH_H

#include "cmap/cmap.h"

/* What the name of a glyph says: Adobe Glyph List Specification 1.7, section 2, with the list of 4,281
 * names.  "f_i.liga" is f and i.  How many code points; 0: the name says nothing ("g23", ".notdef"). */
size_t glyph_text(const char *name, uint32_t out[CMAP_TEXT_MOST]);

/* The same for ITC Zapf Dingbats, whose names are its own: "a35" is a star.  0: none of these. */
uint32_t glyph_dingbat(const char *name);

/* Of names that say nothing, "a97" and "G97" often are the letter of that code: a guess.  0: none. */
uint32_t glyph_guess(const char *name);

/* The encodings PDF knows by name (ISO 32000-1 annex D). */
enum encoding {
	ENCODING_NONE = 0, /* the font's own */
	ENCODING_STANDARD,
	ENCODING_WIN_ANSI,
	ENCODING_MAC_ROMAN,
	ENCODING_SYMBOL,
	ENCODING_DINGBATS,
};
enum encoding encoding_named(const char *name); /* "WinAnsiEncoding" */

/* 0: the encoding does not have this code. */
uint32_t encoding_text(enum encoding encoding, unsigned char code);

#endif
