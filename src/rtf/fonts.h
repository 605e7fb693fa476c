#ifndef RTF_FONTS_H
#define RTF_FONTS_H

#include <stddef.h>

/* The code page of each font, as the font table says (RTF 1.9.1, "Font table"). */
struct fonts {
	unsigned short *pages; /* by font number, as far as one was told; 0: that of the document */
	size_t count;
};

/* Font `number` has `page`; numbers no document has are left out. */
void rtf_fonts_set(struct fonts *fonts, long number, unsigned page);
unsigned rtf_fonts_page(const struct fonts *fonts, long number); /* 0: not said */
void rtf_fonts_release(struct fonts *fonts);

/* The page of symbol fonts, which no charset is: a byte beyond ASCII is a glyph of the font, U+F000 and more. */
enum { FONTS_SYMBOL = 42, FONTS_GLYPHS = 0xF000 };

/* The code page \fcharsetN means; 0: that of the document. */
unsigned rtf_fonts_page_of_charset(long charset);

#endif
