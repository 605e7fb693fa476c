#ifndef POLICY_CALENDAR_INSIDE_H
#define POLICY_CALENDAR_INSIDE_H

#include "base/digest.h"
#include "policy/calendar.h"

/* From `from` to `to`, both included. */
struct day_span {
	int32_t from, to;
	bool worked; /* although it would be free */
	char *name_en, *name_zh;
};

struct calendar_year {
	int year;
	char *source, *unverified;
	struct day_span *spans;
	size_t span_count;
};

/* Free every year: a date, or the nth weekday of a month. */
struct day_rule {
	char *name_en, *name_zh;
	int month, day;   /* day 0: by weekday */
	int weekday, nth; /* 0 is Sunday; nth 0 is the last */
	int since;        /* first year; 0: always */
	enum { OBSERVED_AS_IS = 0, OBSERVED_NEAREST, OBSERVED_NEXT } observed; /* when it falls on a weekend */
};

struct calendar {
	char *id, *title_en, *title_zh;
	struct digest digest;
	unsigned weekend; /* bit 1u << weekday */
	struct calendar_year *years; /* in order */
	size_t year_count;
	struct day_rule *rules;
	size_t rule_count;
};

/* The day on which the rule is observed for this year; false: it does not occur. */
bool day_rule_in(const struct calendar *calendar, const struct day_rule *rule, int year, int32_t *out);

struct calendar_year *calendar_find_year(const struct calendar *calendar, int year);
void calendar_year_release(struct calendar_year *year);
void day_rule_release(struct day_rule *rule);

#endif
