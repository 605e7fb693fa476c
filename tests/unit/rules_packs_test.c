/* rules_packs_test.c - the packs this program ships: whole, titled, exemplified, and the same bytes
 * that stand in rules/.  Whether the examples hold is asked of the scanner (review rules test). */
#include "rules_fixture.h"

static struct ruleset *shipped(void)
{
	struct rule_files files = {0};

	rule_files_builtin(&files);
	return load(&files);
}

static void the_packs_that_ship_can_be_loaded(void **state)
{
	static const char *const expected[] = {"allied-classified.yaml", "cn-classified.yaml", "cn-conduct.yaml", "cn-grounds.yaml",
	                                       "credentials.yaml", "personal-information.yaml", "structure.yaml",
	                                       "third-party.yaml", "tlp.yaml", "us-classified.yaml"};
	struct ruleset *set = shipped();

	(void)state;
	assert_int_equal(set->files.count, COUNT(expected));
	for (size_t i = 0; i < COUNT(expected); i++)
		assert_string_equal(set->files.items[i].name, expected[i]);
	ruleset_free(set);
}

static void what_is_compiled_in_is_what_the_sources_say(void **state)
{
	struct ruleset *set = shipped(), *read;
	struct rule_files files = {0};
	struct err err = {0};

	(void)state;
	assert_true(rule_files_read_dir(SOURCE_DIR "/rules", &files, &err));
	read = load(&files);
	assert_true(digest_equal(&set->digest, &read->digest));
	ruleset_free(set);
	ruleset_free(read);
}

static void every_rule_has_four_examples_of_either_kind(void **state)
{
	struct ruleset *set = shipped();

	(void)state;
	for (size_t i = 0; i < set->count; i++) {
		const struct rule *r = &set->rules[i];

		if (r->structure != STRUCTURE_OBSERVED && (r->examples_match.count < 4 || r->examples_pass.count < 4))
			fail_msg("%s: %zu match, %zu pass", r->id, r->examples_match.count, r->examples_pass.count);
	}
	ruleset_free(set);
}

static void no_example_is_both(void **state)
{
	struct ruleset *set = shipped();

	(void)state;
	for (size_t i = 0; i < set->count; i++) {
		const struct rule *r = &set->rules[i];

		for (size_t k = 0; k < r->examples_match.count * r->examples_pass.count; k++)
			assert_string_not_equal(r->examples_match.items[k / r->examples_pass.count],
			                        r->examples_pass.items[k % r->examples_pass.count]);
	}
	ruleset_free(set);
}

/* A mark that names the level of a state secret must not be cleared away, and nothing may be
 * cleared by a stage the shipped policies do not have. */
static void actions_and_clearances_fit_the_shipped_policies(void **state)
{
	struct ruleset *set = shipped();

	(void)state;
	for (size_t i = 0; i < set->count; i++) {
		const struct rule *r = &set->rules[i];

		if (r->clearance[0] != '\0' && strcmp(r->clearance, "section-head") != 0 &&
		    strcmp(r->clearance, "deputy-director") != 0)
			fail_msg("%s: clearance %s", r->id, r->clearance);
		if (r->ground == GROUND_STATE_SECRET && r->action != ACTION_BLOCK && strcmp(r->clearance, "deputy-director") != 0)
			fail_msg("%s: a state secret that a section head may clear", r->id);
		if (r->action != ACTION_REVIEW && (r->clearance[0] != '\0' || r->evidence))
			fail_msg("%s: nobody clears a %s", r->id, rule_action_name(r->action));
		if (r->action != ACTION_NOTE && r->action != ACTION_UNDECIDED && r->ground == GROUND_NONE)
			fail_msg("%s: no ground", r->id);
	}
	ruleset_free(set);
}

static void a_list_of_numbers_is_worse_than_one(void **state)
{
	struct ruleset *set = shipped();
	static const char *const pairs[][2] = {{"pi-cn-id", "pi-cn-id-list"}, {"pi-mobile", "pi-mobile-list"}};

	(void)state;
	for (size_t i = 0; i < COUNT(pairs); i++) {
		const struct rule *one = ruleset_find(set, pairs[i][0]), *list = ruleset_find(set, pairs[i][1]);

		assert_non_null(one);
		assert_non_null(list);
		assert_int_equal(one->action, ACTION_REVIEW);
		assert_int_equal(one->min_count, 1);
		assert_int_equal(list->action, ACTION_BLOCK);
		assert_true(list->min_count >= 5);
		assert_string_equal(one->pattern, list->pattern); /* or the list would count something else */
		assert_int_equal(one->validate, list->validate);
	}
	ruleset_free(set);
}

static void every_structure_has_its_rule(void **state)
{
	struct ruleset *set = shipped();
	unsigned seen = 0;
	bool observed[OBSERVATIONS] = {false};

	(void)state;
	for (size_t i = 0; i < set->count; i++) {
		if (set->rules[i].kind == RULE_STRUCTURE)
			seen |= 1u << set->rules[i].structure;
		observed[set->rules[i].observed] = true;
	}
	for (size_t i = OBSERVED_NOTHING + 1; i < OBSERVATIONS; i++)
		assert_true(observed[i]);
	assert_int_equal(seen, 1u << STRUCTURE_INVISIBLE | 1u << STRUCTURE_MIXED_SCRIPT | 1u << STRUCTURE_BIDI |
	                         1u << STRUCTURE_STYLED | 1u << STRUCTURE_BLOB | 1u << STRUCTURE_OBSERVED);
	ruleset_free(set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_packs_that_ship_can_be_loaded),
		cmocka_unit_test(what_is_compiled_in_is_what_the_sources_say),
		cmocka_unit_test(every_rule_has_four_examples_of_either_kind),
		cmocka_unit_test(no_example_is_both),
		cmocka_unit_test(actions_and_clearances_fit_the_shipped_policies),
		cmocka_unit_test(a_list_of_numbers_is_worse_than_one),
		cmocka_unit_test(every_structure_has_its_rule),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
