/* commands.c - the command table: everything this program does, in the order a document meets it. */
#include "command.h"
#include "options.h"

#include <string.h>

const struct command commands[] = {
	{"init", "[--policy FILE] [--office NAME] [--name NAME] [--hooks]", "start a ledger in this repository", init_options, run_init},
	{"key", "[new|list|show|enroll|compromise] [PERSON|KEY]", "signing keys: check mine, make, show, declare one lost", key_options, run_key},
	{"scan", "[PATH...] [--staged] [--stdin]", "look for protected material in files", scan_options, run_scan},
	{"text", "FILE...", "what a file would tell: its text, and where it stands", text_options, run_text},
	{"clean", "FILE... [--output FILE]", "write a copy without hidden data", clean_options, run_clean},
	{"submit", "FILE... --title TEXT", "put documents up for review", submit_options, run_submit},
	{"inbox", "[--all]", "what waits for whom", inbox_options, run_inbox},
	{"show", "CASE [--html FILE] [--reveal]", "one case: documents, findings, sign-offs, what is missing", show_options, run_show},
	{"desk", "[--idle MINUTES]", "a desk in the browser: read, decide, release", desk_options, run_desk},
	{"approve", "CASE --opinion TEXT [--clear FINDING=REASON]...", "sign off, and clear findings", approve_options, run_decide},
	{"return", "CASE --opinion TEXT", "send back to the submitter", return_options, run_decide},
	{"refuse", "CASE --opinion TEXT --ground GROUND --until DATE", "not to be disclosed; look again on the date", refuse_options, run_decide},
	{"redact", "CASE --opinion TEXT --ground GROUND", "only a redacted version may be disclosed", return_options, run_decide},
	{"on-request", "CASE --opinion TEXT --ground GROUND", "to be disclosed on request only", return_options, run_decide},
	{"postpone", "CASE --opinion TEXT --until DATE", "not before that date", postpone_options, run_decide},
	{"refer", "CASE --opinion TEXT --to WHOM", "ask the authority above or the secrecy administration", refer_options, run_decide},
	{"consult", "CASE --opinion TEXT --to WHOM", "ask a third party or another organ", refer_options, run_decide},
	{"answer", "CASE --outcome OUTCOME --note TEXT [--evidence FILE]...", "record the answer to a refer or consult", answer_options, run_answer},
	{"file", "CASE --register NUMBER", "record the filing number", file_options, run_file},
	{"release", "CASE [--resume] [--offline]", "make the approved bytes public", release_options, run_release},
	{"withdraw", "CASE --reason TEXT [--incident]", "take a release down", withdraw_options, run_withdraw},
	{"sync", "[REMOTE] [--bundle FILE] [--from FILE]", "the same ledger here and elsewhere", sync_options, run_sync},
	{"checkpoint", "", "say where the ledger stands, signed", NULL, run_checkpoint},
	{"witness", "NAME [FILE]", "sign that the ledger only grew since the last time", NULL, run_witness},
	{"log", "[CASE] [--all]", "the ledger, entry by entry", log_options, run_log},
	{"audit", "[--rescan] [--case CASE] [--as-of DATE|TIME|SEQ] [--kit DIR] [--format text|json|csv|html]", "check everything from the first entry on", audit_options, run_audit},
	{"calendar", "[NAME] [--from DATE] [--days N] [--year YEAR]", "working days: what is known, and when a term is over", calendar_options, run_calendar},
	{"rules", "check|test|list|explain|publish|allow|allowed [RULE]", "the rules: check, test, put into force", rules_options, run_rules},
	{"policy", "show|check|diff|propose|endorse|history [FILE]", "who may do what: show, change", policy_options, run_policy},
	{"hook", "install|pre-commit|commit-msg|pre-push|pre-receive [--server] [--into DIR]", "stand at git's doors", hook_options, run_hook},
	{"completion", "-- WORD...", "what may come next on a command line, for the shells", NULL, run_completion},
	{"help", "[COMMAND]", "this, or one command in full", NULL, run_help},
	{"version", "", "the version", NULL, run_version},
	{NULL, NULL, NULL, NULL, NULL},
};

const struct command *command_find(const char *name)
{
	for (const struct command *c = commands; c->name != NULL; c++)
		if (strcmp(c->name, name) == 0)
			return c;
	return NULL;
}
