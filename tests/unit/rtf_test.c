/* rtf_test.c - RTF made by hand: each place where text can hide has a word of its own, which must be told. */
#include "rtf/rtf.h"

#include "reading.h"

#include <stdlib.h>

#define HEAD "{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fcharset134 a;}{\\f1\\fcharset0 b;}{\\f2\\fcharset136 c;}" \
             "{\\f3\\fcharset128 d;}}{\\colortbl;\\red255\\green255\\blue255;\\red10\\green20\\blue30;}"

/* What is inside is told as it is: nobody else's reader is needed here. */
static void read_any(struct reader *r, const struct part *part)
{
	if (part->len > 4 && memcmp(part->bytes, "{\\rt", 4) == 0)
		rtf_read(r, part);
	else
		reader_bytes(r, FLOW_BODY, "", NULL, part->bytes, part->len);
}

static char *told_of(const char *body)
{
	char *whole = mem_format("%s%s", HEAD, body);
	char *all = reading_of(read_any, "a.rtf", whole, strlen(whole));

	free(whole);
	return all;
}

/* `told` is told of `body`. */
static void expect(const char *body, const char *told)
{
	char *all = told_of(body);

	if (strstr(all, told) == NULL)
		fail_msg("not told: %s\nof: %s\nbut:\n%s", told, body, all);
	free(all);
}

static void expect_not(const char *body, const char *told)
{
	char *all = told_of(body);

	if (strstr(all, told) != NULL)
		fail_msg("told: %s\nof: %s\nin:\n%s", told, body, all);
	free(all);
}

static void paragraphs_are_counted_and_runs_joined(void **state)
{
	(void)state;
	expect("one\\par {\\b t}w{\\i o}\\par}", "[body] : {paragraph 1}one / {paragraph 2}two / \n");
	expect("{\\trowd a\\cell b\\cell\\row c\\par}}", "{paragraph 1}a\t{paragraph 2}b\t / {paragraph 3}c");
	expect("a\\tab b\\line c\\emdash d\\~e}", "a\tb / c\u2014d\u00a0e");
}

static void bytes_are_read_in_the_code_page_of_their_font(void **state)
{
	(void)state;
	expect("\\f0\\'bb\\'fa\\'c3\\'dc}", "机密");
	expect("\\f2\\'be\\'f7\\'b1\\'4b}", "機密");
	expect("\\f3\\'8b\\'40}", "機");
	expect("\\f0\\'bb\\'fa{\\f2\\'b1\\'4b}}", "机密");
	expect("\\f0 {\\b\\'bb}{\\i\\'fa}}", "机"); /* one character, two looks */
}

static void bytes_of_a_single_byte_page_are_read_as_those_of_east_asia_too(void **state)
{
	(void)state;
	expect("\\f1\\'bb\\'fa\\'c3\\'dc}", "»úÃÜ");
	expect("\\f1\\'bb\\'fa\\'c3\\'dc}", "[hidden] read as GB18030: {paragraph 1, read as GB18030}机密");
}

static void bytes_no_charset_has_are_left_to_the_caller(void **state)
{
	(void)state;
	expect("\\f0 x\\'ff\\'ff}", "bytes [body] paragraph (paragraph, GB18030): 3 bytes: x\xff\xff\n");
}

static void unicode_is_read_with_its_fallbacks_left_out(void **state)
{
	(void)state;
	expect("\\uc1\\u26426?\\u23494?}", "[body] : {paragraph 1}机密 / \n");
	expect("\\uc2\\u26426\\'bb\\'fa!}", "{paragraph 1}机! / \n");
	expect("\\uc0\\u26426\\u23494 x}", "机密x");
	expect("\\u-10179?\\u-8704?}", "\xF0\x9F\x98\x80");
	expect("\\uc1\\u-10179?x}", "\xEF\xBF\xBDx");
	expect_not("\\uc1\\u26426?\\u23494?}", "without Unicode");
}

static void other_words_in_fallbacks_are_told(void **state)
{
	(void)state;
	expect("\\uc6\\u26426 SECRET\\uc1\\u23494?}",
	       "[hidden] text for programs without Unicode: {paragraph 1, for programs without Unicode}SECRET?");
}

static void what_is_set_to_be_unseen_is_hidden(void **state)
{
	static const char *const looks[] = {"\\v ", "\\cf1 ", "\\fs2 ", "\\deleted ", "\\cf2\\highlight2 ", "\\cf2\\chcbpat2 "};

	(void)state;
	for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
		char *body = mem_format("a{%sUNSEEN}b}", looks[i]);

		expect(body, "[body] : {paragraph 1}ab / \n");
		expect(body, "[hidden] : {paragraph 1}aUNSEENb");
		expect(body, "observed hidden-text: paragraph 1\n");
		free(body);
	}
}

static void what_only_looks_like_hiding_is_seen(void **state)
{
	static const char *const looks[] = {"\\v0 ", "\\cf1\\highlight2 ", "\\fs10 ", "\\cf2 ", "\\v\\plain ", "\\cf1\\cbpat2 ",
	                                    "\\trowd\\clcbpat2\\cf1 ", "\\deleted0 "};

	(void)state;
	for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
		char *body = mem_format("a{%sseen}b}", looks[i]);

		expect(body, "aseenb");
		expect_not(body, "hidden");
		free(body);
	}
}

static void changes_are_observed_with_who_made_them(void **state)
{
	const char *body = "{\\*\\revtbl{Unknown;}{\\u29579?\\u20255?;}}a{\\deleted\\revauthdel1 GONE}{\\revised\\revauth1 NEW}}";

	(void)state;
	expect(body, "observed tracked-change: paragraph 1 by 王伟\n");
	expect(body, "{paragraph 1}aNEW");
	expect(body, "{paragraph 1}aGONENEW");
	expect(body, "[metadata] authors of changes");
}

static void comments_have_an_author_and_a_paragraph(void **state)
{
	const char *body = "a\\par b{\\*\\atnid W}{\\*\\atnauthor Wei}\\chatn{\\*\\annotation NOTED}}";

	(void)state;
	expect(body, "[comment] comment: {comment by Wei at paragraph 2}NOTED");
	expect(body, "observed comment: comment by Wei at paragraph 2\n");
	expect(body, "Wei");
}

static void every_destination_is_told_where_it_belongs(void **state)
{
	(void)state;
	expect("{\\header HEAD}x}", "[header] header: {header}HEAD");
	expect("{\\footerf FOOT}x}", "[footer] footer: {footer}FOOT");
	expect("x{\\footnote NOTE}}", "{note 1}NOTE");
	expect("x{\\shp{\\*\\shpinst{\\shptxt BOX}}}}", "BOX");
	expect("{\\info{\\title TITLE}{\\author AUTHOR}{\\creatim\\yr2020\\mo5}}x}", "[metadata] property title: {property title}TITLE");
	expect("{\\info{\\author AUTHOR}}x}", "observed properties: property author");
	expect("{\\info{\\creatim\\yr2020\\mo5}}x}", "2020 5");
	expect("{\\*\\userprops{\\propname P}{\\staticval VALUE}}x}", "observed custom-data: ");
	expect("{\\*\\docvar{name}{VALUE}}x}", "nameVALUE");
	expect("x{\\field{\\*\\fldinst HYPERLINK \"http://h/\"}{\\fldrslt link}}}", "observed external-link: field at paragraph 1\n");
	expect_not("x{\\field{\\*\\fldinst HYPERLINK \\\\l \"here\"}{\\fldrslt link}}}", "observed");
	expect("x{\\*\\formfield{\\*\\ffdeftext TYPED}}}", "observed form-data: ");
	expect("x{\\*\\nobody SECRET}}", "[hidden] unknown destination: {unknown destination nobody}SECRET");
	expect("x{\\*\\nobody{\\b SEC}{\\i RET}}}", "SECRET");
	expect("x{\\sp{\\sn fHidden}{\\sv 1}}}", "observed hidden-text: shape at paragraph 1\n");
	expect("{\\*\\mmath{\\*\\moMath{\\mr FORMULA}}}}", "[body] : {paragraph 1}FORMULA");
	expect("{\\upr{OLD}{\\*\\ud NEW}}}", "OLDNEW");
}

static void bytes_in_hexadecimal_are_read_as_what_they_are(void **state)
{
	(void)state;
	expect("{\\pict\\pngblip 4142\n43 44}}", "picture 1 at paragraph 1 (");
	expect("{\\pict\\pngblip 4142\n43 44}}", "4 bytes: ABCD\n");
	expect("{\\pict\\pngblip\\bin4 ABCD}}", "4 bytes: ABCD\n");
	expect("{\\*\\themedata 50515253}x}", "4 bytes: PQRS\n");
	expect("{\\pict\\pngblip 41 SECRET 42}}", "[hidden] picture: {picture}SECRET");
	expect("{\\pict\\pngblip 414}}", "undecided: picture: damaged: half a byte too much\n");
	expect("{\\pict\\macpict 41424344}}", "undecided: picture 1 at paragraph 1: a picture of a kind not known\n");
	expect("{\\pict\\pngblip 4142}}", "observed page-without-text: the whole document\n");
}

static void objects_are_read_out_of_their_wrapping(void **state)
{
	const char *embedded = "x{\\object{\\*\\objdata 01050000020000000400000041424300000000000000000003000000 58595a}}}";
	const char *package = "x{\\object{\\*\\objdata 0105000002000000080000005061636b616765000000000000000000"
	                      "27000000 0200 612e74787400 433a5c612e74787400 00000300 04000000 433a5c00 06000000 534543524554}}}";

	(void)state;
	expect(embedded, "observed embedded-object: object at paragraph 1\n");
	expect(embedded, "ABC");
	expect(embedded, "3 bytes: XYZ\n");
	expect(package, "C:\\a.txt");
	expect(package, "[filename] object at paragraph 1: a.txt\n");
	expect(package, "6 bytes: SECRET\n");
	expect("x{\\object{\\*\\objdata 0105000002000000ff00000041}}}", "undecided: object at paragraph 1: damaged object\n");
}

static void what_stands_outside_is_told(void **state)
{
	(void)state;
	expect("x}BEHIND", "observed appended-data: 6 bytes behind the document\n");
	expect("x}BEHIND", "6 bytes: BEHIND\n");
	expect_not("x}\r\n\\0", "undecided");
	expect("x}{\\rtf1 SECOND}", "[body] behind the document: {behind the document > paragraph 1}SECOND");
	expect("x{\\bin6 SECRET}}", "SECRET");
	expect("x{\\bin6 SECRET}}", "observed unlisted-data: ");
}

static void what_does_not_end_is_undecided(void **state)
{
	(void)state;
	expect("x", "undecided: it ends within 1 group\n");
	expect("{x", "undecided: it ends within 2 groups\n");
	expect("x\\'zz}", "undecided: damaged: ");
	expect("x\\bin99 y}", "undecided: damaged: ");
}

static void groups_within_groups_end_somewhere(void **state)
{
	struct buf deep = {0};
	char *all;

	(void)state;
	buf_add_string(&deep, "{\\rtf1 ");
	for (int i = 0; i < 100000; i++)
		buf_add_byte(&deep, '{');
	all = reading_of(read_any, "a.rtf", deep.data, deep.len);
	assert_non_null(strstr(all, "undecided: more than 1000 groups within each other\n"));
	free(all);
	buf_release(&deep);
}

static void html_is_told_as_rtf_and_as_html(void **state)
{
	const char *body = "\\fromhtml1 {\\*\\htmltag64 <p title='ATTRIBUTE'>}\\htmlrtf {\\b\\htmlrtf0 TEXT\\htmlrtf }\\htmlrtf0"
	                   "{\\*\\htmltag <b>}x\\htmlrtf ONLYRTF\\htmlrtf0 }";

	(void)state;
	expect(body, "bytes [body] body.html (body.html, UTF-8): ");
	expect(body, "<p title='ATTRIBUTE'>TEXT<b>x");
	expect(body, "TEXTxONLYRTF");
	expect_not(body, "xONLYRTF\r");
}

static void no_prefix_and_no_changed_byte_is_fatal(void **state)
{
	char whole[] = HEAD "{\\*\\revtbl{A;}}a\\par{\\v\\cf1 b}{\\pict\\pngblip 41424344}\\u-10179?\\u-8704?{\\*\\annotation c}"
	                    "{\\object{\\*\\objdata 0105000002000000040000004142430000000000000000000300000058595a}}"
	                    "\\bin3 xyz{\\field{\\*\\fldinst d}}\\uc3\\u5 abc\\trowd e\\cell\\row}";

	(void)state;
	for (size_t i = 0; i < sizeof(whole); i++) {
		const char before = whole[i];

		free(reading_of(read_any, "a.rtf", whole, i));
		for (int c = 0; c < 256; c += 5) {
			whole[i] = (char)c;
			free(reading_of(read_any, "a.rtf", whole, sizeof(whole) - 1));
		}
		whole[i] = before;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paragraphs_are_counted_and_runs_joined),
		cmocka_unit_test(bytes_are_read_in_the_code_page_of_their_font),
		cmocka_unit_test(bytes_of_a_single_byte_page_are_read_as_those_of_east_asia_too),
		cmocka_unit_test(bytes_no_charset_has_are_left_to_the_caller),
		cmocka_unit_test(unicode_is_read_with_its_fallbacks_left_out),
		cmocka_unit_test(other_words_in_fallbacks_are_told),
		cmocka_unit_test(what_is_set_to_be_unseen_is_hidden),
		cmocka_unit_test(what_only_looks_like_hiding_is_seen),
		cmocka_unit_test(changes_are_observed_with_who_made_them),
		cmocka_unit_test(comments_have_an_author_and_a_paragraph),
		cmocka_unit_test(every_destination_is_told_where_it_belongs),
		cmocka_unit_test(bytes_in_hexadecimal_are_read_as_what_they_are),
		cmocka_unit_test(objects_are_read_out_of_their_wrapping),
		cmocka_unit_test(what_stands_outside_is_told),
		cmocka_unit_test(what_does_not_end_is_undecided),
		cmocka_unit_test(groups_within_groups_end_somewhere),
		cmocka_unit_test(html_is_told_as_rtf_and_as_html),
		cmocka_unit_test(no_prefix_and_no_changed_byte_is_fatal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
