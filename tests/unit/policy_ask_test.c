/* policy_ask_test.c - what a policy answers about paths, days, sections and keys. */
#include "policy_fixture.h"

#include "seal/key.h"

static void patterns_mean_what_is_documented(void **state)
{
	static const struct {
		const char *pattern, *path;
		bool matches;
	} table[] = {
		{"", "a", false},                     {"", "", true},
		{"a", "", false},                     {"a", "ab", false},
		{"ab", "a", false},                   {"drafts/*", "drafts/a/b", false},
		{"drafts/*", "drafts/a", true},       {"drafts/*", "drafts/", true},
		{"drafts/**", "draft/a", false},      {"drafts/**", "drafts", false},
		{"drafts/**", "drafts/a/b/c", true},  {"drafts/**", "drafts/", true},
		{"*", "a/b", false},                  {"**", "a/b", true},
		{"?", "/", false},                    {"?", "", false},
		{"a?c", "a/c", false},                {"a?c", "abc", true},
		{"*.txt", "a.txt.exe", false},        {"*.txt", "dir/a.txt", false},
		{"*.txt", ".txt", true},              {"**.txt", "dir/a.txt", true},
		{"**/x", "ax", false},                {"**/x", "x", true},
		{"**/x", "a/b/x", true},              {"**/x", "a/bx", false},
		{"a/**/b", "ab", false},              {"a/**/b", "a/b", true},
		{"a/**/b", "a/x/y/b", true},          {"a/**/b", "a/xb", false},
		{"a**/b", "ab", false},               {"a**/b", "axy/z/b", true},
		{"*/b*c", "a/x/bc", false},           {"*/b*c", "a/bXc", true},
		{"a*b*c", "a-b-b/c", false},          {"a*b*c", "aXbYbZc", true},
		{"**a*b", "xa/ab", true},             {"**a*b", "xa/b", false},
		{"drafts/**/~*", "drafts/~x", true},  {"drafts/**/~*", "drafts/a/b/~x", true},
		{"drafts/**/~*", "drafts/a~x", false}, {"外贸/*", "外贸/通知.txt", true},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++)
		if (path_matches(table[i].pattern, table[i].path) != table[i].matches)
			fail_msg("'%s' and '%s'", table[i].pattern, table[i].path);
}

/* The definition, slow and short: every way to use each star. */
static bool matches_slowly(const char *start, const char *pattern, const char *path)
{
	const bool deep = strncmp(pattern, "**", 2) == 0, begins = pattern == start || pattern[-1] == '/';
	const char *rest = pattern + (deep ? 2 : 1);

	if (*pattern == '\0')
		return *path == '\0';
	if (*pattern != '*')
		return *path != '\0' && (*pattern == *path || (*pattern == '?' && *path != '/')) &&
		       matches_slowly(start, rest, path + 1);
	if (deep && begins && *rest == '/' && matches_slowly(start, rest + 1, path))
		return true;
	for (;; path++) {
		if (matches_slowly(start, rest, path))
			return true;
		if (*path == '\0' || (!deep && *path == '/'))
			return false;
	}
}

/* The `number`-th text over an alphabet, in base of its size. */
static void write_text(char *out, size_t len, const char *alphabet, unsigned number)
{
	const unsigned base = (unsigned)strlen(alphabet);

	for (size_t i = 0; i < len; i++, number /= base)
		out[i] = alphabet[number % base];
	out[len] = '\0';
}

static void every_short_pattern_matches_as_defined(void **state)
{
	char pattern[8], path[8];

	(void)state;
	for (unsigned p = 0; p < 4096; p++) /* 4^6 */
		for (unsigned t = 0; t < 243; t++) { /* 3^5 */
			write_text(pattern, 6, "*/a?", p);
			write_text(path, 5, "/ab", t);
			if (path_matches(pattern, path) != matches_slowly(pattern, pattern, path))
				fail_msg("'%s' and '%s'", pattern, path);
		}
}

/* With backtracking this would not end: its time is pattern times path instead. */
static void many_stars_cost_no_more_than_few(void **state)
{
	char path[3001];

	(void)state;
	memset(path, 'a', sizeof(path) - 1);
	path[sizeof(path) - 1] = '\0';
	assert_false(path_matches("**a**a**a**a**a**a**a**a**a**a*a*a*a*a*a*a*b", path));
	assert_true(path_matches("**a**a**a**a**a**a**a**a**a**a*a*a*a*a*a*a", path));
}

static void what_may_never_be_a_candidate_is_none(void **state)
{
	static const struct {
		const char *path;
		bool candidate;
	} table[] = {
		{"public/a.txt", false}, {".review/policy.yaml", false}, {"drafts/tools/x", false}, {"README.md", false},
		{"drafts/trade/a.txt", true}, {"drafts/a.txt", true}, {"publicity/a.txt", true},
	};
	struct policy *p = office_with("candidates: [\"drafts/**\"]", "candidates: [\"drafts/**\", \"public*/**\", \".review/**\"]");

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++)
		if (policy_path_is_candidate(p, table[i].path) != table[i].candidate)
			fail_msg("%s", table[i].path);
	assert_true(policy_path_is_public(p, "public/x/y"));
	assert_true(policy_path_is_public(p, "public"));   /* a link in its place */
	assert_true(policy_path_is_public(p, "Public/x")); /* the same place where case is folded */
	assert_false(policy_path_is_public(p, "publi"));
	policy_free(p);
	p = office_with("public: public/", "public: site/www/");
	assert_true(policy_path_is_public(p, "site"));
	assert_true(policy_path_is_public(p, "site/www"));
	assert_false(policy_path_is_public(p, "site/w"));
	assert_false(policy_path_is_public(p, "site/other"));
	policy_free(p);
}

static void a_public_directory_elsewhere_claims_no_path_here(void **state)
{
	struct policy *p = office_with("public: public/", "public: /srv/www");

	(void)state;
	assert_string_equal(p->public_dir, "/srv/www/");
	assert_false(policy_path_is_public(p, "/srv/www/a"));
	assert_false(policy_path_is_public(p, "public/a"));
	policy_free(p);
}

static void public_paths_follow_from_the_policy(void **state)
{
	static const char *const table[][2] = {
		{"drafts/trade/a.txt", "trade/a.txt"}, {"drafts/", "drafts/"}, {"other/drafts/a", "other/drafts/a"},
		{"draftsX/a", "draftsX/a"},
	};
	struct policy *p = parse_or_fail(office_policy);

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		char *path = policy_public_path(p, table[i][0]);

		assert_string_equal(path, table[i][1]);
		free(path);
	}
	assert_null(policy_path_section(p, "drafts/sales/a"));
	assert_string_equal(policy_path_section(p, "drafts/market/a/b")->id, "market");
	policy_free(p);
}

/* Who may what, where, when. */
static void duties_hold_in_their_section_and_time_only(void **state)
{
	static const struct {
		const char *person, *stage, *section, *day; /* stage NULL: submit */
		enum entitlement want;
	} table[] = {
		{"zhao.lei", "initial", "trade", "2026-11-23", NOT_ENTITLED},
		{"wang.wei", "head", "trade", "2026-11-23", NOT_ENTITLED},
		{"wang.wei", "no-such", "trade", "2026-11-23", NOT_ENTITLED},
		{"wang.wei", NULL, "trade", "2026-11-23", NOT_ENTITLED},
		{"liu.yang", "initial", "market", "2026-11-23", NOT_ENTITLED},
		{"sun.yue", "head", "trade", "2026-11-23", NOT_ENTITLED},
		{"sun.yue", "director", "trade", "2026-11-30", NOT_ENTITLED},
		{"sun.yue", "director", "trade", "2026-12-16", NOT_ENTITLED},
		{"chen.jing", "initial", "trade", "2026-12-01", NOT_ENTITLED},
		{"chen.jing", NULL, "trade", "2026-12-01", NOT_ENTITLED},
		{"wang.wei", "initial", "trade", "2026-11-23", ENTITLED},
		{"wang.wei", "initial", "market", "2026-11-23", ENTITLED},
		{"liu.yang", "initial", "trade", "2026-11-23", ENTITLED},
		{"liu.yang", NULL, "market", "2026-11-23", ENTITLED},
		{"sun.yue", "head", "market", "2026-11-23", ENTITLED},
		{"sun.yue", "director", "trade", "2026-12-01", ENTITLED},
		{"sun.yue", "director", "market", "2026-12-15", ENTITLED},
		{"zhang.min", "director", "trade", "2026-11-23", ENTITLED},
	};
	struct policy *p = parse_or_fail(office_policy);

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		const struct person *person = policy_person(p, table[i].person);
		const int32_t day = date(table[i].day);
		const enum entitlement got = table[i].stage == NULL
		                                     ? person_may_submit(person, table[i].section, day)
		                                     : person_may_sign(p, person, table[i].stage, table[i].section, day);

		if (got != table[i].want)
			fail_msg("%zu: %s", i, table[i].person);
	}
	policy_free(p);
}

static void only_listed_keys_are_a_persons(void **state)
{
	struct policy *p = parse_or_fail(office_policy);
	struct public_key *key = NULL;
	struct err err = {0};

	(void)state;
	assert_true(public_key_from_line(KEY_LI, strlen(KEY_LI), &key, &err));
	assert_int_equal(person_has_key(policy_person(p, "wang.wei"), key), NOT_ENTITLED);
	assert_int_equal(person_has_key(policy_person(p, "li.na"), key), ENTITLED);
	public_key_free(key);
	policy_free(p);
}

static void decisions_are_eight(void **state)
{
	int known = 0;

	(void)state;
	for (int d = -1; d < 20; d++)
		known += decision_from_name(decision_name((enum decision)d)) != DECISION_NONE;
	assert_int_equal(known, 8);
	assert_int_equal(decision_from_name("approved"), DECISION_NONE);
	assert_int_equal(decision_from_name(""), DECISION_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patterns_mean_what_is_documented),
		cmocka_unit_test(every_short_pattern_matches_as_defined),
		cmocka_unit_test(many_stars_cost_no_more_than_few),
		cmocka_unit_test(what_may_never_be_a_candidate_is_none),
		cmocka_unit_test(a_public_directory_elsewhere_claims_no_path_here),
		cmocka_unit_test(public_paths_follow_from_the_policy),
		cmocka_unit_test(duties_hold_in_their_section_and_time_only),
		cmocka_unit_test(only_listed_keys_are_a_persons),
		cmocka_unit_test(decisions_are_eight),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
