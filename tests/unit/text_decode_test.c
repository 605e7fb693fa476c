#define _GNU_SOURCE /* memmem */
/* text_decode_test.c - bytes are read in every way they can be, and what is no text is refused. */
#include "base/utf8.h"
#include "base/buf.h"
#include "text/charset.h"
#include "text/decode.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool reads_as(const char *bytes, size_t len, const char *charset, const char *want)
{
	struct readings r = {0};
	struct err err = {0};
	bool found = false;

	if (!text_decode(bytes, len, &r, &err))
		return false;
	for (size_t i = 0; i < r.count; i++)
		found = found || (strcmp(r.items[i].charset, charset) == 0 && r.items[i].len == strlen(want) &&
		                  memcmp(r.items[i].text, want, r.items[i].len) == 0);
	readings_release(&r);
	return found;
}

static void assert_refused(const char *bytes, size_t len)
{
	struct readings r = {0};
	struct err err = {0};

	if (text_decode(bytes, len, &r, &err))
		fail_msg("%zu bytes are read as %s", len, r.count > 0 ? r.items[0].charset : "nothing");
	assert_int_equal(err.kind, ERR_INPUT);
	assert_int_equal(r.count, 0);
	assert_null(r.items);
}

static void binaries_are_refused(void **state)
{
	static const unsigned char program[] = {0x7F, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0};
	static const unsigned char image[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13};

	(void)state;
	assert_refused((const char *)program, sizeof(program));
	assert_refused((const char *)image, sizeof(image));
}

/* 64 MiB in fifteen readings is as far as it goes; who knows the charset can convert it. */
static void long_text_is_read_in_one_charset_or_not_at_all(void **state)
{
	const size_t most = (size_t)64 * 1024 * 1024;
	char *text = malloc(most + 2);
	struct readings r = {0};
	struct err err = {0};

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < most + 2; i += 2)
		memcpy(text + i, "\xBB\xFA", 2);
	assert_refused(text, most + 2);
	memset(text, 'x', most + 2);
	assert_true(text_decode(text, most + 2, &r, &err));
	assert_int_equal(r.count, 1);
	readings_release(&r);
	free(text);
}

static void a_lone_control_makes_it_no_text(void **state)
{
	(void)state;
	for (int c = 1; c < 0x20; c++) {
		const char text[] = {'S', 'E', (char)c, 'C'};

		if (c >= 0x09 && c <= 0x0D)
			assert_true(reads_as(text, 4, "UTF-8", (const char[]){'S', 'E', (char)c, 'C', '\0'}));
		else
			assert_refused(text, 4);
	}
	assert_refused("SE\x7F" "C", 4);
}

static void a_false_byte_order_mark_is_not_forgiven(void **state)
{
	(void)state;
	assert_refused("\xEF\xBB\xBF\xBE\xF8\xC3\xDC", 7); /* says UTF-8, is GBK */
	assert_refused("\xFF\xFE\x3A", 3);                 /* half a character */
	assert_refused("\xFF\xFE\x00\xD8\x41\x00", 6);     /* half a surrogate pair */
	assert_refused("\x00\x00\xFE\xFF\x00\x11\x00\x00", 8); /* above U+10FFFF */
}

static void a_byte_order_mark_decides_alone(void **state)
{
	struct readings r = {0};
	struct err err = {0};

	(void)state;
	assert_true(text_decode("\xFE\xFF\x67\x3A\x5B\xC6", 6, &r, &err));
	assert_int_equal(r.count, 1);
	assert_string_equal(r.items[0].charset, "UTF-16BE");
	readings_release(&r);
	assert_true(reads_as("\xEF\xBB\xBF" "ok", 5, "UTF-8", "ok"));
	assert_true(reads_as("\xFF\xFE\x3A\x67\xC6\x5B", 6, "UTF-16LE", "机密"));
	assert_true(reads_as("\xFF\xFE\0\0\x3A\x67\0\0", 8, "UTF-32LE", "机"));
	assert_true(reads_as("\0\0\xFE\xFF\0\0\x67\x3A", 8, "UTF-32BE", "机"));
}

static void valid_utf8_has_one_reading(void **state)
{
	struct readings r = {0};
	struct err err = {0};

	(void)state;
	assert_true(text_decode("绝密★", strlen("绝密★"), &r, &err));
	assert_int_equal(r.count, 1);
	assert_string_equal(r.items[0].charset, "UTF-8");
	assert_string_equal(r.items[0].text, "绝密★");
	readings_release(&r);
}

static void nothing_is_text_without_a_reading(void **state)
{
	struct readings r = {0};
	struct err err = {0};

	(void)state;
	assert_true(text_decode("", 0, &r, &err));
	assert_int_equal(r.count, 0);
	readings_release(&r);
}

static void four_bytes_are_enough_in_every_charset(void **state)
{
	(void)state;
	assert_true(reads_as("\xBE\xF8\xC3\xDC", 4, "GB18030", "绝密"));
	assert_true(reads_as("\xBB\xFA\xC3\xDC", 4, "GB18030", "机密"));
	assert_true(reads_as("\xB5\xB4\xB1\x4B", 4, "BIG5-HKSCS", "絕密"));
	assert_true(reads_as("\xF1\xA2\xD9\xEF", 4, "EUC-TW", "機密"));
	assert_true(reads_as("\x8B\x40\x96\xA7", 4, "SHIFT_JIS", "機密"));
	assert_true(reads_as("caf\xE9", 4, "WINDOWS-1252", "café"));
}

static void wide_text_needs_no_mark(void **state)
{
	(void)state;
	assert_true(reads_as("\x3A\x67\xC6\x5B", 4, "UTF-16LE", "机密"));
	assert_true(reads_as("\x67\x3A\x5B\xC6", 4, "UTF-16BE", "机密"));
	assert_true(reads_as("S\0E\0C\0R\0E\0T\0", 12, "UTF-16LE", "SECRET"));
	assert_true(reads_as("\0S\0E\0C\0R\0E\0T", 12, "UTF-16BE", "SECRET"));
	assert_true(reads_as("S\0\0\0E\0\0\0", 8, "UTF-32LE", "SE"));
	assert_true(reads_as("\0\0\0S\0\0\0E", 8, "UTF-32BE", "SE"));
	assert_refused("S\0E\0C", 5); /* an odd number of bytes is not UTF-16 */
}

static void ascii_that_might_be_hz_is_still_read_as_it_stands(void **state)
{
	(void)state;
	assert_true(reads_as("~{;zC\\~}", 8, "UTF-8", "~{;zC\\~}"));
	assert_false(reads_as("plain ~ text", 12, "HZ", "plain ~ text"));
}

static void a_broken_character_is_not_skipped(void **state)
{
	(void)state;
	/* 绝 and half of 密: never read as 绝 alone in the charset it was cut from */
	assert_false(reads_as("\xBE\xF8\xC3", 3, "GB18030", "绝"));
	assert_false(reads_as("\xE7\xBB\x9D\xE5\xAF", 5, "UTF-8", "绝"));
}

/* Many bytes of one kind are lost one by one, however they are counted. */
static void what_fits_nowhere_is_lost_byte_by_byte(void **state)
{
	(void)state;
	for (size_t run = 1; run < 80; run++) {
		struct buf bytes = {0}, wanted = {0};
		size_t len = 0, lost = 0;
		char *text;

		buf_add_string(&bytes, "\xBB\xFA\xC3\xDC"); /* GBK */
		buf_add_string(&wanted, "机密");
		for (size_t i = 0; i < run; i++) {
			buf_add_string(&bytes, "\xFF");
			buf_add_string(&wanted, "\xEF\xBF\xBD");
		}
		buf_add_string(&bytes, "\n\xBB\xFA");
		buf_add_string(&wanted, "\n机");
		text = charset_convert_part("GB18030", bytes.data, bytes.len, &len, &lost);
		assert_non_null(text);
		assert_int_equal(lost, run);
		assert_int_equal(len, wanted.len);
		assert_string_equal(text, wanted.data);
		free(text);
		buf_release(&bytes);
		buf_release(&wanted);
	}
}

static void every_reading_is_valid_utf8_in_the_same_order_each_time(void **state)
{
	uint32_t seed = 20261123;

	(void)state;
	for (int n = 0; n < 2000; n++) {
		struct readings a = {0}, b = {0};
		struct err err = {0};
		char bytes[24];
		const size_t len = 1 + (size_t)n % sizeof(bytes);

		for (size_t i = 0; i < len; i++) {
			seed = seed * 1664525 + 1013904223;
			bytes[i] = (char)(seed >> 24);
		}
		if (!text_decode(bytes, len, &a, &err))
			continue;
		assert_true(text_decode(bytes, len, &b, &err));
		assert_true(a.count > 0 && a.count == b.count);
		for (size_t i = 0; i < a.count; i++) {
			assert_true(utf8_valid(a.items[i].text, a.items[i].len, NULL));
			assert_string_equal(a.items[i].charset, b.items[i].charset);
			assert_int_equal(a.items[i].len, b.items[i].len);
		}
		readings_release(&a);
		readings_release(&b);
	}
}

/* `charset` may be the beginning of what it is called, without "in part". */
static bool has_line(const char *bytes, size_t len, const char *charset, const char *want)
{
	struct readings r = {0};
	struct err err = {0};
	bool found = false;

	assert_true(text_decode(bytes, len, &r, &err));
	for (size_t i = 0; i < r.count; i++)
		found = found || (strncmp(r.items[i].charset, charset, strlen(charset)) == 0 && strstr(r.items[i].text, want) != NULL);
	readings_release(&r);
	return found;
}

/* Of both orders, at even and odd bytes; alone on its line, and with what stands beside it. */
static void words_of_utf16_in_other_text_are_read(void **state)
{
	static const char *const texts[] = {"\xB9\xD8\xD3\xDA ", "caf\xE9 ", "caf\xE9 x", "\xE5\x85\xB3 \xFF "};
	static const char little[] = "\x3A\x67\xC6\x5B\x05\x26", big[] = "\x67\x3A\x5B\xC6\x26\x05"; /* 机密★ */

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		for (int order = 0; order < 2; order++) {
			char bytes[64];
			const size_t len = strlen(texts[i]);

			memcpy(bytes, texts[i], len);
			memcpy(bytes + len, order == 0 ? little : big, 6);
			memcpy(bytes + len + 6, "\nplain text", 11);
			if (memchr(bytes, 0x05, len + 17) != NULL) /* a control no text of bytes has: so it is refused */
				assert_refused(bytes, len + 17);
			assert_true(has_line(bytes, len + 4, "UTF-16 in part", "\xE6\x9C\xBA\xE5\xAF\x86")); /* 机密 */
		}
	/* 绝密, also without the letters beside it */
	assert_true(has_line("caf\xE9, plain words and \xDD\x7E\xC6\x5B so", 29, "UTF-16 in part", "\n\xE7\xBB\x9D\xE5\xAF\x86\n"));
}

static void ordinary_text_has_no_words_of_utf16(void **state)
{
	static const char gbk[] = "\xB9\xD8\xD3\xDA\xD5\xD9\xBF\xAA\xBB\xE1\xD2\xE9\xB5\xC4\xCD\xA8\xD6\xAA"; /* 关于召开会议的通知 */

	(void)state;
	assert_false(has_line(gbk, strlen(gbk), "UTF-16 in part", ""));
	assert_false(has_line("plain", 5, "UTF-16 in part", ""));
}

/* A mark directly behind text of another charset, whatever the length of that: 絕密 or 绝密. */
static void words_directly_behind_another_charset_are_read(void **state)
{
	static const char *const texts[] = {
		"\xB9\xD8\xD3\xDA\xD3\xA1\xB7\xA2\xB9\xA4\xD7\xF7\xD2\xAA\xB5\xE3\xB5\xC4\xCD\xA8\xD6\xAA", /* GB18030 */
		"\xC3\xF6\xA9\xF3\xA6\x4C\xB5\x6F\xA4\x75\xA7\x40\xAD\x6E\xC2\x49\xAA\xBA\xB3\x71\xAA\xBE", /* Big5 */
		"\x94\x4E\x93\x78\x8B\xC6\x96\xB1\x82\xCC\x97\x76\x93\x5F\x82\xC9\x8A\xD6", /* Shift-JIS */
		"\xBF\xAC\xB0\xA3\xBE\xF7\xB9\xAB\xBF\xE4\xC1\xA1", /* EUC-KR */
	};
	static const struct {
		const char *bytes, *charset, *text;
	} marks[] = {{"\xBE\xF8\xC3\xDC", "GB18030", "\xE7\xBB\x9D\xE5\xAF\x86"}, {"\xB5\xB4\xB1\x4B", "BIG5-HKSCS", "\xE7\xB5\x95\xE5\xAF\x86"},
	             {"\xE1\xBA\xD9\xEF", "EUC-TW", "\xE7\xB5\x95\xE5\xAF\x86"}, {"\x8B\xC9\x94\xE9", "SHIFT_JIS", "\xE6\xA5\xB5\xE7\xA7\x98"}};
	char bytes[64];

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		for (size_t len = 2; len <= strlen(texts[i]); len += 2)
			for (size_t k = 0; k < sizeof(marks) / sizeof(marks[0]); k++) {
				memcpy(bytes, texts[i], len);
				memcpy(bytes + len, marks[k].bytes, 4);
				assert_true(has_line(bytes, len + 4, marks[k].charset, marks[k].text));
			}
}

static void text_of_one_charset_is_not_read_in_pieces(void **state)
{
	/* 关于印发工作要点的通知。 12345678 */
	static const char gbk[] = "\xB9\xD8\xD3\xDA\xD3\xA1\xB7\xA2\xB9\xA4\xD7\xF7\xD2\xAA\xB5\xE3\xB5\xC4\xCD\xA8\xD6\xAA\xA1\xA3 12345678";
	static const char latin[] = "caf\xE9 \xFC\x62\x65r na\xEFve \xC4rger";
	static const char *const charsets[] = {"GB18030 in pieces", "BIG5-HKSCS in pieces", "EUC-TW in pieces", "SHIFT_JIS in pieces"};

	(void)state;
	for (size_t i = 0; i < sizeof(charsets) / sizeof(charsets[0]); i++) {
		assert_false(has_line(gbk, strlen(gbk), charsets[i], ""));
		assert_false(has_line(latin, strlen(latin), charsets[i], ""));
	}
}

/* 关于, then in the third line 机密★ of GBK behind it, and once more in the last. */
static void words_in_pieces_know_their_lines(void **state)
{
	static const char bytes[] = "\xE5\x85\xB3\xE4\xBA\x8E\nabc\n\xE5\x85\xB3\xBB\xFA\xC3\xDC\xA1\xEF\n\n"
	                            "\xE5\x85\xB3\xE4\xBA\x8E\xBB\xFA\xC3\xDC\xA1\xEF";
	struct readings readings = {0};
	struct err err = {0};
	size_t seen = 0;

	(void)state;
	assert_true(text_decode(bytes, sizeof(bytes) - 1, &readings, &err));
	for (size_t i = 0; i < readings.count; i++) {
		const struct reading *r = &readings.items[i];

		if (strcmp(r->charset, "GB18030 in pieces") != 0)
			continue;
		for (size_t line = 0, at = 0; line < r->line_count; line++) {
			const char *end = memchr(r->text + at, '\n', r->len - at);

			assert_non_null(end);
			seen += r->lines[line] == 3 || r->lines[line] == 5;
			at = (size_t)(end - r->text) + 1;
		}
		assert_int_equal(seen, r->line_count);
		assert_int_equal(r->lines[0], 3);
		assert_int_equal(r->lines[r->line_count - 1], 5);
	}
	assert_true(seen >= 2);
	readings_release(&readings);
}

/* ç»å¯ of both orders, in the second and in the fourth line. */
static void words_of_utf16_know_their_lines(void **state)
{
	static const char bytes[] = "caf\xE9\nx \xDD\x7E\xC6\x5B\n\n\x7E\xDD\x5B\xC6 caf\xE9";
	struct readings readings = {0};
	struct err err = {0};
	unsigned second = 0, fourth = 0;

	(void)state;
	assert_true(text_decode(bytes, sizeof(bytes) - 1, &readings, &err));
	for (size_t i = 0; i < readings.count; i++) {
		const struct reading *r = &readings.items[i];
		const char *at = r->text;

		for (size_t line = 0; strcmp(r->charset, "UTF-16 in part") == 0 && line < r->line_count; line++) {
			const char *end = strchr(at, '\n');

			assert_non_null(end);
			if (memmem(at, (size_t)(end - at), "\xE7\xBB\x9D\xE5\xAF\x86", 6) != NULL) {
				second += r->lines[line] == 2;
				fourth += r->lines[line] == 4;
				assert_true(r->lines[line] == 2 || r->lines[line] == 4);
			}
			at = end + 1;
		}
	}
	assert_true(second > 0 && fourth > 0);
	readings_release(&readings);
}

/* Before, behind and in the midst of UTF-8, whatever is beside them: 绝密★ in GBK, 絕密 in Big5. */
static void words_of_another_charset_in_utf8_are_read(void **state)
{
	static const char *const texts[] = {"\xE5\x85\xB3\xE4\xBA\x8E", "\xE4\xBC\x9A\xE8\xAE\xAE\xE7\x9A\x84\xE9\x80\x9A\xE7\x9F\xA5",
	                                    "\xE6\x8F\x90\xE5\x8D\xB0\xE5\x8F\x91", "\xE2\x80\x9D caf\xC3\xA9 ", "\xE5\x90\x8D\xE7\xA7\xB0\n"};
	static const struct {
		const char *bytes, *charset, *text;
	} marks[] = {{"\xBE\xF8\xC3\xDC\xA1\xEF", "GB18030", "\xE7\xBB\x9D\xE5\xAF\x86\xE2\x98\x85"},
	             {"\xB5\xB4\xB1\x4B", "BIG5-HKSCS", "\xE7\xB5\x95\xE5\xAF\x86"}};
	const size_t many = sizeof(texts) / sizeof(texts[0]);

	(void)state;
	for (size_t i = 0; i < many * many; i++)
		for (size_t k = 0; k < sizeof(marks) / sizeof(marks[0]); k++) {
			struct buf bytes = {0};

			buf_add_string(&bytes, texts[i / many]);
			buf_add_string(&bytes, marks[k].bytes);
			buf_add_string(&bytes, texts[i % many]);
			assert_true(has_line(bytes.data, bytes.len, marks[k].charset, marks[k].text));
			buf_release(&bytes);
		}
}

static void assert_says(const char *bytes, const char *why)
{
	struct readings r = {0};
	struct err err = {0};

	assert_false(text_decode(bytes, strlen(bytes), &r, &err));
	assert_string_equal(err.why, why);
}

static void what_stops_being_text_is_named(void **state)
{
	(void)state;
	assert_says("one\ntwo \x02\nthree\n", "not text in any known charset, from byte 9 in line 2 on");
	assert_says("\xE5\x85\xB3\n\xE4\xBA\x8E \x81\n", "not text in any known charset, from byte 9 in line 2 on");
	assert_says("\xEF\xBB\xBF\xE5\x85\xB3\n\xBE\xF8\xC3\xDC", "not text in any known charset, from byte 8 in line 2 on");
	assert_says("\x02", "not text in any known charset");
	assert_says("\xFE\xFF\x67", "not text in any known charset");
}

/* Whoever keeps the length and not the text must not read what is not there. */
static void what_is_not_valid_has_no_length(void **state)
{
	size_t len = 7;

	(void)state;
	assert_null(charset_convert("UTF-16LE", "a\0b\0\0\xDC", 6, &len));
	assert_int_equal(len, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_valid_has_no_length),
		cmocka_unit_test(binaries_are_refused),
		cmocka_unit_test(long_text_is_read_in_one_charset_or_not_at_all),
		cmocka_unit_test(a_lone_control_makes_it_no_text),
		cmocka_unit_test(a_false_byte_order_mark_is_not_forgiven),
		cmocka_unit_test(a_byte_order_mark_decides_alone),
		cmocka_unit_test(valid_utf8_has_one_reading),
		cmocka_unit_test(nothing_is_text_without_a_reading),
		cmocka_unit_test(four_bytes_are_enough_in_every_charset),
		cmocka_unit_test(wide_text_needs_no_mark),
		cmocka_unit_test(ascii_that_might_be_hz_is_still_read_as_it_stands),
		cmocka_unit_test(a_broken_character_is_not_skipped),
		cmocka_unit_test(what_fits_nowhere_is_lost_byte_by_byte),
		cmocka_unit_test(words_of_utf16_in_other_text_are_read),
		cmocka_unit_test(ordinary_text_has_no_words_of_utf16),
		cmocka_unit_test(words_directly_behind_another_charset_are_read),
		cmocka_unit_test(text_of_one_charset_is_not_read_in_pieces),
		cmocka_unit_test(words_of_another_charset_in_utf8_are_read),
		cmocka_unit_test(words_in_pieces_know_their_lines),
		cmocka_unit_test(words_of_utf16_know_their_lines),
		cmocka_unit_test(what_stops_being_text_is_named),
		cmocka_unit_test(every_reading_is_valid_utf8_in_the_same_order_each_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
