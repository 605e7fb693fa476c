#ifndef BASE_CALENDAR_H
#define BASE_CALENDAR_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

/* Dates and times in one spelling each.  The proleptic Gregorian calendar, UTC, years 1970-9999. */

#define TIME_TEXT_SIZE 21 /* "2026-11-23T06:30:00Z" and the NUL */
#define DATE_TEXT_SIZE 11 /* "2026-11-23" and the NUL */

/* Seconds since 1970-01-01T00:00:00Z from and to RFC 3339 with a `Z`, nothing else. */
bool time_from_text(int64_t *out, const char *text, size_t len) MUST_CHECK;
char *time_to_text(int64_t seconds, char text[TIME_TEXT_SIZE]);

/* The same for people, by a clock that is `offset` seconds ahead of UTC: "2026-11-28 09:15 +08:00", or
 * "2026-11-28 01:15 UTC" with none. */
#define CLOCK_TEXT_SIZE 24
char *time_to_clock(int64_t seconds, int32_t offset, char text[CLOCK_TEXT_SIZE]);

/* RFC 3339 with whole seconds, and `Z` or an offset. */
bool time_from_rfc3339(int64_t *out, const char *text, size_t len) MUST_CHECK;

/* "+08:00" as seconds: at most 14:59 on either side. */
bool offset_from_text(int32_t *out, const char *text, size_t len) MUST_CHECK;

/* Days since 1970-01-01 from and to YYYY-MM-DD; 2026-02-30 is refused. */
bool date_from_text(int32_t *out, const char *text, size_t len) MUST_CHECK;
char *date_to_text(int32_t day, char text[DATE_TEXT_SIZE]);

int32_t date_of_time(int64_t seconds);
int date_year(int32_t day);
bool date_is_weekend(int32_t day); /* Saturday or Sunday */

/* The clock of this machine.  Only cli asks it; everybody else is told. */
int64_t time_now(void);

#endif
