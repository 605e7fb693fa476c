/* cmd_decide.c - a sign-off: approve, return, refuse, redact, on-request, postpone, refer, consult.
 *
 * All the same entry with another word in it.  At a terminal the person is shown the case, asked
 * for what is missing, shown exactly what will be signed, and asked once more; going away at any
 * point changes nothing.  In a script everything comes by options, and nothing is asked. */
#include "command.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "case_view.h"
#include "deed.h"
#include "ledger/entry.h"
#include "options.h"
#include "prompt.h"
#include "scan/finding.h"
#include "session.h"
#include "signing.h"
#include "walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct decide_args {
	const char *stage, *round, *opinion, *ground, *until, *to;
	struct option_list clear, evidence, answer;
};

/* Each decision takes what it needs, and no command lists an option that only another takes. */
#define AT(member) offsetof(struct decide_args, member)
#define OPINION {"opinion", OPTION_VALUE, AT(opinion), "TEXT", "the opinion, as on the form"}
#define STAGE {"stage", OPTION_VALUE, AT(stage), "STAGE", "the stage to sign for (default: the one that waits)"}
#define ROUND {"round", OPTION_VALUE, AT(round), "NUMBER", "only if this is still the newest round"}
#define GROUND {"ground", OPTION_VALUE, AT(ground), "GROUND", "state-secret, law-prohibits, safety-stability, third-party, ..."}
#define END {NULL, 0, 0, NULL, NULL}

const struct option approve_options[] = {
	OPINION,
	STAGE,
	ROUND,
	{"clear", OPTION_LIST, AT(clear), "FINDING=REASON", "why this finding, or each of a RULE, may be published"},
	{"evidence", OPTION_LIST, AT(evidence), "FINDING=FILE", "the file that proves it, likewise"},
	{"answer", OPTION_LIST, AT(answer), "TEXT", "answers to the stage's questions, in order"},
	END,
};
const struct option return_options[] = {OPINION, STAGE, ROUND, GROUND, END}; /* and redact, on-request */
const struct option refuse_options[] = {
	OPINION, STAGE, ROUND, GROUND,
	{"until", OPTION_VALUE, AT(until), "DATE", "when to look at it again"},
	END,
};
const struct option postpone_options[] = {
	OPINION, STAGE, ROUND, GROUND,
	{"until", OPTION_VALUE, AT(until), "DATE", "not before"},
	END,
};
const struct option refer_options[] = {
	OPINION, STAGE, ROUND, GROUND,
	{"to", OPTION_VALUE, AT(to), "WHOM", "who is asked"},
	END,
};

static bool is_rule(const struct signing *d, const char *name)
{
	for (size_t i = 0; i < d->scan.count; i++)
		for (size_t k = 0; k < d->scan.files[i].count; k++)
			if (strcmp(d->scan.files[i].findings[k].rule, name) == 0)
				return true;
	return false;
}

/* "FINDING=VALUE", or "RULE=VALUE" for all findings of a rule; *name is owned by the caller. */
static bool split_pair(const char *word, char **name, const char **value, struct err *err)
{
	const char *equals = strchr(word, '=');

	if (equals == NULL || equals == word || utf8_is_blank(equals + 1))
		return err_set(err, ERR_USAGE, "'%s' is not FINDING=...", word);
	*name = mem_copy_bytes(word, (size_t)(equals - word));
	*value = equals + 1;
	return true;
}

static bool clear(struct signing *d, const char *word, bool rules, struct err *err)
{
	const struct finding *finding = NULL;
	const char *reason;
	char *name;
	bool ok = true;

	if (!split_pair(word, &name, &reason, err))
		return false;
	if (is_rule(d, name)) {
		if (rules && !signing_clear_rule(d, name, reason))
			ok = err_set(err, ERR_USAGE, "no finding of rule '%s' is left to be cleared", name);
	} else if (!rules) {
		ok = case_view_finding(&d->scan, name, &finding, err);
		if (ok)
			signing_clear(d, &finding->id, reason);
	}
	free(name);
	return ok;
}

static bool attach_evidence(struct signing *d, const char *word, bool rules, struct err *err)
{
	const struct finding *finding = NULL;
	const char *path;
	struct buf bytes = {0};
	char *name;
	bool ok;

	if (!split_pair(word, &name, &path, err))
		return false;
	if (is_rule(d, name) != rules)
		ok = true;
	else if (rules)
		ok = fs_read_file(path, EVIDENCE_LIMIT, &bytes, err) && signing_add_evidence_rule(d, name, path, &bytes, err);
	else
		ok = case_view_finding(&d->scan, name, &finding, err) && fs_read_file(path, EVIDENCE_LIMIT, &bytes, err) &&
		     signing_add_evidence(d, &finding->id, path, &bytes, err);
	free(name);
	buf_release(&bytes);
	return ok;
}

typedef bool take_word(struct signing *d, const char *word, bool rules, struct err *err);

/* What is said of one finding goes before what is said of its rule. */
static bool take_words(struct signing *d, const struct option_list *words, take_word *take, struct err *err)
{
	for (int rules = 0; rules < 2; rules++)
		for (size_t i = 0; i < words->count; i++)
			if (!take(d, words->items[i], rules == 1, err))
				return false;
	return true;
}

static bool take_options(struct signing *d, const struct decide_args *args, struct err *err)
{
	if (!take_words(d, &args->clear, clear, err) || !take_words(d, &args->evidence, attach_evidence, err))
		return false;
	for (size_t i = 0; i < args->answer.count; i++)
		signing_answer(d, args->answer.items[i]);
	d->opinion = mem_copy_string(args->opinion);
	d->ground = mem_copy_string(args->ground);
	d->until = mem_copy_string(args->until);
	d->addressee = mem_copy_string(args->to);
	return true;
}

/* What options left open is asked for; where nobody can be asked, the options must be enough. */
static bool complete(struct signing *d, struct err *err)
{
	struct buf text = {0};
	const bool asked = prompt_possible() && !globals.yes;

	if (asked)
		return walk_through(d, err);
	if (!signing_check(d, err))
		return false;
	signing_describe(d, &text);
	(void)fwrite(text.data, 1, text.len, stdout);
	buf_release(&text);
	return true;
}

static bool decide(struct session *s, const struct call *call, struct err *err)
{
	const char *name = call->command->name, *case_id = call->count > 0 ? call->words[0] : NULL;
	const struct decide_args *args = call->args;
	const bool asks = !globals.yes && prompt_possible();
	struct signing d = {0};
	struct draft draft = {0};
	char *chosen = NULL;
	bool ok = false;

	if (call->count > 1 || (call->count == 0 && !asks))
		return err_set(err, ERR_USAGE, "%s which case: review %s CASE", name, name);
	if (args->opinion == NULL && !asks)
		return err_set(err, ERR_USAGE, "say why: --opinion TEXT");
	if (!session_open(s, err) || (case_id == NULL && !walk_choose(s, &chosen, err)) ||
	    !signing_begin(s, case_id != NULL ? case_id : chosen, decision_from_name(name), args->stage, &d, err) ||
	    !session_round_is(d.c, args->round, err) || !take_options(&d, args, err) || !complete(&d, err) || !session_open_signer(s, err))
		goto out;
	case_id = case_id != NULL ? case_id : chosen;
	draft = signing_draft(&d);
	if (session_append(s, &draft, err)) {
		printf(_("signed: ledger entry %u\n"), (unsigned)s->tip.seq);
		d.c = docket_case(&s->docket, case_id);
		case_view_verdict(s, d.c, d.scanned ? &d.scan : case_round(d.c)->scan);
		ok = true;
	}
	draft_release(&draft);
out:
	signing_release(&d);
	free(chosen);
	return ok;
}

int run_decide(const struct command *self, int argc, char **argv)
{
	struct decide_args args = {0};

	return deed_run(self, argc, argv, &args, decide);
}
