/* cmd_scan.c - scan by hand: files, the index, or standard input; with a repository or without. */
#include "command.h"

#include "base/buf.h"
#include "base/language.h"
#include "base/mem.h"
#include "gate.h"
#include "ledger/documents.h"
#include "options.h"
#include "progress_line.h"
#include "reader_program.h"
#include "repo/change.h"
#include "rules/ruleset.h"
#include "scan/finding.h"
#include "scan/report.h"
#include "scan/scanner.h"
#include "scan_batch.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct scan_args {
	bool staged, from_stdin, explain, ocr;
	const char *name, *format, *rules, *list, *jobs;
};

const struct option scan_options[] = {
	{"staged", OPTION_FLAG, offsetof(struct scan_args, staged), NULL, "what the next commit would add, as staged"},
	{"stdin", OPTION_FLAG, offsetof(struct scan_args, from_stdin), NULL, "standard input"},
	{"name", OPTION_VALUE, offsetof(struct scan_args, name), "NAME", "the name standard input goes by"},
	{"format", OPTION_VALUE, offsetof(struct scan_args, format), "text|json|jsonl|sarif", "how it is printed (default: text)"},
	{"files0-from", OPTION_VALUE, offsetof(struct scan_args, list), "FILE", "the files named in FILE (-: standard input), each ended by a NUL"},
	{"jobs", OPTION_VALUE, offsetof(struct scan_args, jobs), "N", "threads (default: one a processor)"},
	{"explain", OPTION_FLAG, offsetof(struct scan_args, explain), NULL, "say why each finding matched"},
	{"ocr", OPTION_FLAG, offsetof(struct scan_args, ocr), NULL, "also what OCR reads in pictures: a help for people, not in records"},
	{"rules", OPTION_VALUE, offsetof(struct scan_args, rules), "DIR", "rule packs to use instead of those in force"},
	{NULL, 0, 0, NULL, NULL},
};

/* What to do with a scanned file: keep it for the report, or print it as a line now. */
struct teller {
	struct scan *scan;
	struct session *session;
	bool lines;
	struct scan_totals totals;
};

static void on_scanned(struct scanned_file *file, void *context)
{
	struct teller *t = context;
	struct buf line = {0};

	if (!t->lines) {
		scan_add(t->scan, file);
		return;
	}
	scan_count_file(file, &t->totals);
	report_json_line(file, &t->session->rules->digest, &line);
	(void)fwrite(line.data, 1, line.len, stdout);
	buf_release(&line);
	scanned_file_release(file);
}

static bool scan_paths(struct session *s, const struct scan_args *args, const struct option_list *paths, struct teller *t,
                       struct err *err)
{
	struct batch *batch = batch_new();
	bool ok = true;

	for (size_t i = 0; i < paths->count; i++)
		batch_add(batch, paths->items[i]);
	if (args->list != NULL)
		ok = batch_add_list(batch, args->list, err);
	if (ok && !(t->lines && isatty(STDOUT_FILENO) == 1)) /* lines of JSON on the same terminal say enough */
		progress_begin(_("scanning"));
	if (ok)
		batch_run(batch, s->scanner, args->jobs != NULL ? (unsigned)atoi(args->jobs) : 0, on_scanned, t);
	progress_end();
	batch_free(batch);
	return ok;
}

static bool scan_stdin(struct session *s, const char *name, struct teller *t, struct err *err)
{
	struct scanned_file file = {0};
	struct buf bytes = {0};
	const bool ok = buf_read_fd(&bytes, STDIN_FILENO, DOCUMENT_LIMIT, err);

	if (ok) {
		scan_bytes(s->scanner, name, 0100644, bytes.data, bytes.len, &file);
		on_scanned(&file, t);
	}
	buf_release(&bytes);
	return ok;
}

static bool scan_staged(struct session *s, struct teller *t, struct err *err)
{
	struct changes changes = {0};
	struct scan staged = {0};
	bool ok;

	if (s->repo == NULL)
		return err_set(err, ERR_INPUT, "--staged needs a git repository");
	progress_begin(_("scanning"));
	ok = index_changes(s->repo, &changes, err) && gate_scan(s, &changes, &staged, err);
	progress_end();
	for (size_t i = 0; i < staged.count; i++) {
		on_scanned(&staged.files[i], t);
		staged.files[i] = (struct scanned_file){0}; /* taken over */
	}
	scan_release(&staged);
	changes_release(&changes);
	return ok;
}

/* A block is certain; what could not be decided is worse than what a person may still clear. */
static int answer(const struct scan *scan, const struct scan_totals *told)
{
	struct scan_totals totals;

	scan_count(scan, &totals);
	totals.block += told->block;
	totals.review += told->review;
	totals.undecided += told->undecided;
	if (totals.block > 0)
		return STATUS_BLOCKED;
	if (totals.undecided > 0)
		return STATUS_UNDECIDED;
	return totals.review > 0 ? STATUS_BLOCKED : STATUS_DONE;
}

static void print_scan(const struct session *s, const struct scan *scan, const struct scan_args *args)
{
	struct buf text = {0};

	if (strcmp(args->format != NULL ? args->format : "text", "jsonl") == 0)
		return; /* told file by file */
	if (args->format == NULL || strcmp(args->format, "text") == 0) {
		gate_print(s, scan, args->explain, false);
		return;
	}
	if (strcmp(args->format, "json") == 0)
		report_json(scan, &text);
	else
		report_sarif(scan, s->rules, REVIEW_VERSION, &text);
	(void)fwrite(text.data, 1, text.len, stdout);
	buf_release(&text);
}

static bool check_args(const struct scan_args *args, const struct option_list *paths, struct err *err)
{
	const int sources = (args->staged ? 1 : 0) + (args->from_stdin ? 1 : 0) + (paths->count > 0 ? 1 : 0) +
	                    (args->list != NULL ? 1 : 0);

	if (args->jobs != NULL && (strspn(args->jobs, "0123456789") != strlen(args->jobs) || strlen(args->jobs) > 3 || atoi(args->jobs) < 1))
		return err_set(err, ERR_USAGE, "--jobs is a number of threads, 1 or more");
	if (sources != 1) {
		(void)err_set(err, ERR_USAGE, "scan wants paths, --files0-from, --staged or --stdin: one of them");
		return err_hint(err, "review scan drafts/");
	}
	return true;
}

int run_scan(const struct command *self, int argc, char **argv)
{
	struct scan_args args = {0};
	struct option_list paths = {0};
	struct session s = {0};
	struct scan scan = {0};
	struct teller teller = {.scan = &scan, .session = &s};
	struct err err = {0};
	bool ok = false;

	if (!options_parse(self->options, &args, argc, argv, &paths, &err) || !check_args(&args, &paths, &err) ||
	    !gate_open(&s, args.rules, &err))
		goto out;
	if (args.ocr)
		use_picture_reader();
	scan.rules = s.rules->digest;
	teller.lines = args.format != NULL && strcmp(args.format, "jsonl") == 0;
	if (args.format == NULL || strcmp(args.format, "text") == 0)
		scanner_set_lean(s.scanner);
	if (args.staged && !scan_staged(&s, &teller, &err))
		goto out;
	if (args.from_stdin && !scan_stdin(&s, args.name != NULL ? args.name : "-", &teller, &err))
		goto out;
	if ((paths.count > 0 || args.list != NULL) && !scan_paths(&s, &args, &paths, &teller, &err))
		goto out;
	print_scan(&s, &scan, &args);
	ok = true;
out:
	{
		const int status = ok ? answer(&scan, &teller.totals) : complain(&err);

		scan_release(&scan);
		session_close(&s);
		free(paths.items);
		return status;
	}
}
