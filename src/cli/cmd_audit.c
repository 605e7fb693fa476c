/* cmd_audit.c - the auditor's command.  It does not open a session: an audit trusts no earlier
 * verification, and has to speak about ledgers that no other command would accept. */
#include "command.h"

#include "audit/audit.h"
#include "base/buf.h"
#include "base/calendar.h"
#include "base/mem.h"
#include "high_water.h"
#include "ledger/ledger.h"
#include "options.h"
#include "repo/ref.h"
#include "repo/repo.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct audit_args {
	bool rescan;
	const char *kit, *format, *public_dir;
};

const struct option audit_options[] = {
	{"rescan", OPTION_FLAG, offsetof(struct audit_args, rescan), NULL, "scan every kept document again, under the rules recorded for it"},
	{"public", OPTION_VALUE, offsetof(struct audit_args, public_dir), "DIR", "the public directory, where it lies elsewhere"},
	{"kit", OPTION_VALUE, offsetof(struct audit_args, kit), "DIR", "write what an auditor without this program needs"},
	{"format", OPTION_VALUE, offsetof(struct audit_args, format), "FORMAT", "text (default) or json"},
	{NULL, 0, 0, NULL, NULL},
};

/* A shorter ledger and another one audit well; only this machine's memory knows what it was. */
static void compare_with_memory(struct session *s, struct audit_report *report)
{
	struct ledger_tip tip = {.id = report->tip, .ledger = report->ledger, .seq = report->entries};
	struct err why = {0};

	if (report->entries > 0 && !session_check_pin(s->repo, &tip.ledger, &why))
		audit_doubt(report, &why, "nothing in it was decided by the office this repository belongs to");
	else if (report->whole && !(ref_read(s->repo, LEDGER_REF, &tip.commit, &why) && high_water_check(s->repo, &tip, &why)))
		audit_doubt(report, &why, "decisions this machine has seen are not in it; fetch the full ledger, or ask who rewrote it");
}

static int status_of_report(const struct audit_report *report)
{
	if (report->answer == AUDIT_GOOD)
		return STATUS_DONE;
	return report->answer == AUDIT_VIOLATION ? STATUS_BLOCKED : STATUS_UNDECIDED;
}

static int audit(struct session *s, const struct audit_args *args, struct err *err)
{
	struct audit_order order = {.rescan = args->rescan, .public_dir = args->public_dir};
	struct audit_report report = {0};
	struct buf text = {0};
	int status;

	if (!session_open_repo(s, err))
		return complain(err);
	order.repo = s->repo;
	order.day = s->today;
	if (!audit_run(&order, &report, err)) {
		struct err gone = {0};

		if (err->kind == ERR_NOT_FOUND && !session_check_pin(s->repo, NULL, &gone))
			*err = gone;
		else if (err->kind == ERR_NOT_FOUND)
			(void)err_hint(err, "review init starts a ledger; git fetch brings one");
		return complain(err);
	}
	compare_with_memory(s, &report);
	if (args->format != NULL)
		audit_json(&report, &text);
	else
		audit_text(&report, &text);
	(void)fwrite(text.data, 1, text.len, stdout);
	status = status_of_report(&report);
	buf_release(&text);
	audit_report_release(&report);
	return status;
}

static int kit(struct session *s, const char *dir, struct err *err)
{
	if (!session_open_repo(s, err) || !audit_kit(s->repo, dir, err))
		return complain(err);
	printf("written to %s; start with README.txt there\n", dir);
	return STATUS_DONE;
}

int run_audit(const struct command *self, int argc, char **argv)
{
	struct audit_args args = {0};
	struct option_list words = {0};
	struct session s = {0};
	struct err err = {0};
	int status;

	if (!options_parse(self->options, &args, argc, argv, &words, &err)) {
		status = complain(&err);
	} else if (words.count > 0) {
		(void)err_set(&err, ERR_USAGE, "unexpected word '%s'", words.items[0]);
		status = complain(&err);
	} else if (args.format != NULL && strcmp(args.format, "json") != 0 && strcmp(args.format, "text") != 0) {
		(void)err_set(&err, ERR_USAGE, "--format is one of: text, json");
		status = complain(&err);
	} else {
		if (args.format != NULL && strcmp(args.format, "text") == 0)
			args.format = NULL;
		status = args.kit != NULL ? kit(&s, args.kit, &err) : audit(&s, &args, &err);
	}
	session_close(&s);
	free(words.items);
	return status;
}
