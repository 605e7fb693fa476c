/* policy_release_test.c - what may be made public and taken down, and what the receipt says. */
#include "policy_docket_fixture.h"

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"
#define BYTES(x) x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x

static void only_what_all_stages_approved_is_released(void **state)
{
	static const struct attempt table[] = {
		{"S", {'R', {{0}}}, DENIED, "Initial reviewer (initial) wants 1 more signature"},
		{"S1", {'R', {{0}}}, DENIED, "Section head (head) wants"},
		{"S12", {'R', {{0}}}, DENIED, "Director (director) wants"},
		{"S12T", {'R', {{0}}}, DENIED, "李娜 (li.na) returned it"},
		{"S123T", {'R', {{0}}}, DENIED, "李娜 (li.na) returned it"},
		{"S123C", {'R', {{0}}}, DENIED, "李娜 (li.na) asked Northgate Ltd"},
		{"S123S", {'R', {{0}}}, DENIED, "Initial reviewer (initial) wants"},
		{"S123U", {'R', {{"@found", "rules"}}}, DENIED, "the rules changed"},
		{"S123", {'R', {{"@found", "block"}}}, DENIED, "must not be published"},
		{"S123", {'R', {{"@found", "undecided"}}}, DENIED, "cannot be read"},
		{"S123", {'R', {{"@found", "review"}}}, DENIED, "is not cleared"},
		{"S123", {'R', {{"scan", ZEROS}}}, ERR_INPUT, "it brings no scan record"},
		{"S123U", {'R', {{0}}}, ALLOWED}, /* scanned again under the new rules */
		{"S123CA", {'R', {{0}}}, ALLOWED},
		{"S123", {'R', {{0}}}, ALLOWED},
	};

	(void)state;
	TRY_ALL(table, NULL);
}

static void a_release_is_of_the_newest_round_by_a_registrar(void **state)
{
	static const struct attempt table[] = {
		{"S123", {'R', {{"@person", "zhao.lei"}}}, DENIED, "zhao.lei is not a registrar"},
		{"S123", {'R', {{"@person", "zhang.min"}}}, DENIED, "zhang.min is not a registrar"},
		{"S123", {'R', {{"case", "2026-0002"}}}, MISMATCH, "there is no case 2026-0002"},
		{"S123", {'R', {{"round", "2"}}}, MISMATCH, "not the newest one"},
		{"S123S123", {'R', {{"round", "1"}}}, MISMATCH, "not the newest one"},
		{"S123", {'R', {{"submit", ZEROS}}}, MISMATCH, "another submission"},
		{"S123R", {'R', {{0}}}, DENIED, "is not finished"},
		{"S123RD", {'R', {{0}}}, DENIED, "round 1 of case 2026-0001 is released already"},
		{"S123RDW", {'R', {{0}}}, DENIED, "published and withdrawn"},
		{"S123RW", {'R', {{0}}}, DENIED, "published and withdrawn"},
		{"S123RDWS123", {'R', {{0}}}, ALLOWED},
		{"S123RDS123", {'R', {{0}}}, ALLOWED},
	};

	(void)state;
	TRY_ALL(table, NULL);
}

/* Where the policy asks for freshness the entry speaks of it, and nowhere else. */
static void a_release_speaks_of_freshness_where_the_policy_does(void **state)
{
	static const char vault[] = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";
	static const struct attempt silent[] = {
		{"S123", {'R', {{"@append freshness", "heard"}}}, MISMATCH, "the policy does not"},
		{"S123", {'R', {{"@append freshness", "offline"}}}, MISMATCH, "the policy does not"},
	};
	static const struct attempt heard[] = {
		{"S123", {'R', {{0}}}, MISMATCH, "does not say how fresh"},
		{"S123", {'R', {{"@append freshness", "heard"}}}, ALLOWED},
		{"S123", {'R', {{"@append freshness", "offline"}}}, ALLOWED},
		{"S123", {'R', {{"@append freshness", "witnessed"}}}, MISMATCH, "asks for none"},
	};
	static const struct attempt witnessed[] = {
		{"S123", {'R', {{0}}}, MISMATCH, "does not say how fresh"},
		{"S123", {'R', {{"@append freshness", "heard"}}}, DENIED, "wants 1 witnesses"},
		{"S123", {'R', {{"@append freshness", "witnessed"}}}, ALLOWED},
		{"S123", {'R', {{"@append freshness", "offline"}}}, ALLOWED},
	};
	char *one = mem_format("%sfreshness: {max-age-hours: 24}\n", office_policy);
	char *two = mem_format("%sfreshness: {max-age-hours: 24, quorum: 1, witnesses: {vault: \"%s\"}}\n", office_policy, vault);

	(void)state;
	TRY_ALL(silent, NULL);
	TRY_ALL(heard, one);
	TRY_ALL(witnessed, two);
	free(one);
	free(two);
}

static void a_release_names_exactly_the_approved_files(void **state)
{
	static const struct attempt table[] = {
		{"S123", {'R', {{"@scanned", "a2 drafts/trade/a.txt"}}}, DENIED, "other files than were submitted"},
		{"S123", {'R', {{"@scanned", "a1 trade/a.txt"}}}, DENIED, "other files than were submitted"},
		{"S123", {'R', {{"file", BYTES("a1") " 10 100644 drafts/trade/a.txt"}}}, MISMATCH, "other files than were approved"},
		{"S123", {'R', {{"file", BYTES("a1") " 10 100644 trade/b.txt"}}}, MISMATCH, "other files than were approved"},
		{"S123", {'R', {{"file", BYTES("a2") " 10 100644 trade/a.txt"}}}, MISMATCH, "other files than were approved"},
		{"S123", {'R', {{"file", BYTES("a1") " 11 100644 trade/a.txt"}}}, MISMATCH, "other files than were approved"},
		{"S123", {'R', {{"file", BYTES("a1") " 10 100755 trade/a.txt"}}}, MISMATCH, "other files than were approved"},
		{"S123", {'R', {{"file", BYTES("a1") " 10 100644 trade/a.txt"}}}, ALLOWED},
	};

	(void)state;
	TRY_ALL(table, NULL);
}

/* The same bytes again, and the approvals of the first time are worth nothing: A, B, A. */
static void old_approvals_do_not_come_back_with_old_bytes(void **state)
{
	struct world w;
	struct entry old;
	const struct order first = {.what = '1'}, release = {.what = 'R'};
	struct err err = {0}, again = {0};

	(void)state;
	begin(&w, "S");
	make_entry(&w, &first, &old);
	tell(&w, "123");
	must_give(&w, &(struct order){'S', {{"@files", "b1 drafts/trade/a.txt"}}});
	must_give(&w, &(struct order){'S', {{"@files", ONE_FILE}}});
	assert_int_equal(docket_case(&w.docket, CASE_ID)->round_count, 3);
	assert_true(file_refs_equal(docket_case(&w.docket, CASE_ID)->rounds[0].files, round_of(&w)->files));
	assert_false(give(&w, &release, &err));
	assert_non_null(strstr(err.why, "initial) wants 1 more signature"));
	old.seq = w.docket.seq + 1; /* as if its head could be changed */
	old.prev = w.docket.tip;
	assert_false(docket_check(&w.docket, &old, &again));
	assert_non_null(strstr(again.why, "not the newest one"));
	entry_release(&old);
	end(&w);
}

static void nobody_publishes_over_another_case(void **state)
{
	static const struct attempt table[] = {
		{"", {'R', {{0}}}, DENIED, "trade/a.txt is public already, from case 2026-0002"},
		{"D", {'R', {{0}}}, DENIED, "trade/a.txt is public already, from case 2026-0002"},
		{"DW", {'R', {{0}}}, ALLOWED},
		{"W", {'R', {{0}}}, ALLOWED},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct world w;
		struct err err = {0};
		struct review_case *c;
		bool ok;

		begin(&w, "S123R");
		tell(&w, table[i].story);
		c = &w.docket.cases[0]; /* that was the other case */
		free(c->id);
		c->id = mem_copy_string("2026-0002");
		tell(&w, "S123");
		ok = give(&w, &table[i].order, &err);
		if (ok != (table[i].why == NULL) || (!ok && strstr(err.why, table[i].why) == NULL))
			fail_msg("%s: %s", table[i].story, err.why);
		end(&w);
	}
}

static void a_release_ends_once_and_with_the_same_files(void **state)
{
	static const struct attempt table[] = {
		{"S123R", {'D', {{"@person", "zhao.lei"}}}, DENIED, "zhao.lei is not a registrar"},
		{"S123R", {'D', {{"release", ZEROS}}}, MISMATCH, "names no release of case"},
		{"S123R", {'D', {{"case", "2026-0002"}}}, MISMATCH, "names no release of case"},
		{"S123R", {'D', {{"round", "2"}}}, MISMATCH, "names no release of case"},
		{"S123R", {'D', {{"file", BYTES("a2") " 10 100644 trade/a.txt"}}}, MISMATCH, "other files than the release"},
		{"S123RD", {'D', {{0}}}, MISMATCH, "finished already"},
		{"S123RW", {'D', {{0}}}, MISMATCH, "names no release of case"},
		{"S123R", {'D', {{0}}}, ALLOWED},
	};

	(void)state;
	TRY_ALL(table, NULL);
}

static void taking_down_is_for_registrars_and_in_need_for_the_last_stage(void **state)
{
	static const struct attempt table[] = {
		{"S123RD", {'W', {{"@person", "zhao.lei"}}}, DENIED, "zhao.lei is not a registrar"},
		{"S123RD", {'W', {{"@person", "zhang.min"}}}, DENIED, "zhang.min is not a registrar"},
		{"S123RD", {'W', {{"@person", "li.na"}, {"incident", "yes"}}}, DENIED, "li.na is not a registrar"},
		{"S123RD", {'W', {{"@person", "sun.yue"}, {"incident", "yes"}}}, DENIED, "sun.yue is not a registrar"},
		{"S123RD", {'W', {{"release", ZEROS}}}, MISMATCH, "names no release of case"},
		{"S123RD", {'W', {{"case", "2026-0002"}}}, MISMATCH, "names no release of case"},
		{"S123RD", {'W', {{"file", BYTES("a1") " 10 100644 trade/b.txt"}}}, MISMATCH, "other files than the release"},
		{"S123RDW", {'W', {{0}}}, MISMATCH, "names no release of case"},
		{"S123RD", {'W', {{"@person", "zhang.min"}, {"incident", "yes"}}}, ALLOWED},
		{"S123RD", {'W', {{"@person", "sun.yue"}, {"incident", "yes"}, {"@time", "2026-12-01"}}}, ALLOWED},
		{"S123RD", {'W', {{"incident", "yes"}}}, ALLOWED},
		{"S123RD", {'W', {{0}}}, ALLOWED},
		{"S123R", {'W', {{0}}}, ALLOWED}, /* begun, not finished */
	};

	(void)state;
	TRY_ALL(table, NULL);
}

static void the_docket_knows_what_is_public(void **state)
{
	static const struct {
		const char *story;
		bool there, done;
	} table[] = {
		{"S123", false, false},    {"S123R", true, false},      {"S123RD", true, true},
		{"S123RDS", true, true},   {"S123RDS123R", true, false}, {"S123RDW", false, false},
		{"S123RW", false, false},  {"S123RDS123RD", true, true}, {"S123RDS123RDW", false, false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct world w;
		const struct publication *p = NULL;
		const struct review_case *owner = NULL;
		const struct file_ref *file;

		begin(&w, table[i].story);
		file = docket_public_file(&w.docket, "trade/a.txt", &owner, &p);
		if ((file != NULL) != table[i].there || (p != NULL && p->done != table[i].done))
			fail_msg("%s", table[i].story);
		if (file != NULL)
			assert_string_equal(owner->id, CASE_ID);
		assert_null(docket_public_file(&w.docket, "drafts/trade/a.txt", NULL, NULL));
		assert_null(docket_public_file(&w.docket, "trade", NULL, NULL));
		end(&w);
	}
}

static void withdrawals_keep_their_reason(void **state)
{
	struct world w;
	const struct publication *p;

	(void)state;
	begin(&w, "S123RD");
	must_give(&w, &(struct order){'W', {{"incident", "yes"}, {"reason", "a phone number was left in"}}});
	p = &docket_case(&w.docket, CASE_ID)->publications[0];
	assert_true(p->withdrawn && p->incident && p->done);
	assert_string_equal(p->withdrawn_why, "a phone number was left in");
	end(&w);
}

static void expect_receipt(const struct world *w, const char *lines)
{
	struct buf got = {0};
	char hex[DIGEST_HEX_SIZE], *want = mem_format("review-releases v1\nledger: %s\n%send: review-releases v1\n",
	                                              digest_to_hex(&w->docket.ledger, hex), lines);

	docket_receipt(&w->docket, &got);
	assert_string_equal(got.data, want);
	buf_release(&got);
	free(want);
}

static void the_receipt_lists_what_is_public_by_path(void **state)
{
	struct world w = {.files = "a2 drafts/trade/b.txt|a1 drafts/trade/a.txt|a3 drafts/trade/a-1.txt"};
	const struct review_case *c;
	char hex[DIGEST_HEX_SIZE], *lines;

	(void)state;
	tell(&w, "G");
	expect_receipt(&w, "");
	tell(&w, "S123");
	expect_receipt(&w, "");
	tell(&w, "RD");
	c = docket_case(&w.docket, CASE_ID);
	(void)digest_to_hex(&c->publications[0].release, hex);
	lines = mem_format(BYTES("a3") " 10 6 %s trade/a-1.txt\n" BYTES("a1") " 10 6 %s trade/a.txt\n" BYTES("a2") " 10 6 %s trade/b.txt\n",
	                   hex, hex, hex);
	expect_receipt(&w, lines);
	tell(&w, "S123"); /* a new round changes nothing before it is released */
	expect_receipt(&w, lines);
	free(lines);
	tell(&w, "RDW");
	expect_receipt(&w, "");
	end(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_all_stages_approved_is_released),
		cmocka_unit_test(a_release_is_of_the_newest_round_by_a_registrar),
		cmocka_unit_test(a_release_speaks_of_freshness_where_the_policy_does),
		cmocka_unit_test(a_release_names_exactly_the_approved_files),
		cmocka_unit_test(old_approvals_do_not_come_back_with_old_bytes),
		cmocka_unit_test(nobody_publishes_over_another_case),
		cmocka_unit_test(a_release_ends_once_and_with_the_same_files),
		cmocka_unit_test(taking_down_is_for_registrars_and_in_need_for_the_last_stage),
		cmocka_unit_test(the_docket_knows_what_is_public),
		cmocka_unit_test(withdrawals_keep_their_reason),
		cmocka_unit_test(the_receipt_lists_what_is_public_by_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
