/* base_language_test.c - one text for another: which language, from which bytes. */
#include "base/err.h"
#include "base/language.h"
#include "base/mem.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A catalogue of three texts as msgfmt writes it: the head, a plain one, a plural. */
struct mo {
	uint32_t magic, revision, count, originals, translations, hash_size, hash_at;
	uint32_t table[12];
	char text[160];
};

static const char head[] = "Plural-Forms: nplurals=1; plural=0;\n";

static void put(struct mo *mo, uint32_t *used, size_t entry, const char *text, size_t len)
{
	mo->table[2 * entry] = (uint32_t)len;
	mo->table[2 * entry + 1] = (uint32_t)offsetof(struct mo, text) + *used;
	memcpy(mo->text + *used, text, len + 1);
	*used += (uint32_t)len + 1;
}

static void make(struct mo *mo)
{
	uint32_t used = 0;

	*mo = (struct mo){.magic = 0x950412de, .count = 3, .originals = offsetof(struct mo, table),
	                  .translations = offsetof(struct mo, table) + 24};
	put(mo, &used, 0, "", 0);
	put(mo, &used, 1, "%u day\0%u days", 14);
	put(mo, &used, 2, "no rule '%s'", 12);
	put(mo, &used, 3, head, sizeof(head) - 1);
	put(mo, &used, 4, "%u 天", 6);
	put(mo, &used, 5, "没有规则“%s”", strlen("没有规则“%s”"));
}

static int in_english(void **state)
{
	(void)state;
	language_choose_source();
	return 0;
}

static void texts_and_plurals_are_found_and_others_are_themselves(void **state)
{
	static struct mo mo;

	(void)state;
	make(&mo);
	assert_true(language_use(&mo, sizeof(mo), true));
	assert_string_equal(_("no rule '%s'"), "没有规则“%s”");
	assert_string_equal(P_("%u day", "%u days", 1), "%u 天");
	assert_string_equal(P_("%u day", "%u days", 2), "%u 天");
	assert_string_equal(_("not there"), "not there");
	assert_string_equal(_(""), ""); /* the head is nobody's text */
	assert_true(language_is_chinese());
	language_choose_source();
	assert_string_equal(P_("%u day", "%u days", 1), "%u day");
	assert_string_equal(P_("%u day", "%u days", 0), "%u days");
	assert_false(language_is_chinese());
}

static void a_damaged_catalogue_is_refused(void **state)
{
	struct mo mo;

	(void)state;
	for (size_t len = 0; len < sizeof(mo) - sizeof(mo.text); len += 4) { /* cut short */
		make(&mo);
		assert_false(language_use(&mo, len, true));
	}
	make(&mo);
	mo.magic = 0xde120495; /* of a machine with the other byte order */
	assert_false(language_use(&mo, sizeof(mo), true));
	make(&mo);
	mo.count = UINT32_MAX;
	assert_false(language_use(&mo, sizeof(mo), true));
	make(&mo);
	mo.originals = UINT32_MAX;
	assert_false(language_use(&mo, sizeof(mo), true));
	make(&mo);
	mo.table[3] = UINT32_MAX; /* a text outside */
	assert_false(language_use(&mo, sizeof(mo), true));
	make(&mo);
	mo.table[4] = 11; /* one without its end */
	assert_false(language_use(&mo, sizeof(mo), true));
	make(&mo);
	memcpy(mo.text + mo.table[7] - offsetof(struct mo, text) + 14, "nplurals=2", 10);
	assert_false(language_use(&mo, sizeof(mo), true));
	assert_string_equal(_("no rule '%s'"), "no rule '%s'");
}

static void a_recorded_text_is_shown_in_pieces(void **state)
{
	static const struct {
		const char *text, *shown;
	} table[] = {
		{"no rule '%s'", "没有规则“%s”"},
		{"a.zip > b.pdf: no rule '%s'", "a.zip > b.pdf: 没有规则“%s”"},
		{"no rule '%s': 12; no rule '%s'", "没有规则“%s”: 12; 没有规则“%s”"},
		{"no rule '%s'x, 1:2", "no rule '%s'x, 1:2"},
		{"", ""}, {": ", ": "}, {"a: ", "a: "}, {"a:", "a:"},
	};
	static struct mo mo;

	(void)state;
	make(&mo);
	assert_true(language_use(&mo, sizeof(mo), true));
	for (size_t i = 0; i < COUNT(table); i++) {
		char *shown = language_pieces(table[i].text);

		assert_string_equal(shown, table[i].shown);
		free(shown);
	}
	language_choose_source();
	for (size_t i = 0; i < COUNT(table); i++) {
		char *shown = language_pieces(table[i].text);

		assert_string_equal(shown, table[i].text);
		free(shown);
	}
}

/* With the catalogue that is compiled in. */
static void places_in_documents_are_shown_by_their_parts(void **state)
{
	static const struct {
		const char *text, *shown;
	} table[] = {
		{"page 3", "第 3 页"},
		{"a.zip > b.pdf > page 12, comment by 王伟", "a.zip > b.pdf > 第 12 页，批注（王伟）"},
		{"paragraph 12", "第 12 段"},
		{"slide 7 notes", "第 7 张幻灯片备注"},
		{"attachment kehu.txt > comments, attributes", "附件 kehu.txt > 批注，属性"},
		{"attachment a, b.txt", "附件 a, b.txt"},
		{"a, b.txt", "a, b.txt"},
		{"page 1: 40 characters outside the page", "第 1 页：40 个字符位于页面之外"},
		{"picture 2 at paragraph 9", "图片 2（第 9 段处）"},
		{"authors of comments at paragraph 2", "批注人（第 2 段处）"},
		{"tracked change by Li at paragraph 4", "修订（Li）（第 4 段处）"},
		{"comment by Li at B3 in 表一, comments", "批注（Li），B3，表一，批注"},
		{"part 2.1, read as GB18030 in part", "部件 2.1，部分按 GB18030 读取"},
		{"object 6: its data is damaged (FlateDecode)", "对象 6：其数据已损坏（FlateDecode）"},
		{"72 bytes behind the ends of streams", "72 字节 数据流结束之后"},
		{"a.pdf > where pages meet: covered", "a.pdf > 各页相接处：被遮盖"},
		{"paragraph 2, with misread characters read again, line 5", "第 2 段，乱码已还原，第 5 行"},
		{"Sheet2!B14", "Sheet2!B14"},
		{"page ", "page "},
		{" at paragraph 3", " at paragraph 3"},
		{"pagefile 3", "pagefile 3"},
		{"a > ", "a > "},
	};

	(void)state;
	language_choose(&(struct language_wish){.lang = "zh_CN.UTF-8"});
	for (size_t i = 0; i < COUNT(table); i++) {
		char *shown = language_pieces(table[i].text);

		assert_string_equal(shown, table[i].shown);
		free(shown);
	}
	language_choose_source();
}

static void the_environment_chooses(void **state)
{
	static const struct {
		struct language_wish wish; /* LANGUAGE, LC_ALL, LC_MESSAGES, LANG */
		bool chinese;
	} table[] = {
		{{NULL, NULL, NULL, NULL}, false},
		{{NULL, NULL, NULL, "zh_CN.UTF-8"}, true},
		{{NULL, NULL, "en_GB.UTF-8", "zh_CN.UTF-8"}, false},
		{{NULL, "zh_CN.utf8", "en_GB.UTF-8", NULL}, true},
		{{NULL, "", "", "zh"}, true},
		{{NULL, NULL, NULL, "zh_CN"}, true},
		{{NULL, NULL, NULL, "zh_SG.UTF-8"}, true},
		{{NULL, NULL, NULL, "zh_CN.GB18030"}, false},
		{{NULL, NULL, NULL, "zhx.UTF-8"}, false},
		{{"zh_CN", "C.UTF-8", NULL, NULL}, true},
		{{"zh_CN", "C", NULL, NULL}, false},
		{{"zh_CN", "POSIX", NULL, NULL}, false},
		{{"zh_CN", NULL, NULL, NULL}, false},
		{{"fr:zh_CN:en", "de_DE.UTF-8", NULL, NULL}, true},
		{{"en:zh_CN", "zh_CN.UTF-8", NULL, NULL}, false},
		{{"fr", "zh_CN.UTF-8", NULL, NULL}, true},
		{{"", "zh_CN.UTF-8", NULL, NULL}, true},
		{{":::", "C.UTF-8", NULL, NULL}, false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		language_choose(&table[i].wish);
		if (language_is_chinese() != table[i].chinese)
			fail_msg("row %zu", i);
	}
}

static void a_refusal_is_recorded_in_english_and_told_in_the_readers_language(void **state)
{
	static struct mo mo;
	struct err err = {0}, second = {.kind = ERR_INPUT};

	(void)state;
	make(&mo);
	assert_true(language_use(&mo, sizeof(mo), true));
	(void)err_set(&err, ERR_NOT_FOUND, "no rule '%s'", "x");
	err_context(&err, "%u day", 2u);
	(void)err_hint(&err, "no rule '%s'", "y");
	assert_string_equal(err.why, "2 day: no rule 'x'");
	assert_string_equal(err.told, "2 天: 没有规则“x”");
	assert_string_equal(err.hint, "no rule 'y'");
	assert_string_equal(err.told_hint, "没有规则“y”");
	(void)err_pass(&second, &err);
	assert_string_equal(second.told, "");
	second = (struct err){0};
	(void)err_pass(&second, &err);
	assert_string_equal(second.told, err.told);
}

static void what_the_system_says_is_recorded_with_the_place(void **state)
{
	struct err err = {0};

	(void)state;
	errno = EACCES;
	(void)err_errno(&err, "%s", "a.txt");
	assert_int_equal(err.kind, ERR_SYSTEM);
	assert_string_equal(err.why, "a.txt: Permission denied");
	assert_string_equal(err.told, err.why);
	errno = ENOENT;
	err = (struct err){0};
	(void)err_errno(&err, "%s", "b.txt");
	assert_int_equal(err.kind, ERR_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(texts_and_plurals_are_found_and_others_are_themselves, in_english),
		cmocka_unit_test_setup(a_damaged_catalogue_is_refused, in_english),
		cmocka_unit_test_setup(a_recorded_text_is_shown_in_pieces, in_english),
		cmocka_unit_test_setup(places_in_documents_are_shown_by_their_parts, in_english),
		cmocka_unit_test_setup(the_environment_chooses, in_english),
		cmocka_unit_test_setup(a_refusal_is_recorded_in_english_and_told_in_the_readers_language, in_english),
		cmocka_unit_test_setup(what_the_system_says_is_recorded_with_the_place, in_english),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
