#ifndef PDF_FONT_H
#define PDF_FONT_H

#include "pdf_inside.h"

#include "cmap/glyph.h"

#include <stdint.h>

/* Fonts, as far as text needs them: which bytes are one code, what it says, how far it moves, and whether
 * what it says can be believed (32000-1, 9.5 to 9.10). */

/* Why what a font's text says need not be what it draws; bits. */
enum doubt {
	DOUBT_UNMAPPED = 1,     /* a code without any text */
	DOUBT_CONTRADICTED = 2, /* ToUnicode says one thing, the font's encoding or program another */
	DOUBT_PRIVATE = 4,      /* text that is no character: private use, U+FFFD, controls */
	DOUBT_DRAWN = 8,        /* Type 3: each glyph is a drawing */
	DOUBT_CHINESE_BYTES = 16, /* Chinese bytes in a font for single bytes */
	DOUBT_SHIFTED = 32,     /* Latin letters coded as rare ideographs, or ideographs as punctuation */
	DOUBT_AMBIGUOUS = 64,   /* its own CMap says two things of one code */
	DOUBT_UNKNOWN_CODES = 128, /* where one code ends and what it means is a guess */
};
enum { DOUBTS = 8 };
extern const char *const doubt_titles[DOUBTS];

/* What one code of a font says. */
struct code_text {
	uint32_t code;
	uint8_t code_len;             /* 0: an empty place in the table */
	uint8_t doubts;
	bool wide;                    /* Chinese, Japanese, Korean: no spaces between words */
	bool drawn, draws_text;       /* Type 3: its procedure was run; it shows text itself */
	uint16_t text_len, other_len; /* other: a second reading, 0 without */
	uint32_t text, other;         /* offsets into the font's texts, UTF-8 */
	float width;                  /* of an em, along the line */
};

struct width_run {
	uint32_t low, high;
	float width;
};

/* Which of the standard fonts' widths it has, where the document says none. */
enum face {
	FACE_HELVETICA = 0, /* and what is like none of them */
	FACE_HELVETICA_BOLD,
	FACE_TIMES,
	FACE_TIMES_BOLD,
	FACE_TIMES_ITALIC,
	FACE_TIMES_BOLD_ITALIC,
	FACES,
	FACE_COURIER = FACES /* all of one width */
};

struct font {
	int number; /* of its object; 0: direct, and forgotten with the page */
	char *name; /* its BaseFont without the tag; printable */
	bool composite, vertical, drawn, embedded, chinese_name;
	bool symbolic, dingbats;
	bool guessed; /* its CMap is not known here */
	uint8_t touched;          /* doubts of codes shown since font_untouch() */
	/* codes */
	const struct cmap *coding;
	struct cmap *own_coding, *to_unicode;
	const char *ordering;     /* of the collection its CIDs are in, "" unknown; borrowed from own_ordering or a literal */
	char *own_ordering;
	/* a simple font's */
	enum encoding encoding;
	char **differences;       /* 256 glyph names or NULLs; or NULL */
	/* its program */
	struct buf program_bytes;
	struct program *program;
	struct buf glyph_of_cid;  /* two bytes each; empty: they are the same */
	/* widths */
	struct width_run *widths;
	size_t width_count;
	float missing_width;
	enum face face;
	bool standard_widths;
	/* Type 3 */
	qpdf_oh dict;
	double matrix[6];
	float em; /* how high its glyphs are, of its size */
	/* what was asked before, by code: an open hash table */
	struct code_text *code_texts;
	size_t code_text_count, code_text_room;
	struct buf texts;
};

/* The font of this dictionary; one that was met before by its object's number.  Belongs to the fonts. */
struct fonts;
struct font *font_get(struct pdf *pdf, qpdf_oh dict);
void fonts_free(struct pdf *pdf);

/* Calls `tell` for each font that codes with doubts were shown in, and forgets that. */
void fonts_untouch(struct pdf *pdf, void (*tell)(void *context, const struct font *font), void *context);

/* How many of `len` > 0 bytes are the first code. */
size_t font_next(const struct font *font, const unsigned char *bytes, size_t len, uint32_t *code);

/* What it says; until the next call.  Its doubts are added to `touched`. */
struct code_text *font_code_text(struct font *font, uint32_t code, size_t code_len);

/* ---- font_width.c */
void widths_read(struct pdf *pdf, qpdf_oh dict, qpdf_oh descendant, struct font *font);
float width_of(const struct font *font, uint32_t code, uint32_t cid);

/* ---- font_text.c */
void code_text_find(struct font *font, struct code_text *out);
uint32_t font_cid(const struct font *font, uint32_t code, size_t code_len);

#endif
