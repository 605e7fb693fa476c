/* policy_compromise_test.c - a key in other hands: who may say so, and what falls with it. */
#include "policy_docket_fixture.h"

#include "policy/compromise.h"
#include "policy/verdict.h"

static const char *print_of(const char *person)
{
	static char text[64];
	const char *line = key_of_person(person)[1];
	struct public_key *key = NULL;
	struct err err = {0};

	assert_true(public_key_from_line(line, strlen(line), &key, &err));
	(void)snprintf(text, sizeof(text), "%s", public_key_fingerprint(key));
	public_key_free(key);
	return text;
}

static void who_may_declare_it(void **state)
{
	static const struct attempt table[] = {
		{"S", {'K', {{0}}}, ALLOWED},
		{"S", {'K', {{"@person", "li.na"}}}, ALLOWED},
		{"S", {'K', {{"@person", "chen.jing"}}}, DENIED, "only wang.wei or a root person"},
		{"S", {'K', {{"@person", "liu.yang"}}}, DENIED, "only wang.wei or a root person"},
		{"S", {'K', {{"@person", "wang.wei"}}}, DENIED, "with that key itself"},
		{"S", {'K', {{"@person", "zhang.min"}, {"@lost", "zhang.min"}}}, DENIED, "with that key itself"},
		{"S", {'K', {{"@lost", "li.na"}}}, DENIED, "zhang.min alone cannot take it away from li.na"},
		{"S", {'K', {{"@lost", "zhao.lei"}}}, DENIED, "zhang.min alone cannot take it away from zhao.lei"},
		{"S", {'K', {{"@lost", "he.jun"}}}, MISMATCH, "no policy ever gave that key to he.jun"},
		{"S", {'K', {{"owner", "liu.yang"}}}, MISMATCH, "no policy ever gave that key to liu.yang"},
		{"S", {'K', {{"since", "3"}}}, ALLOWED},
		{"S", {'K', {{"since", "4"}}}, MISMATCH, "entry 4 is still to come"},
		{"SK", {'K', {{0}}}, DENIED, "compromised from entry 2 on already"},
		{"SK", {'K', {{"since", "3"}}}, DENIED, "compromised from entry 2 on already"},
		{"SK", {'K', {{"since", "1"}}}, ALLOWED},
	};

	(void)state;
	TRY_ALL(table, NULL);
}

static void the_key_signs_nothing_more(void **state)
{
	static const struct attempt table[] = {
		{"SK", {'1', {{0}}}, DENIED, "this key of wang.wei was declared compromised at entry 3"},
		{"SK", {'1', {{"@person", "liu.yang"}}}, ALLOWED},
		{"SCK", {'A', {{0}}}, DENIED, "declared compromised"},
		{"SCK", {'A', {{"@person", "chen.jing"}}}, ALLOWED},
		{"SK", {'P', {{0}}}, DENIED, "it gives wang.wei a key that was declared compromised at entry 3"},
	};

	(void)state;
	TRY_ALL(table, NULL);
}

static void a_root_key_goes_by_policy_first(void **state)
{
	char *body = text_with(office_policy, KEY_LI, KEY_OTHER);
	struct world w;
	struct err err = {0};

	(void)state;
	begin(&w, "S12");
	must_give(&w, &(struct order){'P', {{"@body", body}}});
	must_give(&w, &(struct order){'E', {{"@person", "zhang.min"}}});
	must_give(&w, &(struct order){'K', {{"@lost", "li.na"}, {"since", "4"}}});
	assert_int_equal(round_of(&w)->sign_offs[0].decision, DECISION_APPROVE);
	assert_int_equal(round_of(&w)->sign_offs[1].decision, DECISION_NONE);
	assert_false(give(&w, &(struct order){'2', {{"@key", KEY_LI}}}, &err));
	must_give(&w, &(struct order){'2', {{"@key", KEY_OTHER}}});
	tell(&w, "3");
	end(&w);
	free(body);
}

/* Their other key speaks for them, even for a root person. */
static void a_person_with_two_keys_declares_one_of_them(void **state)
{
	char *two = text_with(office_policy, KEY_LI "\"", KEY_LI "\", \"" KEY_OTHER "\"");
	struct world w = {.policy = two};

	(void)state;
	tell(&w, "GS1");
	must_give(&w, &(struct order){'2', {{"@key", KEY_LI}}});
	must_give(&w, &(struct order){'K', {{"@person", "li.na"}, {"@key", KEY_OTHER}, {"@lost", "li.na"}}});
	must_give(&w, &(struct order){'2', {{"@key", KEY_OTHER}}});
	tell(&w, "3R");
	end(&w);
	free(two);
}

static void approvals_since_then_do_not_count(void **state)
{
	static const struct attempt table[] = {
		{"S123K", {'R', {{0}}}, DENIED, "may not be released"},
		{"S12K", {'3', {{0}}}, DENIED, "director comes after initial"},
	};
	struct world w;

	(void)state;
	TRY_ALL(table, NULL);
	begin(&w, "S123");
	must_give(&w, &(struct order){'K', {{"since", "4"}}}); /* after the approval: it stands */
	tell(&w, "R");
	end(&w);
	begin(&w, "S1K");
	must_give(&w, &(struct order){'1', {{"@person", "liu.yang"}}});
	tell(&w, "23RD");
	assert_false(w.docket.cases[0].publications[0].compromised);
	end(&w);
}

static void answers_are_open_again(void **state)
{
	struct world w;

	(void)state;
	begin(&w, "SCA");
	assert_true(round_of(&w)->sign_offs[0].answered);
	tell(&w, "K");
	assert_false(round_of(&w)->sign_offs[0].answered);
	must_give(&w, &(struct order){'A', {{"@person", "chen.jing"}}});
	assert_true(round_of(&w)->sign_offs[0].answered);
	end(&w);
}

static void a_submission_is_over(void **state)
{
	static const char *const later[] = {"1", "R"};
	struct world w = {0};
	struct reasons reasons = {0};
	struct err err = {0};

	(void)state;
	tell(&w, "G");
	must_give(&w, &(struct order){'S', {{"@person", "liu.yang"}}});
	must_give(&w, &(struct order){'K', {{"@lost", "liu.yang"}}});
	assert_true(round_of(&w)->compromised);
	for (size_t i = 0; i < COUNT(later); i++) {
		const struct order o = {.what = later[i][0]};

		assert_false(give(&w, &o, &err));
		assert_non_null(strstr(err.why, "compromised by then"));
		err = (struct err){0};
	}
	assert_int_equal(case_decide(w.docket.policy, &w.docket.cases[0], round_of(&w)->scan, &w.docket.rules,
	                             date("2026-11-23"), &reasons), VERDICT_BLOCK);
	assert_int_equal(reasons.items[0].code, REASON_KEY_COMPROMISED);
	assert_string_equal(reason_name(REASON_KEY_COMPROMISED), "key-compromised");
	assert_string_equal(reason_name(REASON_WITHDRAWN), "withdrawn");
	tell(&w, "S123R");
	reasons_release(&reasons);
	end(&w);
}

/* A thief who held something back has not helped anybody to publish. */
static void what_held_a_case_back_stays(void **state)
{
	char *body = text_with(office_policy, KEY_LI, KEY_OTHER);
	struct world w;
	struct err err = {0};

	(void)state;
	begin(&w, "ST");
	must_give(&w, &(struct order){'P', {{"@body", body}}});
	must_give(&w, &(struct order){'E', {{"@person", "zhang.min"}}});
	must_give(&w, &(struct order){'K', {{"@lost", "li.na"}}});
	assert_int_equal(round_of(&w)->sign_offs[0].decision, DECISION_RETURN);
	assert_false(give(&w, &(struct order){.what = '1'}, &err));
	assert_non_null(strstr(err.why, "ended by li.na"));
	end(&w);
	free(body);
}

static void what_is_public_is_named(void **state)
{
	static const struct {
		const char *since;
		const char *lost;
		bool compromised;
	} table[] = {
		{"2", "wang.wei", true}, {"3", "wang.wei", true}, {"4", "wang.wei", false}, {"8", "wang.wei", false},
		{"6", "chen.jing", true}, {"7", "chen.jing", false}, {"2", "liu.yang", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct world w;

		begin(&w, "S123RD");
		must_give(&w, &(struct order){'K', {{"@lost", table[i].lost}, {"since", table[i].since}}});
		if (w.docket.cases[0].publications[0].compromised != table[i].compromised)
			fail_msg("%s since %s", table[i].lost, table[i].since);
		end(&w);
	}
}

static void a_policy_that_rests_on_it_releases_nothing(void **state)
{
	char *without = text_with(office_policy, KEY_ZHAO, KEY_OTHER);
	struct world w;
	struct err err = {0};

	(void)state;
	begin(&w, "PES123");
	must_give(&w, &(struct order){'P', {{"@body", without}}}); /* zhao.lei's key signed it, and genesis, and the rules */
	tell(&w, "E");
	must_give(&w, &(struct order){'K', {{"@lost", "zhao.lei"}, {"since", "8"}}});
	assert_true(w.docket.trust->policy_doubtful && !w.docket.trust->rules_doubtful);
	assert_false(give(&w, &(struct order){.what = 'R'}, &err));
	assert_non_null(strstr(err.why, "policy 3 came into force with a compromised key"));
	must_give(&w, &(struct order){'P', {{"@body", without}, {"@person", "li.na"}}});
	must_give(&w, &(struct order){'E', {{"@person", "zhang.min"}}});
	assert_false(w.docket.trust->policy_doubtful);
	tell(&w, "R");
	end(&w);
	free(without);
}

static void rules_that_rest_on_it_release_nothing(void **state)
{
	char *without = text_with(office_policy, KEY_ZHAO, KEY_OTHER);
	struct world w;
	struct err err = {0}, again = {0};

	(void)state;
	begin(&w, "U");
	must_give(&w, &(struct order){'P', {{"@body", without}, {"@person", "li.na"}}});
	must_give(&w, &(struct order){'E', {{"@person", "zhang.min"}}});
	must_give(&w, &(struct order){'S', {{"@key", KEY_OTHER}}});
	tell(&w, "123");
	assert_false(give(&w, &(struct order){'U', {{"@key", KEY_OTHER}}}, &again)); /* the same rules, for no reason */
	must_give(&w, &(struct order){'K', {{"@lost", "zhao.lei"}}});
	assert_false(w.docket.trust->policy_doubtful);
	assert_false(give(&w, &(struct order){.what = 'R'}, &err));
	assert_non_null(strstr(err.why, "the rules in force were published with a compromised key"));
	must_give(&w, &(struct order){'U', {{"@key", KEY_OTHER}}}); /* the same, now with a key that is believed */
	tell(&w, "R");
	end(&w);
	free(without);
}

static void a_proposal_falls(void **state)
{
	char *two = text_with(office_policy, KEY_LI "\"", KEY_LI "\", \"" KEY_OTHER "\"");
	struct world w = {.policy = two};

	(void)state;
	tell(&w, "G");
	must_give(&w, &(struct order){'P', {{"@person", "li.na"}, {"@key", KEY_LI}}});
	must_give(&w, &(struct order){'K', {{"@person", "li.na"}, {"@key", KEY_OTHER}, {"@lost", "li.na"}, }});
	assert_false(w.docket.proposal.open);
	assert_int_equal(w.docket.trust->proposal.count, 0);
	end(&w);
	free(two);
}

static void consequences_are_told_before_anything_is_signed(void **state)
{
	static const struct {
		const char *story, *lost;
		uint32_t since;
		const char *told[3];
	} table[] = {
		{"S1", "wang.wei", 2, {"wang.wei's approval of initial (entry 3) no longer counts"}},
		{"S1", "wang.wei", 4, {NULL}},
		{"S123RD", "wang.wei", 2, {"case 2026-0001 is public on the strength of it (entry 6)"}},
		{"S123RDW", "wang.wei", 2, {NULL}},
		{"SCA", "wang.wei", 2, {"the answer to li.na's question (entry 4) no longer counts"}},
		{"S", "zhao.lei", 2, {"round 1 was submitted with it and is over (entry 2)"}},
		{"PS", "zhao.lei", 2, {"the proposal of policy 2 falls", "round 1 was submitted with it"}},
		{"PE", "zhao.lei", 1, {"policy 2 came into force with it", "the rules in force were published with it"}},
		{"S123RDS1", "wang.wei", 2, {"is public on the strength of it", "approval of initial (entry 9)"}},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct reasons told = {0};
		struct world w;

		begin(&w, table[i].story);
		docket_consequences(&w.docket, print_of(table[i].lost), table[i].since, &told);
		for (size_t k = 0; k < COUNT(table[i].told) && table[i].told[k] != NULL; k++)
			if (k >= told.count || strstr(told.items[k].text, table[i].told[k]) == NULL)
				fail_msg("%s: %s", table[i].story, k < told.count ? told.items[k].text : "nothing");
		assert_true(told.count == COUNT(table[i].told) || table[i].told[told.count] == NULL);
		reasons_release(&told);
		end(&w);
	}
}

#define NEW_CHEN "  chen.jing: {name: 陈静, keys: [\"" KEY_HARD "\"], may: []}\n"

static void a_pin_is_wanted_where_the_policy_says_so(void **state)
{
	char *hard = text_with(office_policy, "  chen.jing: {name: 陈静, keys: [\"" KEY_CHEN "\"], may: []}\n", NEW_CHEN);
	char *pin = text_with(hard, "people:\n", "keys: {pin: true}\npeople:\n");
	static const struct attempt lax[] = {{"S123", {'R', {{"@key", KEY_HARD}}}, ALLOWED}};
	static const struct attempt strict[] = {
		{"S123", {'R', {{"@key", KEY_HARD}}}, DENIED, "wants a PIN with a security key, and this one was only touched"},
		{"S123", {'R', {{"@key", KEY_HARD}, {"@pin", ""}}}, ALLOWED},
	};

	(void)state;
	TRY_ALL(lax, hard);
	TRY_ALL(strict, pin);
	free(hard);
	free(pin);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_may_declare_it),
		cmocka_unit_test(the_key_signs_nothing_more),
		cmocka_unit_test(a_root_key_goes_by_policy_first),
		cmocka_unit_test(a_person_with_two_keys_declares_one_of_them),
		cmocka_unit_test(approvals_since_then_do_not_count),
		cmocka_unit_test(answers_are_open_again),
		cmocka_unit_test(a_submission_is_over),
		cmocka_unit_test(what_held_a_case_back_stays),
		cmocka_unit_test(what_is_public_is_named),
		cmocka_unit_test(a_policy_that_rests_on_it_releases_nothing),
		cmocka_unit_test(rules_that_rest_on_it_release_nothing),
		cmocka_unit_test(a_proposal_falls),
		cmocka_unit_test(consequences_are_told_before_anything_is_signed),
		cmocka_unit_test(a_pin_is_wanted_where_the_policy_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
