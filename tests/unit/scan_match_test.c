/* scan_match_test.c - what a rule says is what it finds: patterns, views, near, unless, validate,
 * min-count, where; and what could not be decided is never clear. */
#include "scan_fixture.h"

static void a_bad_pattern_is_refused_at_its_character(void **state)
{
	(void)state;
	expect_scanner_refusal("match: {pattern: 'abc(def'}", "trial.yaml:9:30: pattern: missing closing parenthesis");
	expect_scanner_refusal("match: {pattern: '機密（[a'}",
	                       "trial.yaml:9:28: pattern: missing terminating ] for character class");
	expect_scanner_refusal("match: {pattern: 'abc'}; unless: {pattern: '*a'}",
	                       "trial.yaml:10:24: pattern: quantifier does not follow a repeatable item");
	expect_scanner_refusal("match: {pattern: 'a\\C'}", "trial.yaml:9:26: pattern: using \\C is disabled by the application");
}

static void a_rule_that_matches_nothing_or_everything_is_refused(void **state)
{
	(void)state;
	expect_scanner_refusal("match: {pattern: 'a*'}", "trial.yaml:9:23: pattern: it can match nothing at all");
	expect_scanner_refusal("match: {keywords: ['\xE2\x80\x8B']}", "trial.yaml:5:5: a keyword of rule r is nothing once folded");
	expect_scanner_refusal("match: {pattern: 'abc'}; near: {any: ['\xE2\x80\x8B'], within: 5}",
	                       "trial.yaml:5:5: a keyword of rule r is nothing once folded");
}

static void a_pattern_sees_what_a_person_sees(void **state)
{
	static const char rule[] = "match: {pattern: '机密★[0-9]+年'}";

	(void)state;
	expect_rule_count(rule, "机密性、完整性和可用性", 0);
	expect_rule_count(rule, "机密 10 年", 0);
	expect_rule_count(rule, "机密★年", 0);
	expect_rule_count(rule, "机密★10年", 1);
	expect_rule_count(rule, "機 密 ☆ １０ 年", 1);
	expect_rule_count(rule, "机\xE2\x80\x8B密★10年", 1);
	expect_rule_count(rule, "机密★10年，机密★20年", 2);
}

static void a_pattern_may_be_written_in_any_form(void **state)
{
	(void)state;
	expect_rule_count("match: {pattern: '（機密）'}", "(机密", 0);
	expect_rule_count("match: {pattern: '（機密）'}", "(机密)", 1);
	expect_rule_count("match: {pattern: '（機密）'}", "（機密）", 1);
	expect_rule_count("match: {pattern: '[機絕]密：'}", "机密:", 1);
	expect_rule_count("match: {pattern: '[（【]機密[）】]'}", "【机密)", 1);
	expect_rule_count("match: {pattern: '＊秘＊'}", "*秘*", 1);
	expect_rule_count("match: {pattern: '\\（秘\\）'}", "（秘）", 1);
	expect_rule_count("match: {pattern: '\\Q（秘）.\\E'}", "（秘）x", 0);
	expect_rule_count("match: {pattern: '\\Q（秘）.\\E'}", "（秘）.", 1);
	expect_rule_count("match: {pattern: '第[０-９]號'}", "第７号", 1);
}

static void a_range_of_a_class_stays_as_written(void **state)
{
	(void)state;
	/* U+9FA5 folds to a character in the middle of the range it ends. */
	expect_rule_count("match: {pattern: '^[一-龥]{2}$'}", "ab", 0);
	expect_rule_count("match: {pattern: '^[一-龥]{2}$'}", "龙齐", 1);
	expect_rule_count("match: {pattern: '^[^一-龥]{2}$'}", "龙齐", 0);
	expect_rule_count("match: {pattern: '^[[:digit:]（]{2}$'}", "7（", 1);
	expect_rule_count("match: {pattern: '^[]（]{2}$'}", "]（", 1);
}

static void verbatim_patterns_meet_the_text_as_it_is(void **state)
{
	static const char rule[] = "match: {pattern: '機密'}; view: verbatim";

	(void)state;
	expect_rule_count(rule, "机密", 0);
	expect_rule_count(rule, "機 密", 0);
	expect_rule_count(rule, "機密", 1);
	expect_rule_count("match: {pattern: '\xE2\x80\x8B'}; view: verbatim", "a\xE2\x80\x8B" "b", 1);
	expect_rule_count("match: {pattern: '\\x{200B}'}", "a\xE2\x80\x8B" "b", 0);
}

static void lines_are_lines_in_the_line_view_only(void **state)
{
	(void)state;
	expect_rule_count("match: {pattern: '^机密$'}", "密级：机密", 0);
	expect_rule_count("match: {pattern: '^机密$'}", "通知\n  机 密  \r\n正文", 1);
	expect_rule_count("match: {pattern: '国家秘密'}", "国家\n秘密", 0);
	expect_rule_count("match: {pattern: '国家秘密'}; view: running", "国家\n秘密", 1);
	expect_rule_count("match: {pattern: '国家秘密'}; view: running", "国家\n\n秘密", 0);
	expect_rule_count("match: {pattern: 'top secret'}; view: running", "a top\nsecret matter", 1);
}

static void ascii_classes_are_ascii_and_properties_work(void **state)
{
	(void)state;
	expect_rule_count("match: {pattern: '\\w密'}", "机密", 0);
	expect_rule_count("match: {pattern: '\\d{3}'}", "\xD9\xA1\xD9\xA2\xD9\xA3", 0); /* Arabic digits: not folded */
	expect_rule_count("match: {pattern: '\\p{Han}密'}", "机密", 1);
	expect_rule_count("match: {pattern: '\\bsecret\\b'}", "机secret密", 1);
}

static void matches_of_one_rule_do_not_overlap(void **state)
{
	struct trial t = trial_of_rule("match: {pattern: 'aba'}");

	(void)state;
	expect_count(&t, "ababa", 1);
	expect_count(&t, "abaaba", 2);
	assert_int_equal(t.file.findings[1].start, 3);
	trial_end(&t);
}

static void near_wants_a_word_within_reach(void **state)
{
	static const char rule[] = "match: {pattern: '[0-9]{6}'}; near: {any: [密碼, Code], within: 5}";

	(void)state;
	expect_rule_count(rule, "123456", 0);
	expect_rule_count(rule, "密码一二三四123456", 0);
	expect_rule_count(rule, "123456一二三四密码", 0);
	expect_rule_count(rule, "密\n\n\n\n\n码123456", 0);
	expect_rule_count(rule, "密码一二三123456", 1);
	expect_rule_count(rule, "123456一二三密 码", 1);
	expect_rule_count(rule, "CODE 123456", 1);
}

static void unless_excuses_only_what_is_around(void **state)
{
	static const char rule[] = "match: {pattern: '工作秘密'}; unless: {pattern: '管理辦法'}";
	struct buf text = {0};

	(void)state;
	expect_rule_count(rule, "工作秘密", 1);
	expect_rule_count(rule, "工作秘密管理办法", 0);
	expect_rule_count(rule, "管理办法：工作秘密", 0);
	buf_add_string(&text, "工作秘密");
	for (int i = 0; i < 36; i++)
		buf_add_string(&text, "一");
	buf_add_string(&text, "管理办法");
	expect_rule_count(rule, text.data, 0);
	buf_clear(&text);
	buf_add_string(&text, "工作秘密");
	for (int i = 0; i < 37; i++)
		buf_add_string(&text, "一");
	buf_add_string(&text, "管理办法");
	expect_rule_count(rule, text.data, 1);
	buf_release(&text);
}

static void the_edge_of_a_window_is_no_edge_of_a_line(void **state)
{
	static const char begins[] = "match: {pattern: '秘密'}; unless: {pattern: '^一'}";
	static const char ends[] = "match: {pattern: '秘密'}; unless: {pattern: '一$'}";
	static const char word[] = "match: {pattern: '秘密'}; unless: {pattern: 'ab\\b'}";
	struct buf ones = {0}, text = {0};

	(void)state;
	for (int i = 0; i < 80; i++)
		buf_add_string(&ones, "一");
	buf_addf(&text, "二%s秘密%s二", ones.data, ones.data);
	expect_rule_count(begins, text.data, 1);
	expect_rule_count(ends, text.data, 1);
	buf_clear(&text);
	buf_addf(&text, "秘密%.*sabc", 38 * 3, ones.data);
	expect_rule_count(word, text.data, 1);
	expect_rule_count(begins, "一二秘密", 0);
	expect_rule_count(ends, "秘密二一\n三", 0);
	expect_rule_count(ends, "秘密二一", 0);
	expect_rule_count(word, "秘密ab c", 0);
	buf_release(&ones);
	buf_release(&text);
}

static void validate_asks_the_number_itself(void **state)
{
	static const char whole[] = "match: {pattern: '[0-9]{17}[0-9X]'}; validate: cn-id-18";
	static const char group[] = "match: {pattern: '证号:(?<value>[0-9]{17}[0-9X])'}; validate: cn-id-18";

	(void)state;
	expect_rule_count(whole, "110105194912310021", 0);
	expect_rule_count(whole, "11010519491231002X", 1);
	expect_rule_count(group, "证号：110105194912310021", 0);
	expect_rule_count(group, "证号：11010519491231002X", 1);
	expect_rule_count(group, "证 号：１１０１０５１９４９１２３１００２Ｘ", 1);
}

static void min_count_is_counted_in_a_file(void **state)
{
	static const char rule[] = "match: {pattern: '[0-9]{4}'}; min-count: 3";
	struct trial t = trial_of_rule(rule);
	static const char gbk[] = "1111 2222 \xC9\xCC\xCE\xF1\xBE\xD6"; /* 商务局: valid in several charsets */

	(void)state;
	expect_count(&t, "1111 2222", 0);
	expect_count(&t, "1111 2222 3333", 3);
	assert_int_equal(scan_file(&t, "1111.txt", "2222", 4), 0);
	assert_int_equal(scan_file(&t, "1111.txt", "2222 3333", 9), 3);
	/* Two numbers are two, in however many charsets they can be read. */
	assert_int_equal(scan_file(&t, "a.txt", gbk, sizeof(gbk) - 1), 0);
	assert_null(t.file.undecided);
	/* And one that only tags hide is not counted twice. */
	assert_int_equal(scan_file(&t, "a.html", "<p>1111 <b>22</b>22", 19), 0);
	assert_int_equal(scan_file(&t, "a.html", "<p>1111 <b>22</b>22 3333", 24), 3);
	trial_end(&t);
}

static void a_rule_looks_only_where_it_says(void **state)
{
	struct trial body = trial_of_rule("match: {pattern: '机密'}; where: [body]");
	struct trial name = trial_of_rule("match: {keywords: [机密]}; where: [filename]");
	struct document doc = {0};

	(void)state;
	assert_int_equal(scan_file(&body, "机密.txt", "公开", 6), 0);
	assert_int_equal(scan_file(&body, "公开.txt", "机密", 6), 1);
	assert_string_equal(body.file.findings[0].kind, "body");
	assert_int_equal(scan_file(&name, "公开.txt", "机密", 6), 0);
	assert_int_equal(scan_file(&name, "机密.txt", "公开", 6), 1);
	assert_string_equal(name.file.findings[0].kind, "filename");
	document_from_message("机密", 6, &doc);
	scanned_file_release(&body.file);
	scan_document(body.scanner, "message", &doc, &body.file);
	assert_int_equal(body.file.count, 0);
	document_release(&doc);
	trial_end(&body);
	trial_end(&name);
}

static void structure_rules_find_what_hides(void **state)
{
	static const char invisible[] = "match: {structure: invisible-characters}";
	static const char mixed[] = "match: {structure: mixed-script}";
	static const char bidi[] = "match: {structure: bidi-controls}";

	(void)state;
	expect_rule_count(invisible, "机密", 0);
	expect_rule_count(invisible, "机\xE2\x80\x8B密", 1);
	expect_rule_count(mixed, "secret секрет", 0);
	expect_rule_count(mixed, "s\xD0\xB5" "cret", 1);
	expect_rule_count(bidi, "secret", 0);
	expect_rule_count(bidi, "a\xE2\x80\xAE" "b", 1);
}

static void a_disguise_ends_where_its_last_character_does(void **state)
{
	struct trial t = trial_of_rule("match: {structure: mixed-script}");

	(void)state;
	expect_count(&t, "x secr\xD0\xB5 y", 1);
	assert_int_equal(t.file.findings[0].start, 2);
	assert_int_equal(t.file.findings[0].end, 8);
	assert_int_equal(t.file.findings[0].mark_width, 5);
	trial_end(&t);
}

static void offsets_lead_to_the_bytes_of_the_document(void **state)
{
	struct trial t = trial_of_rule("match: {pattern: '机密★10年'}");
	const struct finding *f;

	(void)state;
	/* 2 lines; the match is in the second, behind three characters, with a ZWSP and a space in it */
	expect_count(&t, "通知\r\n第一 機\xE2\x80\x8B密 ★１０年。", 1);
	f = &t.file.findings[0];
	assert_int_equal(f->start, 15);
	assert_int_equal(f->end, 15 + 3 + 3 + 3 + 1 + 3 + 6 + 3);
	assert_int_equal(f->line, 2);
	assert_int_equal(f->column, 4);
	/* behind a byte order mark the document's bytes are three further on */
	expect_count(&t, "\xEF\xBB\xBF机密★10年", 1);
	f = &t.file.findings[0];
	assert_int_equal(f->start, 3);
	assert_int_equal(f->end, 3 + 14);
	assert_int_equal(f->column, 1);
	trial_end(&t);
}

static void columns_of_a_long_line_are_exact(void **state)
{
	struct trial t = trial_of_rule("match: {pattern: '[0-9]{4}'}");
	struct buf text = {0};

	(void)state;
	for (int i = 0; i < 500; i++)
		buf_addf(&text, "号%04d%s", i, i % 100 == 99 ? "\n" : "，");
	expect_count(&t, text.data, 500);
	for (unsigned i = 0; i < 500; i++) {
		assert_int_equal(t.file.findings[i].line, i / 100 + 1);
		assert_int_equal(t.file.findings[i].column, i % 100 * 6 + 2);
	}
	buf_release(&text);
	trial_end(&t);
}

static void html_finds_once_what_both_readings_show(void **state)
{
	struct trial t = trial_of_rule("match: {pattern: '机密'}");
	static const char plain[] = "<p>一</p>\n<p><b>机密</b>。</p>", hidden[] = "<p>机<b>密</b></p>", entity[] = "<p>&#26426;密</p>";

	(void)state;
	assert_int_equal(scan_file(&t, "a.html", plain, sizeof(plain) - 1), 1);
	assert_int_equal(t.file.findings[0].start, 17);
	assert_int_equal(t.file.findings[0].end, 23);
	assert_string_equal(t.file.findings[0].place, "");
	assert_int_equal(scan_file(&t, "a.html", hidden, sizeof(hidden) - 1), 1);
	assert_int_equal(t.file.findings[0].start, 3);
	assert_int_equal(t.file.findings[0].end, 12);
	assert_int_equal(scan_file(&t, "a.html", entity, sizeof(entity) - 1), 1);
	assert_int_equal(t.file.findings[0].start, 3);
	assert_int_equal(t.file.findings[0].end, 14);
	assert_int_equal(t.file.findings[0].column, 4);
	trial_end(&t);
}

static void a_seam_of_a_made_flow_has_no_negative_length(void **state)
{
	struct trial t = trial_of_rule("match: {pattern: '机密'}; view: running");
	static const char seam[] = "<p title=\"密\">机";

	(void)state;
	(void)scan_file(&t, "a.html", seam, sizeof(seam) - 1);
	for (size_t i = 0; i < t.file.count; i++)
		assert_true(t.file.findings[i].start < t.file.findings[i].end);
	trial_end(&t);
}

static void readings_of_the_same_bytes_are_one_finding(void **state)
{
	struct trial t = trial_of_rule("match: {keywords: [secret, 商务]}");
	static const char text[] = "secret \xC9\xCC\xCE\xF1 secret"; /* GBK */
	size_t first = 0;

	(void)state;
	(void)scan_file(&t, "a.txt", text, sizeof(text) - 1);
	for (size_t i = 0; i < t.file.count; i++)
		first += t.file.findings[i].start == 0 ? 1 : 0;
	assert_int_equal(first, 1);
	/* behind the first character that readings disagree on, each has its own */
	assert_true(t.file.count > 3);
	for (size_t i = 1; i < t.file.count; i++)
		assert_false(digest_equal(&t.file.findings[i].id, &t.file.findings[i - 1].id));
	trial_end(&t);
}

static void one_character_is_not_found_twice(void **state)
{
	/* U+247D folds to (10): two digits from one character would be two findings of one name. */
	struct trial t = trial_of_rule("match: {pattern: '[0-9]'}");

	(void)state;
	expect_count(&t, "\xE2\x91\xBD", 1);
	trial_end(&t);
}

static void a_match_limit_is_undecided_not_clear(void **state)
{
	struct buf pack = {0};
	struct trial t;

	(void)state;
	begin_pack(&pack);
	add_rule(&pack, "slow", "note", "match: {pattern: '(?:a+)+[bc]'}");
	add_rule(&pack, "sure", "block", "match: {pattern: '机密'}");
	t = trial_of(pack.data, NULL);
	expect_count(&t, "aaaaaaaaab", 1);
	assert_int_equal(scan_text(&t, "机密 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaad"), 1);
	assert_non_null(t.file.undecided);
	assert_string_equal(t.file.undecided, "rule slow could not be decided: it met a match limit");
	assert_string_equal(t.file.findings[0].rule, "sure");
	trial_end(&t);
	buf_release(&pack);
}

static void an_undecided_excuse_excuses_nothing(void **state)
{
	struct trial t = trial_of_rule("match: {pattern: '机密'}; unless: {pattern: '(?:a+)+[bc]'}");

	(void)state;
	expect_count(&t, "机密 aaab", 0);
	assert_int_equal(scan_text(&t, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa机密"), 1);
	assert_non_null(t.file.undecided);
	trial_end(&t);
}

static void more_than_anybody_reviews_is_undecided(void **state)
{
	struct trial t = trial_of_rule("match: {pattern: '[0-9]'}");
	struct buf text = {0};

	(void)state;
	for (int i = 0; i < 50000; i++)
		buf_add_string(&text, "1\n");
	expect_count(&t, text.data, 50000);
	buf_add_string(&text, "1");
	assert_int_equal(scan_text(&t, text.data), 50000);
	assert_string_equal(t.file.undecided, "more than 50000 matches: nobody can review them");
	buf_release(&text);
	trial_end(&t);
}

static void what_cannot_be_read_is_undecided(void **state)
{
	struct trial t = trial_of_rule("match: {pattern: 'secret'}");

	(void)state;
	assert_int_equal(scan_file(&t, "a.pdf", "%PDF-1.7\nsecret", 15), 0);
	assert_non_null(t.file.undecided);
	assert_int_equal(scan_file(&t, "secret.bin", "a\0b", 3), 1);
	assert_non_null(t.file.undecided);
	assert_int_equal(scan_file(&t, "empty.txt", "", 0), 0);
	assert_null(t.file.undecided);
	trial_end(&t);
}

static void a_file_is_named_by_its_bytes(void **state)
{
	struct trial t = trial_of_rule("match: {pattern: 'abc'}");
	char hex[DIGEST_HEX_SIZE];
	struct digest first;

	(void)state;
	expect_count(&t, "abc", 1);
	assert_string_equal(digest_to_hex(&t.file.digest, hex), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_int_equal(t.file.size, 3);
	assert_int_equal(t.file.mode, 0100644);
	first = t.file.findings[0].id;
	assert_int_equal(scan_file(&t, "b.txt", "abc", 3), 1);
	assert_false(digest_equal(&t.file.findings[0].id, &first));
	assert_int_equal(scan_file(&t, "a.txt", "abc\n", 4), 1);
	assert_false(digest_equal(&t.file.findings[0].id, &first));
	assert_int_equal(scan_file(&t, "a.txt", "abc", 3), 1);
	assert_true(digest_equal(&t.file.findings[0].id, &first));
	trial_end(&t);
}

static void examples_that_lie_are_named(void **state)
{
	struct trial t = trial_of("review-rules: 1\npack: trial\ntitle: {en: T, zh: 试}\nrules:\n"
	                          "  - id: r\n    title: {en: R, zh: 规}\n    ground: process\n    action: block\n"
	                          "    match: {pattern: 'ab[0-9]'}\n    min-count: 3\n    where: [filename]\n"
	                          "    examples: {match: ['ab1', \"a\\nb\"], pass: ['ab', 'xab2']}\n",
	                          NULL);
	struct buf out = {0};

	(void)state;
	assert_int_equal(scan_examples(t.scanner, t.set, &out), 2);
	assert_string_equal(out.data, "trial.yaml:5:5: r: example 'a\\x0ab' does not match\n"
	                              "trial.yaml:5:5: r: example 'xab2' matches and should pass\n");
	buf_release(&out);
	trial_end(&t);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bad_pattern_is_refused_at_its_character),
		cmocka_unit_test(a_rule_that_matches_nothing_or_everything_is_refused),
		cmocka_unit_test(a_pattern_sees_what_a_person_sees),
		cmocka_unit_test(a_pattern_may_be_written_in_any_form),
		cmocka_unit_test(a_range_of_a_class_stays_as_written),
		cmocka_unit_test(verbatim_patterns_meet_the_text_as_it_is),
		cmocka_unit_test(lines_are_lines_in_the_line_view_only),
		cmocka_unit_test(ascii_classes_are_ascii_and_properties_work),
		cmocka_unit_test(matches_of_one_rule_do_not_overlap),
		cmocka_unit_test(near_wants_a_word_within_reach),
		cmocka_unit_test(unless_excuses_only_what_is_around),
		cmocka_unit_test(the_edge_of_a_window_is_no_edge_of_a_line),
		cmocka_unit_test(validate_asks_the_number_itself),
		cmocka_unit_test(min_count_is_counted_in_a_file),
		cmocka_unit_test(a_rule_looks_only_where_it_says),
		cmocka_unit_test(structure_rules_find_what_hides),
		cmocka_unit_test(a_disguise_ends_where_its_last_character_does),
		cmocka_unit_test(offsets_lead_to_the_bytes_of_the_document),
		cmocka_unit_test(columns_of_a_long_line_are_exact),
		cmocka_unit_test(html_finds_once_what_both_readings_show),
		cmocka_unit_test(a_seam_of_a_made_flow_has_no_negative_length),
		cmocka_unit_test(readings_of_the_same_bytes_are_one_finding),
		cmocka_unit_test(one_character_is_not_found_twice),
		cmocka_unit_test(a_match_limit_is_undecided_not_clear),
		cmocka_unit_test(an_undecided_excuse_excuses_nothing),
		cmocka_unit_test(more_than_anybody_reviews_is_undecided),
		cmocka_unit_test(what_cannot_be_read_is_undecided),
		cmocka_unit_test(a_file_is_named_by_its_bytes),
		cmocka_unit_test(examples_that_lie_are_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
