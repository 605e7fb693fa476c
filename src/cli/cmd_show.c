/* cmd_show.c - looking: one case, what waits, and the ledger entry by entry.  Nothing here signs. */
#include "command.h"

#include "base/language.h"
#include "base/calendar.h"
#include "base/fs.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/buf.h"
#include "case_text.h"
#include "gate.h"
#include "ledger/entry.h"
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

static bool show(struct session *s, const char *id, const struct show_args *args, struct err *err)
{
	const struct review_case *c = NULL;
	struct scan scan = {0};
	struct err why = {0};
	bool scanned, ok = true;

	if (!session_open_view(s, err) || !session_case(s, id, &c, err))
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
	struct option_list words = {0};
	struct session s = {0};
	struct err err = {0};
	bool ok = false;

	if (options_parse(self->options, &args, argc, argv, &words, &err)) {
		if (words.count != 1)
			(void)err_set(&err, ERR_USAGE, "show which case: review show CASE");
		else if (args.reveal && (args.html != NULL || isatty(STDOUT_FILENO) != 1))
			(void)err_set(&err, ERR_USAGE, "--reveal is for a terminal: what the rules stop is written to no file");
		else
			ok = show(&s, words.items[0], &args, &err);
	}
	session_close(&s);
	free(words.items);
	return ok ? STATUS_DONE : complain(&err);
}

static void print_waiting(struct session *s, const struct waiting *w)
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

static bool inbox(struct session *s, struct err *err)
{
	struct err nobody = {0};
	struct office_days days = {0};
	struct waiting *waiting;

	if (!session_open_view(s, err))
		return false;
	if (!session_open_person(s, &nobody)) /* it only marks the lines that are one's own */
		nobody = (struct err){0};
	office_days_open(s, &days);
	waiting = cases_waiting(s, &days);
	for (size_t i = 0; i < s->docket.case_count; i++)
		print_waiting(s, &waiting[i]);
	print_unknown_days(waiting, s->docket.case_count);
	if (s->docket.case_count == 0)
		printf(_("no cases; review submit FILE... --title TEXT starts one\n"));
	else if (s->person != NULL)
		printf(_("* waits for %s\n"), s->person);
	free(waiting);
	office_days_close(&days);
	return true;
}

int run_inbox(const struct command *self, int argc, char **argv)
{
	struct option_list words = {0};
	struct session s = {0};
	struct err err = {0};
	bool ok = false;

	if (options_parse(self->options, NULL, argc, argv, &words, &err)) {
		if (words.count > 0)
			(void)err_set(&err, ERR_USAGE, "inbox takes no words");
		else
			ok = inbox(&s, &err);
	}
	session_close(&s);
	free(words.items);
	return ok ? STATUS_DONE : complain(&err);
}

struct log_filter {
	const char *case_id; /* NULL: everything */
	const struct policy *policy;
	size_t shown;
};

/* A value of the ledger as people read it: its words translated, and in Chinese a stage by its title. */
static const char *in_words(const struct policy *policy, const char *key, const char *value)
{
	const struct stage *stage = strcmp(key, "stage") == 0 ? policy_stage(policy, value, NULL) : NULL;

	if (strcmp(key, "decision") == 0 || strcmp(key, "outcome") == 0)
		return _(value);
	return stage != NULL && language_is_chinese() ? stage_title(stage) : value;
}

static void print_summary(const struct policy *policy, const struct entry *e)
{
	static const char *const keys[] = {N_("case"), N_("round"), N_("stage"), N_("decision"), N_("title"), N_("opinion"),
	                                   N_("number"), N_("register"), N_("outcome"), N_("owner"), N_("since"),
	                                   N_("reason"), N_("note")};
	struct buf line = {0};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		const char *value = entry_get(e, keys[i]);

		if (value != NULL && value[0] != '\0') {
			buf_addf(&line, "  %s ", _(keys[i]));
			value = in_words(policy, keys[i], value);
			utf8_add_printable(&line, value, strlen(value));
		}
	}
	printf("%s\n", line.data != NULL ? line.data : "");
	buf_release(&line);
}

static bool log_entry(const struct entry *e, void *context, struct err *err)
{
	struct log_filter *filter = context;
	char when[TIME_TEXT_SIZE], hex[DIGEST_HEX_SIZE];
	const char *case_id = entry_get(e, "case"), *type = _(entry_type_name(e->type));

	(void)err;
	if (filter->case_id != NULL && (case_id == NULL || strcmp(case_id, filter->case_id) != 0))
		return true;
	filter->shown++;
	printf("%4u  %.12s  %s  %s%*s %s", (unsigned)e->seq, digest_to_hex(&e->id, hex), time_to_text(e->time, when),
	       type, utf8_padding(type, 14), "", e->person);
	print_summary(filter->policy, e);
	return true;
}

int run_log(const struct command *self, int argc, char **argv)
{
	struct option_list words = {0};
	struct session s = {0};
	struct err err = {0};
	struct log_filter filter = {0};
	bool ok = false;

	if (!options_parse(self->options, NULL, argc, argv, &words, &err))
		goto out;
	if (words.count > 1) {
		(void)err_set(&err, ERR_USAGE, "log of which case: review log [CASE]");
		goto out;
	}
	filter.case_id = words.count > 0 ? words.items[0] : NULL;
	if (!session_open(&s, &err))
		goto out;
	filter.policy = s.docket.policy;
	if (!ledger_walk(s.repo, &s.tip.commit, log_entry, &filter, NULL, &err))
		goto out;
	if (filter.shown == 0)
		(void)err_set(&err, ERR_NOT_FOUND, "there is no case '%s'", filter.case_id);
	else
		ok = true;
out:
	session_close(&s);
	free(words.items);
	return ok ? STATUS_DONE : complain(&err);
}
