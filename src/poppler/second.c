/* second.c - pages as Poppler reads them.
 *
 * Two readers of PDF seldom have the same fault.  Nothing here knows more of the format than which page
 * comes next; what the two say is compared by who asked (extract/second.c). */
#include "poppler/second.h"

#include "base/buf.h"
#include "reader/reader.h"

#include <poppler.h>

#include <stdio.h>
#include <string.h>

/* 绝密 in a font that is not embedded, in a character set only the data package knows.  It has no table of
 * its objects: whoever reads it looks for them. */
static const char chinese_page[] =
	"%PDF-1.4\n"
	"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
	"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
	"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
	"4 0 obj<</Length 36>>stream\nBT /F 12 Tf 9 50 Td <BEF8C3DC> Tj ET\nendstream endobj\n"
	"5 0 obj<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/GBK-EUC-H/DescendantFonts[6 0 R]>>endobj\n"
	"6 0 obj<</Type/Font/Subtype/CIDFontType0/BaseFont/Song/FontDescriptor 7 0 R"
	"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>endobj\n"
	"7 0 obj<</Type/FontDescriptor/FontName/Song/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 880"
	"/Descent -120/CapHeight 880/StemV 80>>endobj\n"
	"trailer<</Root 1 0 R>>\n%%EOF\n";

const char *second_data(void)
{
	return POPPLER_DATA;
}

static PopplerDocument *open_document(const void *bytes, size_t len, GError **error)
{
	GBytes *all = g_bytes_new_static(bytes, len);
	PopplerDocument *document = poppler_document_new_from_bytes(all, NULL, error);

	g_bytes_unref(all);
	return document;
}

bool second_warm(void)
{
	static PopplerDocument *document; /* never closed: with the last one Poppler forgets where its data is */
	GError *error = NULL;
	PopplerPage *page;
	char *text;
	bool ok;

	document = open_document(chinese_page, sizeof(chinese_page) - 1, &error);
	page = document != NULL ? poppler_document_get_page(document, 0) : NULL;
	text = page != NULL ? poppler_page_get_text(page) : NULL;
	ok = text != NULL && strstr(text, "绝密") != NULL;
	g_free(text);
	g_clear_object(&page);
	g_clear_error(&error);
	return ok;
}

/* Optional content is text too, shown or not. */
static void show_layers(PopplerLayersIter *layers)
{
	do {
		PopplerLayer *layer = poppler_layers_iter_get_layer(layers);
		PopplerLayersIter *below = poppler_layers_iter_get_child(layers);

		if (layer != NULL) {
			poppler_layer_show(layer);
			g_object_unref(layer);
		}
		if (below != NULL) {
			show_layers(below);
			poppler_layers_iter_free(below);
		}
	} while (poppler_layers_iter_next(layers));
}

enum { DOTS_PER_INCH = 200, POINTS_PER_INCH = 72, SIDE_MOST = 6000 };

static cairo_status_t add_bytes(void *context, const unsigned char *bytes, unsigned len)
{
	buf_add(context, bytes, len);
	return CAIRO_STATUS_SUCCESS;
}

/* A page without text, as it is drawn, for who can read that. */
static void draw_page(struct reader *reader, PopplerPage *page, int number)
{
	const double scale = (double)DOTS_PER_INCH / POINTS_PER_INCH;
	double width = 0, height = 0;
	cairo_surface_t *surface;
	cairo_t *cairo;
	struct buf png = {0};
	char place[32];

	poppler_page_get_size(page, &width, &height);
	if (!reader_wants_pictures(reader) || !(width * scale >= 1 && width * scale <= SIDE_MOST) ||
	    !(height * scale >= 1 && height * scale <= SIDE_MOST))
		return;
	surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(width * scale), (int)(height * scale));
	cairo = cairo_create(surface);
	cairo_scale(cairo, scale, scale);
	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_paint(cairo);
	poppler_page_render(page, cairo);
	if (cairo_surface_write_to_png_stream(surface, add_bytes, &png) == CAIRO_STATUS_SUCCESS && png.len > 0) {
		(void)snprintf(place, sizeof(place), "page %d", number);
		reader_picture(reader, place, png.data, png.len);
	}
	buf_release(&png);
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
}

static void read_page(struct reader *reader, PopplerDocument *document, int index)
{
	PopplerPage *page = poppler_document_get_page(document, index);
	char *text = page != NULL ? poppler_page_get_text(page) : NULL;
	struct flow_out *flow;

	if (text != NULL && strspn(text, " \t\r\n\f") == strlen(text))
		draw_page(reader, page, index + 1);
	if (text == NULL) {
		reader_undecided(reader, "the second reader cannot read page %d", index + 1);
	} else {
		flow = flow_open(reader, FLOW_BODY, "page %d", index + 1);
		flow_put_string(flow, text);
		flow_close(flow);
	}
	g_free(text);
	g_clear_object(&page);
}

void second_read(struct reader *reader, const struct part *part)
{
	GError *error = NULL;
	PopplerDocument *document = open_document(part->bytes, part->len, &error);
	PopplerLayersIter *layers;

	if (document == NULL) {
		reader_undecided(reader, "the second reader does not take it: %s", error != NULL ? error->message : "no reason given");
		g_clear_error(&error);
		return;
	}
	layers = poppler_layers_iter_new(document);
	if (layers != NULL) {
		show_layers(layers);
		poppler_layers_iter_free(layers);
	}
	for (int i = 0; i < poppler_document_get_n_pages(document) && reader_may_enter(reader); i++)
		read_page(reader, document, i);
	g_object_unref(document);
}
