/* rules_allow_test.c - what is allowed is allowed for one text, one rule, one place and until one day. */
#include "rules_fixture.h"

#include "base/calendar.h"
#include "rules/allow.h"

#define TEXT_A "aa00000000000000000000000000000000000000000000000000000000000001"
#define TEXT_B "bb00000000000000000000000000000000000000000000000000000000000002"

static const char pack[] = "review-rules: 1\npack: trial\ntitle: {en: t, zh: t}\nrules:\n"
			   "  - {id: one, title: {en: t, zh: t}, action: note, match: {pattern: 'abc'},\n"
			   "     examples: {match: [abc], pass: [b]}}\n"
			   "  - {id: two, title: {en: t, zh: t}, action: note, match: {keywords: [abc]},\n"
			   "     examples: {match: [abc], pass: [b]}}\n"
			   "  - {id: three, title: {en: t, zh: t}, action: note, match: {structure: mixed-script},\n"
			   "     examples: {match: [abc], pass: [b]}}\n";

static const char good[] = "review-allow: 1\n"                   /* 1 */
			   "allow:\n"                             /* 2 */
			   "  - rule: one\n"                      /* 3 */
			   "    text-sha-256: " TEXT_A "\n"         /* 4 */
			   "    reason: quoted in a lesson\n"       /* 5 */
			   "    person: li.na\n"                    /* 6 */
			   "    until: 2027-06-30\n"                /* 7 */
			   "    path: drafts/training/\n"           /* 8 */
			   "  - rule: two\n"                      /* 9 */
			   "    text-sha-256: " TEXT_A "\n"
			   "    reason: 训练通知里的引文\n"
			   "    person: wang.wei\n"
			   "    until: 2020-01-01\n";

static void set_of(struct rule_files *files, const char *allow)
{
	add(files, "trial.yaml", pack);
	add(files, ALLOW_FILE, allow);
}

static struct ruleset *load_allow(const char *allow)
{
	struct rule_files files = {0};

	set_of(&files, allow);
	return load(&files);
}

static void expect_allow_refusal(const char *allow, enum err_kind kind, const char *why)
{
	struct rule_files files = {0};

	set_of(&files, allow);
	expect_refusal_of(&files, kind, why);
}

static int32_t day(const char *text)
{
	int32_t out = 0;

	assert_true(date_from_text(&out, text, strlen(text)));
	return out;
}

static struct digest digest_of(const char *hex)
{
	struct digest out;

	assert_true(digest_from_hex(&out, hex, strlen(hex)));
	return out;
}

/* The line of the entry that allows it, 0 when none does. */
static unsigned allowed_by(const struct ruleset *set, const char *rule, const char *text, const char *path, const char *today)
{
	const struct digest digest = digest_of(text);
	const struct rule *r = ruleset_find(set, rule);
	const struct allowance *a;

	assert_non_null(r);
	a = ruleset_allows(set, r, &digest, path, day(today));
	return a != NULL ? a->line : 0;
}

static void what_is_written_is_what_is_read(void **state)
{
	struct ruleset *set = load_allow(good);
	const struct digest text = digest_of(TEXT_A);

	(void)state;
	assert_int_equal(set->allowance_count, 2);
	assert_string_equal(set->allowances[0].rule, "one");
	assert_true(digest_equal(&set->allowances[0].text, &text));
	assert_string_equal(set->allowances[0].reason, "quoted in a lesson");
	assert_string_equal(set->allowances[0].person, "li.na");
	assert_int_equal(set->allowances[0].until, day("2027-06-30"));
	assert_string_equal(set->allowances[0].path, "drafts/training");
	assert_int_equal(set->allowances[0].line, 3);
	assert_string_equal(set->allowances[1].rule, "two");
	assert_string_equal(set->allowances[1].reason, "训练通知里的引文");
	assert_null(set->allowances[1].path);
	assert_int_equal(set->count, 3);
	ruleset_free(set);
}

static void a_ruleset_without_the_file_allows_nothing(void **state)
{
	struct ruleset *set = load_text(pack);

	(void)state;
	assert_int_equal(set->allowance_count, 0);
	assert_int_equal(allowed_by(set, "one", TEXT_A, "drafts/training/a.md", "2026-01-01"), 0);
	ruleset_free(set);
}

static void an_entry_allows_one_text_of_one_rule(void **state)
{
	struct ruleset *set = load_allow(good);

	(void)state;
	assert_int_equal(allowed_by(set, "one", TEXT_A, "drafts/training/a.md", "2027-01-01"), 3);
	assert_int_equal(allowed_by(set, "one", TEXT_B, "drafts/training/a.md", "2027-01-01"), 0);
	assert_int_equal(allowed_by(set, "three", TEXT_A, "drafts/training/a.md", "2027-01-01"), 0);
	assert_int_equal(allowed_by(set, "two", TEXT_A, "drafts/training/a.md", "2020-01-01"), 9);
	ruleset_free(set);
}

static void an_entry_ends_with_its_last_day(void **state)
{
	struct ruleset *set = load_allow(good);

	(void)state;
	assert_int_equal(allowed_by(set, "one", TEXT_A, "drafts/training/a.md", "2027-06-30"), 3);
	assert_int_equal(allowed_by(set, "one", TEXT_A, "drafts/training/a.md", "2027-07-01"), 0);
	assert_int_equal(allowed_by(set, "two", TEXT_A, "a.md", "2020-01-02"), 0);
	assert_false(allowance_expired(&set->allowances[0], day("2027-06-30")));
	assert_true(allowance_expired(&set->allowances[0], day("2027-07-01")));
	ruleset_free(set);
}

static void a_path_covers_itself_and_what_is_below(void **state)
{
	static const char *const inside[] = {"drafts/training", "drafts/training/a.md", "drafts/training/x/y/..z"};
	static const char *const outside[] = {
		"drafts/training-plan.md", "drafts/trainin", "drafts/a.md", "x/drafts/training/a.md", "/drafts/training/a.md",
		"drafts/training/../a.md", "drafts/training/./a.md", "drafts/training//a.md", "drafts/training/",
		"./drafts/training/a.md", "drafts\\training\\a.md", "drafts/training/..\\..\\a.md", "Drafts/training/a.md", "",
	};
	struct ruleset *set = load_allow(good);

	(void)state;
	for (size_t i = 0; i < COUNT(inside); i++)
		if (allowed_by(set, "one", TEXT_A, inside[i], "2027-01-01") != 3)
			fail_msg("'%s' is inside", inside[i]);
	for (size_t i = 0; i < COUNT(outside); i++)
		if (allowed_by(set, "one", TEXT_A, outside[i], "2027-01-01") != 0)
			fail_msg("'%s' is outside", outside[i]);
	assert_int_equal(allowed_by(set, "one", TEXT_A, NULL, "2027-01-01"), 0);
	assert_int_equal(allowed_by(set, "two", TEXT_A, NULL, "2019-01-01"), 9);
	assert_int_equal(allowed_by(set, "two", TEXT_A, "/tmp/../x", "2019-01-01"), 9);
	ruleset_free(set);
}

static void an_expired_entry_does_not_hide_one_in_force(void **state)
{
	char *text = mem_format("%s  - {rule: one, text-sha-256: " TEXT_A ", reason: r, person: li.na, until: 2028-01-01}\n", good);
	struct ruleset *set = load_allow(text);

	(void)state;
	assert_int_equal(allowed_by(set, "one", TEXT_A, "drafts/training/a.md", "2027-06-30"), 3);
	assert_int_equal(allowed_by(set, "one", TEXT_A, "drafts/training/a.md", "2027-07-01"), 14);
	assert_int_equal(allowed_by(set, "one", TEXT_A, "a.md", "2027-01-01"), 14);
	ruleset_free(set);
	free(text);
}

/* A disguise folded is what it pretends to be: allowing one would allow them all. */
static void a_disguise_is_digested_as_it_stands(void **state)
{
	struct ruleset *set = load_allow(good);

	(void)state;
	assert_int_equal(allowance_view(ruleset_find(set, "one")), RULE_VIEW_LINE);
	assert_int_equal(allowance_view(ruleset_find(set, "two")), RULE_VIEW_RUNNING);
	assert_int_equal(allowance_view(ruleset_find(set, "three")), RULE_VIEW_VERBATIM);
	ruleset_free(set);
}

static void every_mistake_is_refused_at_its_place(void **state)
{
	static const char path[] = "allow.yaml:8:11: a path from the top of the repository is wanted here, without . and ..";
	static const struct {
		const char *from, *to, *why;
	} table[] = {
		{"review-allow: 1", "review-allow: 2", "allow.yaml:1:15: only version 1 of review-allow is known"},
		{"review-allow: 1", "review-rules: 1", "allow.yaml:1:1: this file begins with 'review-allow: 1'"},
		{"review-allow: 1", "review-allow: [1]", "allow.yaml:1:1: this file begins with 'review-allow: 1'"},
		{"allow:\n", "alow:\n", "allow.yaml:2:1: unknown key 'alow'; did you mean 'allow'?"},
		{"rule: one", "rule: four", "allow.yaml:3:11: there is no rule 'four'"},
		{"rule: one", "rule: ''", "allow.yaml:3:11: there is no rule ''"},
		{"rule: one", "rule: [one]", "allow.yaml:3:11: 'rule' must be a text"},
		{"rule: one\n    text-sha-256", "text-sha-256", "allow.yaml:3:5: 'rule' is missing"},
		{"    text-sha-256: " TEXT_A "\n", "", "allow.yaml:3:5: 'text-sha-256' is missing"},
		{TEXT_A, "AA00000000000000000000000000000000000000000000000000000000000001",
	         "allow.yaml:4:19: 64 lower-case hexadecimal digits are wanted here"},
		{TEXT_A, TEXT_A "0", "allow.yaml:4:19: 64 lower-case hexadecimal digits are wanted here"},
		{TEXT_A, "''", "allow.yaml:4:19: 64 lower-case hexadecimal digits are wanted here"},
		{"    reason: quoted in a lesson\n", "", "allow.yaml:3:5: 'reason' is missing"},
		{"quoted in a lesson", "''", "allow.yaml:5:13: a reason is one line of 1 to 200 characters"},
		{"quoted in a lesson", "\"a\\nb\"", "allow.yaml:5:13: a reason is one line of 1 to 200 characters"},
		{"    person: li.na\n", "", "allow.yaml:3:5: 'person' is missing"},
		{"person: li.na", "person: Li Na", "allow.yaml:6:13: the id of a person is wanted here"},
		{"person: li.na", "person: .li", "allow.yaml:6:13: the id of a person is wanted here"},
		{"    until: 2027-06-30\n", "", "allow.yaml:3:5: 'until' is missing"},
		{"2027-06-30", "2027-06-31", "allow.yaml:7:12: a day is wanted here, as in 2027-06-30"},
		{"2027-06-30", "never", "allow.yaml:7:12: a day is wanted here, as in 2027-06-30"},
		{"2027-06-30", "2027-06-30T00:00:00Z", "allow.yaml:7:12: a day is wanted here, as in 2027-06-30"},
		{"path: drafts/training/", "path: /drafts", path},
		{"path: drafts/training/", "path: drafts/../secret", path},
		{"path: drafts/training/", "path: ./drafts", path},
		{"path: drafts/training/", "path: drafts//training", path},
		{"path: drafts/training/", "path: drafts\\training", path},
		{"path: drafts/training/", "path: /", path},
		{"path: drafts/training/", "path: ''", path},
		{"path: drafts/training/", "path: [drafts]", path},
		{"path: drafts/training/", "paths: drafts/training/", "allow.yaml:8:5: unknown key 'paths'; did you mean 'path'?"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		char *text = text_with(good, table[i].from, table[i].to);

		expect_allow_refusal(text, ERR_INPUT, table[i].why);
		free(text);
	}
}

static void a_list_has_something_in_it(void **state)
{
	(void)state;
	expect_allow_refusal("", ERR_INPUT, "allow.yaml:1:1: the file is empty");
	expect_allow_refusal("review-allow: 1\n", ERR_INPUT, "allow.yaml:1:1: 'allow' is missing");
	expect_allow_refusal("review-allow: 1\nallow: []\n", ERR_INPUT, "allow.yaml:2:8: nothing is allowed here; remove the file");
	expect_allow_refusal("review-allow: 1\nallow: {}\n", ERR_INPUT, "allow.yaml:2:8: 'allow' must be a list");
	expect_allow_refusal("review-allow: 1\nallow: [one]\n", ERR_INPUT, "allow.yaml:2:9: keys and values are wanted here");
}

static void one_thing_is_allowed_once(void **state)
{
	static const char again[] = "  - {rule: two, text-sha-256: " TEXT_A ", reason: r, person: li.na, until: 2028-01-01}\n";
	static const char there[] = "  - {rule: one, text-sha-256: " TEXT_A ", reason: r, person: li.na, until: 2028-01-01, "
				    "path: drafts/training}\n";
	char *twice = mem_format("%s%s", good, again), *same = mem_format("%s%s", good, there);
	char *other = text_with(same, "path: drafts/training}", "path: drafts/x}");
	char *text = text_with(good, "  - rule: two\n    text-sha-256: " TEXT_A "\n",
	                       "  - rule: one\n    path: drafts/training\n    text-sha-256: " TEXT_B "\n");
	struct ruleset *set;

	(void)state;
	expect_allow_refusal(twice, ERR_INPUT, "allow.yaml:14:5: this is allowed already, in line 9");
	expect_allow_refusal(same, ERR_INPUT, "allow.yaml:14:5: this is allowed already, in line 3");
	set = load_allow(other);
	assert_int_equal(set->allowance_count, 3);
	ruleset_free(set);
	set = load_allow(text);
	assert_int_equal(set->allowance_count, 2);
	ruleset_free(set);
	free(text);
	free(twice);
	free(same);
	free(other);
}

/* The same threshold, the same signatures: the file is part of what the ruleset's digest names. */
static void what_is_allowed_is_in_the_digest(void **state)
{
	char *longer = text_with(good, "2027-06-30", "2027-07-30");
	struct ruleset *without = load_text(pack), *with = load_allow(good), *changed = load_allow(longer);

	(void)state;
	assert_false(digest_equal(&without->digest, &with->digest));
	assert_false(digest_equal(&with->digest, &changed->digest));
	ruleset_free(without);
	ruleset_free(with);
	ruleset_free(changed);
	free(longer);
}

static void it_is_neither_a_pack_nor_a_list_of_words(void **state)
{
	struct rule_files alone = {0}, named = {0}, as_pack = {0};
	char *names = text_with(pack, "keywords: [abc]", "keywords-file: allow.yaml");

	(void)state;
	add(&alone, ALLOW_FILE, good);
	expect_refusal_of(&alone, ERR_INPUT, "there are no rules");
	add(&named, "trial.yaml", names);
	add(&named, ALLOW_FILE, good);
	expect_refusal_of(&named, ERR_INPUT,
	                  "trial.yaml:7:75: there is no keyword file (*.txt) of that name beside the packs");
	add(&as_pack, ALLOW_FILE, pack);
	add(&as_pack, "trial.yaml", pack);
	expect_refusal_of(&as_pack, ERR_INPUT, "allow.yaml:1:1: this file begins with 'review-allow: 1'");
	free(names);
}

/* Whatever the order of the files: rules are known before what is allowed of them is read. */
static void a_pack_behind_it_in_the_alphabet_counts(void **state)
{
	struct rule_files files = {0};
	struct ruleset *set;

	(void)state;
	add(&files, ALLOW_FILE, good);
	add(&files, "zz.yaml", pack);
	set = load(&files);
	assert_int_equal(set->allowance_count, 2);
	assert_string_equal(set->files.items[0].name, ALLOW_FILE);
	ruleset_free(set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_what_is_read),
		cmocka_unit_test(a_ruleset_without_the_file_allows_nothing),
		cmocka_unit_test(an_entry_allows_one_text_of_one_rule),
		cmocka_unit_test(an_entry_ends_with_its_last_day),
		cmocka_unit_test(a_path_covers_itself_and_what_is_below),
		cmocka_unit_test(an_expired_entry_does_not_hide_one_in_force),
		cmocka_unit_test(a_disguise_is_digested_as_it_stands),
		cmocka_unit_test(every_mistake_is_refused_at_its_place),
		cmocka_unit_test(a_list_has_something_in_it),
		cmocka_unit_test(one_thing_is_allowed_once),
		cmocka_unit_test(what_is_allowed_is_in_the_digest),
		cmocka_unit_test(it_is_neither_a_pack_nor_a_list_of_words),
		cmocka_unit_test(a_pack_behind_it_in_the_alphabet_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
