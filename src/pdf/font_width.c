/* font_width.c - how far each code moves: to tell a space between words from the space between letters.
 * Where a document does not say, as it need not for the fourteen standard fonts, it is what Adobe's metrics of
 * these say: the letters of Times are narrower than Helvetica's by more than a space in a word. */
#include "font.h"

#include "base/mem.h"

#include <stdlib.h>

enum { RUNS_MOST = 65536 };

/* From the space on, in thousandths (Adobe Core 14 AFM).  Slanted Helvetica is as wide as upright. */
static const uint16_t latin_widths[FACES][95] = {
	[FACE_HELVETICA] = {
		278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
		556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500,
		667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333,
		556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500,
		722, 500, 500, 500, 334, 260, 334, 584,
	},
	[FACE_HELVETICA_BOLD] = {
		278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
		556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722,
		611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556,
		611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778,
		556, 556, 500, 389, 280, 389, 584,
	},
	[FACE_TIMES] = {
		250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500,
		500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722,
		611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444,
		500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722,
		500, 500, 444, 480, 200, 480, 541,
	},
	[FACE_TIMES_BOLD] = {
		250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500, 500,
		500, 500, 500, 500, 500, 333, 333, 570, 570, 570, 500, 930, 722, 667, 722, 722, 667, 611, 778, 778, 389, 500,
		778, 667, 944, 722, 778, 611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667, 333, 278, 333, 581, 500,
		333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500, 556, 556, 444, 389, 333, 556,
		500, 722, 500, 500, 444, 394, 220, 394, 520,
	},
	[FACE_TIMES_ITALIC] = {
		250, 333, 420, 500, 500, 833, 778, 214, 333, 333, 500, 675, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500,
		500, 500, 500, 500, 333, 333, 675, 675, 675, 500, 920, 611, 611, 667, 722, 611, 611, 722, 722, 333, 444, 667,
		556, 833, 667, 722, 611, 722, 611, 500, 556, 722, 611, 833, 611, 556, 556, 389, 278, 389, 422, 500, 333, 500,
		500, 444, 500, 444, 278, 500, 500, 278, 278, 444, 278, 722, 500, 500, 500, 500, 389, 389, 278, 500, 444, 667,
		444, 444, 389, 400, 275, 400, 541,
	},
	[FACE_TIMES_BOLD_ITALIC] = {
		250, 389, 555, 500, 500, 833, 778, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500,
		500, 500, 500, 500, 333, 333, 570, 570, 570, 500, 832, 667, 667, 667, 722, 667, 667, 722, 778, 389, 500, 667,
		611, 889, 722, 722, 611, 722, 667, 556, 611, 722, 667, 889, 667, 611, 611, 333, 278, 333, 570, 500, 333, 500,
		500, 444, 500, 444, 333, 500, 556, 278, 278, 500, 278, 778, 556, 500, 500, 500, 389, 389, 278, 556, 444, 667,
		500, 444, 389, 348, 220, 348, 570,
	},
};

/* Letters with marks are as wide as without: 0xC0 to 0xFF of Latin-1. */
static const char marked[] = "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYPBaaaaaaaceeeeiiiidnooooo+ouuuuypy";

static void add_run(struct font *font, double low, double high, double width)
{
	if (low < 0 || high < low || high > 0xFFFFFF || font->width_count >= RUNS_MOST)
		return;
	font->widths = mem_grow(font->widths, font->width_count, sizeof(*font->widths));
	font->widths[font->width_count++] = (struct width_run){(uint32_t)low, (uint32_t)high, (float)(width / 1000)};
}

static double number_at(struct pdf *pdf, qpdf_oh array, size_t index)
{
	const qpdf_oh item = array_get(pdf, array, index);
	double value = 0;

	(void)object_number_value(pdf, item, &value);
	object_drop(pdf, item);
	return value;
}

static int compare_runs(const void *a, const void *b)
{
	const struct width_run *p = a, *q = b;

	return p->low < q->low ? -1 : p->low > q->low;
}

/* [c [w w w] first last w ...] (9.7.4.3) */
static void read_cid_widths(struct pdf *pdf, qpdf_oh array, struct font *font)
{
	const size_t count = array_count(pdf, array);

	for (size_t i = 0; i + 1 < count;) {
		const double first = number_at(pdf, array, i);
		const qpdf_oh next = array_get(pdf, array, i + 1);
		const size_t listed = array_count(pdf, next);

		if (qpdf_oh_is_array(pdf->qpdf, next)) {
			for (size_t k = 0; k < listed && font->width_count < RUNS_MOST; k++)
				add_run(font, first + (double)k, first + (double)k, number_at(pdf, next, k));
			i += 2;
		} else {
			add_run(font, first, number_at(pdf, array, i + 1), number_at(pdf, array, i + 2));
			i += 3;
		}
		object_drop(pdf, next);
	}
	if (font->width_count > 1)
		qsort(font->widths, font->width_count, sizeof(*font->widths), compare_runs);
}

static void read_matrix(struct pdf *pdf, qpdf_oh dict, struct font *font)
{
	const qpdf_oh matrix = dict_get(pdf, dict, "/FontMatrix");

	for (size_t i = 0; i < 6; i++)
		font->matrix[i] = number_at(pdf, matrix, i);
	if (array_count(pdf, matrix) != 6)
		font->matrix[0] = font->matrix[3] = 0.001;
	object_drop(pdf, matrix);
}

/* The glyphs of a Type 3 font may be of any height: by their bounds, where it has them, or else letters
 * are about half as wide as they are high. */
static void read_height(struct pdf *pdf, qpdf_oh dict, struct font *font)
{
	const qpdf_oh bounds = dict_get(pdf, dict, "/FontBBox");
	double height = (number_at(pdf, bounds, 3) - number_at(pdf, bounds, 1)) * font->matrix[3], count = 0;

	if (height == 0) {
		for (size_t i = 0; i < font->width_count; i++) {
			height += 2 * (double)font->widths[i].width;
			count += font->widths[i].width > 0;
		}
		height = count > 0 ? height / count : 1;
	}
	if (height > 0.01 && height < 100)
		font->em = (float)height;
	object_drop(pdf, bounds);
}

static void read_simple_widths(struct pdf *pdf, qpdf_oh dict, qpdf_oh descriptor, struct font *font)
{
	const qpdf_oh widths = dict_get(pdf, dict, "/Widths");
	const size_t count = array_count(pdf, widths);
	double first = 0, missing = 0;
	double scale = 1;

	if (font->drawn) {
		read_matrix(pdf, dict, font);
		scale = font->matrix[0] * 1000; /* its widths are in its own space */
	}
	(void)dict_number(pdf, dict, "/FirstChar", &first);
	for (size_t i = 0; i < count && i < 256; i++)
		add_run(font, first + (double)i, first + (double)i, number_at(pdf, widths, i) * scale);
	if (font->drawn)
		read_height(pdf, dict, font);
	font->standard_widths = count == 0;
	font->missing_width = dict_number(pdf, descriptor, "/MissingWidth", &missing) ? (float)(missing / 1000) : 0;
	if (font->coding != NULL)
		font->missing_width = 1;
	object_drop(pdf, widths);
}

void widths_read(struct pdf *pdf, qpdf_oh dict, qpdf_oh descendant, struct font *font)
{
	if (font->composite) {
		const qpdf_oh widths = dict_get(pdf, descendant, "/W");
		double usual = 1000;

		(void)dict_number(pdf, descendant, "/DW", &usual);
		font->missing_width = (float)(usual / 1000);
		read_cid_widths(pdf, widths, font);
		object_drop(pdf, widths);
	} else {
		read_simple_widths(pdf, dict, descendant, font);
	}
}

static float standard_width(const struct font *font, uint32_t code)
{
	const uint32_t letter = code >= 0xC0 && code <= 0xFF ? (unsigned char)marked[code - 0xC0] : code;

	if (font->face == FACE_COURIER)
		return 0.6F;
	return letter >= 0x20 && letter < 0x7F ? (float)latin_widths[font->face][letter - 0x20] / 1000 : 0.5F;
}

/* Downwards one em is usual; other figures for single glyphs are rare and change no spaces. */
float width_of(const struct font *font, uint32_t code, uint32_t cid)
{
	const uint32_t key = font->composite ? cid : code;
	size_t low = 0, high = font->width_count;

	if (font->vertical)
		return 1;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (font->widths[middle].high < key)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < font->width_count && font->widths[low].low <= key && !(font->coding != NULL && !font->composite))
		return font->widths[low].width;
	if (!font->composite && font->standard_widths && font->coding == NULL)
		return standard_width(font, code);
	if (font->coding != NULL && !font->composite)
		return code < 0x100 ? 0.5F : 1;
	return font->missing_width;
}
