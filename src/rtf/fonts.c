/* fonts.c - which code page the bytes of a text are in: RTF says so by the font they are set in. */
#include "fonts.h"

#include "base/mem.h"

#include <stdlib.h>

enum { NUMBER_MOST = 32767 };

/* RTF 1.9.1, \fcharset. */
static const struct {
	unsigned char charset;
	unsigned short page;
} charsets[] = {
	{0, 1252},   {2, FONTS_SYMBOL}, {77, 10000}, {78, 932},   {79, 949},   {80, 936},   {81, 950},   {128, 932}, {129, 949},
	{134, 936},  {136, 950},  {161, 1253}, {162, 1254}, {163, 1258}, {177, 1255}, {178, 1256}, {186, 1257},
	{204, 1251}, {222, 874},  {238, 1250}, {254, 437},  {255, 850},
};

unsigned rtf_fonts_page_of_charset(long charset)
{
	for (size_t i = 0; i < sizeof(charsets) / sizeof(charsets[0]); i++)
		if (charsets[i].charset == charset)
			return charsets[i].page;
	return 0;
}

void rtf_fonts_set(struct fonts *fonts, long number, unsigned page)
{
	if (number < 0 || number > NUMBER_MOST)
		return;
	while (fonts->count <= (size_t)number) {
		fonts->pages = mem_grow(fonts->pages, fonts->count, sizeof(*fonts->pages));
		fonts->count++;
	}
	fonts->pages[number] = (unsigned short)page;
}

unsigned rtf_fonts_page(const struct fonts *fonts, long number)
{
	return number >= 0 && (size_t)number < fonts->count ? fonts->pages[number] : 0;
}

void rtf_fonts_release(struct fonts *fonts)
{
	free(fonts->pages);
	*fonts = (struct fonts){0};
}
