/* cmd_audit.c - the auditor's command.  It does not open a session: an audit trusts no earlier
 * verification, and has to speak about ledgers that no other command would accept. */
#include "command.h"

#include "audit/audit.h"
#include "base/buf.h"
#include "base/calendar.h"
#include "base/fs.h"
#include "base/language.h"
#include "base/mem.h"
#include "gate.h"
#include "high_water.h"
#include "ledger/ledger.h"
#include "office_days.h"
#include "options.h"
#include "progress_line.h"
#include "repo/ref.h"
#include "repo/repo.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct audit_args {
	bool rescan;
	const char *kit, *format, *public_dir, *as_of, *case_id;
};

const struct option audit_options[] = {
	{"rescan", OPTION_FLAG, offsetof(struct audit_args, rescan), NULL, "scan every kept document again, under the rules recorded for it"},
	{"as-of", OPTION_VALUE, offsetof(struct audit_args, as_of), "DATE|TIME|SEQ", "as it stood at the end of that day, at that time, or after that entry"},
	{"case", OPTION_VALUE, offsetof(struct audit_args, case_id), "CASE", "only what belongs to this case; the ledger is verified in full"},
	{"public", OPTION_VALUE, offsetof(struct audit_args, public_dir), "DIR", "the public directory, where it lies elsewhere"},
	{"kit", OPTION_VALUE, offsetof(struct audit_args, kit), "DIR", "write what an auditor without this program needs"},
	{"format", OPTION_VALUE, offsetof(struct audit_args, format), "text|json|csv|html", "how it is printed (default: text)"},
	{NULL, 0, 0, NULL, NULL},
};

enum format { FORMAT_TEXT = 0, FORMAT_JSON, FORMAT_CSV, FORMAT_HTML };

static enum format format_from_name(const char *name)
{
	static const char *const names[] = {"text", "json", "csv", "html"};

	for (size_t i = FORMAT_JSON; name != NULL && i <= FORMAT_HTML; i++)
		if (strcmp(name, names[i]) == 0)
			return (enum format)i;
	return FORMAT_TEXT;
}

/* A shorter ledger and another one audit well; only this machine's memory knows what it was. */
static void compare_with_memory(struct session *s, struct audit_report *report)
{
	struct ledger_tip tip = {.id = report->last, .ledger = report->ledger, .seq = report->last_seq};
	struct err why = {0};

	if (report->entries > 0 && !session_check_pin(s->repo, &tip.ledger, &why))
		audit_doubt(report, &why, _("nothing in it was decided by the office this repository belongs to"));
	else if (report->whole && !(ref_read(s->repo, LEDGER_REF, &tip.commit, &why) && high_water_check(s->repo, &tip, &why)))
		audit_doubt(report, &why, _("decisions this machine has seen are not in it; fetch the full ledger, or ask who rewrote it"));
}

/* Is there no ledger where one belongs?  `err` says so. */
static bool is_gone(struct session *s, struct err *err)
{
	struct object_id tip;
	struct err absent = {0};

	return !ref_read(s->repo, LEDGER_REF, &tip, &absent) && absent.kind == ERR_NOT_FOUND &&
	       !session_check_pin(s->repo, NULL, err);
}

static int status_of_report(const struct audit_report *report)
{
	if (report->answer == AUDIT_GOOD)
		return STATUS_DONE;
	return report->answer == AUDIT_VIOLATION ? STATUS_BLOCKED : STATUS_UNDECIDED;
}

/* "2026-11-23", "2026-11-23T18:00:00+08:00" or "42". */
static bool read_as_of(const char *word, struct audit_order *order, struct err *err)
{
	char *end = NULL;
	unsigned long seq;

	if (word == NULL)
		return true;
	if (date_from_text(&order->as_of_day, word, strlen(word)) && order->as_of_day > 0)
		return true;
	order->as_of_day = 0;
	if (time_from_rfc3339(&order->as_of_time, word, strlen(word)) && order->as_of_time > 0)
		return true;
	order->as_of_time = 0;
	seq = strtoul(word, &end, 10);
	if (word[0] < '1' || word[0] > '9' || *end != '\0' || seq > INT32_MAX)
		return err_set(err, ERR_USAGE, "--as-of is a day (2026-11-23), a time (2026-11-23T18:00:00+08:00) or the number of an entry, not '%s'", word);
	order->as_of = (uint32_t)seq;
	return true;
}

static void print_report(const struct audit_report *report, enum format format)
{
	struct buf text = {0};

	if (format == FORMAT_JSON)
		audit_json(report, &text);
	else if (format == FORMAT_CSV)
		audit_csv(report, &text);
	else if (format == FORMAT_HTML)
		audit_html(report, &text);
	else
		audit_text(report, &text);
	(void)fwrite(text.data, 1, text.len, stdout);
	buf_release(&text);
}

/* A directory that was named has to be there; the policy's may be missing, and then the audit says what is not public. */
static bool is_there(const char *dir, struct err *err)
{
	return dir == NULL || fs_exists(dir) ? true : err_set(err, ERR_NOT_FOUND, "%s: there is no such folder", dir);
}

static int audit(struct session *s, const struct audit_args *args, enum format format, struct err *err)
{
	struct audit_order order = {
		.rescan = args->rescan,
		.public_dir = args->public_dir,
		.case_id = args->case_id,
		.history = format != FORMAT_TEXT || args->case_id != NULL,
	};
	struct audit_report report = {0};
	bool done;
	int status;

	if (!read_as_of(args->as_of, &order, err) || !is_there(args->public_dir, err) || !session_open_repo(s, err))
		return complain(err);
	order.repo = s->repo;
	order.now = s->now;
	order.calendar = office_calendar;
	order.calendar_context = s->repo;
	progress_begin(order.rescan ? _("auditing and scanning again") : _("auditing"));
	done = audit_run(&order, &report, err);
	progress_end();
	if (!done) {
		struct err gone = {0};

		if (err->kind == ERR_NOT_FOUND && is_gone(s, &gone))
			*err = gone;
		else if (err->kind == ERR_NOT_FOUND && err->hint[0] == '\0' && args->as_of == NULL)
			(void)err_hint(err, "review init starts a ledger; review sync brings one");
		return complain(err);
	}
	compare_with_memory(s, &report);
	print_report(&report, format);
	status = status_of_report(&report);
	audit_report_release(&report);
	return status;
}

static int kit(struct session *s, const char *dir, struct err *err)
{
	if (!session_open_repo(s, err) || !audit_kit(s->repo, dir, err))
		return complain(err);
	printf(_("written to %s; start with README.txt there\n"), dir);
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
	} else if (args.kit != NULL) {
		status = kit(&s, args.kit, &err);
	} else {
		status = audit(&s, &args, format_from_name(args.format), &err);
	}
	session_close(&s);
	free(words.items);
	return status;
}
