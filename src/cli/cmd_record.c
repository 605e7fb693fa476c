/* cmd_record.c - what is written down beside the decisions: answers from outside, filing numbers. */
#include "command.h"

#include "answering.h"
#include "base/buf.h"
#include "base/fs.h"
#include "base/language.h"
#include "base/utf8.h"
#include "deed.h"
#include "ledger/entry.h"
#include "options.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct answer_args {
	const char *outcome, *note;
	struct option_list evidence;
};

const struct option answer_options[] = {
	{"outcome", OPTION_VALUE, offsetof(struct answer_args, outcome), "consent|objection|may-publish|must-not-publish|other", "what the answer comes to"},
	{"note", OPTION_VALUE, offsetof(struct answer_args, note), "TEXT", "what was answered, by whom"},
	{"evidence", OPTION_LIST, offsetof(struct answer_args, evidence), "FILE", "the letter or record that proves it"},
	{NULL, 0, 0, NULL, NULL},
};

struct file_args {
	const char *number, *note;
};

const struct option file_options[] = {
	{"register", OPTION_VALUE, offsetof(struct file_args, number), "NUMBER", "the filing number (备案号)"},
	{"note", OPTION_VALUE, offsetof(struct file_args, note), "TEXT", "anything else"},
	{NULL, 0, 0, NULL, NULL},
};

static bool attach_files(struct draft *draft, const struct option_list *files, struct err *err)
{
	for (size_t i = 0; i < files->count; i++) {
		const char *slash = strrchr(files->items[i], '/');
		struct buf bytes = {0};

		if (!fs_read_file(files->items[i], (size_t)16 * 1024 * 1024, &bytes, err)) {
			buf_release(&bytes);
			return false;
		}
		draft_add_body(draft, "evidence", slash != NULL ? slash + 1 : files->items[i], bytes.data, bytes.len);
		buf_release(&bytes);
	}
	return true;
}

static bool answer(struct session *s, const struct call *call, struct err *err)
{
	const struct answer_args *args = call->args;
	const struct review_case *c = NULL;
	struct draft draft = {0};
	bool ok = false;

	if (call->count != 1)
		return err_set(err, ERR_USAGE, "answer for which case: review answer CASE");
	if (args->outcome == NULL || args->note == NULL)
		return err_set(err, ERR_USAGE, "answer needs --outcome OUTCOME and --note TEXT");
	if (!session_open(s, err) || !session_case(s, call->words[0], &c, err) || !session_open_person(s, err) ||
	    !answering_draft(s, c, args->outcome, args->note, &draft, err))
		return false;
	ok = attach_files(&draft, &args->evidence, err) && session_open_signer(s, err) && session_append(s, &draft, err);
	draft_release(&draft);
	if (ok)
		printf(_("recorded: ledger entry %u\nnext: review show %s\n"), (unsigned)s->tip.seq, call->words[0]);
	return ok;
}

int run_answer(const struct command *self, int argc, char **argv)
{
	struct answer_args args = {0};

	return deed_run(self, argc, argv, &args, answer);
}

static bool file_record(struct session *s, const struct call *call, struct err *err)
{
	const struct file_args *args = call->args;
	const struct review_case *c = NULL;
	struct draft draft = {0};
	bool ok;

	if (call->count != 1 || args->number == NULL)
		return err_set(err, ERR_USAGE, "file which case under which number: review file CASE --register NUMBER");
	if (!session_open(s, err) || !session_case(s, call->words[0], &c, err) || !session_open_signer(s, err))
		return false;
	draft = filing_draft(s, c, args->number, args->note);
	ok = session_append(s, &draft, err);
	draft_release(&draft);
	if (ok) {
		struct buf number = {0};

		utf8_add_printable(&number, args->number, strlen(args->number));
		printf(_("case %s filed as %s: ledger entry %u\n"), call->words[0], number.data, (unsigned)s->tip.seq);
		buf_release(&number);
	}
	return ok;
}

int run_file(const struct command *self, int argc, char **argv)
{
	struct file_args args = {0};

	return deed_run(self, argc, argv, &args, file_record);
}
