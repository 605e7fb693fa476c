/* cmd_hook.c - standing at git's doors.
 *
 * On a desk these are advice (--no-verify exists); in pre-receive they bind.  All of them open the
 * repository from the environment git gives a hook, so they see the index and the objects that
 * git is about to use, not the ones lying beside them. */
#include "command.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/language.h"
#include "base/mem.h"
#include "checkout.h"
#include "choices.h"
#include "extract/document.h"
#include "gate.h"
#include "hooks.h"
#include "options.h"
#include "pre_push.h"
#include "receive.h"
#include "repo/change.h"
#include "scan/finding.h"
#include "scan/scanner.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct hook_args {
	bool server;
	const char *into;
};

const struct option hook_options[] = {
	{"server", OPTION_FLAG, offsetof(struct hook_args, server), NULL, "install: also set what a server needs in git config"},
	{"into", OPTION_VALUE, offsetof(struct hook_args, into), "DIR", "install: into this directory, not where git looks"},
	{NULL, 0, 0, NULL, NULL},
};

static const size_t MESSAGE_LIMIT = (size_t)4 * 1024 * 1024;

/* review findings are told and do not stop a commit: clearing them is what a review is for. */
static int hook_answer(const struct scan *scan, size_t public_complaints)
{
	struct scan_totals totals;

	scan_count(scan, &totals);
	if (totals.block > 0 || public_complaints > 0)
		return STATUS_BLOCKED;
	return totals.undecided > 0 ? STATUS_UNDECIDED : STATUS_DONE;
}

static void say_refused(const char *what, int status)
{
	if (status != STATUS_DONE)
		(void)fprintf(stderr, _("review: %s refused\n"), what);
}

/* What the server would say of this index, told where it can still be mended. */
static bool judge_checkout(struct session *s, const struct changes *changes, struct buf *complaints, size_t *count, struct err *err)
{
	struct changes all = {0};
	bool ok;

	if (!checkout_is_concerned(s, changes))
		return true;
	ok = index_files(s->repo, &all, err) && checkout_judge(s, &all, complaints, count, err);
	changes_release(&all);
	return ok;
}

static int pre_commit(struct err *err)
{
	struct session s = {0};
	struct changes changes = {0};
	struct scan scan = {0};
	struct buf complaints = {0}, altered = {0};
	size_t count = 0, altered_count = 0;
	int status = STATUS_UNDECIDED;

	if (gate_open(&s, NULL, err) && index_changes(s.repo, &changes, err) &&
	    gate_scan(&s, &changes, &scan, err) && gate_public(&s, &changes, &complaints, &count, err) &&
	    judge_checkout(&s, &changes, &altered, &altered_count, err)) {
		struct scan_totals totals;

		scan_count(&scan, &totals);
		status = hook_answer(&scan, count + altered_count);
		if (totals.block + totals.review + totals.undecided > 0)
			gate_print(&s, &scan, false, true);
		if (count > 0)
			(void)fprintf(stderr, _("%sreview: hint: only review release and review withdraw change the public directory\n"),
			              complaints.data);
		if (altered_count > 0)
			(void)fputs(altered.data, stderr);
		say_refused(_("commit"), status);
	} else {
		status = complain(err);
	}
	scan_release(&scan);
	changes_release(&changes);
	buf_release(&complaints);
	buf_release(&altered);
	session_close(&s);
	return status;
}

/* git's own comment lines are not part of the message, and neither is all below its scissors. */
static void strip_comments(const struct buf *text, struct buf *out)
{
	const char *p = text->data, *end = text->data + text->len;

	while (p < end) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));
		const size_t len = stop != NULL ? (size_t)(stop - p) + 1 : (size_t)(end - p);

		if (len >= 4 && memcmp(p, "# --", 4) == 0 && strstr(p, ">8") != NULL && strstr(p, ">8") < p + len)
			break;
		if (p[0] != '#')
			buf_add(out, p, len);
		else
			buf_add_byte(out, '\n'); /* line numbers stay what an editor shows */
		p += len;
	}
}

static int commit_msg(const char *path, struct err *err)
{
	struct session s = {0};
	struct buf text = {0}, message = {0};
	struct scan scan = {0};
	struct scanned_file file = {0};
	struct document doc = {0};
	int status = STATUS_UNDECIDED;

	if (gate_open(&s, NULL, err) && fs_read_file(path, MESSAGE_LIMIT, &text, err)) {
		struct scan_totals totals;

		strip_comments(&text, &message);
		document_from_message(message.data, message.len, &doc);
		scan_document(s.scanner, _("commit message"), &doc, &file);
		scan_add(&scan, &file);
		scan_count(&scan, &totals);
		status = hook_answer(&scan, 0);
		if (totals.block + totals.review + totals.undecided > 0)
			gate_print(&s, &scan, false, true);
		say_refused(_("commit message"), status);
	} else {
		status = complain(err);
	}
	document_release(&doc);
	scan_release(&scan);
	buf_release(&text);
	buf_release(&message);
	session_close(&s);
	return status;
}

static int install(const struct hook_args *args, struct err *err)
{
	struct session s = {0};
	const bool ok = session_open_repo(&s, err) && hooks_install(s.repo, args->server, args->into, err);

	session_close(&s);
	return ok ? STATUS_DONE : complain(err);
}

int run_hook(const struct command *self, int argc, char **argv)
{
	struct hook_args args = {0};
	struct option_list words = {0};
	struct err err = {0};
	const char *what;
	int status;

	if (!options_parse(self->options, &args, argc, argv, &words, &err)) {
		free(words.items);
		return complain(&err);
	}
	what = words.count > 0 ? words.items[0] : "";
	if ((args.server || args.into != NULL) && strcmp(what, "install") != 0) {
		(void)err_set(&err, ERR_USAGE, "--server and --into belong to review hook install");
		status = complain(&err);
	} else if (strcmp(what, "install") == 0 && words.count == 1) {
		status = install(&args, &err);
	} else if (strcmp(what, "pre-commit") == 0 && words.count == 1) {
		status = pre_commit(&err);
	} else if (strcmp(what, "commit-msg") == 0 && words.count == 2) {
		status = commit_msg(words.items[1], &err);
	} else if (strcmp(what, "pre-push") == 0 && words.count == 2) {
		status = pre_push_hook(words.items[1], &err);
	} else if (strcmp(what, "pre-receive") == 0 && words.count == 1) {
		status = receive_hook(&err);
	} else {
		if (choices_have(self->synopsis, words.count > 0 ? what : NULL, "review hook", &err))
			(void)err_set(&err, ERR_USAGE, "review hook takes one word; commit-msg also the file of the message, pre-push the remote");
		status = complain(&err);
	}
	free(words.items);
	return status;
}
