/* Words and their changes: the fewest, in order, and the texts come out again. */
#include "base/buf.h"
#include "base/mem.h"
#include "text/word_diff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* "kept [taken|put in] kept", each word followed by a space. */
static char *shown(const char *before, const char *after)
{
	struct words a, b;
	struct edits edits;
	struct buf out = {0};
	size_t at = 0;

	words_split(before, strlen(before), &a);
	words_split(after, strlen(after), &b);
	word_diff(before, &a, after, &b, &edits);
	for (size_t e = 0; e <= edits.count; e++) {
		const struct edit end = {a.count, a.count, b.count, b.count}, edit = e < edits.count ? edits.items[e] : end;

		for (; at < edit.before_from; at++)
			buf_addf(&out, "%.*s ", (int)(a.items[at].end - a.items[at].start), before + a.items[at].start);
		if (e == edits.count)
			break;
		buf_add_string(&out, "[");
		for (size_t i = edit.before_from; i < edit.before_to; i++)
			buf_addf(&out, "%.*s ", (int)(a.items[i].end - a.items[i].start), before + a.items[i].start);
		buf_add_string(&out, "|");
		for (size_t i = edit.after_from; i < edit.after_to; i++)
			buf_addf(&out, "%.*s ", (int)(b.items[i].end - b.items[i].start), after + b.items[i].start);
		buf_add_string(&out, "] ");
		at = edit.before_to;
	}
	edits_release(&edits);
	words_release(&a);
	words_release(&b);
	return buf_take(&out);
}

static void check(const char *before, const char *after, const char *want)
{
	char *got = shown(before, after);

	assert_string_equal(got, want);
	free(got);
}

static void finds_what_changed(void **state)
{
	(void)state;
	check("", "", "");
	check("the same", "the same", "the same ");
	check("one two three", "one 2 three", "one [two |2 ] three ");
	check("one two", "one two three", "one two [|three ] ");
	check("zero one", "one", "[zero |] one ");
	check("a b c d", "b c e d", "[a |] b c [|e ] d ");
	check("x", "y", "[x |y ] ");
	check("", "y", "[|y ] ");
	check("x", "", "[x |] ");
}

static void takes_each_chinese_character_as_a_word(void **state)
{
	(void)state;
	check("会议定于三月", "会议改于三月", "会 议 [定 |改 ] 于 三 月 ");
}

static void a_space_more_is_no_change_and_a_line_end_is_one(void **state)
{
	(void)state;
	check("a  b", "a b", "a b ");
	check("a b", "a\nb", "a [|\n ] b ");
}

static void gives_up_on_what_is_rewritten(void **state)
{
	struct buf before = {0}, after = {0};
	struct words a, b;
	struct edits edits;

	(void)state;
	buf_add_string(&before, "begin ");
	buf_add_string(&after, "begin ");
	for (int i = 0; i < 3000; i++) {
		buf_addf(&before, "a%d ", i);
		buf_addf(&after, "b%d ", i);
	}
	buf_add_string(&before, "end");
	buf_add_string(&after, "end");
	words_split(before.data, before.len, &a);
	words_split(after.data, after.len, &b);
	word_diff(before.data, &a, after.data, &b, &edits);
	assert_int_equal(edits.count, 1);
	assert_int_equal(edits.items[0].before_from, 1);
	assert_int_equal(edits.items[0].before_to, 3001);
	assert_int_equal(edits.items[0].after_to, 3001);
	edits_release(&edits);
	words_release(&a);
	words_release(&b);
	buf_release(&before);
	buf_release(&after);
}

enum { WORDS = 12 };

/* A text of words of one letter each, from three; returns how many. */
static size_t some_words(uint32_t *seed, char text[2 * WORDS + 1])
{
	const size_t count = (*seed = *seed * 1664525u + 1013904223u) >> 24 & 0xFF;
	size_t len = 0;

	for (size_t i = 0; i < count % (WORDS + 1); i++) {
		*seed = *seed * 1664525u + 1013904223u;
		text[len++] = (char)('a' + (*seed >> 24) % 3);
		text[len++] = ' ';
	}
	text[len] = '\0';
	return len / 2;
}

/* How many words two texts have in common, in order, at most: by the plain table. */
static size_t in_common(const char *before, size_t n, const char *after, size_t m)
{
	size_t table[WORDS + 1][WORDS + 1] = {{0}};

	for (size_t i = 1; i <= n; i++)
		for (size_t k = 1; k <= m; k++) {
			table[i][k] = table[i - 1][k] > table[i][k - 1] ? table[i - 1][k] : table[i][k - 1];
			if (before[2 * (i - 1)] == after[2 * (k - 1)] && table[i - 1][k - 1] + 1 > table[i][k])
				table[i][k] = table[i - 1][k - 1] + 1;
		}
	return table[n][m];
}

static void what_no_change_covers_is_the_same_and_the_changes_are_the_fewest(void **state)
{
	uint32_t seed = 20261128;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		char before[2 * WORDS + 1], after[2 * WORDS + 1];
		const size_t n = some_words(&seed, before), m = some_words(&seed, after);
		size_t x = 0, y = 0, changed = 0;
		struct words a, b;
		struct edits edits;

		words_split(before, strlen(before), &a);
		words_split(after, strlen(after), &b);
		word_diff(before, &a, after, &b, &edits);
		for (size_t e = 0; e <= edits.count; e++) {
			const struct edit end = {n, n, m, m}, edit = e < edits.count ? edits.items[e] : end;

			for (; x < edit.before_from && y < edit.after_from; x++, y++)
				assert_int_equal(before[2 * x], after[2 * y]);
			assert_int_equal(x, edit.before_from);
			assert_int_equal(y, edit.after_from);
			changed += edit.before_to - edit.before_from + edit.after_to - edit.after_from;
			x = edit.before_to;
			y = edit.after_to;
		}
		assert_int_equal(changed, n + m - 2 * in_common(before, n, after, m));
		edits_release(&edits);
		words_release(&a);
		words_release(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_what_changed),
		cmocka_unit_test(takes_each_chinese_character_as_a_word),
		cmocka_unit_test(a_space_more_is_no_change_and_a_line_end_is_one),
		cmocka_unit_test(gives_up_on_what_is_rewritten),
		cmocka_unit_test(what_no_change_covers_is_the_same_and_the_changes_are_the_fewest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
