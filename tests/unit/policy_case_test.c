/* policy_case_test.c - what may be submitted, signed, answered and filed. */
#include "policy_docket_fixture.h"

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"

static void a_submission_stands_in_its_place(void **state)
{
	static const struct attempt table[] = {
		{"", {'S', {{"case", "2026-42"}}}, ERR_INPUT, "not a case number"},
		{"", {'S', {{"case", "26-0042"}}}, ERR_INPUT, "not a case number"},
		{"", {'S', {{"case", "2026-004x"}}}, ERR_INPUT, "not a case number"},
		{"", {'S', {{"case", "2026-00042"}}}, ERR_INPUT, "not a case number"},
		{"", {'S', {{"case", "2026-18446744073709551615"}}}, ERR_INPUT, "not a case number"},
		{"", {'S', {{"round", "2"}}}, MISMATCH, "a new case begins with round 1"},
		{"", {'S', {{"round", "0"}}}, MISMATCH, "a new case begins with round 1"},
		{"S", {'S', {{"round", "1"}}}, MISMATCH, "has 1 rounds; the next one is not 1"},
		{"S", {'S', {{"round", "3"}}}, MISMATCH, "has 1 rounds; the next one is not 3"},
		{"S", {'S', {{"section", "market"}, {"@files", "a1 drafts/market/a.txt"}}}, MISMATCH, "belongs to section trade"},
		{"S123R", {'S', {{0}}}, DENIED, "release of case 2026-0001 is not finished"},
		{"S123RD", {'S', {{0}}}, ALLOWED},
		{"S123RW", {'S', {{0}}}, ALLOWED},
		{"S", {'S', {{0}}}, ALLOWED},
		{"ST", {'S', {{0}}}, ALLOWED},
		{"", {'S', {{"case", "2026-10042"}}}, ALLOWED},
	};

	(void)state;
	TRY_ALL(table, NULL);
}

static void a_submission_is_by_an_officer_of_the_section(void **state)
{
	static const struct attempt table[] = {
		{"", {'S', {{"section", "sales"}}}, DENIED, "no section 'sales'"},
		{"", {'S', {{"@person", "wang.wei"}}}, DENIED, "wang.wei may not submit for section trade"},
		{"", {'S', {{"@person", "chen.jing"}}}, DENIED, "chen.jing may not submit for section trade"},
		{"", {'S', {{"@files", "a1 drafts/market/a.txt"}}}, DENIED, "drafts/market/a.txt does not belong to section trade"},
		{"", {'S', {{"@files", "a1 drafts/trade/a.txt|a2 drafts/market/a.txt"}}}, DENIED, "does not belong to section trade"},
		{"", {'S', {{"@files", "a1 drafts/a.txt"}}}, DENIED, "does not belong to section trade"},
		{"", {'S', {{"@files", "a1 public/trade/a.txt"}}}, DENIED, "not a candidate path"},
		{"", {'S', {{"@files", "a1 .review/policy.yaml"}}}, DENIED, "not a candidate path"},
		{"", {'S', {{"@files", "a1 drafts/tools/x"}}}, DENIED, "not a candidate path"},
		{"", {'S', {{"@person", "liu.yang"}}}, ALLOWED},
		{"", {'S', {{"@files", TWO_FILES}}}, ALLOWED},
	};

	(void)state;
	TRY_ALL(table, NULL);
}

static void two_files_never_become_one(void **state)
{
	static const struct attempt table[] = {
		{"", {'S', {{"@files", "a1 drafts/trade/a.txt|a2 trade/a.txt"}}}, DENIED, "two files would become public as trade/a.txt"},
		{"", {'S', {{"@files", "a1 drafts/RELEASES"}}}, DENIED, "the list of releases"},
		{"", {'S', {{"@files", "a1 drafts/releases"}}}, DENIED, "the list of releases"},
		{"", {'S', {{"@files", "a1 drafts/Releases/x"}}}, DENIED, "the list of releases"},
		{"", {'S', {{"@files", "a1 drafts/RELEASES.txt|a2 drafts/trade/RELEASES"}}}, ALLOWED},
	};
	char *all = text_with(office_policy, "candidates: [\"drafts/**\"]", "candidates: [\"**\"]");
	char *policy = text_with(all, "paths: [\"drafts/trade/**\"]", "paths: [\"**\"]");

	(void)state;
	TRY_ALL(table, policy);
	free(all);
	free(policy);
}

static void a_scan_record_is_of_these_files_under_these_rules(void **state)
{
	static const struct attempt table[] = {
		{"", {'S', {{"@scanned", "a2 drafts/trade/a.txt"}}}, MISMATCH, "its scan is of other files"},
		{"", {'S', {{"@scanned", "a1 drafts/trade/b.txt"}}}, MISMATCH, "its scan is of other files"},
		{"", {'S', {{"@scanned", TWO_FILES}}}, MISMATCH, "its scan is of other files"},
		{"", {'S', {{"@files", TWO_FILES}, {"@scanned", ONE_FILE}}}, MISMATCH, "its scan is of other files"},
		{"", {'S', {{"@found", "rules"}}}, MISMATCH, "other rules"},
		{"", {'S', {{"@found", "block"}}}, DENIED, "1 things to remove and 0 undecided"},
		{"", {'S', {{"@found", "undecided"}}}, DENIED, "0 things to remove and 1 undecided"},
		{"", {'S', {{"scan", ZEROS}}}, ERR_INPUT, "it brings no scan record"},
		{"", {'S', {{"@found", "review"}}}, ALLOWED},
		{"", {'S', {{"@found", "note"}}}, ALLOWED},
	};

	(void)state;
	TRY_ALL(table, NULL);
}

static void a_malformed_scan_record_is_refused(void **state)
{
	struct world w;
	struct entry e;
	const struct order o = {.what = 'S'};
	struct err err = {0};

	(void)state;
	begin(&w, "");
	make_entry(&w, &o, &e);
	e.bodies[0].len--;
	assert_false(docket_apply(&w.docket, &e, &err));
	assert_string_equal(err.why, "scan record: malformed");
	assert_int_equal(w.docket.case_count, 0);
	entry_release(&e);
	end(&w);
}

static void a_signature_names_what_was_submitted(void **state)
{
	static const struct attempt table[] = {
		{"S", {'1', {{"case", "2026-0002"}}}, MISMATCH, "there is no case 2026-0002"},
		{"S", {'1', {{"round", "2"}}}, MISMATCH, "round 2 of case 2026-0001 is not the newest one"},
		{"SS", {'1', {{"round", "1"}}}, MISMATCH, "round 1 of case 2026-0001 is not the newest one"},
		{"S", {'1', {{"submit", ZEROS}}}, MISMATCH, "another submission"},
		{"S", {'1', {{"scan", ZEROS}}}, MISMATCH, "another scan"},
		{"S", {'1', {{"file", "a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2 10 100644 drafts/trade/a.txt"}}},
		 MISMATCH, "other files"},
		{"S", {'1', {{"file", "a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1 11 100644 drafts/trade/a.txt"}}},
		 MISMATCH, "other files"},
		{"S", {'1', {{"file", "a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1 10 100755 drafts/trade/a.txt"}}},
		 MISMATCH, "other files"},
		{"S", {'1', {{"file", "a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1 10 100644 drafts/trade/b.txt"}}},
		 MISMATCH, "other files"},
		{"S", {'1', {{"file", "a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1 10 100644 drafts/trade/a.txt"}}},
		 ALLOWED},
	};

	(void)state;
	TRY_ALL(table, NULL);
}

static void only_who_holds_a_stage_signs_it(void **state)
{
	static const struct attempt table[] = {
		{"S", {'1', {{"@person", "li.na"}}}, DENIED, "li.na may not sign initial for section trade"},
		{"S", {'1', {{"@person", "chen.jing"}}}, DENIED, "chen.jing may not sign initial"},
		{"S", {'1', {{"stage", "quality"}}}, DENIED, "no stage 'quality'"},
		{"S1", {'2', {{"@person", "sun.yue"}}}, DENIED, "sun.yue may not sign head for section trade"},
		{"S12", {'3', {{"@person", "sun.yue"}}}, DENIED, "sun.yue may not sign director"},
		{"S12", {'3', {{"@person", "sun.yue"}, {"@time", "2026-11-30"}}}, DENIED, "sun.yue may not sign director"},
		{"S12", {'3', {{"@person", "sun.yue"}, {"@time", "2026-12-16"}}}, DENIED, "sun.yue may not sign director"},
		{"S12", {'3', {{"@person", "sun.yue"}, {"@time", "2026-12-01"}}}, ALLOWED},
		{"S12", {'3', {{"@person", "sun.yue"}, {"@time", "2026-12-15"}}}, ALLOWED},
		{"S", {'1', {{"@person", "liu.yang"}}}, ALLOWED},
	};

	(void)state;
	TRY_ALL(table, NULL);
}

static void stages_are_signed_in_order(void **state)
{
	static const struct attempt table[] = {
		{"S", {'2', {{0}}}, DENIED, "head comes after initial, which is not complete"},
		{"S", {'3', {{0}}}, DENIED, "director comes after initial"},
		{"S1", {'3', {{0}}}, DENIED, "director comes after head"},
		{"S1S", {'2', {{0}}}, DENIED, "head comes after initial"},      /* of another round */
		{"S12S1", {'3', {{0}}}, DENIED, "director comes after head"},
		{"S1", {'1', {{"@person", "liu.yang"}}}, ALLOWED},              /* a supplement */
		{"S123", {'2', {{0}}}, ALLOWED},
		{"S1", {'2', {{0}}}, ALLOWED},
	};

	(void)state;
	TRY_ALL(table, NULL);
}

static void nobody_approves_his_own_or_twice(void **state)
{
	static const struct attempt own[] = {
		{"", {'S', {{"@person", "liu.yang"}}}, ALLOWED},
		{"S", {'1', {{"@person", "zhao.lei"}}}, DENIED, "zhao.lei submitted this and may not approve it"},
		{"S1", {'2', {{"@person", "wang.wei"}}}, DENIED, "wang.wei signed another stage"},
		{"S1", {'2', {{"@person", "liu.yang"}}}, ALLOWED},
	};
	static const struct attempt allowed[] = {
		{"S", {'1', {{"@person", "zhao.lei"}}}, ALLOWED},
		{"S1", {'2', {{"@person", "wang.wei"}}}, ALLOWED},
	};
	char *all = text_with(office_policy, "may: [{submit: [trade, market]}]", "may: [{submit: all}, {stage: initial}, {stage: head}]");
	char *strict = text_with(all, "may: [{stage: initial}]", "may: [{stage: initial}, {stage: head}]");
	char *more = text_with(strict, "{stage: initial, section: trade}", "{stage: initial, section: trade}, {stage: head}");
	char *lax = text_with(more, "separation: {distinct-people: true, submitter-may-sign: false}",
	                      "separation: {distinct-people: false, submitter-may-sign: true}");

	(void)state;
	TRY_ALL(own, more);
	TRY_ALL(allowed, lax);
	free(all);
	free(strict);
	free(more);
	free(lax);
}

static void a_round_that_ended_takes_no_more_signatures(void **state)
{
	static const struct attempt table[] = {
		{"S1T", {'2', {{0}}}, DENIED, "this round was ended by li.na (return)"},
		{"ST", {'1', {{0}}}, DENIED, "this round was ended by li.na (return)"},
		{"S1T", {'T', {{0}}}, DENIED, "this round was ended"},
		{"S1T", {'C', {{0}}}, DENIED, "this round was ended"},
		{"S123R", {'2', {{0}}}, DENIED, "this round is released"},
		{"S123RD", {'T', {{0}}}, DENIED, "this round is released"},
		{"S1TS", {'1', {{0}}}, ALLOWED},
	};

	(void)state;
	TRY_ALL(table, NULL);
}

static void each_decision_needs_what_it_needs(void **state)
{
	static const struct attempt table[] = {
		{"S1", {'2', {{"opinion", ""}}}, DENIED, "needs an opinion"},
		{"S1", {'T', {{"opinion", ""}}}, DENIED, "needs an opinion"},
		{"S1", {'2', {{"decision", "agree"}}}, DENIED, "may not decide that"},
		{"S1", {'2', {{"decision", ""}}}, DENIED, "may not decide that"},
		{"S1", {'T', {{"decision", "redact"}}}, DENIED, "redact needs a ground"},
		{"S1", {'T', {{"decision", "on-request"}}}, DENIED, "on-request needs a ground"},
		{"S1", {'T', {{"decision", "refuse"}, {"until", "2027-11-23"}}}, DENIED, "refuse needs a ground"},
		{"S1", {'T', {{"decision", "refuse"}, {"ground", "process"}}}, DENIED, "refuse needs a date"},
		{"S1", {'T', {{"decision", "postpone"}}}, DENIED, "postpone needs a date"},
		{"S1", {'T', {{"decision", "postpone"}, {"until", "2026-11-23"}}}, DENIED, "still to come"},
		{"S1", {'T', {{"decision", "refuse"}, {"ground", "process"}, {"until", "2020-01-01"}}}, DENIED, "still to come"},
		{"S1", {'C', {{"addressee", ""}}}, DENIED, "consult needs somebody to ask"},
		{"S1", {'C', {{"decision", "refer"}, {"addressee", ""}}}, DENIED, "refer needs somebody to ask"},
		{"S1", {'T', {{"@append clear", ZEROS " - reason"}}}, DENIED, "only an approval clears"},
		{"S1", {'T', {{"@append answer", "yes"}}}, DENIED, "only an approval clears"},
		{"S1", {'T', {{"decision", "redact"}, {"ground", "third-party"}}}, ALLOWED},
		{"S1", {'T', {{"decision", "on-request"}, {"ground", "process"}}}, ALLOWED},
		{"S1", {'T', {{"decision", "refuse"}, {"ground", "process"}, {"until", "2027-11-23"}}}, ALLOWED},
		{"S1", {'T', {{"decision", "postpone"}, {"until", "2026-11-24"}}}, ALLOWED},
		{"S1", {'C', {{"decision", "refer"}}}, ALLOWED},
		{"S", {'T', {{0}}}, ALLOWED}, /* the head may return before his turn */
		{"S1", {'C', {{0}}}, ALLOWED},
	};

	(void)state;
	TRY_ALL(table, NULL);
}

static void a_stage_decides_and_asks_as_the_policy_says(void **state)
{
	static const struct attempt table[] = {
		{"S1", {'T', {{"decision", "refuse"}, {"ground", "process"}, {"until", "2027-11-23"}}}, DENIED, "head may not decide that"},
		{"S1", {'C', {{0}}}, DENIED, "head may not decide that"},
		{"S1", {'2', {{0}}}, DENIED, "questions to be answered at stage head: 2"},
		{"S1", {'2', {{"@append answer", "yes"}}}, DENIED, "questions to be answered at stage head: 2"},
		{"S", {'1', {{"@append answer", "yes"}}}, DENIED, "questions to be answered at stage initial: 0"},
		{"S1", {'T', {{0}}}, ALLOWED},
		{"S1", {'2', {{"@append answer", "yes"}, {"@append answer", "no"}}}, ALLOWED},
	};
	char *policy = text_with(office_policy, "{id: head, title: {en: Section head}}",
	                         "{id: head, title: {en: H}, decisions: [approve, return], asks: [\"a?\", \"b?\"]}");

	(void)state;
	TRY_ALL(table, policy);
	free(policy);
}

/* What a clearance has to be, tried on a round with one review finding. */
static void clearances_name_findings_of_the_round(void **state)
{
	static const struct {
		const char *format;  /* %s: the finding */
		const char *attach;  /* evidence that comes along */
		const char *why;     /* NULL: allowed */
	} table[] = {
		{ZEROS " - reason", NULL, "a finding this round does not have"},
		{"%s", NULL, "malformed"},
		{"%s -", NULL, "malformed"},
		{"%s - ", NULL, "malformed"},
		{"%s reason", NULL, "malformed"},
		{"%s " ZEROS "1 reason", NULL, "malformed"},
		{"%s 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 reason", NULL, "evidence that is not attached"},
		{"%s 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 reason", "other", "evidence that is not attached"},
		{"%s 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 reason", "test", NULL},
		{"%s - reason", NULL, NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct world w;
		struct err err = {0};
		struct order o = {.what = '1'};
		char hex[DIGEST_HEX_SIZE], *line;
		const char *rest = strncmp(table[i].format, "%s", 2) == 0 ? table[i].format + 2 : NULL;
		bool ok;

		begin(&w, "");
		must_give(&w, &(struct order){'S', {{"@found", "review"}}});
		line = rest != NULL ? mem_format("%s%s", digest_to_hex(&w.finding, hex), rest) : mem_copy_string(table[i].format);
		o.changes[0] = (struct change){"@append clear", line};
		if (table[i].attach != NULL)
			o.changes[1] = (struct change){"@attach", table[i].attach};
		ok = give(&w, &o, &err);
		if (ok != (table[i].why == NULL) || (!ok && strstr(err.why, table[i].why) == NULL))
			fail_msg("'%s': %s", table[i].format, err.why);
		if (ok)
			assert_string_equal(round_of(&w)->sign_offs[0].clears[0].reason, "reason");
		free(line);
		end(&w);
	}
}

/* New rules may find more than the record of the submission: a later scan then knows other findings. */
static void new_rules_bring_findings_the_record_does_not_have(void **state)
{
	struct world w;
	struct err err = {0};
	const struct order o = {'1', {{"@append clear", ZEROS " - reason"}}};

	(void)state;
	begin(&w, "S");
	assert_false(give(&w, &o, &err));
	tell(&w, "U");
	must_give(&w, &o);
	end(&w);
}

static void a_stage_that_may_not_clear_does_not(void **state)
{
	char *policy = text_with(office_policy, "people: 1, scope: section", "people: 1, may-clear: false");
	struct world w = {.policy = policy};
	char hex[DIGEST_HEX_SIZE], *line;
	struct err err = {0};

	(void)state;
	tell(&w, "G");
	must_give(&w, &(struct order){'S', {{"@found", "review"}}});
	line = mem_format("%s - reason", digest_to_hex(&w.finding, hex));
	assert_false(give(&w, &(struct order){'1', {{"@append clear", line}}}, &err));
	assert_string_equal(err.why, "stage initial may not clear findings");
	tell(&w, "1");
	must_give(&w, &(struct order){'2', {{"@append clear", line}}});
	end(&w);
	free(line);
	free(policy);
}

static void answers_and_records_belong_to_the_round(void **state)
{
	static const struct attempt table[] = {
		{"S1C", {'A', {{"answers", ZEROS}}}, MISMATCH, "answers no open question"},
		{"S1", {'A', {{0}}}, MISMATCH, "answers no open question"},
		{"S1CA", {'A', {{0}}}, MISMATCH, "answers no open question"},
		{"S1C", {'A', {{"submit", ZEROS}}}, MISMATCH, "another submission"},
		{"S1C", {'A', {{"@person", "he.jun"}}}, DENIED, "knows nobody named he.jun"},
		{"S1CS", {'A', {{0}}}, MISMATCH, "answers no open question"},
		{"S1", {'F', {{"register", ""}}}, DENIED, "a register number is wanted"},
		{"S1", {'F', {{"case", "2026-0009"}}}, MISMATCH, "there is no case 2026-0009"},
		{"SS1", {'F', {{"round", "1"}}}, MISMATCH, "not the newest one"},
		{"S1C", {'A', {{"@person", "chen.jing"}}}, ALLOWED},
		{"S1C", {'A', {{0}}}, ALLOWED},
		{"S123RD", {'F', {{0}}}, ALLOWED},
	};
	static const struct attempt strangers[] = {
		{"S1C", {'A', {{"@person", "zhang.min"}}}, DENIED, "zhang.min has no part in section trade"},
		{"S1C", {'F', {{"@person", "zhang.min"}}}, DENIED, "zhang.min has no part in section trade"},
	};
	char *policy = text_with(office_policy, "may: [{stage: director}]", "may: []");
	struct world w;

	(void)state;
	TRY_ALL(table, NULL);
	TRY_ALL(strangers, policy);
	begin(&w, "S1CAF");
	assert_true(round_of(&w)->sign_offs[1].answered);
	assert_string_equal(round_of(&w)->sign_offs[1].answer, "consent: letter of 20 November");
	assert_true(names_have(&docket_case(&w.docket, CASE_ID)->register_numbers, "备字 12 号"));
	end(&w);
	free(policy);
}

static void a_round_keeps_what_its_form_said(void **state)
{
	struct world w;
	const struct round *r;

	(void)state;
	begin(&w, "");
	must_give(&w, &(struct order){'S', {{"title", "展会通知"}, {"@files", TWO_FILES}, {"@found", "note"}}});
	r = round_of(&w);
	assert_string_equal(round_field(r, "title"), "展会通知");
	assert_string_equal(round_field(r, "attribute"), "proactive");
	assert_string_equal(round_field(r, "file"), "");
	assert_string_equal(round_field(r, "case"), "");
	assert_string_equal(r->submitter, "zhao.lei");
	assert_int_equal(r->files->count, 2);
	assert_int_equal(r->scan->files[0].count, 1);
	assert_int_equal(r->seq, 2);
	end(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_submission_stands_in_its_place),
		cmocka_unit_test(a_submission_is_by_an_officer_of_the_section),
		cmocka_unit_test(two_files_never_become_one),
		cmocka_unit_test(a_scan_record_is_of_these_files_under_these_rules),
		cmocka_unit_test(a_malformed_scan_record_is_refused),
		cmocka_unit_test(a_signature_names_what_was_submitted),
		cmocka_unit_test(only_who_holds_a_stage_signs_it),
		cmocka_unit_test(stages_are_signed_in_order),
		cmocka_unit_test(nobody_approves_his_own_or_twice),
		cmocka_unit_test(a_round_that_ended_takes_no_more_signatures),
		cmocka_unit_test(each_decision_needs_what_it_needs),
		cmocka_unit_test(a_stage_decides_and_asks_as_the_policy_says),
		cmocka_unit_test(clearances_name_findings_of_the_round),
		cmocka_unit_test(new_rules_bring_findings_the_record_does_not_have),
		cmocka_unit_test(a_stage_that_may_not_clear_does_not),
		cmocka_unit_test(answers_and_records_belong_to_the_round),
		cmocka_unit_test(a_round_keeps_what_its_form_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
