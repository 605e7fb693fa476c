/* scan_excerpt_test.c - reports show where, never what: nothing that any rule found is readable in
 * any excerpt, whatever the format, the reading, or the order. */
#include "scan_fixture.h"

#include "base/utf8.h"

static const char numbers[] = "match: {pattern: '[0-9]{4,}'}";

/* No excerpt or explanation has `what` in it. */
static void expect_hidden(const struct trial *t, const char *what)
{
	for (size_t i = 0; i < t->file.count; i++)
		if (strstr(t->file.findings[i].excerpt, what) != NULL || strstr(t->file.findings[i].why, what) != NULL)
			fail_msg("'%s' is shown: %s (%s)", what, t->file.findings[i].excerpt, t->file.findings[i].why);
}

/* The excerpt of finding `i`, and what is marked in it. */
static void expect_excerpt(const struct trial *t, size_t i, const char *excerpt, unsigned mark, unsigned width)
{
	assert_true(i < t->file.count);
	assert_string_equal(t->file.findings[i].excerpt, excerpt);
	assert_int_equal(t->file.findings[i].mark, mark);
	assert_int_equal(t->file.findings[i].mark_width, width);
}

static void a_match_is_masked_column_by_column(void **state)
{
	struct trial t = trial_of_rule("match: {pattern: '机密★[0-9]+年|[0-9]{4}'}");

	(void)state;
	expect_count(&t, "关于机密★10年的通知\n下一行", 1);
	expect_excerpt(&t, 0, "关于*********的通知", 4, 9);
	expect_count(&t, "上一行\r\n\t机 密☆１０年 ok", 1);
	expect_excerpt(&t, 0, " ************ ok", 1, 12);
	expect_hidden(&t, "密");
	trial_end(&t);
}

static void other_findings_of_the_line_are_masked_too(void **state)
{
	struct buf pack = {0};
	struct trial t;

	(void)state;
	begin_pack(&pack);
	add_rule(&pack, "number", "review", "match: {pattern: '[0-9]{6}'}");
	add_rule(&pack, "word", "note", "match: {keywords: [张三]}");
	t = trial_of(pack.data, NULL);
	expect_count(&t, "张三 123456，李四 654321。", 3);
	expect_excerpt(&t, 0, "**** ******，李四 ******。", 0, 4);
	expect_excerpt(&t, 1, "**** ******，李四 ******。", 5, 6);
	expect_hidden(&t, "张三");
	expect_hidden(&t, "123456");
	expect_hidden(&t, "654321");
	trial_end(&t);
	buf_release(&pack);
}

static void what_is_below_min_count_is_masked_all_the_same(void **state)
{
	struct buf pack = {0};
	struct trial t;

	(void)state;
	begin_pack(&pack);
	add_rule(&pack, "list", "block", "match: {pattern: '[0-9]{6}'}; min-count: 5");
	add_rule(&pack, "word", "note", "match: {keywords: [张三]}");
	t = trial_of(pack.data, NULL);
	expect_count(&t, "张三 123456", 1);
	expect_hidden(&t, "123456");
	trial_end(&t);
	buf_release(&pack);
}

static void what_another_reading_found_is_masked(void **state)
{
	struct buf pack = {0};
	struct trial t;
	static const char html[] = "<i>甲</i> 机<b>密</b> &#26426;&#23494; <p title='机密'>乙";

	(void)state;
	begin_pack(&pack);
	add_rule(&pack, "mark", "block", "match: {pattern: '机密'}");
	add_rule(&pack, "word", "note", "match: {keywords: [甲, 乙]}");
	t = trial_of(pack.data, NULL);
	assert_int_equal(scan_file(&t, "a.html", html, sizeof(html) - 1), 5);
	expect_hidden(&t, "机");
	expect_hidden(&t, "密");
	expect_hidden(&t, "26426");
	expect_hidden(&t, "23494");
	trial_end(&t);
	buf_release(&pack);
}

static void what_could_not_be_decided_shows_nothing_around(void **state)
{
	struct buf pack = {0};
	struct trial t;

	(void)state;
	begin_pack(&pack);
	add_rule(&pack, "slow", "note", "match: {pattern: '(?:a+)+[bc]|secret'}");
	add_rule(&pack, "sure", "block", "match: {pattern: '机密'}");
	t = trial_of(pack.data, NULL);
	assert_int_equal(scan_text(&t, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 机密 secret"), 1);
	assert_non_null(t.file.undecided);
	expect_excerpt(&t, 0, "****", 0, 4);
	trial_end(&t);
	buf_release(&pack);
}

static void an_excerpt_is_one_line_of_bounded_length(void **state)
{
	struct trial t = trial_of_rule(numbers);
	struct buf text = {0};

	(void)state;
	for (int i = 0; i < 500; i++)
		buf_add_string(&text, "字");
	buf_add_string(&text, "1234");
	for (int i = 0; i < 500; i++)
		buf_add_string(&text, "x");
	expect_count(&t, text.data, 1);
	assert_int_equal(utf8_width(t.file.findings[0].excerpt, strlen(t.file.findings[0].excerpt)), 56 + 4 + 56);
	assert_int_equal(t.file.findings[0].mark, 56);
	buf_clear(&text);
	for (int i = 0; i < 5000; i++)
		buf_add_string(&text, "7");
	expect_count(&t, text.data, 1);
	assert_int_equal(strlen(t.file.findings[0].excerpt), 60);
	assert_int_equal(t.file.findings[0].mark_width, 60);
	buf_release(&text);
	trial_end(&t);
}

static void a_match_of_several_lines_shows_its_first(void **state)
{
	struct trial t = trial_of_rule("match: {keywords: ['top secret matter']}");

	(void)state;
	expect_count(&t, "a top\nsecret\nmatter b", 1);
	expect_excerpt(&t, 0, "a ***", 2, 3);
	trial_end(&t);
}

static void an_excerpt_cannot_command_a_terminal(void **state)
{
	struct trial t = trial_of_rule(numbers);

	(void)state;
	expect_count(&t, "\xC2\x9B" "2J \xE2\x80\xAE" "1234\v", 1);
	assert_null(strstr(t.file.findings[0].excerpt, "\xC2\x9B"));
	assert_null(strstr(t.file.findings[0].excerpt, "\xE2\x80\xAE"));
	/* the mark stands under the masked part, though what is before it grew */
	assert_int_equal(strcspn(t.file.findings[0].excerpt, "*"), t.file.findings[0].mark);
	trial_end(&t);
}

/* Random lines of numbers, words and tags: nothing of a number is ever left. */
/* --explain and JSON show the shape of a match, in which no letter of it is left. */
static void the_shape_of_a_match_says_no_letter_of_it(void **state)
{
	static const char *const words[] = {"СЕКРЕТНО", "PROTÉGÉ", "ΑΠΟΡΡΗΤΟ", "극비문서", "ひみつ", "סודי ביותר", "機密〔2〕", "x₂ŁÓDŹ"};

	(void)state;
	for (size_t i = 0; i < COUNT(words); i++) {
		struct buf rule = {0};
		struct trial t;

		buf_addf(&rule, "match: {pattern: '%s'}; view: verbatim", words[i]);
		t = trial_of_rule(rule.data);
		assert_int_equal(scan_text(&t, words[i]), 1);
		for (const char *p = words[i]; *p != '\0';) {
			const size_t n = (unsigned char)*p < 0x80 ? 1 : (unsigned char)*p < 0xE0 ? 2 : 3;
			char *one = mem_copy_bytes(p, n);

			if (n > 1 && strcmp(one, "〔") != 0 && strcmp(one, "〕") != 0 && strstr(t.file.findings[0].why, one) != NULL)
				fail_msg("%s in %s", one, t.file.findings[0].why);
			free(one);
			p += n;
		}
		trial_end(&t);
		buf_release(&rule);
	}
}

static void numbers_are_masked_wherever_they_stand(void **state)
{
	static const char *const pieces[] = {"1234", " ", "机", "\n", "x", "<b>", "&amp;", "<p>", "\xE2\x80\x8B", "56789", "，"};
	struct trial t = trial_of_rule(numbers);
	uint64_t seed = 7;

	(void)state;
	for (int round = 0; round < 200; round++) {
		struct buf text = {0};

		for (int i = 0; i < 60; i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			buf_add_string(&text, pieces[(seed >> 33) % COUNT(pieces)]);
		}
		(void)scan_file(&t, round % 2 == 0 ? "a.html" : "a.txt", text.data, text.len);
		for (size_t i = 0; i < t.file.count; i++)
			assert_null(strpbrk(t.file.findings[i].excerpt, "13456789")); /* of U+200B only 2 and 0 */
		buf_release(&text);
	}
	trial_end(&t);
}

/* The extents of `text` that a shown document must not show, as "from-to from-to". */
static char *hidden_in(struct scanner *scanner, enum flow_kind kind, const char *text)
{
	char copy[256];
	const struct flow flow = {.kind = kind, .place = copy + 255, .text = copy, .len = strlen(text)};
	struct extent *items = NULL;
	struct buf out = {0};
	size_t count;

	memcpy(copy, text, flow.len);
	copy[255] = '\0';
	count = scan_hidden(scanner, &flow, &items);
	for (size_t i = 0; i < count; i++)
		buf_addf(&out, "%s%zu-%zu", i > 0 ? " " : "", items[i].start, items[i].end);
	free(items);
	return buf_take(&out);
}

static void expect_hidden_extents(struct trial *t, enum flow_kind kind, const char *text, const char *want)
{
	char *got = hidden_in(t->scanner, kind, text);

	assert_string_equal(got, want);
	free(got);
}

static void what_a_shown_document_hides_is_all_that_is_stopped_and_nothing_noted(void **state)
{
	struct buf pack = {0};
	struct trial t;

	(void)state;
	begin_pack(&pack);
	add_rule(&pack, "number", "review", "match: {pattern: '[0-9]{6}'}");
	add_rule(&pack, "mark", "block", "match: {keywords: [机密]}");
	add_rule(&pack, "word", "note", "match: {keywords: [张三]}");
	add_rule(&pack, "header", "block", "match: {keywords: [draft]}; where: [header]");
	t = trial_of(pack.data, NULL);
	expect_hidden_extents(&t, FLOW_BODY, "nothing here", "");
	expect_hidden_extents(&t, FLOW_BODY, "", "");
	expect_hidden_extents(&t, FLOW_BODY, "张三 123456, 654321.", "7-13 15-21");
	expect_hidden_extents(&t, FLOW_BODY, "机密123456", "0-12"); /* touching ones are one */
	expect_hidden_extents(&t, FLOW_BODY, "draft", "");
	expect_hidden_extents(&t, FLOW_HEADER, "draft", "0-5");
	trial_end(&t);
	buf_release(&pack);
}

static void what_is_below_min_count_is_hidden_where_a_document_is_shown(void **state)
{
	struct trial t = trial_of_rule("match: {pattern: '[0-9]{6}'}; min-count: 3");

	(void)state;
	expect_count(&t, "123456", 0);
	expect_hidden_extents(&t, FLOW_BODY, "a 123456", "2-8");
	trial_end(&t);
}

static void what_could_not_be_looked_through_is_hidden_whole(void **state)
{
	struct trial t = trial_of_rule("match: {pattern: '(a+)+(a+)+(a+)+$|[0-9]{6}'}");
	const char text[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab 123456";
	char *got = hidden_in(t.scanner, FLOW_BODY, text);

	(void)state;
	(void)scan_text(&t, text);
	assert_non_null(t.file.undecided);
	assert_string_equal(got, "0-88");
	free(got);
	trial_end(&t);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_match_is_masked_column_by_column),
		cmocka_unit_test(other_findings_of_the_line_are_masked_too),
		cmocka_unit_test(what_is_below_min_count_is_masked_all_the_same),
		cmocka_unit_test(what_another_reading_found_is_masked),
		cmocka_unit_test(what_could_not_be_decided_shows_nothing_around),
		cmocka_unit_test(an_excerpt_is_one_line_of_bounded_length),
		cmocka_unit_test(a_match_of_several_lines_shows_its_first),
		cmocka_unit_test(an_excerpt_cannot_command_a_terminal),
		cmocka_unit_test(numbers_are_masked_wherever_they_stand),
		cmocka_unit_test(the_shape_of_a_match_says_no_letter_of_it),
		cmocka_unit_test(what_a_shown_document_hides_is_all_that_is_stopped_and_nothing_noted),
		cmocka_unit_test(what_is_below_min_count_is_hidden_where_a_document_is_shown),
		cmocka_unit_test(what_could_not_be_looked_through_is_hidden_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
