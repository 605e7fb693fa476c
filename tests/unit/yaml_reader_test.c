/* yaml_reader_test.c - one meaning or none, and the place where it went wrong. */
#include "base/buf.h"
#include "yaml/yaml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void what_could_mean_two_things_is_refused(void **state)
{
	static const struct {
		const char *text, *complaint;
	} bad[] = {
		{"", "f:1:1: the file is empty"},
		{"# only a comment\n", "f:1:1: the file is empty"},
		{"a: 1\na: 2\n", "f:2:1: 'a' is here a second time, first in line 1"},
		{"a: &x 1\n", "f:1:4: anchors, aliases and tags are not read here; write the value out"},
		{"a: *x\n", "f:1:4: anchors, aliases and tags are not read here; write the value out"},
		{"a: !!str 1\n", "f:1:4: anchors, aliases and tags are not read here; write the value out"},
		{"<<: {a: 1}\n", "f:1:1: merge keys are not read here"},
		{"[1]: 2\n", "f:1:1: a key must be a plain word"},
		{"a: 1\n---\nb: 2\n", "f:2:1: a second document"},
		{"a: [1, 2\n", "f:2:1:"},
		{"a: 'open\n", "f:2:1:"},
		{"a:\n\t- 1\n", "f:2:1:"},
		{"a: \"\\0\"\n", "f:1:4: a text with a NUL or that is not UTF-8"},
		{"a: \x01\n", "f:1:1: not plain UTF-8 text:"},
		{"a: \xff\n", "f:1:1: not plain UTF-8 text:"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct yaml *doc = NULL;
		struct err err = {0};

		if (yaml_parse("f", bad[i].text, strlen(bad[i].text), &doc, &err))
			fail_msg("'%s' is read", bad[i].text);
		assert_int_equal(err.kind, ERR_INPUT);
		if (strncmp(err.why, bad[i].complaint, strlen(bad[i].complaint)) != 0)
			fail_msg("'%s': '%s', wanted '%s'", bad[i].text, err.why, bad[i].complaint);
	}
}

static void depth_number_and_size_have_limits(void **state)
{
	struct buf text = {0};
	struct yaml *doc = NULL;
	struct err err = {0};

	(void)state;
	for (int i = 0; i < 40; i++)
		buf_add_byte(&text, '[');
	for (int i = 0; i < 40; i++)
		buf_add_byte(&text, ']');
	assert_false(yaml_parse("f", text.data, text.len, &doc, &err));
	assert_non_null(strstr(err.why, "nested too deeply"));
	buf_clear(&text);
	buf_add_byte(&text, '[');
	for (int i = 0; i < 210000; i++)
		buf_add_string(&text, "1,");
	buf_add_byte(&text, ']');
	err = (struct err){0};
	assert_false(yaml_parse("f", text.data, text.len, &doc, &err));
	assert_non_null(strstr(err.why, "too many values"));
	while (text.len <= 1024 * 1024)
		buf_add_string(&text, "# a comment that fills the file until it is too large to be a policy\n");
	err = (struct err){0};
	assert_false(yaml_parse("f", text.data, text.len, &doc, &err));
	assert_int_equal(err.kind, ERR_LIMIT);
	buf_release(&text);
}

static void every_scalar_is_the_text_that_was_written(void **state)
{
	static const char text[] = "a: yes\nb: 010\nc: '(?<x>\\d+)'\nd: |\n  one\n  two\n密级: ~\n";
	struct yaml *doc = NULL;
	struct err err = {0};
	const struct yaml_node *root;

	(void)state;
	assert_true(yaml_parse("f", text, sizeof(text) - 1, &doc, &err));
	root = yaml_root(doc);
	assert_string_equal(yaml_get(root, "a")->text, "yes");
	assert_string_equal(yaml_get(root, "b")->text, "010");
	assert_string_equal(yaml_get(root, "c")->text, "(?<x>\\d+)");
	assert_false(yaml_get(root, "c")->plain);
	assert_string_equal(yaml_get(root, "d")->text, "one\ntwo\n");
	assert_string_equal(yaml_get(root, "密级")->text, "~");
	assert_int_equal(yaml_get(root, "密级")->column, 5);
	assert_null(yaml_get(root, "e"));
	yaml_doc_free(doc);
}

static void values_are_asked_for_by_kind(void **state)
{
	static const char text[] = "n: 7\nbig: 99999999999999999999\nb: true\nw: block\nl: [1]\nm: {k: 1}\nneg: -3\n";
	static const char *const words[] = {"block", "review", NULL}, *const keys[] = {"n", "b", "words", NULL};
	struct yaml *doc = NULL;
	struct err err = {0};
	const struct yaml_node *root, *node = NULL;
	int64_t number = 0;
	bool yes = false;
	size_t which = 9;

	(void)state;
	assert_true(yaml_parse("f", text, sizeof(text) - 1, &doc, &err));
	root = yaml_root(doc);
	assert_true(yaml_number(doc, yaml_get(root, "n"), 1, 7, &number, &err) && number == 7);
	assert_true(yaml_number(doc, yaml_get(root, "neg"), -3, 7, &number, &err) && number == -3);
	assert_true(yaml_boolean(doc, yaml_get(root, "b"), &yes, &err) && yes);
	assert_true(yaml_choice(doc, yaml_get(root, "w"), words, &which, &err) && which == 0);
	assert_false(yaml_number(doc, yaml_get(root, "n"), 8, 9, &number, &err));
	assert_string_equal(err.why, "f:1:4: a number from 8 to 9 is wanted");
	err = (struct err){0};
	assert_false(yaml_number(doc, yaml_get(root, "big"), 0, INT64_MAX, &number, &err));
	err = (struct err){0};
	assert_false(yaml_boolean(doc, yaml_get(root, "n"), &yes, &err));
	err = (struct err){0};
	assert_false(yaml_choice(doc, yaml_get(root, "n"), words, &which, &err));
	assert_string_equal(err.why, "f:1:4: one of these is wanted: block, review");
	err = (struct err){0};
	assert_false(yaml_need(doc, root, "none", YAML_SCALAR, &node, &err));
	assert_string_equal(err.why, "f:1:1: 'none' is missing");
	err = (struct err){0};
	assert_false(yaml_need(doc, root, "l", YAML_MAP, &node, &err));
	err = (struct err){0};
	assert_false(yaml_expect_keys(doc, root, keys, &err));
	assert_string_equal(err.why, "f:2:1: unknown key 'big'");
	yaml_doc_free(doc);
}

static void a_misspelt_key_is_guessed(void **state)
{
	static const char *const keys[] = {"ground", "action", NULL};
	struct yaml *doc = NULL;
	struct err err = {0};

	(void)state;
	assert_true(yaml_parse("f", "grond: x\n", 9, &doc, &err));
	assert_false(yaml_expect_keys(doc, yaml_root(doc), keys, &err));
	assert_string_equal(err.why, "f:1:1: unknown key 'grond'; did you mean 'ground'?");
	yaml_doc_free(doc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_could_mean_two_things_is_refused),
		cmocka_unit_test(depth_number_and_size_have_limits),
		cmocka_unit_test(every_scalar_is_the_text_that_was_written),
		cmocka_unit_test(values_are_asked_for_by_kind),
		cmocka_unit_test(a_misspelt_key_is_guessed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
