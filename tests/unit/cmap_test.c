/* cmap_test.c - codes of PDF fonts as text: CMap programs, predefined CMaps, glyph names, font programs. */
#include "base/buf.h"
#include "base/utf8.h"
#include "cmap/cmap.h"
#include "cmap/collection.h"
#include "cmap/glyph.h"
#include "cmap/program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *utf8_of(const uint32_t *points, size_t count)
{
	static char text[4 * CMAP_TEXT_MOST + 1];
	size_t len = 0;

	for (size_t i = 0; i < count; i++)
		len += utf8_encode(points[i], text + len);
	text[len] = '\0';
	return text;
}

static struct cmap *parse(const char *program)
{
	return cmap_parse(program, strlen(program));
}

static void assert_text(const struct cmap *cmap, uint32_t code, const char *text)
{
	uint32_t points[CMAP_TEXT_MOST];

	assert_string_equal(utf8_of(points, cmap_text(cmap, code, points)), text);
}

static const char *name_says(const char *name)
{
	uint32_t points[CMAP_TEXT_MOST];

	return utf8_of(points, glyph_text(name, points));
}

static void characters_and_ranges_are_read(void **state)
{
	struct cmap *cmap = parse("/CMapName /x def\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
	                          "2 beginbfchar <0001> <516C> <0002> <00660069> endbfchar\n"
	                          "2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<673A> <5BC6>] endbfrange");

	(void)state;
	assert_text(cmap, 1, "公");
	assert_text(cmap, 2, "fi");
	assert_text(cmap, 0x12, "C");
	assert_text(cmap, 0x20, "机");
	assert_text(cmap, 0x21, "密");
	assert_text(cmap, 0x13, "");
	assert_false(cmap->odd);
	cmap_free(cmap);
}

static void surrogates_are_one_character(void **state)
{
	struct cmap *cmap = parse("1 beginbfrange <01> <02> <D840DC00> endbfrange");

	(void)state;
	assert_text(cmap, 1, "\xF0\xA0\x80\x80");
	assert_text(cmap, 2, "\xF0\xA0\x80\x81");
	cmap_free(cmap);
}

static void names_of_glyphs_are_targets_too(void **state)
{
	struct cmap *cmap = parse("2 beginbfchar <01> /Aacute <02> /nothing endbfchar");

	(void)state;
	assert_text(cmap, 1, "Á");
	assert_text(cmap, 2, "");
	cmap_free(cmap);
}

static void one_code_with_two_meanings_is_odd(void **state)
{
	struct cmap *twice = parse("2 beginbfchar <41> <0041> <41> <0042> endbfchar");
	struct cmap *inside = parse("2 beginbfrange <20> <7E> <0020> <41> <41> <0042> endbfrange");
	struct cmap *same = parse("2 beginbfrange <20> <7E> <0020> <41> <42> <0041> endbfrange");

	(void)state;
	assert_true(twice->odd);
	assert_true(inside->odd);
	assert_text(inside, 0x41, "B");
	assert_text(inside, 0x43, "C");
	assert_false(same->odd);
	cmap_free(twice);
	cmap_free(inside);
	cmap_free(same);
}

static void codes_are_as_long_as_their_spaces(void **state)
{
	struct cmap *cmap = parse("2 begincodespacerange <00> <80> <8140> <FEFE> endcodespacerange\n"
	                          "1 begincidrange <8140> <817E> 100 endcidrange 1 begincidchar <41> 7 endcidchar");
	static const unsigned char bytes[] = {0x41, 0x81, 0x41, 0x81, 0x20, 0xFF};
	uint32_t code, cid;

	(void)state;
	assert_int_equal(cmap_next(cmap, bytes, 6, &code), 1);
	assert_true(cmap_cid(cmap, code, 1, &cid));
	assert_int_equal(cid, 7);
	assert_int_equal(cmap_next(cmap, bytes + 1, 5, &code), 2);
	assert_true(cmap_cid(cmap, code, 2, &cid));
	assert_int_equal(cid, 101);
	assert_false(cmap_cid(cmap, 0x41, 2, &cid));
	assert_int_equal(cmap_next(cmap, bytes + 3, 3, &code), 2); /* no code: as many as it would be */
	assert_int_equal(cmap_next(cmap, bytes + 5, 1, &code), 1);
	cmap_free(cmap);
}

static void a_cmap_goes_on_in_the_one_it_uses(void **state)
{
	struct cmap *cmap = parse("/GBK-EUC-H usecmap /WMode 1 def 1 begincidchar <A1A2> 9 endcidchar");
	static const unsigned char bytes[] = {0xBB, 0xFA};
	uint32_t code, cid, points[CMAP_TEXT_MOST];

	(void)state;
	assert_true(cmap->vertical);
	assert_int_equal(cmap_next(cmap, bytes, 2, &code), 2);
	assert_true(cmap_cid(cmap, code, 2, &cid));
	assert_string_equal(utf8_of(points, collection_text("GB1", cid, points)), "机");
	assert_true(cmap_cid(cmap, 0xA1A2, 2, &cid));
	assert_int_equal(cid, 9);
	assert_false(cmap_use(cmap, cmap));
	cmap_free(cmap);
}

/* The bytes under the CMap are this text in the collection. */
static void assert_reads(const char *name, const char *ordering, const char *bytes, const char *text)
{
	const struct cmap *cmap = cmap_predefined(name);
	struct buf out = {0};

	assert_non_null(cmap);
	for (size_t at = 0; at < strlen(bytes);) {
		uint32_t code, cid, points[CMAP_TEXT_MOST];
		const size_t len = cmap_next(cmap, (const unsigned char *)bytes + at, strlen(bytes) - at, &code);

		assert_true(cmap_cid(cmap, code, len, &cid));
		buf_add_string(&out, utf8_of(points, collection_text(ordering, cid, points)));
		at += len;
	}
	assert_string_equal(out.data, text);
	buf_release(&out);
}

static void predefined_cmaps_read_the_charsets_of_four_languages(void **state)
{
	(void)state;
	assert_reads("GBK-EUC-H", "GB1", "\xBB\xFA\xC3\xDC" "A", "机密A");
	assert_reads("GBK-EUC-V", "GB1", "\xBB\xFA\xC3\xDC", "机密");
	assert_reads("GB-EUC-H", "GB1", "\xB9\xAB\xBF\xAA", "公开");
	assert_reads("UniGB-UCS2-H", "GB1", "\x67\x3A\x5B\xC6", "机密");
	assert_reads("UniGB-UTF16-H", "GB1", "\x67\x3A\x5B\xC6", "机密");
	assert_reads("ETen-B5-H", "CNS1", "\xBE\xF7\xB1\x4B", "機密");
	assert_reads("90ms-RKSJ-H", "Japan1", "\x8B\x40\x96\xA7", "機密");
	assert_reads("KSCms-UHC-H", "Korea1", "\xB1\xE2\xB9\xD0", "기밀");
	assert_null(cmap_predefined("Nothing-H"));
	assert_true(cmap_predefined("Identity-V")->vertical);
	assert_false(collection_known("Identity"));
}

static void names_say_what_the_list_and_the_rules_say(void **state)
{
	(void)state;
	assert_string_equal(name_says("A"), "A");
	assert_string_equal(name_says("eacute.sc"), "é");
	assert_string_equal(name_says("f_f_i"), "ffi");
	assert_string_equal(name_says("uni673A5BC6"), "机密");
	assert_string_equal(name_says("u1F600"), "\xF0\x9F\x98\x80");
	assert_string_equal(name_says("afii10017"), "А");
	assert_string_equal(name_says("dalethatafpatah"), "\xD7\x93\xD6\xB2");
	assert_string_equal(name_says("a35"), "");
	assert_int_equal(glyph_dingbat("a35"), 0x2605);
	assert_int_equal(glyph_dingbat("a206"), 0x2770);
	assert_int_equal(glyph_dingbat("a207"), 0);
	assert_int_equal(glyph_dingbat("space"), 0);
	assert_int_equal(glyph_guess("G97"), 'a');
	assert_int_equal(glyph_guess("a97b"), 0);
	assert_int_equal(glyph_guess("g300"), 0);
	assert_string_equal(name_says("uniD800"), "");
	assert_string_equal(name_says("g23"), "");
	assert_string_equal(name_says(".notdef"), "");
	assert_string_equal(name_says(""), "");
}

static void encodings_are_those_of_the_standard(void **state)
{
	(void)state;
	assert_int_equal(encoding_text(ENCODING_STANDARD, 0x27), 0x2019);
	assert_int_equal(encoding_text(ENCODING_STANDARD, 0xFB), 0xDF);
	assert_int_equal(encoding_text(ENCODING_STANDARD, 0xF1), 0xE6);
	assert_int_equal(encoding_text(ENCODING_STANDARD, 0xD0), 0x2014);
	assert_int_equal(encoding_text(ENCODING_WIN_ANSI, 0x80), 0x20AC);
	assert_int_equal(encoding_text(ENCODING_WIN_ANSI, 0x99), 0x2122);
	assert_int_equal(encoding_text(ENCODING_WIN_ANSI, 0xFF), 0xFF);
	assert_int_equal(encoding_text(ENCODING_MAC_ROMAN, 0x80), 0xC4);
	assert_int_equal(encoding_text(ENCODING_MAC_ROMAN, 0xFF), 0x2C7);
	assert_int_equal(encoding_text(ENCODING_SYMBOL, 0x61), 0x3B1);
	assert_int_equal(encoding_text(ENCODING_SYMBOL, 0xFE), 0x23AD);
	assert_int_equal(encoding_text(ENCODING_DINGBATS, 0x48), 0x2605);
	assert_int_equal(encoding_text(ENCODING_DINGBATS, 0xFE), 0x27BE);
	assert_int_equal(encoding_text(ENCODING_WIN_ANSI, 0x1F), 0);
}

/* ---- Font programs. */
static void put16(struct buf *out, unsigned value)
{
	buf_add_byte(out, (char)(unsigned char)(value >> 8));
	buf_add_byte(out, (char)(unsigned char)value);
}

static void put32(struct buf *out, unsigned value)
{
	put16(out, value >> 16);
	put16(out, value & 0xFFFF);
}

/* A TrueType file of two tables: a character map (3, 1) of format 4 in which 机 is glyph 1, and names: glyph
 * 2 is "A" by the Macintosh list, glyph 3 "uni5BC6". */
static void make_truetype(struct buf *out)
{
	struct buf map = {0}, post = {0};

	put16(&map, 0), put16(&map, 1), put16(&map, 3), put16(&map, 1), put32(&map, 12);
	put16(&map, 4), put16(&map, 32), put16(&map, 0), put16(&map, 4), put16(&map, 4), put16(&map, 1), put16(&map, 0);
	put16(&map, 0x673A), put16(&map, 0xFFFF), put16(&map, 0), put16(&map, 0x673A), put16(&map, 0xFFFF);
	put16(&map, (1u - 0x673Au) & 0xFFFF), put16(&map, 1), put16(&map, 0), put16(&map, 0);
	put32(&post, 0x00020000);
	for (int i = 0; i < 7; i++)
		put32(&post, 0);
	put16(&post, 4), put16(&post, 0), put16(&post, 0), put16(&post, 36), put16(&post, 258);
	buf_add(&post, "\7uni5BC6", 8);
	put32(out, 0x00010000), put16(out, 2), put16(out, 0), put16(out, 0), put16(out, 0);
	buf_add(out, "cmap", 4), put32(out, 0), put32(out, 44), put32(out, (unsigned)map.len);
	buf_add(out, "post", 4), put32(out, 0), put32(out, 44 + (unsigned)map.len), put32(out, (unsigned)post.len);
	buf_add(out, map.data, map.len);
	buf_add(out, post.data, post.len);
	buf_release(&map);
	buf_release(&post);
}

static void truetype_says_by_its_map_and_its_names(void **state)
{
	struct buf bytes = {0};
	struct program *p;
	uint32_t points[CMAP_TEXT_MOST];

	(void)state;
	make_truetype(&bytes);
	p = program_new((const unsigned char *)bytes.data, bytes.len);
	assert_non_null(p);
	assert_string_equal(utf8_of(points, program_glyph_text(p, 1, points)), "机");
	assert_string_equal(utf8_of(points, program_glyph_text(p, 2, points)), "A");
	assert_string_equal(utf8_of(points, program_glyph_text(p, 3, points)), "密");
	assert_string_equal(utf8_of(points, program_glyph_text(p, 4, points)), "");
	program_free(p);
	buf_release(&bytes);
}

/* CFF: header, one name, a top DICT (charset 15, encoding 16, CharStrings 17), one string, nothing global;
 * then a charset of format 0 ("A" is string 34, and our own name), an encoding and three empty glyphs. */
static void make_cff(struct buf *out)
{
	static const unsigned char bytes[] = {
		1, 0, 4, 1, 0, 1, 1, 1, 2, 'F',
		0, 1, 1, 1, 10, 28, 0, 43, 15, 28, 0, 48, 16, 28 /* the last operand is put behind: 0, 52, 17 */,
	};
	static const unsigned char rest[] = {
		0, 1, 1, 1, 8, 'u', 'n', 'i', '5', 'B', 'C', '6', /* strings */
		0, 0,                                             /* global subroutines */
		0, 0, 34, 1, 135,                                 /* charset */
		0, 2, 65, 66,                                     /* encoding */
		0, 3, 1, 1, 2, 3, 4, 14, 14, 14,
	};

	buf_add(out, bytes, sizeof(bytes));
	out->data[14] = 13; /* the DICT's end */
	buf_add(out, "\0\x34\x11", 3);
	buf_add(out, rest, sizeof(rest));
}

static void cff_says_by_its_charset_and_encoding(void **state)
{
	struct buf bytes = {0};
	struct program *p;
	uint32_t points[CMAP_TEXT_MOST];
	const char *ordering;

	(void)state;
	make_cff(&bytes);
	bytes.data[17] = (char)(27 + 12 + 2), bytes.data[21] = (char)(27 + 12 + 2 + 5), bytes.data[25] = (char)(27 + 12 + 2 + 5 + 4);
	p = program_new((const unsigned char *)bytes.data, bytes.len);
	assert_non_null(p);
	assert_false(program_has_cids(p, &ordering));
	assert_string_equal(utf8_of(points, program_glyph_text(p, 1, points)), "A");
	assert_string_equal(utf8_of(points, program_glyph_text(p, 2, points)), "密");
	assert_string_equal(utf8_of(points, program_code_text(p, 66, points)), "密");
	program_free(p);
	buf_release(&bytes);
}

static void type1_says_by_its_encoding(void **state)
{
	static const char own[] = "%!PS-AdobeFont-1.0: F\n/Encoding 256 array 0 1 255 {1 index exch /.notdef put} for\n"
	                          "dup 65 /B put dup 66 /uni5BC6 put readonly def currentfile eexec";
	static const char standard[] = "%!PS-AdobeFont-1.0: F\n/Encoding StandardEncoding def currentfile eexec";
	struct program *p = program_new((const unsigned char *)own, sizeof(own) - 1);
	uint32_t points[CMAP_TEXT_MOST];

	(void)state;
	assert_string_equal(utf8_of(points, program_code_text(p, 65, points)), "B");
	assert_string_equal(utf8_of(points, program_code_text(p, 66, points)), "密");
	assert_string_equal(utf8_of(points, program_code_text(p, 67, points)), "");
	program_free(p);
	p = program_new((const unsigned char *)standard, sizeof(standard) - 1);
	assert_string_equal(utf8_of(points, program_code_text(p, 0x27, points)), "’");
	program_free(p);
	assert_null(program_new((const unsigned char *)"no font at all, whatever", 24));
}

/* Ask everything there is to ask. */
static void try_program(const char *bytes, size_t len)
{
	struct program *p = program_new((const unsigned char *)bytes, len);
	uint32_t points[CMAP_TEXT_MOST];

	for (uint32_t i = 0; p != NULL && i < 256; i++) {
		(void)program_code_text(p, (unsigned char)i, points);
		(void)program_glyph_text(p, i * i, points);
	}
	program_free(p);
}

static void cut_or_changed_programs_are_not_fatal(void **state)
{
	struct buf fonts[2] = {{0}, {0}};

	(void)state;
	make_truetype(&fonts[0]);
	make_cff(&fonts[1]);
	for (size_t f = 0; f < 2; f++) {
		for (size_t len = 0; len <= fonts[f].len; len++) {
			char *cut = malloc(len + 1);

			memcpy(cut, fonts[f].data, len);
			try_program(cut, len);
			free(cut);
		}
		for (size_t i = 0; i < fonts[f].len; i++)
			for (int bit = 0; bit < 8; bit++) {
				fonts[f].data[i] ^= (char)(1 << bit);
				try_program(fonts[f].data, fonts[f].len);
				fonts[f].data[i] ^= (char)(1 << bit);
			}
		buf_release(&fonts[f]);
	}
}

static void cut_or_changed_cmaps_are_not_fatal(void **state)
{
	static const char program[] = "/GBK-EUC-H usecmap 1 begincodespacerange <00> <80> endcodespacerange 1 begincidrange <8140> "
	                              "<817E> 1 endcidrange 1 beginbfrange <01> <09> [<0041> /A] <10> <20> <D840DC00> endbfrange";
	uint32_t points[CMAP_TEXT_MOST];

	(void)state;
	for (size_t len = 0; len < sizeof(program); len++)
		for (int byte = 0; byte < 256; byte += 5) {
			char *copy = malloc(sizeof(program));

			memcpy(copy, program, sizeof(program));
			copy[len] = (char)(unsigned char)byte;
			struct cmap *cmap = cmap_parse(copy, byte == 0 ? len : sizeof(program) - 1);

			for (uint32_t code = 0; code < 64; code++)
				(void)cmap_text(cmap, code, points);
			cmap_free(cmap);
			free(copy);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(characters_and_ranges_are_read),
		cmocka_unit_test(surrogates_are_one_character),
		cmocka_unit_test(names_of_glyphs_are_targets_too),
		cmocka_unit_test(one_code_with_two_meanings_is_odd),
		cmocka_unit_test(codes_are_as_long_as_their_spaces),
		cmocka_unit_test(a_cmap_goes_on_in_the_one_it_uses),
		cmocka_unit_test(predefined_cmaps_read_the_charsets_of_four_languages),
		cmocka_unit_test(names_say_what_the_list_and_the_rules_say),
		cmocka_unit_test(encodings_are_those_of_the_standard),
		cmocka_unit_test(truetype_says_by_its_map_and_its_names),
		cmocka_unit_test(cff_says_by_its_charset_and_encoding),
		cmocka_unit_test(type1_says_by_its_encoding),
		cmocka_unit_test(cut_or_changed_programs_are_not_fatal),
		cmocka_unit_test(cut_or_changed_cmaps_are_not_fatal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
