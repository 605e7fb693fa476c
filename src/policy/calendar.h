#ifndef POLICY_CALENDAR_H
#define POLICY_CALENDAR_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

/* Which days are worked: review-calendar files (docs/calendar.md).  Days are counted from 1970-01-01,
 * as in base/calendar.h.  Pure: the same bytes give the same days on every machine.
 *
 * A calendar that lists years knows those and no others: which days of next spring are free is decided
 * by a notice in autumn, and nothing here guesses it.  One without years goes by its rules for ever. */
struct calendar;
struct digest;

/* Strict: unknown keys, days that are not days, a worked day that is free too, a year listed twice, a
 * day outside of its year (December before it is allowed) are ERR_INPUT at "name:line:column".
 * `extends: built-in` adds to the calendar of the same name that is compiled in; a year or rule given
 * here replaces the one of the same year or name there. */
bool calendar_parse(const char *name, const char *text, size_t len, struct calendar **out, struct err *err) MUST_CHECK;

/* One of those compiled in ("cn", "us-federal"), or Monday to Friday for the empty name.  Unknown: ERR_NOT_FOUND. */
bool calendar_built_in(const char *id, struct calendar **out, struct err *err) MUST_CHECK;
const char *calendar_built_in_text(const char *id, size_t *len); /* its file; NULL: there is none */
void calendar_free(struct calendar *calendar);                  /* NULL allowed */

/* DAY_UNKNOWN: the year is not in the calendar.  `name_en`, `name_zh` (may be NULL): the holiday, or
 * the one a day is worked for; "" for other days. */
enum day_kind { DAY_UNKNOWN = 0, DAY_FREE, DAY_WORKING };
enum day_kind calendar_day(const struct calendar *calendar, int32_t day, const char **name_en, const char **name_zh);

/* The day on which `days` working days after `from` are over; `from` itself is not counted (Civil Code
 * of the PRC, art. 201).  A day on the way whose year is unknown: ERR_NOT_FOUND, and the hint says
 * where to add it. */
bool calendar_add_working_days(const struct calendar *calendar, int32_t from, uint32_t days, int32_t *out, struct err *err) MUST_CHECK;

/* Working days after `from` up to and including `to`; 0 when `to` is not later.  Unknown as above. */
bool calendar_count_working_days(const struct calendar *calendar, int32_t from, int32_t to, uint32_t *out, struct err *err) MUST_CHECK;

/* For those who print a calendar.  Years in order; 0 of them: every year is known. */
const char *calendar_id(const struct calendar *calendar);
const struct digest *calendar_digest(const struct calendar *calendar); /* of its file: which one it was */
const char *calendar_title(const struct calendar *calendar, bool chinese);
size_t calendar_year_count(const struct calendar *calendar);
int calendar_year(const struct calendar *calendar, size_t i, const char **source, const char **unverified); /* "" where not said */

#endif
