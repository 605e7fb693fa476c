/* pdf_page_test.c - the text of PDF pages: in order, with what is hidden, and with what is not believed. */
#include "pdf/pdf.h"

#include "reading.h"

#include <stdlib.h>

/* A PDF of these objects, numbered from 1; the first is the catalog. */
static char *make_pdf(const char *const *objects, size_t *len)
{
	struct buf out = {0};
	size_t starts[32], count = 0, table;

	buf_add_string(&out, "%PDF-1.7\n");
	for (; objects[count] != NULL; count++) {
		starts[count] = out.len;
		buf_addf(&out, "%zu 0 obj\n%s\nendobj\n", count + 1, objects[count]);
	}
	table = out.len;
	buf_addf(&out, "xref\n0 %zu\n0000000000 65535 f \n", count + 1);
	for (size_t i = 0; i < count; i++)
		buf_addf(&out, "%010zu 00000 n \n", starts[i]);
	buf_addf(&out, "trailer\n<</Size %zu/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", count + 1, table);
	*len = out.len;
	return buf_take(&out);
}

static char *make_stream(const char *entries, const char *data)
{
	struct buf out = {0};

	buf_addf(&out, "<<%s/Length %zu>>\nstream\n%s\nendstream", entries, strlen(data), data);
	return buf_take(&out);
}

#define LATIN "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>"

/* One page of this content; `more` goes into its resources, objects from 6 on are `extra`. */
struct page {
	const char *content, *more, *font, *catalog;
	const char *extra[8];
};

static char *make_page(const struct page *page, size_t *len)
{
	const char *objects[16] = {NULL};
	char *content = make_stream("", page->content), *catalog, *pages, *all;

	catalog = mem_format("<</Type/Catalog/Pages 2 0 R%s>>", page->catalog != NULL ? page->catalog : "");
	pages = mem_format("<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>%s>>>>",
	                   page->more != NULL ? page->more : "");
	objects[0] = catalog;
	objects[1] = "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 600 800]>>";
	objects[2] = pages;
	objects[3] = content;
	objects[4] = page->font != NULL ? page->font : LATIN;
	for (size_t i = 0; page->extra[i] != NULL; i++)
		objects[5 + i] = page->extra[i];
	all = make_pdf(objects, len);
	free(pages);
	free(catalog);
	free(content);
	return all;
}

static char *told_of(const struct page *page)
{
	size_t len;
	char *bytes = make_page(page, &len), *told = reading_of(pdf_read, "a.pdf", bytes, len);

	free(bytes);
	return told;
}

static void assert_told(const struct page *page, const char *const *lines)
{
	char *told = told_of(page);

	for (; *lines != NULL; lines++)
		if (strstr(told, *lines) == NULL)
			fail_msg("not told: %s\n%s", *lines, told);
	free(told);
}

static void assert_not_told(const struct page *page, const char *line)
{
	char *told = told_of(page);

	if (strstr(told, line) != NULL)
		fail_msg("told: %s\n%s", line, told);
	free(told);
}

#define TOLD(page, ...) assert_told(page, (const char *const[]){__VA_ARGS__, NULL})
#define CONTENT(text) (&(const struct page){.content = text})

static void lines_are_read_from_the_top_whatever_they_were_drawn_in(void **state)
{
	(void)state;
	TOLD(CONTENT("BT /F1 10 Tf 50 700 Td (second) Tj 0 20 Td (first) Tj ET"), "[body] page 1: first / second\n",
	     "[body] page 1: in the order it was drawn: second / first\n");
	assert_not_told(CONTENT("BT /F1 10 Tf 50 700 Td (first) Tj 0 -20 Td (second) Tj ET"), "drawn");
}

static void room_between_words_is_a_space_and_between_letters_none(void **state)
{
	(void)state;
	TOLD(CONTENT("BT /F1 10 Tf 50 700 Td [(top)-500(sec)3(ret)] TJ ET"), "page 1: top secret\n");
	TOLD(CONTENT("BT /F1 10 Tf 4 Tc 50 700 Td (SECRET) Tj ET"), "page 1: SECRET\n");
	TOLD(CONTENT("BT /F1 10 Tf 50 700 Td (S E C R E T) Tj ET"), "page 1: SECRET\n");
	TOLD(CONTENT("BT /F1 10 Tf 70 700 Td (cret) Tj -20 0 Td (se) Tj ET"), "page 1: se cret\n");
	TOLD(CONTENT("BT /F1 10 Tf 62 700 Td (cret) Tj -12 0 Td (se) Tj ET"), "[body] page 1: secret\n");
}

static void what_is_drawn_twice_is_read_once(void **state)
{
	(void)state;
	TOLD(CONTENT("BT /F1 10 Tf 50 700 Td (bold) Tj ET BT 50.4 700 Td (bold) Tj ET"), "[body] page 1: bold\n");
}

static void all_operators_that_show_text_do(void **state)
{
	(void)state;
	TOLD(CONTENT("BT /F1 10 Tf 14 TL 1 0 0 1 50 700 Tm (a\\) \\101) Tj (b) ' 0 0 (c) \" T* <64 6> Tj ET"),
	     "page 1: a) A / b / c / d`\n");
}

static void strings_and_comments_nobody_draws_are_told(void **state)
{
	(void)state;
	TOLD(CONTENT("% a remark\nBT /F1 10 Tf 50 700 Td (seen % (not) a remark) % another\nTj ET (left) XX /Span <</ActualText (else)>> BDC EMC"),
	     "page 1: seen % (not) a remark\n", "a remark", "another", "left", "else");
}

static void each_way_of_hiding_is_told(void **state)
{
	static const struct {
		const char *content, *title;
	} ways[] = {
		{"BT /F1 10 Tf 3 Tr 50 700 Td (hidden) Tj ET", "drawn invisibly"},
		{"BT /F1 10 Tf 7 Tr 50 700 Td (hidden) Tj ET", "drawn invisibly"},
		{"/G gs BT /F1 10 Tf 50 700 Td (hidden) Tj ET", "transparent"},
		{"BT /F1 0.5 Tf 50 700 Td (hidden) Tj ET", "smaller than a point"},
		{"0.01 0 0 0.01 0 0 cm BT /F1 10 Tf 50 700 Td (hidden) Tj ET", "smaller than a point"},
		{"BT /F1 10 Tf 1 Tz 50 700 Td (hidden) Tj ET", "smaller than a point"},
		{"BT /F1 10 Tf 700 700 Td (hidden) Tj ET", "outside the page"},
		{"0 0 10 10 re W n BT /F1 10 Tf 50 700 Td (hidden) Tj ET", "cut off"},
		{"1 g BT /F1 10 Tf 50 700 Td (hidden) Tj ET", "in the colour behind it"},
		{"0 0 0 0 k BT /F1 10 Tf 50 700 Td (hidden) Tj ET", "in the colour behind it"},
		{"1 0 0 rg 0 0 600 800 re f BT /F1 10 Tf 50 700 Td (hidden) Tj ET", "in the colour behind it"},
		{"BT /F1 10 Tf 50 700 Td (hidden) Tj ET 0 g 40 690 200 30 re f", "covered"},
		{"BT /F1 10 Tf 50 700 Td (hidden) Tj ET 40 690 m 240 690 l 240 720 l 40 720 l h f", "covered"},
		{"BT /F1 10 Tf 50 700 Td (hidden) Tj ET q 200 0 0 30 40 690 cm /P Do Q", "covered"},
		{"/OC /L BDC BT /F1 10 Tf 50 700 Td (hidden) Tj ET EMC", "on a hidden layer"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		char *flow = mem_format("[hidden] page 1: %s: hidden\n", ways[i].title);
		char *seen = mem_format("observed hidden-%s: page 1: 6 characters %s", strstr(ways[i].title, "layer") != NULL ? "layer" : "text",
		                        ways[i].title);

		TOLD((&(const struct page){
			     .content = ways[i].content,
			     .more = "/ExtGState<</G<</ca 0>>>>/XObject<</P 6 0 R>>/Properties<</L 7 0 R>>",
			     .catalog = "/OCProperties<</OCGs[7 0 R]/D<</OFF[7 0 R]>>>>",
			     .extra = {"<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>\n"
		                       "stream\n0\nendstream",
			               "<</Type/OCG/Name(L)>>"},
		     }),
		     flow, seen);
		free(flow);
		free(seen);
	}
}

static void what_only_looks_like_hiding_is_body(void **state)
{
	static const char *const contents[] = {
		"0 0 600 800 re f 1 g BT /F1 10 Tf 50 700 Td (shown) Tj ET",                 /* white on black */
		"1 g 0 0 600 800 re f 0 g BT /F1 10 Tf 50 700 Td (shown) Tj ET",             /* on painted paper */
		"BT /F1 10 Tf 50 700 Td (shown) Tj ET 40 690 300 1 re f",                    /* underlined */
		"BT /F1 10 Tf 50 700 Td (shown) Tj ET 40 690 200 30 re S",                   /* in a frame */
		"BT /F1 10 Tf 50 700 Td (shown) Tj ET 40 690 200 30 re 41 691 198 28 re f*", /* the same, filled */
		"/M gs BT /F1 10 Tf 50 700 Td (shown) Tj ET 1 1 0 rg 40 690 200 30 re f",    /* marked with a pen */
		"0 0 300 800 re W n BT /F1 10 Tf 50 700 Td (shown) Tj ET",
		"100 100 m 300 100 300 800 10 800 c f 1 g BT /F1 10 Tf 50 700 Td (shown) Tj ET",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(contents) / sizeof(contents[0]); i++)
		TOLD((&(const struct page){.content = contents[i], .more = "/ExtGState<</M<</BM/Multiply>>>>"}), "[body] page 1: shown\n");
}

static void words_hidden_in_part_are_whole_in_the_order_they_were_drawn(void **state)
{
	(void)state;
	TOLD(CONTENT("BT /F1 10 Tf 50 700 Td (con) Tj 3 Tr (fiden) Tj 0 Tr (tial) Tj ET"),
	     "in the order it was drawn: confidential\n");
}

static void forms_are_drawn_and_rings_end(void **state)
{
	char *form = make_stream("/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>",
	                         "BT /F1 10 Tf 50 700 Td (inner) Tj ET /X Do");

	(void)state;
	TOLD((&(const struct page){.content = "/X Do 1 0 0 1 0 -50 cm /X Do", .more = "/XObject<</X 6 0 R>>", .extra = {form}}),
	     "[body] page 1: inner / inner\n");
	free(form);
}

static void form_bombs_end(void **state)
{
	char *forms[6];
	struct page page = {.content = "/X Do", .more = "/XObject<</X 6 0 R>>"};

	(void)state;
	for (int i = 0; i < 6; i++) {
		char *entries = mem_format("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>", i < 5 ? 7 + i : 6);
		char *data = mem_format("%*s", 100 * 1024, ""); /* long, so that little has to be drawn */

		for (int k = 0; k < 100; k++)
			memcpy(data + 6 * k, "/X Do\n", 6);
		forms[i] = make_stream(entries, data);
		free(data);
		page.extra[i] = forms[i];
		free(entries);
	}
	TOLD(&page, "undecided: page 1: draws more than is looked at\n");
	for (int i = 0; i < 6; i++)
		free(forms[i]);
}

static void vertical_columns_are_read_from_the_right(void **state)
{
	(void)state;
	TOLD((&(const struct page){
		     .content = "BT /F1 20 Tf 300 700 Td <673A> Tj <5BC6> Tj -40 0 Td <516C> Tj <5F00> Tj ET",
		     .font = "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/UniGB-UTF16-V/DescendantFonts[<</Type/Font/Subtype/CIDFontType0"
	                     "/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>]>>",
	     }),
	     "[body] page 1: 机密 / 公开\n");
}

#define GBK_FONT "<</Type/Font/Subtype/Type0/BaseFont/FangSong_GB2312/Encoding/GBK-EUC-H/DescendantFonts[<</Type/Font/Subtype/" \
	         "CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>]>>"

static void chinese_fonts_without_to_unicode_are_read(void **state)
{
	(void)state;
	TOLD((&(const struct page){.content = "BT /F1 20 Tf 50 700 Td <BBFA> Tj 60 0 Td <C3DC> Tj ET", .font = GBK_FONT}),
	     "[body] page 1: 机 密\n");
	TOLD((&(const struct page){.content = "BT /F1 20 Tf 10 Tc 50 700 Td <BBFAC3DC> Tj ET", .font = GBK_FONT}),
	     "[body] page 1: 机密\n");
	TOLD((&(const struct page){
		     .content = "BT /F1 20 Tf 50 700 Td <BBFAC3DC> Tj ET",
		     .font = "<</Type/Font/Subtype/TrueType/BaseFont/#CB#CE#CC#E5/Encoding/WinAnsiEncoding>>",
	     }),
	     "[body] page 1: 机密\n", "observed untrusted-font: page 1: font ", "Chinese bytes");
}

static void a_text_layer_that_lies_is_told_twice(void **state)
{
	char *lie = make_stream("", "1 begincodespacerange <00> <FF> endcodespacerange 2 beginbfchar <41> <0078> <42> <0079> endbfchar");

	(void)state;
	TOLD((&(const struct page){
		     .content = "BT /F1 10 Tf 50 700 Td (AB) Tj ET",
		     .font = "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding/ToUnicode 6 0 R>>",
		     .extra = {lie},
	     }),
	     "[body] page 1: xy\n", "[body] page 1: as the fonts themselves have it: AB\n",
	     "observed untrusted-font: page 1: font Courier: its text is not what its encoding or program says\n");
	free(lie);
}

static void codes_without_text_are_not_passed_over(void **state)
{
	char *procedure = make_stream("", "1000 0 0 0 750 750 d1 0 0 750 750 re f");

	(void)state;
	TOLD((&(const struct page){
		     .content = "BT /F1 10 Tf 50 700 Td <00010002> Tj ET",
		     .font = "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2"
	                     "/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>",
	     }),
	     "[body] page 1: \xEF\xBF\xBD\xEF\xBF\xBD\n", "observed untrusted-font: page 1: font X: codes without any text\n");
	TOLD((&(const struct page){
		     .content = "BT /F1 10 Tf 50 700 Td (a) Tj ET",
		     .font = "<</Type/Font/Subtype/Type3/FontBBox[0 0 750 750]/FontMatrix[.001 0 0 .001 0 0]/CharProcs<</a 6 0 R>>"
	                     "/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[1000]>>",
		     .extra = {procedure},
	     }),
	     "[body] page 1: a\n", "each glyph is a drawing\n");
	free(procedure);
}

static void a_page_of_paths_or_pictures_has_no_text(void **state)
{
	(void)state;
	TOLD(CONTENT("10 10 m 50 50 l 70 10 l f"), "observed page-without-text: page 1\n");
	TOLD(CONTENT("q 9 0 0 9 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"), "observed page-without-text: page 1\n");
	TOLD(CONTENT("BI /W 1 /H 1 /BPC 8 /CS /G ID (( EI BT /F1 10 Tf 50 700 Td (behind) Tj ET"), "[body] page 1: behind\n");
	assert_not_told(CONTENT(" "), "page-without-text");
}

static void cut_or_changed_content_is_not_fatal(void **state)
{
	static const char content[] = "q 1 0 0 1 5 5 cm /G gs [(a)-3<62>] TJ BI /W 1 /F /Fl ID x EI /P <</A[1 (b)]>> BDC /F1 9 Tf (c)' EMC /X Do "
				      "0 0 9 9 re W* f* /Cs cs 1 scn Q";
	char copy[sizeof(content)];

	(void)state;
	for (size_t at = 0; at < sizeof(content) - 1; at++)
		for (size_t k = 0; k < 4; k++) {
			memcpy(copy, content, sizeof(content));
			copy[at] = "\0(<[/% "[k + at % 3];
			free(told_of(CONTENT(copy)));
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_read_from_the_top_whatever_they_were_drawn_in),
		cmocka_unit_test(room_between_words_is_a_space_and_between_letters_none),
		cmocka_unit_test(what_is_drawn_twice_is_read_once),
		cmocka_unit_test(all_operators_that_show_text_do),
		cmocka_unit_test(strings_and_comments_nobody_draws_are_told),
		cmocka_unit_test(each_way_of_hiding_is_told),
		cmocka_unit_test(what_only_looks_like_hiding_is_body),
		cmocka_unit_test(words_hidden_in_part_are_whole_in_the_order_they_were_drawn),
		cmocka_unit_test(forms_are_drawn_and_rings_end),
		cmocka_unit_test(form_bombs_end),
		cmocka_unit_test(vertical_columns_are_read_from_the_right),
		cmocka_unit_test(chinese_fonts_without_to_unicode_are_read),
		cmocka_unit_test(a_text_layer_that_lies_is_told_twice),
		cmocka_unit_test(codes_without_text_are_not_passed_over),
		cmocka_unit_test(a_page_of_paths_or_pictures_has_no_text),
		cmocka_unit_test(cut_or_changed_content_is_not_fatal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
