/* calendar.c - which days are worked, and counting them.
 *
 * A term that ends on a day nobody can name yet has no end here: what the calendar does not know is
 * said, because a guessed date would be believed. */
#include "calendar_inside.h"

#include "base/calendar.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_DAYS = 20000 }; /* more than fifty years: whoever asks made a mistake */

void calendar_year_release(struct calendar_year *year)
{
	for (size_t i = 0; i < year->span_count; i++) {
		free(year->spans[i].name_en);
		free(year->spans[i].name_zh);
	}
	free(year->spans);
	free(year->source);
	free(year->unverified);
	*year = (struct calendar_year){0};
}

void day_rule_release(struct day_rule *rule)
{
	free(rule->name_en);
	free(rule->name_zh);
	*rule = (struct day_rule){0};
}

void calendar_free(struct calendar *calendar)
{
	if (calendar == NULL)
		return;
	for (size_t i = 0; i < calendar->year_count; i++)
		calendar_year_release(&calendar->years[i]);
	for (size_t i = 0; i < calendar->rule_count; i++)
		day_rule_release(&calendar->rules[i]);
	free(calendar->years);
	free(calendar->rules);
	free(calendar->id);
	free(calendar->title_en);
	free(calendar->title_zh);
	free(calendar);
}

static int weekday_of(int32_t day)
{
	return (int)((day + 4) % 7); /* 1970-01-01 was a Thursday; 0 is Sunday */
}

static bool is_weekend(const struct calendar *calendar, int32_t day)
{
	return (calendar->weekend >> weekday_of(day) & 1u) != 0;
}

static bool day_of(int year, int month, int day, int32_t *out)
{
	char text[32];

	(void)snprintf(text, sizeof(text), "%04d-%02d-%02d", year, month, day);
	return date_from_text(out, text, strlen(text));
}

/* The nth weekday of a month; the fifth may be missing, the last never is. */
static bool nth_weekday(const struct day_rule *rule, int year, int32_t *out)
{
	int32_t first, day, next;
	const int nth = rule->nth == 0 ? 5 : rule->nth;

	if (!day_of(year, rule->month, 1, &first) ||
	    !day_of(rule->month == 12 ? year + 1 : year, rule->month % 12 + 1, 1, &next))
		return false;
	day = first + (rule->weekday - weekday_of(first) + 7) % 7 + 7 * (nth - 1);
	if (day >= next && rule->nth == 0)
		day -= 7;
	if (day >= next)
		return false;
	*out = day;
	return true;
}

bool day_rule_in(const struct calendar *calendar, const struct day_rule *rule, int year, int32_t *out)
{
	int32_t day;

	if (year < rule->since)
		return false;
	if (rule->day == 0)
		return nth_weekday(rule, year, out);
	if (!day_of(year, rule->month, rule->day, &day))
		return false; /* 29 February */
	if (rule->observed == OBSERVED_NEAREST && is_weekend(calendar, day) && !is_weekend(calendar, day - 1))
		day--;
	while (rule->observed != OBSERVED_AS_IS && is_weekend(calendar, day))
		day++;
	*out = day;
	return true;
}

struct calendar_year *calendar_find_year(const struct calendar *calendar, int year)
{
	for (size_t i = 0; i < calendar->year_count; i++)
		if (calendar->years[i].year == year)
			return &calendar->years[i];
	return NULL;
}

/* A notice may speak of the last days of the year before it. */
static const struct day_span *listed(const struct calendar *calendar, int32_t day)
{
	for (int year = date_year(day) + 1; year >= date_year(day); year--) {
		const struct calendar_year *known = calendar_find_year(calendar, year);

		for (size_t i = 0; known != NULL && i < known->span_count; i++)
			if (day >= known->spans[i].from && day <= known->spans[i].to)
				return &known->spans[i];
	}
	return NULL;
}

/* One observed on this day: that of New Year may be observed in the old year. */
static const struct day_rule *ruled(const struct calendar *calendar, int32_t day)
{
	for (size_t i = 0; i < calendar->rule_count; i++)
		for (int year = date_year(day) - 1; year <= date_year(day) + 1; year++) {
			int32_t observed;

			if (day_rule_in(calendar, &calendar->rules[i], year, &observed) && observed == day)
				return &calendar->rules[i];
		}
	return NULL;
}

static void say_name(const char **en, const char **zh, const char *name_en, const char *name_zh)
{
	if (en != NULL)
		*en = name_en;
	if (zh != NULL)
		*zh = name_zh;
}

enum day_kind calendar_day(const struct calendar *calendar, int32_t day, const char **name_en, const char **name_zh)
{
	const struct day_span *span = listed(calendar, day);
	const struct day_rule *rule = span == NULL ? ruled(calendar, day) : NULL;

	say_name(name_en, name_zh, span != NULL ? span->name_en : rule != NULL ? rule->name_en : "",
	         span != NULL ? span->name_zh : rule != NULL ? rule->name_zh : "");
	if (span != NULL)
		return span->worked ? DAY_WORKING : DAY_FREE;
	if (calendar->year_count > 0 && calendar_find_year(calendar, date_year(day)) == NULL)
		return DAY_UNKNOWN;
	return rule != NULL || is_weekend(calendar, day) ? DAY_FREE : DAY_WORKING;
}

static bool unknown_day(const struct calendar *calendar, int32_t day, struct err *err)
{
	(void)err_set(err, ERR_NOT_FOUND, "the calendar %s does not know the year %d", calendar->id, date_year(day));
	return err_hint(err, "when the days of %d are known, add the year to .review/calendar/%s.yaml: 'Adding a year' in docs/calendar.md", date_year(day), calendar->id);
}

bool calendar_add_working_days(const struct calendar *calendar, int32_t from, uint32_t days, int32_t *out, struct err *err)
{
	int32_t day = from;

	for (uint32_t looked = 0; days > 0; looked++) {
		const enum day_kind kind = calendar_day(calendar, ++day, NULL, NULL);

		if (kind == DAY_UNKNOWN)
			return unknown_day(calendar, day, err);
		if (looked >= MOST_DAYS)
			return err_set(err, ERR_LIMIT, "more than %d days are not counted", MOST_DAYS);
		days -= kind == DAY_WORKING ? 1 : 0;
	}
	*out = day;
	return true;
}

bool calendar_count_working_days(const struct calendar *calendar, int32_t from, int32_t to, uint32_t *out, struct err *err)
{
	uint32_t count = 0;

	if ((int64_t)to - from > MOST_DAYS)
		return err_set(err, ERR_LIMIT, "more than %d days are not counted", MOST_DAYS);
	for (int32_t day = from + 1; day <= to; day++) {
		const enum day_kind kind = calendar_day(calendar, day, NULL, NULL);

		if (kind == DAY_UNKNOWN)
			return unknown_day(calendar, day, err);
		count += kind == DAY_WORKING ? 1 : 0;
	}
	*out = count;
	return true;
}

const char *calendar_id(const struct calendar *calendar) { return calendar->id; }

const struct digest *calendar_digest(const struct calendar *calendar) { return &calendar->digest; }

const char *calendar_title(const struct calendar *calendar, bool chinese)
{
	return chinese ? calendar->title_zh : calendar->title_en;
}

size_t calendar_year_count(const struct calendar *calendar) { return calendar->year_count; }

int calendar_year(const struct calendar *calendar, size_t i, const char **source, const char **unverified)
{
	*source = calendar->years[i].source;
	*unverified = calendar->years[i].unverified;
	return calendar->years[i].year;
}
