/* policy_docket_test.c - positions, policies and rules: what may be the next entry at all. */
#include "policy_docket_fixture.h"

static void a_ledger_begins_once_and_rightly(void **state)
{
	static const struct attempt second[] = {{"", {'G', {{0}}}, MISMATCH, "begins once"}};
	static const struct {
		struct change change;
		const char *why;
	} first[] = {
		{{"@seq", "2"}, "begins once"},
		{{"@prev", "x"}, "begins once"},
		{{"@ledger", "x"}, "begins once"},
		{{"@policy", "2"}, "has number 1"},
		{{"@rules", "x"}, "not the ones it names"},
		{{"@person", "wang.wei"}, "not a root person"},
		{{"@person", "he.jun"}, "knows nobody named he.jun"},
		{{"@key", KEY_LI}, "not one of zhao.lei's keys"},
		{{"@body", "review-policy: 1\n"}, "'office' is missing"},
	};

	(void)state;
	TRY_ALL(second, NULL);
	for (size_t i = 0; i < COUNT(first); i++) {
		struct world w = {0};
		const struct order o = {'G', {first[i].change}};
		struct err err = {0};

		if (give(&w, &o, &err) || strstr(err.why, first[i].why) == NULL)
			fail_msg("%s: %s", first[i].change.key, err.why);
		assert_null(w.docket.policy);
		end(&w);
	}
}

static void nothing_comes_before_the_beginning(void **state)
{
	static const char *const keys[] = {"P", "U"};

	(void)state;
	for (size_t i = 0; i < COUNT(keys); i++) {
		struct world w = {0};
		const struct order o = {.what = keys[i][0]};
		struct err err = {0};

		assert_false(give(&w, &o, &err));
		assert_string_equal(err.why, "the ledger has no beginning");
		end(&w);
	}
}

static void every_entry_stands_in_its_place(void **state)
{
	static const struct attempt table[] = {
		{"S", {'1', {{"@seq", "2"}}}, MISMATCH, "does not follow"},
		{"S", {'1', {{"@seq", "4"}}}, MISMATCH, "does not follow"},
		{"S", {'1', {{"@seq", "2147483648"}}}, MISMATCH, "does not follow"},
		{"S", {'1', {{"@prev", "another"}}}, MISMATCH, "does not follow"},
		{"S", {'1', {{"@ledger", "another"}}}, MISMATCH, "does not follow"},
		{"S", {'1', {{"@policy", "2"}}}, MISMATCH, "under policy 2, in force is 1"},
		{"S", {'1', {{"@policy", "0"}}}, MISMATCH, "under policy 0, in force is 1"},
		{"S", {'1', {{"@rules", "lax ones"}}}, MISMATCH, "under other rules"},
		{"S", {'1', {{"@person", "he.jun"}}}, DENIED, "knows nobody named he.jun"},
		{"S", {'1', {{"@key", KEY_LIU}}}, DENIED, "not one of wang.wei's keys"},
		{"S", {'1', {{"@person", "liu.yang"}, {"@key", KEY_WANG}}}, DENIED, "not one of liu.yang's keys"},
		{"S", {'1', {{0}}}, ALLOWED},
	};

	(void)state;
	TRY_ALL(table, NULL);
}

static void an_unknown_type_is_refused(void **state)
{
	struct world w;
	struct entry e;
	const struct order o = {.what = 'F'};
	struct err err = {0};

	(void)state;
	begin(&w, "S");
	make_entry(&w, &o, &e);
	e.type = ENTRY_TYPES;
	assert_false(docket_check(&w.docket, &e, &err));
	e.type = ENTRY_NONE;
	assert_false(docket_apply(&w.docket, &e, &err));
	assert_string_equal(err.why, "an unknown type of entry");
	entry_release(&e);
	end(&w);
}

static void policies_change_by_root_people_only(void **state)
{
	static const struct attempt table[] = {
		{"", {'P', {{"@person", "wang.wei"}}}, DENIED, "only a root person"},
		{"", {'P', {{"@person", "chen.jing"}}}, DENIED, "only a root person"},
		{"", {'P', {{"number", "1"}}}, MISMATCH, "has number 2"},
		{"", {'P', {{"number", "3"}}}, MISMATCH, "has number 2"},
		{"", {'P', {{"number", "0"}}}, MISMATCH, "has number 2"},
		{"", {'P', {{"@body", "review-policy: 2\n"}}}, ERR_INPUT, "only version 1"},
		{"P", {'P', {{"@person", "li.na"}}}, DENIED, "zhao.lei's proposal is still open"},
		{"P", {'E', {{"@person", "zhao.lei"}}}, DENIED, "endorsed it already"},
		{"P", {'E', {{"@person", "wang.wei"}}}, DENIED, "neither of the old policy nor of the new"},
		{"P", {'E', {{"number", "3"}}}, MISMATCH, "not the proposal that is open"},
		{"P", {'E', {{"proposal", "0000000000000000000000000000000000000000000000000000000000000000"}}}, MISMATCH,
		 "not the proposal that is open"},
		{"", {'E', {{0}}}, MISMATCH, "not the proposal that is open"},
		{"PE", {'E', {{"@person", "zhang.min"}}}, MISMATCH, "not the proposal that is open"},
		{"PE", {'P', {{"@policy", "1"}}}, MISMATCH, "under policy 1, in force is 2"},
		{"PE", {'P', {{"number", "2"}}}, MISMATCH, "has number 3"},
		{"P", {'P', {{0}}}, ALLOWED},
		{"P", {'E', {{0}}}, ALLOWED},
		{"PE", {'P', {{0}}}, ALLOWED},
	};

	(void)state;
	TRY_ALL(table, NULL);
}

/* Who has to agree to a new root: enough of the old one and enough of the new one. */
#define ROOT "root: {people: [zhang.min, li.na, zhao.lei], threshold: 2}"
#define NEW_PERSON "  he.jun: {name: 何军, keys: [\"" KEY_OTHER "\"], may: []}\n"

struct change_of_root {
	const char *root; /* of the proposal */
	const char *endorsers[3];
	uint32_t number;  /* in force after them */
};

static void check_change_of_root(const struct change_of_root *c)
{
	char *with = text_with(office_policy, ROOT, c->root), *body = text_with(with, "root:", NEW_PERSON "root:");
	struct world w;
	const struct order proposal = {'P', {{"@body", body}}};

	begin(&w, "");
	must_give(&w, &proposal);
	for (size_t i = 0; i < COUNT(c->endorsers) && c->endorsers[i] != NULL; i++) {
		const struct order o = {'E', {{"@person", c->endorsers[i]}}};

		if (w.docket.proposal.open)
			must_give(&w, &o);
	}
	if (w.docket.policy_number != c->number)
		fail_msg("%s, %s: policy %u in force", c->root, c->endorsers[0] != NULL ? c->endorsers[0] : "", w.docket.policy_number);
	assert_int_equal(w.docket.proposal.open, c->number == 1);
	end(&w);
	free(with);
	free(body);
}

static void a_new_root_needs_the_old_one_and_itself(void **state)
{
	static const struct change_of_root table[] = {
		{ROOT, {0}, 1},                                                        /* one of two */
		{ROOT, {"li.na"}, 2},
		{"root: {people: [he.jun], threshold: 1}", {0}, 1},
		{"root: {people: [he.jun], threshold: 1}", {"he.jun"}, 1},             /* by the new key only */
		{"root: {people: [he.jun], threshold: 1}", {"li.na"}, 1},              /* by old keys only */
		{"root: {people: [he.jun], threshold: 1}", {"li.na", "zhang.min"}, 1},
		{"root: {people: [he.jun], threshold: 1}", {"li.na", "he.jun"}, 2},
		{"root: {people: [he.jun], threshold: 1}", {"he.jun", "li.na"}, 2},
		{"root: {people: [wang.wei, sun.yue, he.jun], threshold: 2}", {"wang.wei", "sun.yue"}, 1},
		{"root: {people: [wang.wei, sun.yue, he.jun], threshold: 2}", {"wang.wei", "sun.yue", "li.na"}, 2},
		{"root: {people: [zhao.lei, li.na, zhang.min], threshold: 3}", {"li.na"}, 1},
		{"root: {people: [zhao.lei, li.na, zhang.min], threshold: 3}", {"li.na", "zhang.min"}, 2},
		{"root: {people: [zhao.lei], threshold: 1}", {0}, 1},                  /* new threshold alone */
		{"root: {people: [zhao.lei], threshold: 1}", {"li.na"}, 2},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++)
		check_change_of_root(&table[i]);
}

static void a_new_root_person_signs_with_the_key_of_the_proposal(void **state)
{
	char *root = text_with(office_policy, "people: [zhang.min,", "people: [he.jun, zhang.min,");
	char *body = text_with(root, "root:", NEW_PERSON "root:");
	struct world w;
	const struct order proposal = {'P', {{"@body", body}}};
	const struct order other_key = {'E', {{"@person", "he.jun"}, {"@key", KEY_ZHANG}}};
	const struct order good = {'E', {{"@person", "he.jun"}}};
	const struct order submits = {'S', {{"@person", "he.jun"}}};
	struct err err = {0}, again = {0};

	(void)state;
	begin(&w, "");
	must_give(&w, &proposal);
	assert_false(give(&w, &other_key, &err));
	assert_non_null(strstr(err.why, "not one of he.jun's keys"));
	assert_false(give(&w, &submits, &again)); /* nothing else is opened by a proposal */
	assert_non_null(strstr(again.why, "knows nobody named he.jun"));
	must_give(&w, &good);
	end(&w);
	free(root);
	free(body);
}

/* A key that the proposal gives to somebody in office counts only when it is in force. */
static void a_changed_key_of_an_old_person_is_not_believed_early(void **state)
{
	char *body = text_with(office_policy, KEY_LI, KEY_OTHER);
	struct world w;
	const struct order proposal = {'P', {{"@body", body}}};
	const struct order new_key = {'E', {{"@key", KEY_OTHER}}}, old_key = {'E', {{"@key", KEY_LI}}};
	struct err err = {0}, again = {0};

	(void)state;
	begin(&w, "");
	must_give(&w, &proposal);
	assert_false(give(&w, &new_key, &err));
	must_give(&w, &old_key);
	assert_int_equal(w.docket.policy_number, 2);
	assert_false(give(&w, &(struct order){'P', {{"@person", "li.na"}, {"@key", KEY_LI}}}, &again));
	must_give(&w, &(struct order){'P', {{"@person", "li.na"}, {"@key", KEY_OTHER}}});
	end(&w);
	free(body);
}

static void proposing_again_starts_the_count_anew(void **state)
{
	char *body = text_with(office_policy, "threshold: 2", "threshold: 3");
	struct world w;
	struct digest first;

	(void)state;
	begin(&w, "");
	must_give(&w, &(struct order){'P', {{"@body", body}}});
	first = w.docket.proposal.entry;
	tell(&w, "E");
	assert_int_equal(w.docket.proposal.endorsers.count, 2);
	tell(&w, "P");
	assert_int_equal(w.docket.proposal.endorsers.count, 1);
	assert_false(digest_equal(&first, &w.docket.proposal.entry));
	tell(&w, "E");
	assert_int_equal(w.docket.policy_number, 2);
	assert_int_equal(w.docket.policy->root_threshold, 2);
	end(&w);
	free(body);
}

static void somebody_removed_may_do_nothing_more(void **state)
{
	char *body = text_with(office_policy, "{stage: initial}", "{stage: head}");
	struct world w;
	struct err err = {0};

	(void)state;
	begin(&w, "S");
	must_give(&w, &(struct order){'P', {{"@body", body}}});
	tell(&w, "E");
	assert_false(give(&w, &(struct order){.what = '1'}, &err));
	assert_non_null(strstr(err.why, "wang.wei may not sign initial"));
	must_give(&w, &(struct order){'1', {{"@person", "liu.yang"}}});
	end(&w);
	free(body);
}

/* Whoever holds a key would else be counted as two. */
static void a_key_is_one_persons_for_ever(void **state)
{
	char *without = text_with(office_policy, KEY_CHEN, KEY_OTHER), *moved = text_with(without, KEY_SUN, KEY_CHEN);
	struct world w;
	const struct order propose = {'P', {{"@body", without}}}, move = {'P', {{"@body", moved}}};
	struct err err = {0};

	(void)state;
	begin(&w, "");
	must_give(&w, &propose);
	tell(&w, "E");
	assert_false(give(&w, &move, &err));
	assert_int_equal(err.kind, ERR_DENIED);
	assert_non_null(strstr(err.why, "of sun.yue was chen.jing's; a key is one person's for ever"));
	tell(&w, "P"); /* back to whom it was */
	end(&w);
	free(without);
	free(moved);
}

/* sun.yue acts as director from 2026-12-01 to 2026-12-15. */
static void nobody_goes_back_into_an_appointment(void **state)
{
	static const struct order late = {'2', {{"@time", "2026-12-21"}}};
	static const struct order within = {'3', {{"@person", "sun.yue"}, {"@time", "2026-12-10"}}};
	static const struct order early = {'3', {{"@person", "sun.yue"}, {"@time", "2026-11-30"}}};
	struct world w;
	struct err err = {0}, again = {0};

	(void)state;
	begin(&w, "S1");
	must_give(&w, &late);
	assert_false(give(&w, &within, &err));
	assert_non_null(strstr(err.why, "sun.yue may not sign director"));
	end(&w);
	begin(&w, "S12");
	assert_false(give(&w, &early, &again));
	must_give(&w, &within);
	end(&w);
}

static void rules_change_by_their_keepers_only(void **state)
{
	static const struct attempt table[] = {
		{"", {'U', {{"@person", "li.na"}}}, DENIED, "li.na does not keep the rules"},
		{"", {'U', {{"ruleset", "0000000000000000000000000000000000000000000000000000000000000000"}}}, MISMATCH,
		 "not the ruleset it names"},
		{"", {'U', {{"@packs", "first"}}}, DENIED, "in force already"},
		{"U", {'U', {{0}}}, DENIED, "in force already"},
		{"U", {'U', {{"@packs", "first"}}}, ALLOWED},
		{"", {'U', {{0}}}, ALLOWED},
	};
	struct world w;
	struct digest before;

	(void)state;
	TRY_ALL(table, NULL);
	begin(&w, "");
	before = w.docket.rules;
	tell(&w, "U");
	assert_false(digest_equal(&before, &w.docket.rules));
	assert_int_equal(w.docket.pack_count, 2);
	assert_string_equal(w.docket.packs[0].bytes, "changed");
	end(&w);
}

static void case_numbers_go_on_by_the_year(void **state)
{
	struct world w;
	char *next;

	(void)state;
	begin(&w, "");
	next = docket_next_case(&w.docket, 2026);
	assert_string_equal(next, "2026-0001");
	free(next);
	must_give(&w, &(struct order){'S', {{"case", "2026-9999"}}});
	next = docket_next_case(&w.docket, 2026);
	assert_string_equal(next, "2026-10000");
	free(next);
	next = docket_next_case(&w.docket, 2027);
	assert_string_equal(next, "2027-0001");
	free(next);
	assert_null(docket_case(&w.docket, "2026-0001"));
	/* somebody took the last number there is: the year goes on */
	must_give(&w, &(struct order){'S', {{"case", "2026-999999999"}}});
	next = docket_next_case(&w.docket, 2026);
	assert_string_equal(next, "2026-0001");
	must_give(&w, &(struct order){'S', {{"case", next}}});
	free(next);
	next = docket_next_case(&w.docket, 2026);
	assert_string_equal(next, "2026-0002");
	free(next);
	end(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_ledger_begins_once_and_rightly),
		cmocka_unit_test(nothing_comes_before_the_beginning),
		cmocka_unit_test(every_entry_stands_in_its_place),
		cmocka_unit_test(an_unknown_type_is_refused),
		cmocka_unit_test(policies_change_by_root_people_only),
		cmocka_unit_test(a_new_root_needs_the_old_one_and_itself),
		cmocka_unit_test(a_new_root_person_signs_with_the_key_of_the_proposal),
		cmocka_unit_test(a_changed_key_of_an_old_person_is_not_believed_early),
		cmocka_unit_test(proposing_again_starts_the_count_anew),
		cmocka_unit_test(somebody_removed_may_do_nothing_more),
		cmocka_unit_test(a_key_is_one_persons_for_ever),
		cmocka_unit_test(nobody_goes_back_into_an_appointment),
		cmocka_unit_test(rules_change_by_their_keepers_only),
		cmocka_unit_test(case_numbers_go_on_by_the_year),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
