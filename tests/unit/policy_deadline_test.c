/* policy_deadline_test.c - which terms are open on a day, and how far away they are. */
#include "policy_docket_fixture.h"

#include "policy/calendar.h"
#include "policy/deadline.h"

static const char calendar_2026[] = "review-calendar: 1\ncalendar: cn\nyears:\n"
                                    "  2026: {holidays: [{name: {en: a}, on: 2026-11-25}], worked: [{name: {en: a}, on: 2026-11-28}]}\n";

struct fixture {
	struct world world;
	char *policy;
	struct calendar *calendar;
	struct deadlines open;
};

/* The story happens on 2026-11-23, a Monday. */
static void look(struct fixture *f, const char *from, const char *to, const char *story, const char *today)
{
	struct err err = {0}, missing = {0};

	*f = (struct fixture){.policy = text_with(office_policy, from, to)};
	f->world.policy = f->policy;
	tell(&f->world, "G");
	tell(&f->world, story);
	assert_true(calendar_parse("c.yaml", calendar_2026, strlen(calendar_2026), &f->calendar, &err));
	case_deadlines(f->world.docket.policy, f->calendar, &missing, docket_case(&f->world.docket, CASE_ID), date(today), &f->open);
}

static void release(struct fixture *f)
{
	calendar_free(f->calendar);
	end(&f->world);
	free(f->policy);
}

static void is_open(const struct deadline *d, enum deadline_kind kind, const char *due, bool overdue, uint32_t left)
{
	char text[DATE_TEXT_SIZE];

	assert_int_equal(d->kind, kind);
	assert_true(d->known);
	assert_string_equal(date_to_text(d->due, text), due);
	assert_int_equal(d->overdue, overdue);
	assert_int_equal(d->left, left);
}

static void a_form_without_a_day_counts_from_submission(void **state)
{
	struct fixture f;

	(void)state;
	look(&f, "working-days: 20", "working-days: 5", "S", "2026-11-24");
	assert_int_equal(f.open.count, 1);
	is_open(&f.open.items[0], DEADLINE_CASE, "2026-11-30", false, 4); /* without the 25th, with Saturday the 28th */
	assert_string_equal(f.open.items[0].from, "submitted");
	release(&f);
}

/* 2026-11-23 in the evening by UTC is the 24th in an office eight hours ahead. */
static void days_are_the_offices_and_not_those_of_utc(void **state)
{
	struct fixture f;
	const int64_t evening = (int64_t)date("2026-11-23") * 86400 + 16 * 3600;

	(void)state;
	look(&f, "deadline:", "timezone: '+08:00'\ndeadline:", "S", "2026-11-24");
	assert_int_equal(policy_day(f.world.docket.policy, evening), date("2026-11-24"));
	assert_int_equal(policy_day(f.world.docket.policy, evening - 1), date("2026-11-23"));
	assert_int_equal(policy_day(NULL, evening), date("2026-11-23"));
	release(&f);
	look(&f, "deadline:", "timezone: '-05:30'\ndeadline:", "S", "2026-11-24");
	assert_int_equal(policy_day(f.world.docket.policy, evening - 10 * 3600 - 1800), date("2026-11-23"));
	assert_int_equal(policy_day(f.world.docket.policy, evening - 10 * 3600 - 1801), date("2026-11-22"));
	release(&f);
}

static void the_last_day_is_still_in_time_and_the_next_is_not(void **state)
{
	struct fixture f;

	(void)state;
	look(&f, "working-days: 20", "working-days: 4", "S", "2026-11-28");
	is_open(&f.open.items[0], DEADLINE_CASE, "2026-11-28", false, 0);
	release(&f);
	look(&f, "working-days: 20", "working-days: 4", "S", "2026-11-29"); /* a Sunday */
	is_open(&f.open.items[0], DEADLINE_CASE, "2026-11-28", true, 0);
	release(&f);
	look(&f, "working-days: 20", "working-days: 4", "S", "2026-12-01");
	is_open(&f.open.items[0], DEADLINE_CASE, "2026-11-28", true, 2);
	release(&f);
}

static void a_stage_has_a_term_of_its_own_and_the_nearest_is_first(void **state)
{
	struct fixture f;

	(void)state;
	look(&f, "{id: head, title: {en: Section head}}", "{id: head, title: {en: Section head}, within: {working-days: 2}}", "S",
	     "2026-11-24");
	assert_int_equal(f.open.count, 1); /* the initial reviewer has none */
	release(&f);
	look(&f, "{id: head, title: {en: Section head}}", "{id: head, title: {en: Section head}, within: {working-days: 2}}", "S1",
	     "2026-11-24");
	assert_int_equal(f.open.count, 2);
	is_open(&f.open.items[0], DEADLINE_STAGE, "2026-11-26", false, 1);
	assert_string_equal(f.open.items[0].stage, "head");
	assert_string_equal(f.open.items[0].from, "sign-off");
	assert_int_equal(f.open.items[1].kind, DEADLINE_CASE);
	release(&f);
}

static void what_is_decided_or_public_has_no_term(void **state)
{
	static const char *const stories[] = {"ST", "S123RD", "S123R"};
	struct fixture f;

	(void)state;
	for (size_t i = 0; i < COUNT(stories); i++) {
		look(&f, "working-days: 20", "working-days: 5", stories[i], "2026-11-24");
		assert_int_equal(f.open.count, 0);
		release(&f);
	}
	look(&f, "deadline: {working-days: 20, from: formed, calendar: cn}\n", "", "S", "2026-11-24");
	assert_int_equal(f.open.count, 0);
	release(&f);
}

static void a_day_nobody_knows_is_not_guessed(void **state)
{
	const struct err missing = {.kind = ERR_NOT_FOUND, .why = "there is no calendar 'cn'"};
	struct fixture f;

	(void)state;
	look(&f, "working-days: 20", "working-days: 40", "S", "2026-11-24");
	assert_int_equal(f.open.count, 1);
	assert_false(f.open.items[0].known);
	assert_string_equal(f.open.items[0].why.why, "the calendar cn does not know the year 2027");
	case_deadlines(f.world.docket.policy, NULL, &missing, docket_case(&f.world.docket, CASE_ID), date("2026-11-24"), &f.open);
	assert_false(f.open.items[0].known);
	assert_string_equal(f.open.items[0].why.why, missing.why);
	release(&f);
	look(&f, "working-days: 20", "working-days: 5", "S", "2027-01-10"); /* the day is known, how long ago is not */
	assert_true(f.open.items[0].known);
	assert_true(f.open.items[0].overdue);
	assert_int_equal(f.open.items[0].why.kind, ERR_NOT_FOUND);
	release(&f);
}

static void the_overdue_come_first_and_the_unknown_last(void **state)
{
	struct deadlines late = {.count = 1}, soon = {.count = 1}, unknown = {.count = 1}, none = {0};

	(void)state;
	late.items[0] = (struct deadline){.known = true, .due = 10, .overdue = true};
	soon.items[0] = (struct deadline){.known = true, .due = 20};
	assert_true(deadlines_order(&late, &soon) < 0);
	assert_true(deadlines_order(&soon, &unknown) < 0);
	assert_true(deadlines_order(&unknown, &none) < 0);
	assert_true(deadlines_order(&none, &late) > 0);
	assert_int_equal(deadlines_order(&none, &none), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_form_without_a_day_counts_from_submission),
		cmocka_unit_test(days_are_the_offices_and_not_those_of_utc),
		cmocka_unit_test(the_last_day_is_still_in_time_and_the_next_is_not),
		cmocka_unit_test(a_stage_has_a_term_of_its_own_and_the_nearest_is_first),
		cmocka_unit_test(what_is_decided_or_public_has_no_term),
		cmocka_unit_test(a_day_nobody_knows_is_not_guessed),
		cmocka_unit_test(the_overdue_come_first_and_the_unknown_last),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
