/* cmd_scan.c - scan by hand: files, the index, or standard input; with a repository or without. */
#include "command.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/mem.h"
#include "gate.h"
#include "ledger/documents.h"
#include "options.h"
#include "repo/change.h"
#include "rules/ruleset.h"
#include "scan/finding.h"
#include "scan/report.h"
#include "scan/scanner.h"
#include "session.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct scan_args {
	bool staged, from_stdin, explain;
	const char *name, *format, *rules;
};

const struct option scan_options[] = {
	{"staged", OPTION_FLAG, offsetof(struct scan_args, staged), NULL, "what the next commit would add, as staged"},
	{"stdin", OPTION_FLAG, offsetof(struct scan_args, from_stdin), NULL, "standard input"},
	{"name", OPTION_VALUE, offsetof(struct scan_args, name), "NAME", "the name standard input goes by"},
	{"format", OPTION_VALUE, offsetof(struct scan_args, format), "FORMAT", "text (default), json or sarif"},
	{"explain", OPTION_FLAG, offsetof(struct scan_args, explain), NULL, "say why each finding matched"},
	{"rules", OPTION_VALUE, offsetof(struct scan_args, rules), "DIR", "rule packs to use instead of those in force"},
	{NULL, 0, 0, NULL, NULL},
};

static const int DEEPEST = 64;

static void add_undecided(struct scan *scan, const char *path, const char *why)
{
	struct scanned_file file = {.path = mem_copy_string(path), .undecided = mem_copy_string(why)};

	scan_add(scan, &file);
}

static void scan_path(struct session *s, const char *path, int depth, struct scan *out);

static void scan_directory(struct session *s, const char *path, int depth, struct scan *out)
{
	struct dirent **names = NULL;
	const int n = depth < DEEPEST ? scandir(path, &names, NULL, alphasort) : -1;

	if (n < 0)
		add_undecided(out, path, depth < DEEPEST ? "cannot be listed" : "too deep");
	for (int i = 0; i < n; i++) {
		const char *name = names[i]->d_name;

		if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0 && strcmp(name, ".git") != 0) {
			char *inner = fs_join(path, name);

			scan_path(s, inner, depth + 1, out);
			free(inner);
		}
		free(names[i]);
	}
	free(names);
}

/* What cannot be looked at is undecided, and the others are still looked at. */
static void scan_path(struct session *s, const char *path, int depth, struct scan *out)
{
	struct scanned_file file = {0};
	struct buf bytes = {0};
	struct err why = {0};
	struct stat sb;

	if (lstat(path, &sb) != 0) {
		(void)err_errno(&why, "cannot be read");
		add_undecided(out, path, why.why);
	} else if (S_ISDIR(sb.st_mode)) {
		scan_directory(s, path, depth, out);
	} else if (!S_ISREG(sb.st_mode)) {
		add_undecided(out, path, S_ISLNK(sb.st_mode) ? "a symbolic link, not a document" : "not a regular file");
	} else if (!fs_read_file(path, DOCUMENT_LIMIT, &bytes, &why)) {
		add_undecided(out, path, why.why);
	} else {
		const unsigned mode = (sb.st_mode & S_IXUSR) != 0 ? 0100755 : 0100644;

		scan_bytes(s->scanner, path, mode, bytes.data, bytes.len, &file);
		scan_add(out, &file);
	}
	buf_release(&bytes);
}

static bool scan_stdin(struct session *s, const char *name, struct scan *out, struct err *err)
{
	struct scanned_file file = {0};
	struct buf bytes = {0};
	const bool ok = buf_read_fd(&bytes, STDIN_FILENO, DOCUMENT_LIMIT, err);

	if (ok) {
		scan_bytes(s->scanner, name, 0100644, bytes.data, bytes.len, &file);
		scan_add(out, &file);
	}
	buf_release(&bytes);
	return ok;
}

static bool scan_staged(struct session *s, struct scan *out, struct err *err)
{
	struct changes changes = {0};
	bool ok;

	if (s->repo == NULL)
		return err_set(err, ERR_INPUT, "--staged needs a git repository");
	ok = index_changes(s->repo, &changes, err) && gate_scan(s, &changes, out, err);
	changes_release(&changes);
	return ok;
}

/* A block is certain; what could not be decided is worse than what a person may still clear. */
static int answer(const struct scan *scan)
{
	struct scan_totals totals;

	scan_count(scan, &totals);
	if (totals.block > 0)
		return STATUS_BLOCKED;
	if (totals.undecided > 0)
		return STATUS_UNDECIDED;
	return totals.review > 0 ? STATUS_BLOCKED : STATUS_DONE;
}

static void print_scan(const struct session *s, const struct scan *scan, const struct scan_args *args)
{
	struct buf text = {0};

	if (args->format == NULL || strcmp(args->format, "text") == 0) {
		gate_print(scan, args->explain, false);
		return;
	}
	if (strcmp(args->format, "json") == 0)
		report_json(scan, &text);
	else
		report_sarif(scan, s->rules, &text);
	(void)fwrite(text.data, 1, text.len, stdout);
	buf_release(&text);
}

static bool check_args(const struct scan_args *args, const struct option_list *paths, struct err *err)
{
	const char *f = args->format;
	const int sources = (args->staged ? 1 : 0) + (args->from_stdin ? 1 : 0) + (paths->count > 0 ? 1 : 0);

	if (f != NULL && strcmp(f, "text") != 0 && strcmp(f, "json") != 0 && strcmp(f, "sarif") != 0)
		return err_set(err, ERR_USAGE, "--format is one of: text, json, sarif");
	if (sources != 1) {
		(void)err_set(err, ERR_USAGE, "scan wants paths, --staged or --stdin: one of them");
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
	struct err err = {0};
	bool ok = false;

	if (!options_parse(self->options, &args, argc, argv, &paths, &err) || !check_args(&args, &paths, &err) ||
	    !gate_open(&s, args.rules, &err))
		goto out;
	scan.rules = s.rules->digest;
	if (args.staged && !scan_staged(&s, &scan, &err))
		goto out;
	if (args.from_stdin && !scan_stdin(&s, args.name != NULL ? args.name : "-", &scan, &err))
		goto out;
	for (size_t i = 0; i < paths.count; i++)
		scan_path(&s, paths.items[i], 0, &scan);
	print_scan(&s, &scan, &args);
	ok = true;
out:
	{
		const int status = ok ? answer(&scan) : complain(&err);

		scan_release(&scan);
		session_close(&s);
		free(paths.items);
		return status;
	}
}
