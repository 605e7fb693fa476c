/* cmd_show.c - looking: one case, and what waits.  Nothing here signs. */
#include "command.h"

#include "base/language.h"
#include "base/calendar.h"
#include "base/fs.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/buf.h"
#include "case_text.h"
#include "deed.h"
#include "gate.h"
#include "office_days.h"
#include "options.h"
#include "paper.h"
#include "policy/deadline.h"
#include "policy/verdict.h"
#include "scan/finding.h"
#include "session.h"
#include "waiting.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct show_args {
	bool reveal;
	const char *html;
};

const struct option show_options[] = {
	{"reveal", OPTION_FLAG, offsetof(struct show_args, reveal), NULL, "show what the rules stop, on this terminal only"},
	{"html", OPTION_VALUE, offsetof(struct show_args, html), "FILE", "write one page that prints as the form of review"},
	{NULL, 0, 0, NULL, NULL},
};

static bool write_page(struct session *s, const struct review_case *c, const struct scan *scan, const char *path, struct err *err)
{
	struct buf out = {0};
	const struct paper paper = {.out = &out, .s = s, .c = c, .scan = scan};
	bool ok;

	paper_page(&paper);
	ok = fs_write_file(path, out.data, out.len, 0600, err);
	buf_release(&out);
	if (ok)
		printf(_("written to %s\n"), path);
	return ok;
}

static bool show(struct session *s, const struct call *call, struct err *err)
{
	const struct show_args *args = call->args;
	const struct review_case *c = NULL;
	struct scan scan = {0};
	struct err why = {0};
	bool scanned, ok = true;

	if (call->count != 1)
		return err_set(err, ERR_USAGE, "show which case: review show CASE");
	if (args->reveal && (args->html != NULL || isatty(STDOUT_FILENO) != 1))
		return err_set(err, ERR_USAGE, "--reveal is for a terminal: what the rules stop is written to no file");
	if (!session_open_view(s, err) || !session_case(s, call->words[0], &c, err))
		return false;
	scanned = session_scan_case(s, c, &scan, &why);
	if (!scanned && why.kind != ERR_NOT_FOUND) {
		*err = why;
		return false;
	}
	if (args->html != NULL)
		ok = write_page(s, c, scanned ? &scan : NULL, args->html, err);
	else
		case_show(s, c, scanned ? &scan : NULL, args->reveal);
	scan_release(&scan);
	return ok;
}

int run_show(const struct command *self, int argc, char **argv)
{
	struct show_args args = {0};

	return deed_run(self, argc, argv, &args, show);
}

/* Does it wait for the person who asks? */
static bool print_waiting(struct session *s, const struct waiting *w)
{
	const struct review_case *c = w->item;
	const struct round *round = case_round(c);
	char day[DATE_TEXT_SIZE];
	struct buf title = {0};
	bool mine = false;
	char *state = case_waits_for(s, c, &mine);
	char *term = w->deadlines.count > 0 ? deadline_words(&w->deadlines.items[0]) : NULL;
	const struct section *known = policy_section(s->docket.policy, c->section);
	const char *section = known != NULL && language_is_chinese() ? section_title(known) : c->section;

	utf8_add_printable(&title, round_field(round, "title"), strlen(round_field(round, "title")));
	printf("%s %s  %s  %s%*s %s: %s%s%s\n", mine ? "*" : " ", c->id, date_to_text(policy_day(s->docket.policy, round->time), day),
	       section, utf8_padding(section, 12), "", title.data != NULL ? title.data : "", state, term != NULL ? _("; ") : "", term != NULL ? term : "");
	buf_release(&title);
	free(state);
	free(term);
	return mine;
}

/* Why a day or a distance is not known; NULL: all are. */
static const struct err *first_unknown(const struct waiting *waiting, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < waiting[i].deadlines.count; k++)
			if (waiting[i].deadlines.items[k].why.kind != ERR_NONE)
				return &waiting[i].deadlines.items[k].why;
	return NULL;
}

/* Once for all cases. */
static void print_unknown_days(const struct waiting *waiting, size_t count)
{
	const struct err *why = first_unknown(waiting, count);

	if (why == NULL)
		return;
	printf("%s\n", why->told);
	if (why->told_hint[0] != '\0')
		printf("  %s\n", why->told_hint);
}

/* So many cases that are over are still listed: somebody may look for what was just released. */
static const size_t LATELY_OVER = 20;

struct inbox_args {
	bool all;
};

const struct option inbox_options[] = {
	{"all", OPTION_FLAG, offsetof(struct inbox_args, all), NULL, "also what is over: every case there ever was"},
	{NULL, 0, 0, NULL, NULL},
};

static void print_inbox(struct session *s, const struct waiting *waiting, size_t count)
{
	bool any = false;

	for (size_t i = 0; i < count; i++)
		any = print_waiting(s, &waiting[i]) || any;
	print_unknown_days(waiting, count);
	if (count < s->docket.case_count)
		printf(_("%zu more are over: review inbox --all\n"), s->docket.case_count - count);
	if (s->docket.case_count == 0)
		printf(_("no cases; review submit FILE... --title TEXT starts one\n"));
	else if (any)
		printf(_("* waits for %s\n"), s->person);
}

static bool inbox(struct session *s, const struct call *call, struct err *err)
{
	const struct inbox_args *args = call->args;
	struct err nobody = {0};
	struct office_days days = {0};
	struct waiting *waiting = NULL;
	size_t count;
	bool ok;

	if (call->count > 0)
		return err_set(err, ERR_USAGE, "inbox takes no words");
	if (!session_open_view(s, err))
		return false;
	if (!session_open_person(s, &nobody)) /* it only marks the lines that are one's own */
		nobody = (struct err){0};
	office_days_open(s, &days);
	ok = cases_waiting(s, &days, args->all ? SIZE_MAX : LATELY_OVER, &waiting, &count, err);
	if (ok)
		print_inbox(s, waiting, count);
	free(waiting);
	office_days_close(&days);
	return ok;
}

int run_inbox(const struct command *self, int argc, char **argv)
{
	struct inbox_args args = {0};

	return deed_run(self, argc, argv, &args, inbox);
}
