/* ledger_path_test.c - names that may be in a ledger and in public. */
#include "base/mem.h"
#include "ledger/entry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* From the heap and without a NUL, so that a sanitizer sees a byte too many read. */
static bool check(const char *path, size_t len, struct err *err)
{
	char *exact = malloc(len > 0 ? len : 1);
	bool ok;

	assert_non_null(exact);
	memcpy(exact, path, len);
	ok = path_check(exact, len, err);
	free(exact);
	return ok;
}

static void ordinary_names_are_allowed(void **state)
{
	static const char *const good[] = {
		"a", "reports/2026/annual.txt", "公开/2026年度报告.docx", "a b/c d.txt", "...a", ".well-known/x", "-",
		"con2", "console.log", "com10", "com0", "lpt", "aux-data/x", "gitignore", "a.git", "git~10", "x/nul2/y",
		"100%.txt", "é", "e\xCC\x81", "𠀀.txt", "a;b", "a'b\"c", "*?", "~",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct err err = {0};

		if (!check(good[i], strlen(good[i]), &err))
			fail_msg("'%s' was refused: %s", good[i], err.why);
	}
}

static void names_that_lead_elsewhere_are_refused(void **state)
{
	static const char *const bad[] = {
		"", "/", "/etc/passwd", "a/", "a//b", ".", "..", "./a", "../a", "a/..", "a/../b", "a/./b", "a/.",
		".git", ".GIT", ".Git/config", "a/.gIt/hooks/x", ".gitattributes", "x/.gitmodules", ".gitignore",
		"git~1", "a/GIT~1/config", "a\\b", "..\\a", "c:", "c:/a", "a:stream",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct err err = {0};

		if (check(bad[i], strlen(bad[i]), &err))
			fail_msg("'%s' was allowed", bad[i]);
		assert_int_equal(err.kind, ERR_INPUT);
		assert_string_not_equal(err.hint, "");
	}
}

static void names_that_other_systems_change_are_refused(void **state)
{
	static const char *const bad[] = {
		"con", "CON", "nul.txt", "a/Prn", "aux.tar.gz", "com1", "COM9.txt", "lpt3", "x/LPT1/y", "a.", "a..", "a ",
		" a", "dir./x", "dir /x", " dir/x", "x/ y",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct err err = {0};

		if (check(bad[i], strlen(bad[i]), &err))
			fail_msg("'%s' was allowed", bad[i]);
	}
}

static void names_that_deceive_a_reader_are_refused(void **state)
{
	static const char *const bad[] = {
		"a\nb", "a\tb", "a\x1b[2Jb", "\x7f", "a\xC2\x80", "a\xC2\x9F" "b",      /* controls */
		"a\xE2\x80\xAEtxt.exe", "a\xE2\x80\x8F", "\xD8\x9C" "a", "a\xE2\x81\xA6", /* bidi */
		"a\xE2\x80\x8B", "a\xE2\x80\x8D", "a\xEF\xBB\xBF", "a\xC2\xAD" "b",       /* invisible */
		".g\xE2\x80\x8Cit", "a\xE2\x80\xA8", "a\xF3\xA0\x81\x81",                 /* line end, tag */
		"\xFF", "a\xC0\xAF", "a\xED\xA0\x80", "\xE6\x9C",                         /* not UTF-8 */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct err err = {0};

		if (check(bad[i], strlen(bad[i]), &err))
			fail_msg("bad name %zu was allowed", i);
	}
}

static void a_nul_ends_nothing(void **state)
{
	struct err err = {0};

	(void)state;
	assert_false(check("a\0b", 3, &err));
	err = (struct err){0};
	assert_false(check("\0", 1, &err));
}

static void lengths_have_an_end(void **state)
{
	char *path = mem_alloc(5000, 1);
	struct err err = {0};

	(void)state;
	memset(path, 'a', 4999);
	assert_true(check(path, 255, &err));
	assert_false(check(path, 256, &err));
	err = (struct err){0};
	for (size_t i = 100; i < 4999; i += 100)
		path[i] = '/';
	assert_true(check(path, 4000, &err));
	assert_false(check(path, 4001, &err));
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ordinary_names_are_allowed),
		cmocka_unit_test(names_that_lead_elsewhere_are_refused),
		cmocka_unit_test(names_that_other_systems_change_are_refused),
		cmocka_unit_test(names_that_deceive_a_reader_are_refused),
		cmocka_unit_test(a_nul_ends_nothing),
		cmocka_unit_test(lengths_have_an_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
