/* carry_test.c - git as a carrier: what it is not given, and what it is never asked. */
#define _GNU_SOURCE
#include "base/buf.h"
#include "base/mem.h"
#include "carry/carry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool has(char **environment, const char *variable)
{
	for (; *environment != NULL; environment++)
		if (strcmp(*environment, variable) == 0)
			return true;
	return false;
}

static void git_gets_listed_variables_only(void **state)
{
	char home[] = "HOME=/home/wang", dir[] = "GIT_DIR=/x", trace[] = "GIT_TRACE=/x", preload[] = "LD_PRELOAD=/x",
	     count[] = "GIT_CONFIG_COUNT=1", ssh[] = "SSH_AUTH_SOCK=/agent", near[] = "HOMER=1", lang[] = "LC_ALL=zh_CN.UTF-8",
	     objects[] = "GIT_ALTERNATE_OBJECT_DIRECTORIES=/x";
	char *from[] = {home, dir, trace, preload, count, ssh, near, lang, objects, NULL};
	char **to = carry_environment(from);

	(void)state;
	assert_true(has(to, home));
	assert_true(has(to, ssh));
	assert_true(has(to, "LC_ALL=C"));
	for (size_t i = 0; i < 9; i++)
		if (from[i] != home && from[i] != ssh)
			assert_false(has(to, from[i]));
	free(to);
}

static void nothing_is_forced_and_no_remote_is_an_option(void **state)
{
	char *environment[] = {NULL};
	const struct carry carry = {.git_dir = "/nowhere", .environment = environment};
	const char *forced[] = {"+a:b"};
	struct buf specs = {0}, out = {0};
	struct err fetch = {0}, second = {0}, push = {0}, option = {0}, none = {0};

	(void)state;
	buf_add_string(&specs, "+a:b\n");
	assert_false(carry_fetch(&carry, "origin", &specs, &fetch));
	assert_int_equal(fetch.kind, ERR_INPUT);
	buf_clear(&specs);
	buf_add_string(&specs, "a:b\n+c:d\n");
	assert_false(carry_fetch(&carry, "origin", &specs, &second));
	assert_int_equal(second.kind, ERR_INPUT);
	assert_false(carry_push(&carry, "origin", forced, 1, &push));
	assert_int_equal(push.kind, ERR_INPUT);
	assert_false(carry_list(&carry, "--upload-pack=x", forced, 0, &out, &option));
	assert_int_equal(option.kind, ERR_USAGE);
	assert_false(carry_list(&carry, "", forced, 0, &out, &none));
	assert_int_equal(none.kind, ERR_USAGE);
	buf_release(&specs);
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(git_gets_listed_variables_only),
		cmocka_unit_test(nothing_is_forced_and_no_remote_is_an_option),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
