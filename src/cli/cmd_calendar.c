/* cmd_calendar.c - which days are worked, and when a term is over. */
#include "command.h"

#include "base/calendar.h"
#include "base/language.h"
#include "base/mem.h"
#include "deed.h"
#include "office_days.h"
#include "options.h"
#include "policy/calendar.h"
#include "policy/policy.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct calendar_args {
	const char *from, *days, *year;
	bool text;
};

const struct option calendar_options[] = {
	{"from", OPTION_VALUE, offsetof(struct calendar_args, from), "DATE", "count working days after this day"},
	{"days", OPTION_VALUE, offsetof(struct calendar_args, days), "N", "how many (default: the term of the policy in force)"},
	{"year", OPTION_VALUE, offsetof(struct calendar_args, year), "YEAR", "list the holidays and worked weekends of a year"},
	{"text", OPTION_FLAG, offsetof(struct calendar_args, text), NULL, "the file of a built-in calendar, to start one's own from"},
	{NULL, 0, 0, NULL, NULL},
};

static bool read_count(const char *word, unsigned long most, unsigned long *out, struct err *err)
{
	char *end = NULL;
	const unsigned long n = word[0] >= '0' && word[0] <= '9' ? strtoul(word, &end, 10) : 0;

	if (end == NULL || *end != '\0' || n < 1 || n > most)
		return err_set(err, ERR_USAGE, "a number from 1 to %lu is wanted, not '%s'", most, word);
	*out = n;
	return true;
}

static void print_years(const struct calendar *calendar)
{
	const char *source, *unverified;

	printf("%s: %s\n", calendar_id(calendar), calendar_title(calendar, language_is_chinese()));
	if (calendar_year_count(calendar) == 0)
		printf(_("  every year, by its rules\n"));
	for (size_t i = 0; i < calendar_year_count(calendar); i++) {
		const int year = calendar_year(calendar, i, &source, &unverified);

		printf("  %d  %s\n", year, source);
		if (unverified[0] != '\0')
			printf(_("        not verified: %s\n"), unverified);
	}
}

/* Whether this day differs from what its weekday says; holidays on weekends too. */
static bool is_special(const struct calendar *calendar, int32_t day, enum day_kind *kind, const char **name)
{
	const char *en, *zh;

	*kind = calendar_day(calendar, day, &en, &zh);
	*name = language_is_chinese() ? zh : en;
	return (*name)[0] != '\0';
}

static bool print_year(const struct calendar *calendar, const char *word, struct err *err)
{
	unsigned long year;
	char *first = NULL, day[DATE_TEXT_SIZE];
	int32_t start = 0;

	if (!read_count(word, 9998, &year, err))
		return false;
	first = mem_format("%04lu-01-01", year);
	if (!date_from_text(&start, first, strlen(first))) {
		free(first);
		return err_set(err, ERR_USAGE, "a number from 1 to %lu is wanted, not '%s'", 9998ul, word);
	}
	free(first);
	for (int32_t d = start; date_year(d) == (int)year; d++) {
		const char *name;
		enum day_kind kind;

		if (is_special(calendar, d, &kind, &name))
			printf("%s  %s  %s\n", date_to_text(d, day), kind == DAY_FREE ? _("free  ") : _("worked"), name);
		else if (kind == DAY_UNKNOWN)
			return calendar_add_working_days(calendar, d - 1, 1, &d, err);
	}
	return true;
}

static bool print_term(const struct calendar *calendar, const struct calendar_args *args, uint32_t days, struct err *err)
{
	unsigned long count = days;
	int32_t from, due = 0;
	char day[DATE_TEXT_SIZE];

	if (!date_from_text(&from, args->from, strlen(args->from)))
		return err_set(err, ERR_USAGE, "a day is wanted, as 2026-10-01, not '%s'", args->from);
	if (args->days != NULL && !read_count(args->days, 1000, &count, err))
		return false;
	if (count == 0) {
		(void)err_set(err, ERR_USAGE, "how many working days are to be counted");
		return err_hint(err, "--days N");
	}
	if (!calendar_add_working_days(calendar, from, (uint32_t)count, &due, err))
		return false;
	printf("%s\n", date_to_text(due, day));
	return true;
}

static bool print_text(const char *id, struct err *err)
{
	size_t len = 0;
	const char *text = calendar_built_in_text(id, &len);

	if (text == NULL)
		return err_set(err, ERR_NOT_FOUND, "no calendar '%s' is built in", id);
	(void)fwrite(text, 1, len, stdout);
	return true;
}

/* The name that was given, or the one of the policy in force. */
static bool show_calendar(struct session *s, const struct call *call, struct err *err)
{
	const struct calendar_args *args = call->args;
	const char *id = call->count > 0 ? call->words[0] : NULL;
	struct calendar *calendar = NULL;
	struct err nowhere = {0};
	bool ok;

	if (call->count > 1 || (args->days != NULL && args->from == NULL))
		return err_set(err, ERR_USAGE, "calendar takes one name, and --days goes with --from");
	if (id == NULL ? !session_open(s, err) : !session_open_repo(s, &nowhere) && nowhere.kind != ERR_NOT_FOUND) {
		*err = id == NULL ? *err : nowhere;
		return false;
	}
	id = id != NULL ? id : s->docket.policy->calendar;
	if (args->text)
		return print_text(id, err);
	if (!office_calendar(s->repo, id, &calendar, err))
		return false;
	if (args->year != NULL)
		ok = print_year(calendar, args->year, err);
	else if (args->from != NULL)
		ok = print_term(calendar, args, s->docket.policy != NULL ? s->docket.policy->deadline_days : 0, err);
	else
		ok = true;
	if (args->year == NULL && args->from == NULL)
		print_years(calendar);
	calendar_free(calendar);
	return ok;
}

int run_calendar(const struct command *self, int argc, char **argv)
{
	struct calendar_args args = {0};

	return deed_run(self, argc, argv, &args, show_calendar);
}
