/* words.c - control words that change where text stands, how it looks or how it is written. */
#include "rtf_inside.h"

#include "reader/reader.h"

#include <string.h>

/* ---- Characters that are words (RTF 1.9.1, "Special characters"). */
static const struct {
	const char *word;
	unsigned short character;
} characters[] = {
	{"tab", '\t'},       {"line", '\n'},       {"emdash", 0x2014},    {"endash", 0x2013},   {"emspace", ' '},
	{"enspace", ' '},    {"qmspace", ' '},     {"bullet", 0x2022},    {"lquote", 0x2018},   {"rquote", 0x2019},
	{"ldblquote", 0x201C}, {"rdblquote", 0x201D}, {"zwj", 0x200D},    {"zwnj", 0x200C},     {"ltrmark", 0x200E},
	{"rtlmark", 0x200F}, {"zwbo", 0x200B},     {"zwnbo", 0x2060},     {"softline", '\n'},   {"lbr", '\n'},
};

unsigned long word_character(const struct token *token)
{
	if (token->type == TOKEN_SYMBOL)
		return token->byte == '~' ? 0xA0 : token->byte == '-' ? 0xAD : token->byte == '_' ? '-' :
		       token->byte == '\t' ? '\t' : 0;
	for (size_t i = 0; i < sizeof(characters) / sizeof(characters[0]); i++)
		if (strcmp(characters[i].word, token->word) == 0)
			return characters[i].character;
	return 0;
}

/* ---- Ends. */

static void end_paragraph(struct rtf *rtf, const char *separator)
{
	struct sink *sink = rtf_level(rtf)->sink;

	if (sink->destination->mode == MODE_STORY)
		sink_paragraph(rtf, sink, separator);
	else
		sink_byte(rtf, sink, ' ');
}

static void on_paragraph(struct rtf *rtf, long value)
{
	(void)value;
	end_paragraph(rtf, "\n");
}

static void on_cell(struct rtf *rtf, long value)
{
	(void)value;
	end_paragraph(rtf, "\t");
}

/* The cells before it ended their paragraphs; text behind the last of them is a paragraph of its own. */
static void on_row(struct rtf *rtf, long value)
{
	struct sink *sink = rtf_level(rtf)->sink;
	struct flow_out *text = rtf->texts[destination_row(sink->destination)];

	(void)value;
	if (sink->seen.len + sink->whole.len + sink->raw.len > 0)
		end_paragraph(rtf, "\n");
	else if (text != NULL)
		flow_break(text);
}

/* ---- Looks. */

static void on_plain(struct rtf *rtf, long value)
{
	struct look *look = &rtf_level(rtf)->look;

	(void)value;
	look->hidden = look->deleted = look->inserted = false;
	look->colour = look->back = look->marked = 0;
	look->half_points = 24;
	look->font = rtf->levels[0].look.font;
}

static void on_pard(struct rtf *rtf, long value)
{
	(void)value;
	rtf_level(rtf)->look.shaded = 0;
	rtf->begun = rtf->begun || rtf_level(rtf)->sink->destination == &destination_body;
}

#define LOOK(name, field)                                                                                              \
	static void name(struct rtf *rtf, long value)                                                                      \
	{                                                                                                                  \
		rtf_level(rtf)->look.field = value;                                                                            \
	}
#define SWITCH(name, field)                                                                                            \
	static void name(struct rtf *rtf, long value)                                                                      \
	{                                                                                                                  \
		rtf_level(rtf)->look.field = value != 0;                                                                       \
	}
LOOK(on_colour, colour)
LOOK(on_back, back)
LOOK(on_marked, marked)
LOOK(on_shaded, shaded)
LOOK(on_size, half_points)
LOOK(on_author, author)
SWITCH(on_hidden, hidden)
SWITCH(on_deleted, deleted)
SWITCH(on_inserted, inserted)

static void on_row_start(struct rtf *rtf, long value)
{
	(void)value;
	rtf->row_shaded = false;
}

static void on_cell_colour(struct rtf *rtf, long value)
{
	rtf->row_shaded = rtf->row_shaded || value > 0;
}

/* ---- Charsets. */

static void on_page(struct rtf *rtf, long value)
{
	rtf->page = value > 0 && value < 65536 ? (unsigned)value : rtf->page;
}

static void on_mac(struct rtf *rtf, long value)
{
	(void)value;
	rtf->page = 10000;
}

static void on_pc(struct rtf *rtf, long value)
{
	(void)value;
	rtf->page = 437;
}

static void on_pca(struct rtf *rtf, long value)
{
	(void)value;
	rtf->page = 850;
}

static bool in_fonts(struct rtf *rtf)
{
	return strcmp(rtf_level(rtf)->sink->destination->title, "fonts") == 0;
}

static void on_font(struct rtf *rtf, long value)
{
	rtf_level(rtf)->look.font = value;
	if (in_fonts(rtf))
		rtf->font = value;
}

static void on_default_font(struct rtf *rtf, long value)
{
	rtf_level(rtf)->look.font = rtf->levels[0].look.font = value;
}

static void on_charset(struct rtf *rtf, long value)
{
	if (in_fonts(rtf))
		fonts_set(&rtf->fonts, rtf->font, fonts_page_of_charset(value));
}

static void on_font_page(struct rtf *rtf, long value)
{
	if (in_fonts(rtf) && value > 0 && value < 65536)
		fonts_set(&rtf->fonts, rtf->font, (unsigned)value);
}

static void on_fallbacks(struct rtf *rtf, long value)
{
	rtf_level(rtf)->look.fallbacks = value;
}

static void on_unicode(struct rtf *rtf, long value)
{
	const struct look *look = &rtf_level(rtf)->look;

	sink_codepoint(rtf, rtf_level(rtf)->sink, (unsigned long)(value < 0 ? value + 65536 : value));
	rtf->skip = look->fallbacks > 0 ? (size_t)look->fallbacks : 0;
}

/* ---- Colours. */

static void set_colour(struct rtf *rtf, unsigned shift, long value)
{
	if (rtf_level(rtf)->sink->destination->mode != MODE_COLOURS)
		return;
	rtf->colour = (rtf->colour & ~(UINT32_C(0xFF) << shift)) | (uint32_t)(value & 0xFF) << shift;
}

static void on_red(struct rtf *rtf, long value)
{
	set_colour(rtf, 16, value);
}

static void on_green(struct rtf *rtf, long value)
{
	set_colour(rtf, 8, value);
}

static void on_blue(struct rtf *rtf, long value)
{
	set_colour(rtf, 0, value);
}

/* ---- Pictures, objects, HTML. */

static void on_dib(struct rtf *rtf, long value)
{
	(void)value;
	rtf_level(rtf)->sink->picture = PICTURE_DIB;
}

static void on_other_picture(struct rtf *rtf, long value)
{
	(void)value;
	rtf_level(rtf)->sink->picture = PICTURE_OTHER;
}

static void on_control(struct rtf *rtf, long value)
{
	(void)value;
	rtf_observe_once(rtf, OBSERVED_MACRO, "a control");
}

static void on_link(struct rtf *rtf, long value)
{
	(void)value;
	rtf_observe_once(rtf, OBSERVED_EXTERNAL_LINK, "an object");
}

static void on_html(struct rtf *rtf, long value)
{
	rtf->from_html = value == 1;
}

static void on_outside(struct rtf *rtf, long value)
{
	rtf_level(rtf)->look.outside = value != 0;
}

static const struct {
	const char *word;
	void (*act)(struct rtf *rtf, long value);
} words[] = {
	{"par", on_paragraph},     {"sect", on_paragraph},      {"page", on_paragraph},    {"column", on_paragraph},
	{"cell", on_cell},         {"nestcell", on_cell},       {"row", on_row},           {"nestrow", on_row},
	{"trowd", on_row_start},   {"clcbpat", on_cell_colour}, {"clcbpatraw", on_cell_colour}, {"plain", on_plain},
	{"pard", on_pard},         {"cf", on_colour},           {"cb", on_back},           {"chcbpat", on_back},
	{"highlight", on_marked},  {"cbpat", on_shaded},        {"fs", on_size},           {"v", on_hidden},
	{"deleted", on_deleted},   {"revised", on_inserted},    {"revauth", on_author},    {"revauthdel", on_author},
	{"ansicpg", on_page},      {"mac", on_mac},             {"pc", on_pc},             {"pca", on_pca},
	{"f", on_font},            {"deff", on_default_font},   {"fcharset", on_charset},  {"cpg", on_font_page},
	{"uc", on_fallbacks},      {"u", on_unicode},           {"red", on_red},           {"green", on_green},
	{"blue", on_blue},         {"dibitmap", on_dib},        {"wbitmap", on_other_picture}, {"macpict", on_other_picture},
	{"pmmetafile", on_other_picture}, {"objocx", on_control}, {"objlink", on_link},    {"objautlink", on_link},
	{"fromhtml", on_html},     {"htmlrtf", on_outside},     {"mvf", on_deleted},       {"mvt", on_inserted},
};

void word_act(struct rtf *rtf, const struct token *token)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].word, token->word) == 0) {
			words[i].act(rtf, token->value);
			return;
		}
}
