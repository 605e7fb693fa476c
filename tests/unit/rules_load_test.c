/* rules_load_test.c - what a pack may say, and with which place each mistake is refused. */
#include "rules_fixture.h"

#include "base/flow.h"

/* One change to the good pack, and the complaint it earns. */
struct refusal {
	const char *from, *to, *why;
};

static void expect_refusals(const struct refusal *table, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char *text = text_with(good_pack, table[i].from, table[i].to);

		expect_text_refusal(text, table[i].why);
		free(text);
	}
}

static void the_head_of_a_pack_is_strict(void **state)
{
	static const struct refusal table[] = {
		{"review-rules: 1", "review-rules: 2", "trial.yaml:1:15: only version 1 of review-rules is known"},
		{"review-rules: 1", "review-rules: [1]", "trial.yaml:1:1: a pack begins with 'review-rules: 1'"},
		{"review-rules: 1\n", "", "trial.yaml:1:1: a pack begins with 'review-rules: 1'"},
		{"review-rules: 1\npack: trial\n", "pack: trial\nreview-rules: 1\n",
	         "trial.yaml:1:1: a pack begins with 'review-rules: 1'"},
		{"pack: trial\n", "", "trial.yaml:1:1: 'pack' is missing"},
		{"pack: trial", "pack: Trial", "trial.yaml:2:7: the name of a pack is made of a-z, 0-9 and hyphens"},
		{"pack: trial", "pack: ''", "trial.yaml:2:7: the name of a pack is made of a-z, 0-9 and hyphens"},
		{"pack: trial", "pack: [trial]", "trial.yaml:2:7: 'pack' must be a text"},
		{"pack: trial", "packs: trial", "trial.yaml:2:1: unknown key 'packs'; did you mean 'pack'?"},
		{"pack: trial\n", "pack: trial\npack: trial\n",
	         "trial.yaml:3:1: 'pack' is here a second time, first in line 2"},
		{"title: {en: Trial, zh: 试用}\n", "", "trial.yaml:1:1: 'title' is missing"},
		{"{en: Trial, zh: 试用}", "Trial", "trial.yaml:3:8: 'title' must be keys and values"},
		{"{en: Trial, zh: 试用}", "{en: Trial}", "trial.yaml:3:8: 'zh' is missing"},
		{"{en: Trial, zh: 试用}", "{zh: 试用}", "trial.yaml:3:8: 'en' is missing"},
		{"{en: Trial, zh: 试用}", "{en: Trial, zh: ''}", "trial.yaml:3:24: a title is one line of 1 to 200 characters"},
		{"{en: Trial, zh: 试用}", "{en: Trial, zh: 试用, de: Probe}", "trial.yaml:3:28: unknown key 'de'"},
	};

	(void)state;
	expect_refusals(table, COUNT(table));
}

static void a_pack_without_rules_is_refused(void **state)
{
	(void)state;
	expect_text_refusal("review-rules: 1\npack: a\ntitle: {en: a, zh: a}\n", "trial.yaml:1:1: 'rules' is missing");
	expect_text_refusal("review-rules: 1\npack: a\ntitle: {en: a, zh: a}\nrules: []\n",
	                    "trial.yaml:4:8: a pack without rules");
	expect_text_refusal("review-rules: 1\npack: a\ntitle: {en: a, zh: a}\nrules: {}\n",
	                    "trial.yaml:4:8: 'rules' must be a list");
	expect_text_refusal("review-rules: 1\npack: a\ntitle: {en: a, zh: a}\nrules: [x]\n",
	                    "trial.yaml:4:9: keys and values are wanted here");
	expect_text_refusal("", "trial.yaml:1:1: the file is empty");
	expect_text_refusal("- review-rules\n", "trial.yaml:1:1: a pack begins with 'review-rules: 1'");
}

static void what_a_rule_means_must_be_said(void **state)
{
	static const char grounds[] = "trial.yaml:7:13: one of these is wanted: state-secret, law-prohibits, safety-stability, "
				      "third-party, internal-affairs, process, enforcement-file, inquiry";
	static const struct refusal table[] = {
		{"  - id: one\n    title", "  - title", "trial.yaml:5:5: 'id' is missing"},
		{"id: one", "id: One", "trial.yaml:5:9: an id is made of a-z, 0-9 and hyphens"},
		{"id: one", "id: -one", "trial.yaml:5:9: an id is made of a-z, 0-9 and hyphens"},
		{"id: one", "id: one_two", "trial.yaml:5:9: an id is made of a-z, 0-9 and hyphens"},
		{"id: one", "id: ''", "trial.yaml:5:9: an id is made of a-z, 0-9 and hyphens"},
		{"id: one", "id: a123456789b123456789c123456789d123456789e123456789f123456789g1234",
	         "trial.yaml:5:9: an id is made of a-z, 0-9 and hyphens"},
		{"    title: {en: First, zh: 第一}\n", "", "trial.yaml:5:5: 'title' is missing"},
		{"{en: First, zh: 第一}", "{en: First}", "trial.yaml:6:12: 'zh' is missing"},
		{"{en: First,", "{en: \"First\\nline\",", "trial.yaml:6:17: a title is one line of 1 to 200 characters"},
		{"    ground: state-secret\n", "", "trial.yaml:5:5: 'ground' is missing; only a note needs none"},
		{"ground: state-secret", "ground: secret", grounds},
		{"ground: state-secret", "ground: '-'", grounds},
		{"ground: state-secret", "ground: [state-secret]", grounds},
		{"    action: review\n", "", "trial.yaml:5:5: 'action' is missing"},
		{"action: review", "action: warn", "trial.yaml:8:13: one of these is wanted: block, review, note, undecided"},
		{"action: review", "action: Review", "trial.yaml:8:13: one of these is wanted: block, review, note, undecided"},
		{"clearance: section-head", "clearance: Section Head", "trial.yaml:9:16: 'clearance' is the id of a stage"},
		{"clearance: section-head", "clearance: [a]", "trial.yaml:9:16: 'clearance' is the id of a stage"},
		{"evidence: true", "evidence: yes", "trial.yaml:10:15: true or false is wanted"},
		{"min-count: 3", "min-count: 0", "trial.yaml:17:16: a number from 1 to 1000000 is wanted"},
		{"min-count: 3", "min-count: 1000001", "trial.yaml:17:16: a number from 1 to 1000000 is wanted"},
		{"min-count: 3", "min-count: many", "trial.yaml:17:16: a number from 1 to 1000000 is wanted"},
		{"min-count: 3", "mincount: 3", "trial.yaml:17:5: unknown key 'mincount'; did you mean 'min-count'?"},
	};

	(void)state;
	expect_refusals(table, COUNT(table));
}

static void what_a_rule_looks_for_is_one_thing(void **state)
{
	static const struct refusal table[] = {
		{"    match: {pattern: 'abc'}\n", "", "trial.yaml:5:5: 'match' is missing"},
		{"{pattern: 'abc'}", "abc", "trial.yaml:11:12: 'match' must be keys and values"},
		{"{pattern: 'abc'}", "{}", "trial.yaml:11:12: match is one of: keywords, keywords-file, pattern, structure"},
		{"{pattern: 'abc'}", "{pattern: 'abc', keywords: [a]}",
	         "trial.yaml:11:12: match is one of: keywords, keywords-file, pattern, structure"},
		{"{pattern: 'abc'}", "{patern: 'abc'}", "trial.yaml:11:13: unknown key 'patern'; did you mean 'pattern'?"},
		{"{pattern: 'abc'}", "{pattern: ''}", "trial.yaml:11:22: a pattern of 1 to 8000 bytes is wanted here"},
		{"{pattern: 'abc'}", "{pattern: [abc]}", "trial.yaml:11:22: a pattern of 1 to 8000 bytes is wanted here"},
		{"{pattern: 'abc'}", "{pattern: \"a\\nbc\"}", "trial.yaml:11:22: a pattern is one line; write it in single quotes"},
		{"{pattern: 'abc'}", "\n      pattern: |\n        abc", "trial.yaml:12:16: a pattern is one line; write it in single quotes"},
		{"{pattern: 'abc'}", "{keywords: abc}", "trial.yaml:11:23: a list with something in it is wanted here"},
		{"{pattern: 'abc'}", "{keywords: []}", "trial.yaml:11:23: a list with something in it is wanted here"},
		{"{pattern: 'abc'}", "{keywords: [a, '']}", "trial.yaml:11:27: a text is wanted here"},
		{"{pattern: 'abc'}", "{keywords: [a, [b]]}", "trial.yaml:11:27: a text is wanted here"},
		{"{pattern: 'abc'}", "{keywords: [abc, 机密, def, 机密, abc]}", "trial.yaml:11:38: '机密' is here twice"},
		{"{pattern: 'abc'}", "{keywords: [\"a\\nb\"]}", "trial.yaml:11:24: a keyword is one line of 1 to 200 characters"},
		{"{pattern: 'abc'}", "{keywords-file: none.txt}",
	         "trial.yaml:11:28: there is no keyword file (*.txt) of that name beside the packs"},
		{"{pattern: 'abc'}", "{keywords-file: trial.yaml}",
	         "trial.yaml:11:28: there is no keyword file (*.txt) of that name beside the packs"},
		{"{pattern: 'abc'}", "{structure: zero-width}",
	         "trial.yaml:11:24: one of these is wanted: invisible-characters, mixed-script, bidi-controls, styled-letters, encoded-data, "
		         "tracked-change, comment, hidden-text, hidden-sheet, hidden-cells, hidden-slide, hidden-layer, speaker-notes, "
		         "properties, custom-data, embedded-object, attachment, macro, script, external-link, cached-data, form-data, "
		         "thumbnail, geolocation, picture, media, page-without-text, untrusted-font, other-reading, earlier-version, "
		         "unlisted-data, appended-data, polyglot, name-mismatch, binary-data, signature"},
	};

	(void)state;
	expect_refusals(table, COUNT(table));
}

static void where_and_around_are_known_words(void **state)
{
	static const char places[] = "trial.yaml:12:19: one of these is wanted: body, header, footer, filename, metadata, comment, "
				     "hidden, message";
	static const struct refusal table[] = {
		{"where: [body, filename]", "where: [body, margin]", places},
		{"where: [body, filename]", "where: body", "trial.yaml:12:12: a list of places is wanted here"},
		{"where: [body, filename]", "where: []", "trial.yaml:12:12: a list of places is wanted here"},
		{"view: running", "view: doc", "trial.yaml:13:11: one of these is wanted: line, running, verbatim"},
		{"{any: [def, 附近], within: 7}", "{within: 7}", "trial.yaml:14:11: 'any' is missing"},
		{"{any: [def, 附近], within: 7}", "[def]", "trial.yaml:14:11: keys and values are wanted here"},
		{"{any: [def, 附近], within: 7}", "{any: []}", "trial.yaml:14:17: a list with something in it is wanted here"},
		{"{any: [def, 附近], within: 7}", "{any: [def, def]}", "trial.yaml:14:23: 'def' is here twice"},
		{"within: 7", "within: 0", "trial.yaml:14:36: a number from 1 to 1000 is wanted"},
		{"within: 7", "within: 1001", "trial.yaml:14:36: a number from 1 to 1000 is wanted"},
		{"within: 7", "before: 7", "trial.yaml:14:28: unknown key 'before'"},
		{"unless: {pattern: 'xyz'}", "unless: {pattern: ''}", "trial.yaml:15:23: a pattern of 1 to 8000 bytes is wanted here"},
		{"unless: {pattern: 'xyz'}", "unless: {}", "trial.yaml:15:13: 'pattern' is missing"},
		{"unless: {pattern: 'xyz'}", "unless: xyz", "trial.yaml:15:13: keys and values are wanted here"},
		{"unless: {pattern: 'xyz'}", "unless: {keywords: [x]}", "trial.yaml:15:14: unknown key 'keywords'"},
		{"validate: luhn", "validate: mod10",
	         "trial.yaml:16:15: one of these is wanted: none, cn-id-18, cn-uscc, luhn, iban, ssn, token-crc32, jwt"},
	};

	(void)state;
	expect_refusals(table, COUNT(table));
}

static void a_rule_proves_itself_by_examples(void **state)
{
	static const struct refusal table[] = {
		{"    examples: {match: [abc], pass: [ab]}\n", "", "trial.yaml:5:5: 'examples' is missing"},
		{"{match: [abc], pass: [ab]}", "[abc]", "trial.yaml:18:15: 'examples' must be keys and values"},
		{"{match: [abc], pass: [ab]}", "{match: [abc]}", "trial.yaml:18:15: 'pass' is missing"},
		{"{match: [abc], pass: [ab]}", "{pass: [ab]}", "trial.yaml:18:15: 'match' is missing"},
		{"pass: [ab]", "pass: []", "trial.yaml:18:36: a list with something in it is wanted here"},
		{"match: [abc]", "match: []", "trial.yaml:18:23: a list with something in it is wanted here"},
		{"match: [abc]", "match: abc", "trial.yaml:18:23: 'match' must be a list"},
		{"match: [abc]", "match: [abc, abc]", "trial.yaml:18:29: 'abc' is here twice"},
		{"pass: [ab]", "fail: [ab]", "trial.yaml:18:30: unknown key 'fail'"},
	};

	(void)state;
	expect_refusals(table, COUNT(table));
}

static void a_structure_has_no_text_to_look_at(void **state)
{
	static const char head[] = "review-rules: 1\npack: s\ntitle: {en: s, zh: s}\nrules:\n  - id: s\n"
				   "    title: {en: s, zh: s}\n    action: note\n    match: {structure: bidi-controls}\n"
				   "    examples: {match: [a], pass: [b]}\n";
	static const char *const lines[][2] = {
		{"    view: line\n", "trial.yaml:10:11: 'view' says nothing about a structure"},
		{"    near: {any: [a]}\n", "trial.yaml:10:11: 'near' says nothing about a structure"},
		{"    unless: {pattern: 'a'}\n", "trial.yaml:10:13: 'unless' says nothing about a structure"},
		{"    validate: luhn\n", "trial.yaml:10:15: 'validate' says nothing about a structure"},
	};
	struct ruleset *set;

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		char *text = mem_format("%s%s", head, lines[i][0]);

		expect_text_refusal(text, lines[i][1]);
		free(text);
	}
	set = load_text(head);
	assert_int_equal(set->rules[0].kind, RULE_STRUCTURE);
	assert_int_equal(set->rules[0].structure, STRUCTURE_BIDI);
	assert_int_equal(set->rules[0].ground, GROUND_NONE);
	ruleset_free(set);
}

static void one_id_is_one_rule_in_all_packs(void **state)
{
	struct rule_files files = {0};

	(void)state;
	add(&files, "b.yaml", good_pack);
	add(&files, "a.yaml", good_pack);
	expect_refusal_of(&files, ERR_INPUT, "b.yaml:5:5: rule 'one' is also in a.yaml:5");
}

static void every_key_arrives(void **state)
{
	struct ruleset *set = load_text(good_pack);
	const struct rule *r = ruleset_find(set, "one");

	(void)state;
	assert_int_equal(set->count, 1);
	assert_ptr_equal(r, &set->rules[0]);
	assert_null(ruleset_find(set, "on"));
	assert_string_equal(r->pack, "trial");
	assert_string_equal(r->title_en, "First");
	assert_string_equal(r->title_zh, "第一");
	assert_int_equal(r->ground, GROUND_STATE_SECRET);
	assert_int_equal(r->action, ACTION_REVIEW);
	assert_string_equal(r->clearance, "section-head");
	assert_true(r->evidence);
	assert_int_equal(r->kind, RULE_PATTERN);
	assert_string_equal(r->pattern, "abc");
	assert_int_equal(r->where, 1u << FLOW_BODY | 1u << FLOW_FILENAME);
	assert_int_equal(r->view, RULE_VIEW_RUNNING);
	assert_int_equal(r->near.count, 2);
	assert_string_equal(r->near.items[1], "附近");
	assert_int_equal(r->within, 7);
	assert_string_equal(r->unless, "xyz");
	assert_int_equal(r->validate, VALIDATE_LUHN);
	assert_int_equal(r->min_count, 3);
	assert_int_equal(r->examples_match.count, 1);
	assert_string_equal(r->examples_pass.items[0], "ab");
	ruleset_free(set);
}

static void complaints_can_point_into_a_rule(void **state)
{
	struct ruleset *set = load_text(good_pack);
	const struct rule *r = &set->rules[0];
	char *plain;

	(void)state;
	assert_string_equal(r->file, "trial.yaml");
	assert_int_equal(r->line, 5);
	assert_int_equal(r->column, 5);
	assert_int_equal(r->pattern_line, 11);
	assert_int_equal(r->pattern_column, 23); /* the a of 'abc', behind the quote */
	assert_int_equal(r->unless_line, 15);
	assert_int_equal(r->unless_column, 24);
	ruleset_free(set);
	plain = text_with(good_pack, "'abc'", "abc");
	set = load_text(plain);
	assert_int_equal(set->rules[0].pattern_column, 22);
	ruleset_free(set);
	free(plain);
}

static void what_is_not_said_has_a_default(void **state)
{
	static const char head[] = "review-rules: 1\npack: d\ntitle: {en: d, zh: d}\nrules:\n";
	static const char rule[] = "  - {id: %s, title: {en: d, zh: d}, action: %s, match: {%s}, examples: {match: [a], pass: [b]}%s}\n";
	char *note = mem_format(rule, "words", "note", "keywords: [a, b]", "");
	char *block = mem_format(rule, "pattern", "block", "pattern: a", ", ground: inquiry, near: {any: [b]}");
	char *text = mem_format("%s%s%s", head, note, block);
	struct ruleset *set = load_text(text);
	const struct rule *words = ruleset_find(set, "words"), *pattern = ruleset_find(set, "pattern");

	(void)state;
	assert_int_equal(words->where, (1u << FLOW_KINDS) - 1);
	assert_int_equal(words->view, RULE_VIEW_RUNNING);
	assert_int_equal(words->ground, GROUND_NONE);
	assert_string_equal(words->clearance, "");
	assert_false(words->evidence);
	assert_int_equal(words->validate, VALIDATE_NONE);
	assert_int_equal(words->min_count, 1);
	assert_null(words->unless);
	assert_null(words->pattern);
	assert_null(words->keywords_file);
	assert_int_equal(words->near.count, 0);
	assert_int_equal(pattern->action, ACTION_BLOCK);
	assert_int_equal(pattern->ground, GROUND_INQUIRY);
	assert_int_equal(pattern->view, RULE_VIEW_LINE);
	assert_int_equal(pattern->within, 40);
	ruleset_free(set);
	free(note);
	free(block);
	free(text);
}

static void names_of_actions_and_checks_are_stable(void **state)
{
	static const char *const checks[] = {"none", "cn-id-18", "cn-uscc", "luhn", "iban", "ssn", "token-crc32", "jwt"};

	(void)state;
	assert_string_equal(rule_action_name(ACTION_BLOCK), "block");
	assert_string_equal(rule_action_name(ACTION_REVIEW), "review");
	assert_string_equal(rule_action_name(ACTION_NOTE), "note");
	assert_string_equal(rule_action_name((enum rule_action)7), "");
	for (size_t i = 0; i < COUNT(checks); i++) {
		assert_int_equal(validator_from_name(checks[i]), i);
		assert_string_equal(validator_name((enum validator)i), checks[i]);
	}
	assert_int_equal(validator_from_name("LUHN"), VALIDATE_NONE);
	assert_string_equal(validator_name((enum validator)99), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_head_of_a_pack_is_strict),
		cmocka_unit_test(a_pack_without_rules_is_refused),
		cmocka_unit_test(what_a_rule_means_must_be_said),
		cmocka_unit_test(what_a_rule_looks_for_is_one_thing),
		cmocka_unit_test(where_and_around_are_known_words),
		cmocka_unit_test(a_rule_proves_itself_by_examples),
		cmocka_unit_test(a_structure_has_no_text_to_look_at),
		cmocka_unit_test(one_id_is_one_rule_in_all_packs),
		cmocka_unit_test(every_key_arrives),
		cmocka_unit_test(complaints_can_point_into_a_rule),
		cmocka_unit_test(what_is_not_said_has_a_default),
		cmocka_unit_test(names_of_actions_and_checks_are_stable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
