/* text_fold_test.c - a rule sees what a person sees, and knows where it saw it. */
#include "base/utf8.h"
#include "text/decode.h"
#include "text/alias.h"
#include "text/fold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct folded fold(const char *text, enum text_view view)
{
	struct folded f = {0};

	fold_text(text, strlen(text), view, &f);
	return f;
}

static void assert_folds(const char *text, enum text_view view, const char *want)
{
	struct folded f = fold(text, view);

	if (strcmp(f.text, want) != 0)
		fail_msg("'%s' folds to '%s', not '%s'", text, f.text, want);
	folded_release(&f);
}

static void a_mark_is_found_after_every_disguise(void **state)
{
	static const char *const marks[] = {
		"机密★10年",           "机 密 ★ 10 年",       "机　密　★　１０　年",     "機密★10年",
		"机密☆10年",           "机密⭐10年",          "机密✩10年",             "机密*10年",
		"机密 * 10年",         "机\u200b密★10年",     "机\u200d密★10年",       "机\u2060密★\ufeff10年",
		"\ufeff机密★10年",     "机\u00ad密★10年",     "机\u202a密\u202c★10年",  "机密★⑩年",
		"机密★𝟏𝟎年",           "机密★️10年",          "机\U000E0041密★10年",    "机密★\t10\t年",
		"机密\u2003★10年",     "机密★10⽉",           "机\u034f密★10年",
		"机\uFFFC密★10年",     "机\uFFF9密\uFFFB★10年", "机\u2800密★10年",       "机\uE001密★10年",
		"机\uFFFD密★10年",     "机\u3164密★10年",     "机密※10年",             "机密✻10年",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		struct folded f = fold(marks[i], VIEW_LINE);

		if (strncmp(f.text, "机密★10", strlen("机密★10")) != 0)
			fail_msg("%zu: '%s' folds to '%s'", i, marks[i], f.text);
		folded_release(&f);
	}
	assert_folds("秘密★⻓期", VIEW_LINE, "秘密★长期");
	assert_folds("㊙密", VIEW_LINE, "秘密");
	assert_folds("絕密", VIEW_LINE, "绝密");
}

static void a_word_is_found_after_every_disguise(void **state)
{
	static const char *const words[] = {"ＳＥＣＲＥＴ", "𝐒𝐄𝐂𝐑𝐄𝐓", "𝕊𝔼ℂℝ𝔼𝕋", "ⓈⒺⒸⓇⒺⓉ", "SE\u00adCRET",
	                                    "S\u200bE\u200bC\u200bR\u200bE\u200bT", "SЕCRET", "SECRЕТ", "S̶E̶C̶R̶E̶T̶",
	                                    "ЅECRET", "\u202dSECRET", "SE\u2060CRET", "🅂ECRET", "🅢🅔🅒🅡🅔🅣", "🆂🅴🅲🆁🅴🆃",
	                                    "🇸🇪🇨🇷🇪🇹", "ꓢꓰꓚꓣꓰꓔ", "SΕCRΕΤ", "S\u0330ECRET", "SECR\u034fET", "S\uFE0FECRET"};

	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		assert_folds(words[i], VIEW_LINE, "SECRET");
	assert_folds("ꜱᴇᴄʀᴇᴛ", VIEW_LINE, "SECRET");
	assert_folds("SECRET\u2011A", VIEW_LINE, "SECRET-A");
}

static void honest_text_stays_and_is_not_reported(void **state)
{
	static const char *const texts[] = {"Секретариат сообщает.", "α-Amylase und Ωmega-3", "10 µm, 5 kΩ", "**机密**计算",
	                                    "می\u200cخواهم", "👨\u200d👩\u200d👧 family", "naïve café", "a*b*c",
	                                    "ρgh + αmax = kβT", "葛\U000E0100城", "1\uFE0F\u20E3 first", "USB-порт, IPадрес",
	                                    "𝑓(𝑥) = 𝑥²", "ＧＤＰ增长", "x\u0304 and y\u0302", "Ελληνικά κείμενα",
	                                    "王\uE863峰", "a\uFFFDb", "\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F"};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct folded f = fold(texts[i], VIEW_LINE);

		if (f.disguise_count != 0 || strstr(f.text, "★") != NULL)
			fail_msg("'%s' is reported (%zu) or has a star: '%s'", texts[i], f.disguise_count, f.text);
		folded_release(&f);
	}
	assert_folds("Секретариат", VIEW_LINE, "Секретариат");
	assert_folds("e\u0301", VIEW_LINE, "é");
}

static void a_disguise_is_reported_once_a_word(void **state)
{
	static const struct {
		const char *text;
		enum disguise_kind kind;
	} cases[] = {{"S\u200bE\u200bCRET", DISGUISE_INVISIBLE}, {"机\u200b密", DISGUISE_INVISIBLE},
	             {"SЕCRET", DISGUISE_MIXED_SCRIPT},         {"abc\u202etxt", DISGUISE_BIDI},
	             {"S\u0336ECRET", DISGUISE_INVISIBLE},      {"SΕCRET", DISGUISE_MIXED_SCRIPT},
	             {"SЕCRЕТд", DISGUISE_MIXED_SCRIPT},        {"机\u0301密", DISGUISE_INVISIBLE},
	             {"𝐒𝐄𝐂𝐑𝐄𝐓", DISGUISE_STYLED},               {"ꜱᴇᴄʀᴇᴛ", DISGUISE_STYLED},
	             {"机\U000E0041密", DISGUISE_INVISIBLE},     {"x \u200b\u200c\u200b\u200c\u200b\u200c\u200b\u200c\u200b\u200c\u200b\u200c y", DISGUISE_INVISIBLE},
	             {"字\uFE00\uFE01\uFE02\uFE03\uFE04\uFE05\uFE06\uFE07\uFE08\uFE09\uFE0A\uFE0B", DISGUISE_INVISIBLE}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct folded f = fold(cases[i].text, VIEW_LINE);

		if (f.disguise_count < 1 || f.disguises[0].kind != cases[i].kind)
			fail_msg("'%s': %zu", cases[i].text, f.disguise_count);
		assert_true(f.disguises[0].end <= strlen(cases[i].text) + 1);
		folded_release(&f);
	}
}

static void views_treat_lines_as_they_say(void **state)
{
	(void)state;
	assert_folds("  SECRET  \r\n\r\n body \n", VIEW_LINE, "SECRET\n\nbody\n");
	assert_folds("one\ntwo\n\nthree", VIEW_RUNNING, "one two\n\nthree");
	assert_folds("机\n密", VIEW_RUNNING, "机密");
	assert_folds("one and two, three \f four and five, six and seven", VIEW_RUNNING, "one and two, three four and five, six and seven");
	assert_folds("one and two, three \v\f four and five, six and seven", VIEW_LINE, "one and two, three\n\nfour and five, six and seven");
	assert_folds("机\n密", VIEW_LINE, "机\n密");
	assert_folds("confi-\ndential", VIEW_RUNNING, "confidential");
	assert_folds("well-\nKnown", VIEW_RUNNING, "well- Known");
	assert_folds(" 机 密 ", VIEW_VERBATIM, " 机 密 ");
	assert_folds("", VIEW_LINE, "");
}

/* A generator of nasty text: the same every time. */
static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static size_t nasty_text(uint32_t *seed, char *out, size_t capacity)
{
	static const uint32_t pool[] = {'a', 'Z', '0', ' ', '\n', '\r', '\t', '\f', '\v', '-', '*', 0x673A, 0x5BC6, 0x2605, 0x2606, 0x200B,
	                                0x200D, 0x202E, 0xAD, 0x0415, 0x03B1, 0xFF21, 0x3000, 0x0301, 0x0336, 0x1D400, 0x2ED3,
	                                0x6A5F, 0xAC00, 0x0645, 0xFDFA, 0x24C8, 0x3299, 0xFE0F, 0x2028, 0x85, 0x1F468, 0xE0041};
	size_t len = 0;

	while (len + 4 < capacity) {
		uint32_t c = pool[next_random(seed) % (sizeof(pool) / sizeof(pool[0]))];

		if (next_random(seed) % 8 == 0)
			c = next_random(seed) % 0x11000;
		if (c >= 0xD800 && c <= 0xDFFF)
			c = 'x';
		len += utf8_encode(c, out + len);
	}
	return len;
}

static void folding_is_idempotent_and_the_map_is_whole(void **state)
{
	uint32_t seed = 20261123;

	(void)state;
	for (int n = 0; n < 20000; n++) {
		char text[160];
		const size_t len = nasty_text(&seed, text, 16 + (size_t)(n % 140));

		for (int view = 0; view < VIEW_COUNT; view++) {
			struct folded once = {0}, twice = {0};

			fold_text(text, len, (enum text_view)view, &once);
			fold_text(once.text, once.len, (enum text_view)view, &twice);
			assert_true(utf8_valid(once.text, once.len, NULL));
			if (once.len != twice.len || memcmp(once.text, twice.text, once.len) != 0)
				fail_msg("view %d, text %d: '%.*s' folds to '%s', then to '%s'", view, n, (int)len, text, once.text,
				         twice.text);
			assert_int_equal(folded_origin(&once, once.len), len);
			for (size_t i = 0; i < once.len; i++)
				if (folded_origin(&once, i) > folded_origin(&once, i + 1) || folded_origin(&once, i) >= len)
					fail_msg("view %d, text %d: byte %zu of '%s' comes from %zu, the next from %zu", view, n, i, once.text,
					         folded_origin(&once, i), folded_origin(&once, i + 1));
			folded_release(&once);
			folded_release(&twice);
		}
	}
}

/* The windows of a text, put together again, are the text folded at once, with the same way back. */
static void windows_say_what_the_whole_says(void **state)
{
	uint32_t seed = 3;

	(void)state;
	for (int n = 0; n < 60; n++) {
		static char text[20000];
		const size_t len = nasty_text(&seed, text, 6000 + (size_t)n * 200), step = 1500 + next_random(&seed) % 3000;
		struct folded whole = {0};
		struct folder *folder = folder_new(text, len);
		size_t at = 0, keep = 0, disguises = 0;
		bool last = false;

		fold_text(text, len, VIEW_RUNNING, &whole);
		while (!last) {
			const struct folded *w = folder_next(folder, keep, step + 2 * FOLD_UNSETTLED, &last);
			const size_t settled = last ? w->len : w->len - FOLD_UNSETTLED;

			at += keep;
			assert_true(at + settled <= whole.len);
			assert_memory_equal(w->text, whole.text + at, settled);
			for (size_t i = 0; i < settled; i++)
				if (((unsigned char)w->text[i] & 0xC0) != 0x80)
					assert_int_equal(folded_origin(w, i), folded_origin(&whole, at + i));
			disguises += w->disguise_count;
			keep = settled - settled / 4;
			while (keep > 0 && ((unsigned char)w->text[keep] & 0xC0) == 0x80)
				keep--;
			if (last)
				assert_int_equal(at + w->len, whole.len);
		}
		assert_true(disguises >= whole.disguise_count);
		folder_free(folder);
		folded_release(&whole);
	}
}

static void spans_lead_back_to_the_source(void **state)
{
	static const char text[] = "x 机\u200b 密★ end";
	struct folded f = fold(text, VIEW_LINE);
	const size_t from = (size_t)(strstr(f.text, "机密★") - f.text);
	size_t start = 0, end = 0;

	(void)state;
	folded_span(&f, text, sizeof(text) - 1, from, from + 9, &start, &end);
	assert_int_equal(start, 2);
	assert_int_equal(end, (size_t)(strstr(text, " end") - text));
	folded_release(&f);
}

static void lines_are_counted_as_an_editor_does(void **state)
{
	static const char text[] = "a\r\n机密 b\rc\n";
	struct line_index index;
	unsigned line = 0, column = 0;

	(void)state;
	line_index_build(text, sizeof(text) - 1, &index);
	line_index_find(&index, text, (size_t)(strstr(text, "b") - text), &line, &column);
	assert_int_equal(line, 2);
	assert_int_equal(column, 4);
	line_index_find(&index, text, (size_t)(strstr(text, "c") - text), &line, &column);
	assert_int_equal(line, 3);
	line_index_release(&index);
}

static void names_that_look_alike_have_one_key(void **state)
{
	static const char *const same[][2] = {{"Notice.md", "notice.MD"}, {"café", "cafe\u0301"}, {"STRASSE", "straße"}, {"Å", "\u212b"}};
	char *a = text_name_key("机密", 6), *b = text_name_key("機密", 6);

	(void)state;
	assert_string_not_equal(a, b);
	free(a);
	free(b);
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		a = text_name_key(same[i][0], strlen(same[i][0]));
		b = text_name_key(same[i][1], strlen(same[i][1]));
		assert_string_equal(a, b);
		free(a);
		free(b);
	}
}

static void names_in_nfd_are_told_from_those_in_nfc(void **state)
{
	static const char *const apart[] = {"cafe\u0301", "trade/U\u0308ber/**", "o\u0323\u0302", "か\u3099"},
	                         *const joined[] = {"", "caf\u00e9", "x\u0301", "\u0301a", "贸易/**", "e\xff\u0301", "が"};

	(void)state;
	for (size_t i = 0; i < sizeof(apart) / sizeof(apart[0]); i++)
		assert_true(text_name_is_apart(apart[i], strlen(apart[i])));
	for (size_t i = 0; i < sizeof(joined) / sizeof(joined[0]); i++)
		assert_false(text_name_is_apart(joined[i], strlen(joined[i])));
}

static bool reads_as(const char *bytes, size_t len, const char *charset, const char *want)
{
	struct readings r = {0};
	struct err err = {0};
	bool found = false;

	if (!text_decode(bytes, len, &r, &err))
		return false;
	for (size_t i = 0; i < r.count; i++)
		found = found || (strcmp(r.items[i].charset, charset) == 0 && strcmp(r.items[i].text, want) == 0);
	readings_release(&r);
	return found;
}

static void short_text_is_read_in_every_charset_it_may_be_in(void **state)
{
	(void)state;
	assert_true(reads_as("\xBE\xF8\xC3\xDC", 4, "GB18030", "绝密"));
	assert_true(reads_as("\xB5\xB4\xB1\x4B", 4, "BIG5-HKSCS", "絕密"));
	assert_true(reads_as("\xFF\xFE\x3A\x67\xC6\x5B", 6, "UTF-16LE", "机密"));
	assert_true(reads_as("\x3A\x67\xC6\x5B", 4, "UTF-16LE", "机密"));
	assert_true(reads_as("\xEF\xBB\xBFok", 5, "UTF-8", "ok"));
	assert_true(reads_as("~{<z~}x", 7, "UTF-8", "~{<z~}x"));
	assert_true(reads_as("a ~{;zC\\~} b~~", 14, "HZ", "a 机密 b~"));
	assert_true(reads_as("~{;zC\\\nopen", 11, "HZ", "机密\nopen"));
	assert_false(reads_as("~{;zC", 5, "HZ", "机密"));
	assert_true(reads_as("S\0E\0C\0R\0", 8, "UTF-16LE", "SECR"));
	/* read as UTF-16 it is something, and a person who opens it sees SECRET: both are scanned */
	assert_true(reads_as("ab\0SECRET!", 10, "UTF-8", "abSECRET!"));
	assert_true(reads_as("plain", 5, "UTF-8", "plain"));
}

static void what_is_not_text_is_refused(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
	} bad[] = {{"ab\0cd", 5}, {"\x01\x02\x03", 3}, {"text\x1b[2J", 8}, {"\xEF\xBB\xBF\xFF", 4}, {"\xFF\xFE\x00\xD8\x41\x00", 6}, {"\xBE\xF8\x1b\xC3\xDC.", 6},
	           {"\x7F" "ELF\x02\x01\x01\0\0\0\0\0", 12}};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct readings r = {0};
		struct err err = {0};

		if (text_decode(bad[i].bytes, bad[i].len, &r, &err))
			fail_msg("case %zu is read as %s", i, r.items[0].charset);
		assert_int_equal(err.kind, ERR_INPUT);
	}
}

static void names_that_some_file_system_takes_for_one(void **state)
{
	static const struct {
		const char *name, *as;
		bool one;
	} rows[] = {
		{"public", "public", true}, {"PUBLIC", "public", true}, {"public.", "public", true}, {"public. .", "public", true},
		{"public:x", "public", true}, {"pub\u200Clic", "public", true}, {"\uFEFFpublic", "public", true}, {"public.\u200D", "public", true},
		{"cafe\u0301", "caf\u00E9", true}, {"\u00C9", "e\u0301", true}, {"doc\u017F", "docs", true}, {"PUBLIS~1", "published", true},
		{"pu12AB~4", "published", true}, {"GITATT~1", ".gitattributes", true}, {"gi7d29~1.x", ".gitattributes", true},
		{"publi", "public", false}, {"publics", "public", false}, {".public", "public", false}, {" public", "public", false}, {"public x", "public", false},
		{"", "public", false}, {":x", "public", false}, {"...", "public", false}, {"public~", "public", false}, {"public~x", "public", false},
		{"private~1", "public", false}, {"~1", "public", false}, {"公开", "公開", false}, {"PRIVAT~1", "public", false}, {"\xFFpublic", "public", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (name_may_be(rows[i].name, strlen(rows[i].name), rows[i].as) != rows[i].one)
			fail_msg("%s and %s", rows[i].name, rows[i].as);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mark_is_found_after_every_disguise),
		cmocka_unit_test(a_word_is_found_after_every_disguise),
		cmocka_unit_test(honest_text_stays_and_is_not_reported),
		cmocka_unit_test(a_disguise_is_reported_once_a_word),
		cmocka_unit_test(views_treat_lines_as_they_say),
		cmocka_unit_test(folding_is_idempotent_and_the_map_is_whole),
		cmocka_unit_test(windows_say_what_the_whole_says),
		cmocka_unit_test(spans_lead_back_to_the_source),
		cmocka_unit_test(lines_are_counted_as_an_editor_does),
		cmocka_unit_test(names_that_look_alike_have_one_key),
		cmocka_unit_test(names_in_nfd_are_told_from_those_in_nfc),
		cmocka_unit_test(short_text_is_read_in_every_charset_it_may_be_in),
		cmocka_unit_test(what_is_not_text_is_refused),
		cmocka_unit_test(names_that_some_file_system_takes_for_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
