/* calendar.c - time as text.  Days are counted with Howard Hinnant's civil calendar algorithms
 * (http://howardhinnant.github.io/date_algorithms.html), so no time zone can creep in. */
#include "base/calendar.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static int32_t days_from_civil(int32_t y, int32_t m, int32_t d)
{
	const int32_t year = y - (m <= 2), era = year / 400, yoe = year - era * 400;
	const int32_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;

	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static void civil_from_days(int32_t day, int *y, int *m, int *d)
{
	const int32_t z = day + 719468, era = z / 146097, doe = z - era * 146097;
	const int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	const int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;

	*d = doy - (153 * mp + 2) / 5 + 1;
	*m = mp < 10 ? mp + 3 : mp - 9;
	*y = yoe + era * 400 + (*m <= 2);
}

/* The `count` decimal digits at `text`, or -1. */
static int32_t digits(const char *text, int count)
{
	int32_t value = 0;

	for (int i = 0; i < count; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		value = value * 10 + (text[i] - '0');
	}
	return value;
}

bool date_from_text(int32_t *out, const char *text, size_t len)
{
	int32_t y, m, d, day;
	int back_y, back_m, back_d;

	if (len != DATE_TEXT_SIZE - 1 || text[4] != '-' || text[7] != '-')
		return false;
	y = digits(text, 4);
	m = digits(text + 5, 2);
	d = digits(text + 8, 2);
	if (y < 1970 || m < 1 || m > 12 || d < 1 || d > 31)
		return false;
	day = days_from_civil(y, m, d);
	civil_from_days(day, &back_y, &back_m, &back_d);
	if (back_m != m || back_d != d)
		return false;
	*out = day;
	return true;
}

/* The last two decimal digits of `value`, and what stands behind them. */
static char *two_digits(char *to, unsigned value, char behind)
{
	to[0] = (char)('0' + value / 10 % 10);
	to[1] = (char)('0' + value % 10);
	to[2] = behind;
	return to + 3;
}

char *date_to_text(int32_t day, char text[DATE_TEXT_SIZE])
{
	int y, m, d;
	char *at;

	civil_from_days(day, &y, &m, &d);
	(void)two_digits(text, (unsigned)y / 100, '\0');
	at = two_digits(text + 2, (unsigned)y, '-');
	at = two_digits(at, (unsigned)m, '-');
	(void)two_digits(at, (unsigned)d, '\0');
	return text;
}

bool time_from_text(int64_t *out, const char *text, size_t len)
{
	int32_t day, h, m, s;

	if (len != TIME_TEXT_SIZE - 1 || text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
	    text[19] != 'Z' || !date_from_text(&day, text, 10))
		return false;
	h = digits(text + 11, 2);
	m = digits(text + 14, 2);
	s = digits(text + 17, 2);
	if (h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 59)
		return false;
	*out = (int64_t)day * 86400 + h * 3600 + m * 60 + s;
	return true;
}

char *time_to_text(int64_t seconds, char text[TIME_TEXT_SIZE])
{
	const unsigned rest = (unsigned)(seconds % 86400);
	char *at = text + DATE_TEXT_SIZE;

	(void)date_to_text(date_of_time(seconds), text);
	at[-1] = 'T';
	at = two_digits(at, rest / 3600 % 24, ':');
	at = two_digits(at, rest / 60 % 60, ':');
	at = two_digits(at, rest % 60, 'Z');
	*at = '\0';
	return text;
}

char *time_to_clock(int64_t seconds, int32_t offset, char text[CLOCK_TEXT_SIZE])
{
	const int64_t there = seconds + offset;
	const unsigned minute = (unsigned)(there % 86400) / 60, ahead = (unsigned)(offset < 0 ? -offset : offset) / 60;
	char date[DATE_TEXT_SIZE], zone[8] = "UTC";

	if (offset != 0)
		(void)snprintf(zone, sizeof(zone), "%c%02u:%02u", offset < 0 ? '-' : '+', ahead / 60 % 100, ahead % 60);
	(void)snprintf(text, CLOCK_TEXT_SIZE, "%s %02u:%02u %s", date_to_text(date_of_time(there), date), minute / 60 % 24, minute % 60, zone);
	return text;
}

bool offset_from_text(int32_t *out, const char *text, size_t len)
{
	int32_t hours, minutes;

	if (len != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':')
		return false;
	hours = digits(text + 1, 2);
	minutes = digits(text + 4, 2);
	if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59)
		return false;
	*out = (text[0] == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
	return true;
}

bool time_from_rfc3339(int64_t *out, const char *text, size_t len)
{
	char utc[TIME_TEXT_SIZE];
	int32_t offset = 0;
	int64_t there;

	if (len < TIME_TEXT_SIZE - 1)
		return false;
	memcpy(utc, text, TIME_TEXT_SIZE - 2);
	utc[TIME_TEXT_SIZE - 2] = 'Z';
	text += TIME_TEXT_SIZE - 2;
	len -= TIME_TEXT_SIZE - 2;
	if (!time_from_text(&there, utc, TIME_TEXT_SIZE - 1) || !((len == 1 && text[0] == 'Z') || offset_from_text(&offset, text, len)))
		return false;
	*out = there - offset;
	return true;
}

int32_t date_of_time(int64_t seconds)
{
	return (int32_t)(seconds / 86400);
}

int date_year(int32_t day)
{
	int y, m, d;

	civil_from_days(day, &y, &m, &d);
	return y;
}

bool date_is_weekend(int32_t day)
{
	const int32_t weekday = (day + 4) % 7; /* 1970-01-01 was a Thursday; 0 is Sunday */

	return weekday == 0 || weekday == 6;
}

int64_t time_now(void)
{
	return (int64_t)time(NULL);
}
