/* policy_calendar_test.c - working days: what is known, how they are counted, what is refused. */
#include "policy_fixture.h"

#include "policy/calendar.h"

static struct calendar *built_in(const char *id)
{
	struct calendar *c = NULL;
	struct err err = {0};

	if (!calendar_built_in(id, &c, &err))
		fail_msg("%s", err.why);
	return c;
}

static struct calendar *parsed(const char *text)
{
	struct calendar *c = NULL;
	struct err err = {0};

	if (!calendar_parse("c.yaml", text, strlen(text), &c, &err))
		fail_msg("%s", err.why);
	return c;
}

static const char *after(const struct calendar *c, const char *from, uint32_t days)
{
	static char text[DATE_TEXT_SIZE];
	struct err err = {0};
	int32_t due = 0;

	return calendar_add_working_days(c, date(from), days, &due, &err) ? date_to_text(due, text) : "unknown";
}

static void terms_pass_over_holidays_and_worked_weekends(void **state)
{
	static const struct {
		const char *from;
		uint32_t days;
		const char *due;
	} table[] = {
		{"2026-01-28", 20, "2026-03-03"}, /* Spring Festival; counted Monday to Friday it would be 02-25 */
		{"2026-02-13", 1, "2026-02-14"},  /* a Saturday that is worked */
		{"2026-02-14", 1, "2026-02-24"},
		{"2020-01-31", 1, "2020-02-03"},  /* 02-01 was first announced as worked, then cancelled */
		{"2019-04-30", 1, "2019-05-05"},  /* amended in March; 05-05 is a Sunday */
		{"2025-12-31", 1, "2026-01-04"},  /* over the end of the year, to a Sunday that is worked */
		{"2018-12-31", 1, "2019-01-02"},  /* the first day need not be known */
		{"2026-10-09", 1, "2026-10-10"},  {"2026-12-30", 1, "2026-12-31"},
		{"2026-09-18", 1, "2026-09-20"},  {"2026-12-31", 0, "2026-12-31"},
		{"2026-12-31", 1, "unknown"},     {"2026-12-04", 20, "unknown"}, {"2018-06-01", 1, "unknown"},
	};
	struct calendar *cn = built_in("cn");

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++)
		if (strcmp(after(cn, table[i].from, table[i].days), table[i].due) != 0)
			fail_msg("%u after %s: %s", (unsigned)table[i].days, table[i].from, after(cn, table[i].from, table[i].days));
	calendar_free(cn);
}

static void every_year_has_about_250_working_days(void **state)
{
	static const unsigned expected[] = {250, 249, 250, 249, 249, 251, 248, 248};
	struct calendar *cn = built_in("cn");
	struct err err = {0};
	char from[32], to[32];
	uint32_t days = 0;

	(void)state;
	assert_int_equal(calendar_year_count(cn), COUNT(expected));
	for (size_t i = 0; i < COUNT(expected); i++) {
		const char *source, *unverified;
		const int year = calendar_year(cn, i, &source, &unverified);

		assert_int_equal(year, 2019 + (int)i);
		assert_true(strncmp(source, "http", 4) == 0);
		(void)snprintf(from, sizeof(from), "%04d-12-31", year - 1);
		(void)snprintf(to, sizeof(to), "%04d-12-31", year);
		assert_true(calendar_count_working_days(cn, date(from), date(to), &days, &err));
		if (days != expected[i])
			fail_msg("%d has %u working days", year, (unsigned)days);
	}
	calendar_free(cn);
}

static void a_year_nobody_announced_is_said(void **state)
{
	struct calendar *cn = built_in("cn");
	struct err err = {0};
	int32_t due = 7;
	uint32_t count = 7;

	(void)state;
	assert_int_equal(calendar_day(cn, date("2027-01-05"), NULL, NULL), DAY_UNKNOWN);
	assert_false(calendar_add_working_days(cn, date("2026-12-30"), 5, &due, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_string_equal(err.why, "the calendar cn does not know the year 2027");
	assert_non_null(strstr(err.hint, ".review/calendar/cn.yaml"));
	assert_int_equal(due, 7);
	err = (struct err){0};
	assert_false(calendar_count_working_days(cn, date("2026-12-30"), date("2027-01-02"), &count, &err));
	assert_int_equal(count, 7);
	calendar_free(cn);
}

static void days_have_the_names_of_their_holidays(void **state)
{
	struct calendar *cn = built_in("cn");
	const char *en = NULL, *zh = NULL;

	(void)state;
	assert_int_equal(calendar_day(cn, date("2026-02-17"), &en, &zh), DAY_FREE);
	assert_string_equal(en, "Spring Festival");
	assert_string_equal(zh, "春节");
	assert_int_equal(calendar_day(cn, date("2026-02-28"), &en, &zh), DAY_WORKING);
	assert_string_equal(zh, "春节");
	assert_int_equal(calendar_day(cn, date("2026-03-02"), &en, NULL), DAY_WORKING);
	assert_string_equal(en, "");
	assert_int_equal(calendar_day(cn, date("2018-12-29"), NULL, NULL), DAY_WORKING); /* by the notice for 2019 */
	assert_int_equal(calendar_day(cn, date("2018-12-28"), NULL, NULL), DAY_UNKNOWN);
	calendar_free(cn);
}

static void rules_find_the_day_of_every_year(void **state)
{
	static const struct {
		const char *day;
		enum day_kind kind;
	} table[] = {
		{"2021-07-05", DAY_FREE},    /* the 4th was a Sunday */
		{"2020-07-03", DAY_FREE},    /* the 4th was a Saturday */
		{"2021-12-31", DAY_FREE},    /* New Year 2022 was a Saturday */
		{"2022-01-03", DAY_WORKING}, {"2026-11-26", DAY_FREE}, {"2026-11-27", DAY_WORKING},
		{"2026-05-25", DAY_FREE},    {"2026-05-18", DAY_WORKING}, {"2027-05-31", DAY_FREE},
		{"2020-06-19", DAY_WORKING}, {"2026-06-19", DAY_FREE}, {"2099-09-07", DAY_FREE},
	};
	struct calendar *us = built_in("us-federal");

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++)
		if (calendar_day(us, date(table[i].day), NULL, NULL) != table[i].kind)
			fail_msg("%s", table[i].day);
	calendar_free(us);
}

static void other_weekends_and_other_ways_to_observe(void **state)
{
	struct calendar *c = parsed("review-calendar: 1\ncalendar: x\nweekend: [friday, saturday]\nevery-year:\n"
	                            "  - {name: {en: Leap day}, on: 02-29}\n"
	                            "  - {name: {en: Next}, on: 05-01, observed: next-weekday}\n"
	                            "  - {name: {en: As it is}, on: 05-02}\n"
	                            "  - {name: {en: Fourth}, weekday: sunday, nth: 4, month: 2}\n");

	(void)state;
	assert_int_equal(calendar_day(c, date("2026-11-29"), NULL, NULL), DAY_WORKING); /* a Sunday */
	assert_int_equal(calendar_day(c, date("2026-11-27"), NULL, NULL), DAY_FREE);
	assert_int_equal(calendar_day(c, date("2024-02-29"), NULL, NULL), DAY_FREE);
	assert_int_equal(calendar_day(c, date("2026-05-03"), NULL, NULL), DAY_FREE);  /* 05-01 was a Friday */
	assert_int_equal(calendar_day(c, date("2027-05-02"), NULL, NULL), DAY_FREE);  /* a Sunday */
	assert_int_equal(calendar_day(c, date("2026-02-22"), NULL, NULL), DAY_FREE);
	assert_string_equal(after(c, "2026-02-28", 1), "2026-03-01"); /* no 29 February that year */
	calendar_free(c);
}

static void monday_to_friday_when_the_policy_names_none(void **state)
{
	struct calendar *c = built_in("");

	(void)state;
	assert_string_equal(after(c, "2026-01-28", 20), "2026-02-25");
	assert_string_equal(after(c, "2999-01-07", 20), "2999-02-04");
	calendar_free(c);
}

static void an_office_adds_a_year_and_corrects_one(void **state)
{
	struct calendar *c = parsed("review-calendar: 1\ncalendar: cn\nextends: built-in\nyears:\n"
	                            "  2026: {holidays: [{name: {zh: 本地节日}, on: 2026-03-02}]}\n"
	                            "  2027:\n    unverified: from a newspaper\n"
	                            "    holidays: [{name: {zh: 元旦}, from: 2026-12-31, until: 2027-01-03}]\n"
	                            "    worked: [{name: {zh: 元旦}, on: 2027-01-09}]\n");
	const char *source, *unverified;

	(void)state;
	assert_int_equal(calendar_year_count(c), 9);
	assert_int_equal(calendar_year(c, 8, &source, &unverified), 2027);
	assert_string_equal(unverified, "from a newspaper");
	assert_string_equal(after(c, "2026-12-30", 1), "2027-01-04"); /* the notice for 2027 takes 12-31 */
	assert_string_equal(after(c, "2027-01-08", 1), "2027-01-09");
	assert_string_equal(after(c, "2026-02-27", 1), "2026-03-03"); /* 2026 is the office's own now */
	assert_string_equal(after(c, "2025-12-31", 1), "2026-01-01");
	calendar_free(c);
}

static void a_slip_of_the_pen_is_refused(void **state)
{
	static const struct {
		const char *text, *why;
	} table[] = {
		{"calendar: x\n", "c.yaml:1:1: 'review-calendar' is missing"},
		{"review-calendar: 2\ncalendar: x\n", "c.yaml:1:18: "},
		{"review-calendar: 1\ncalendar: X y\n", "c.yaml:2:11: the name of a calendar is wanted here"},
		{"review-calendar: 1\ncalendar: x\nextends: built-in\n", "c.yaml:3:10: no calendar 'x' is built in"},
		{"review-calendar: 1\ncalendar: x\nweekend: [noday]\n", "c.yaml:3:11: "},
		{"review-calendar: 1\ncalendar: x\nweekend: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]\n",
		 "c.yaml:3:10: a week without a working day"},
		{"review-calendar: 1\ncalendar: x\nyears: {}\n", "c.yaml:3:8: years are wanted here"},
		{"review-calendar: 1\ncalendar: x\nyears: {2026: {worked: [{name: {en: a}, on: 2026-02-30}]}}\n",
		 "c.yaml:3:45: a day is wanted here"},
		{"review-calendar: 1\ncalendar: x\nyears: {2026: {worked: [{name: {en: a}, on: 2027-01-02}]}}\n",
		 "c.yaml:3:25: 2027-01-02 does not belong to 2026"},
		{"review-calendar: 1\ncalendar: x\nyears: {2026: {worked: [{name: {en: a}, on: 2025-11-30}]}}\n",
		 "c.yaml:3:25: 2025-11-30 does not belong to 2026"},
		{"review-calendar: 1\ncalendar: x\nyears: {2026: {holidays: [{name: {en: a}, from: 2026-05-03, until: 2026-05-01}]}}\n",
		 "c.yaml:3:27: from and until are not in order"},
		{"review-calendar: 1\ncalendar: x\nyears: {2026: {holidays: [{name: {en: a}, from: 2026-05-01, until: 2026-11-01}]}}\n",
		 "c.yaml:3:27: from and until are not in order"},
		{"review-calendar: 1\ncalendar: x\nyears: {2026: {holidays: [{name: {en: a}, on: 2026-05-01}], worked: [{name: {en: b}, on: 2026-05-01}]}}\n",
		 "c.yaml:3:70: 2026-05-01 is listed twice"},
		{"review-calendar: 1\ncalendar: x\nyears: {2026: {holidays: [{name: {en: a}, on: 2026-05-01, from: 2026-05-01}]}}\n",
		 "c.yaml:3:27: either 'on', or 'from' and 'until'"},
		{"review-calendar: 1\ncalendar: x\nyears: {2026: {holidays: [{name: {en: a}, from: 2026-05-01}]}}\n",
		 "c.yaml:3:27: either 'on', or 'from' and 'until'"},
		{"review-calendar: 1\ncalendar: x\nyears: {2026: {weekends: []}}\n", "c.yaml:3:16: "},
		{"review-calendar: 1\ncalendar: x\nyears: {soon: {}}\n", "c.yaml:3:9: "},
		{"review-calendar: 1\ncalendar: x\nevery-year: [{name: {en: a}, on: 13-01}]\n", "c.yaml:3:34: a day of the year"},
		{"review-calendar: 1\ncalendar: x\nevery-year: [{name: {en: a}, weekday: monday, nth: 6, month: 1}]\n", "c.yaml:3:52: "},
		{"review-calendar: 1\ncalendar: x\nevery-year: [{name: {en: a}, on: 01-01, month: 1}]\n", "c.yaml:3:41: "},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct calendar *c = NULL;
		struct err err = {0};

		if (calendar_parse("c.yaml", table[i].text, strlen(table[i].text), &c, &err))
			fail_msg("accepted: %s", table[i].text);
		assert_int_equal(err.kind, ERR_INPUT);
		assert_null(c);
		if (strncmp(err.why, table[i].why, strlen(table[i].why)) != 0)
			fail_msg("'%s' instead of '%s'", err.why, table[i].why);
	}
}

static void a_calendar_nobody_wrote_is_not_there(void **state)
{
	struct calendar *c = NULL;
	struct err err = {0};

	(void)state;
	assert_false(calendar_built_in("mars", &c, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	assert_null(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(terms_pass_over_holidays_and_worked_weekends),
		cmocka_unit_test(every_year_has_about_250_working_days),
		cmocka_unit_test(a_year_nobody_announced_is_said),
		cmocka_unit_test(days_have_the_names_of_their_holidays),
		cmocka_unit_test(rules_find_the_day_of_every_year),
		cmocka_unit_test(other_weekends_and_other_ways_to_observe),
		cmocka_unit_test(monday_to_friday_when_the_policy_names_none),
		cmocka_unit_test(an_office_adds_a_year_and_corrects_one),
		cmocka_unit_test(a_slip_of_the_pen_is_refused),
		cmocka_unit_test(a_calendar_nobody_wrote_is_not_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
