/* cmd_decide.c - a sign-off: approve, return, refuse, redact, on-request, postpone, refer, consult.
 *
 * All the same entry with another word in it.  At a terminal the person is shown the case, asked
 * for what is missing, shown exactly what will be signed, and asked once more; going away at any
 * point changes nothing.  In a script everything comes by options, and nothing is asked. */
#include "command.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/fs.h"
#include "base/mem.h"
#include "case_view.h"
#include "ledger/entry.h"
#include "options.h"
#include "policy/verdict.h"
#include "prompt.h"
#include "scan/finding.h"
#include "seal/hash.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct decide_args {
	const char *stage, *opinion, *ground, *until, *to;
	struct option_list clear, evidence, answer;
};

const struct option decide_options[] = {
	{"opinion", OPTION_VALUE, offsetof(struct decide_args, opinion), "TEXT", "the opinion, as on the form"},
	{"stage", OPTION_VALUE, offsetof(struct decide_args, stage), "STAGE", "the stage to sign for (default: the one that waits)"},
	{"clear", OPTION_LIST, offsetof(struct decide_args, clear), "FINDING=REASON", "approve: why this finding may be published"},
	{"evidence", OPTION_LIST, offsetof(struct decide_args, evidence), "FINDING=FILE", "approve: the file that proves it"},
	{"answer", OPTION_LIST, offsetof(struct decide_args, answer), "TEXT", "approve: answers to the stage's questions, in order"},
	{"ground", OPTION_VALUE, offsetof(struct decide_args, ground), "GROUND", "state-secret, law-prohibits, safety-stability, third-party, ..."},
	{"until", OPTION_VALUE, offsetof(struct decide_args, until), "DATE", "postpone: not before; refuse: look again on"},
	{"to", OPTION_VALUE, offsetof(struct decide_args, to), "WHOM", "refer, consult: who is asked"},
	{NULL, 0, 0, NULL, NULL},
};

/* The sign-off in the making. */
struct signing {
	struct session *s;
	const struct review_case *c;
	const struct stage *stage;
	enum decision decision;
	char *opinion;
	struct scan scan;
	bool scanned;
	struct clearance *clears;
	size_t clear_count;
	struct entry_body *evidence;
	size_t evidence_count;
	char **answers;
	size_t answer_count;
};

static void signing_release(struct signing *d)
{
	for (size_t i = 0; i < d->clear_count; i++)
		free(d->clears[i].reason);
	for (size_t i = 0; i < d->evidence_count; i++) {
		free(d->evidence[i].name);
		free(d->evidence[i].bytes);
	}
	for (size_t i = 0; i < d->answer_count; i++)
		free(d->answers[i]);
	free(d->answers);
	free(d->clears);
	free(d->evidence);
	free(d->opinion);
	scan_release(&d->scan);
}

static bool may_sign(const struct signing *d, const struct stage *stage)
{
	const struct policy *policy = d->s->docket.policy;
	const struct person *person = policy_person(policy, d->s->person);

	return person != NULL && person_may_sign(policy, person, stage->id, d->c->section, d->s->today) == ENTITLED;
}

/* The stage that waits, if this person holds it; else the first one they hold. */
static bool find_stage(struct signing *d, const char *wanted, struct err *err)
{
	const struct policy *policy = d->s->docket.policy;
	const struct stage *current = case_current_stage(policy, d->c, NULL);

	d->stage = wanted != NULL ? policy_stage(policy, wanted, NULL) : NULL;
	if (wanted != NULL && d->stage == NULL)
		return err_set(err, ERR_USAGE, "the policy has no stage '%s'", wanted);
	if (d->stage == NULL && current != NULL && may_sign(d, current))
		d->stage = current;
	for (size_t i = 0; d->stage == NULL && i < policy->stage_count; i++)
		if (may_sign(d, &policy->stages[i]))
			d->stage = &policy->stages[i];
	if (d->stage != NULL)
		return true;
	(void)err_set(err, ERR_DENIED, "%s holds no stage in section %s", d->s->person, d->c->section);
	if (policy_person(policy, d->s->person) == NULL && policy_person_near(policy, d->s->person) != NULL)
		return err_hint(err, "did you mean %s?", policy_person_near(policy, d->s->person));
	return err_hint(err, "review policy show says who does");
}

static struct clearance *add_clearance(struct signing *d, const struct digest *finding, const char *reason)
{
	for (size_t i = 0; i < d->clear_count; i++)
		if (digest_equal(&d->clears[i].finding, finding))
			return &d->clears[i];
	d->clears = mem_grow(d->clears, d->clear_count, sizeof(*d->clears));
	d->clears[d->clear_count].finding = *finding;
	d->clears[d->clear_count].reason = mem_copy_string(reason);
	return &d->clears[d->clear_count++];
}

/* "FINDING=VALUE" */
static bool split_pair(const struct signing *d, const char *word, const struct finding **finding,
                       const char **value, struct err *err)
{
	const char *equals = strchr(word, '=');
	char *name;
	bool ok;

	if (equals == NULL || equals == word || equals[1] == '\0')
		return err_set(err, ERR_USAGE, "'%s' is not FINDING=...", word);
	name = mem_copy_bytes(word, (size_t)(equals - word));
	ok = case_view_finding(&d->scan, name, finding, err);
	free(name);
	*value = equals + 1;
	return ok;
}

static bool attach_evidence(struct signing *d, const char *word, struct err *err)
{
	const struct finding *finding = NULL;
	const char *path = NULL, *slash;
	struct clearance *clearance = NULL;
	struct buf bytes = {0};
	struct entry_body body = {0};

	if (!split_pair(d, word, &finding, &path, err))
		return false;
	for (size_t i = 0; i < d->clear_count; i++)
		if (digest_equal(&d->clears[i].finding, &finding->id))
			clearance = &d->clears[i];
	if (clearance == NULL)
		return err_set(err, ERR_USAGE, "--evidence %s: that finding is not cleared here", word);
	if (!fs_read_file(path, (size_t)16 * 1024 * 1024, &bytes, err)) {
		buf_release(&bytes);
		return false;
	}
	slash = strrchr(path, '/');
	hash_bytes(bytes.data, bytes.len, &body.digest);
	clearance->evidence = body.digest;
	body.name = mem_copy_string(slash != NULL ? slash + 1 : path);
	body.len = bytes.len;
	body.bytes = buf_take(&bytes);
	d->evidence = mem_grow(d->evidence, d->evidence_count, sizeof(*d->evidence));
	d->evidence[d->evidence_count++] = body;
	return true;
}

static bool take_options(struct signing *d, const struct decide_args *args, struct err *err)
{
	for (size_t i = 0; i < args->clear.count; i++) {
		const struct finding *finding = NULL;
		const char *reason = NULL;

		if (!split_pair(d, args->clear.items[i], &finding, &reason, err))
			return false;
		(void)add_clearance(d, &finding->id, reason);
	}
	for (size_t i = 0; i < args->evidence.count; i++)
		if (!attach_evidence(d, args->evidence.items[i], err))
			return false;
	for (size_t i = 0; i < args->answer.count; i++) {
		d->answers = mem_grow(d->answers, d->answer_count, sizeof(*d->answers));
		d->answers[d->answer_count++] = mem_copy_string(args->answer.items[i]);
	}
	d->opinion = mem_copy_string(args->opinion);
	return true;
}

/* Ask for a reason for each finding still in the way; an empty answer leaves it. */
static bool ask_clearances(struct signing *d, struct err *err)
{
	size_t number = 0;

	for (size_t i = 0; i < d->scan.count; i++)
		for (size_t k = 0; k < d->scan.files[i].count; k++) {
			const struct finding *f = &d->scan.files[i].findings[k];
			char *question, *reason = NULL;
			bool ok;

			number++;
			if (f->action != 1 || case_view_is_cleared(d->c, &f->id))
				continue;
			question = mem_format("finding %zu, %s:%u: why may it be published? (empty: leave it)", number,
			                      d->scan.files[i].path, (unsigned)f->line);
			ok = prompt_line(question, &reason, err);
			free(question);
			if (ok && reason[0] != '\0')
				(void)add_clearance(d, &f->id, reason);
			free(reason);
			if (!ok)
				return false;
		}
	return true;
}

static bool ask_answers(struct signing *d, struct err *err)
{
	while (d->answer_count < d->stage->asks.count) {
		char *answer = NULL;

		if (!prompt_line(d->stage->asks.items[d->answer_count], &answer, err))
			return false;
		d->answers = mem_grow(d->answers, d->answer_count, sizeof(*d->answers));
		d->answers[d->answer_count++] = answer;
	}
	return true;
}

static bool ask_missing(struct signing *d, const struct decide_args *args, struct err *err)
{
	if (!prompt_possible() || globals.yes)
		return true;
	case_view_print(d->s, d->c, d->scanned ? &d->scan : NULL);
	printf("\nyou are %s, signing %s for stage %s\n", d->s->person, decision_name(d->decision), d->stage->id);
	if (d->decision == DECISION_APPROVE &&
	    ((args->clear.count == 0 && !ask_clearances(d, err)) || !ask_answers(d, err)))
		return false;
	return d->opinion != NULL || prompt_line("opinion:", &d->opinion, err);
}

static struct draft make_draft(const struct signing *d, const struct decide_args *args)
{
	const struct round *round = case_round(d->c);
	struct draft draft = session_draft(d->s, ENTRY_SIGN_OFF);

	draft_add(&draft, "case", d->c->id);
	draft_add_number(&draft, "round", round->number);
	draft_add_digest(&draft, "submit", &round->submit);
	draft_add(&draft, "stage", d->stage->id);
	draft_add(&draft, "decision", decision_name(d->decision));
	draft_add(&draft, "opinion", d->opinion);
	draft_add(&draft, "ground", args->ground != NULL ? args->ground : "");
	draft_add(&draft, "until", args->until != NULL ? args->until : "");
	draft_add(&draft, "addressee", args->to != NULL ? args->to : "");
	draft_add_digest(&draft, "scan", &round->scan_digest);
	draft_add_files(&draft, round->files);
	for (size_t i = 0; i < d->clear_count; i++)
		draft_add_clearance(&draft, &d->clears[i]);
	for (size_t i = 0; i < d->answer_count; i++)
		draft_add(&draft, "answer", d->answers[i]);
	for (size_t i = 0; i < d->evidence_count; i++)
		draft_add_body(&draft, "evidence", d->evidence[i].name, d->evidence[i].bytes, d->evidence[i].len);
	return draft;
}

/* Exactly what goes under the signature, before the key is asked for. */
static bool confirm(const struct signing *d, struct err *err)
{
	const struct round *round = case_round(d->c);
	char hex[DIGEST_HEX_SIZE];

	printf("%s case %s, round %u, as %s for %s: \"%s\"\n", decision_name(d->decision), d->c->id,
	       (unsigned)round->number, d->s->person, d->stage->id, d->opinion);
	for (size_t i = 0; i < round->files->count; i++)
		printf("  %.12s  %s\n", digest_to_hex(&round->files->items[i].digest, hex), round->files->items[i].path);
	for (size_t i = 0; i < d->clear_count; i++)
		printf("  clears %.8s: %s\n", digest_to_hex(&d->clears[i].finding, hex), d->clears[i].reason);
	if (globals.yes || !prompt_possible() || prompt_yes("sign this? [y/N]"))
		return true;
	return err_set(err, ERR_DENIED, "nothing was signed");
}

/* Approving needs the documents here and scanned; the other decisions only look at them if they
 * are here. */
static bool scan_case(struct signing *d, struct err *err)
{
	struct err why = {0};

	d->scanned = session_scan_case(d->s, d->c, &d->scan, &why);
	if (d->scanned || (d->decision != DECISION_APPROVE && why.kind == ERR_NOT_FOUND))
		return true;
	*err = why;
	err_context(err, "case %s", d->c->id);
	return err_hint(err, "review sync brings the documents");
}

static bool check_args(const struct signing *d, const struct decide_args *args, struct err *err)
{
	int32_t day;

	if (args->ground != NULL && ground_from_name(args->ground, strlen(args->ground)) == GROUND_NONE) {
		(void)err_set(err, ERR_USAGE, "'%s' is not a ground", args->ground);
		return err_hint(err, "state-secret law-prohibits safety-stability third-party internal-affairs process enforcement-file inquiry");
	}
	if (args->until != NULL && !date_from_text(&day, args->until, strlen(args->until)))
		return err_set(err, ERR_USAGE, "--until wants a date: YYYY-MM-DD");
	if (d->decision != DECISION_APPROVE && args->clear.count + args->evidence.count + args->answer.count > 0)
		return err_set(err, ERR_USAGE, "only approve clears findings");
	if (args->opinion == NULL && !prompt_possible())
		return err_set(err, ERR_USAGE, "say why: --opinion TEXT");
	return true;
}

static bool decide(struct signing *d, const char *case_id, const struct decide_args *args, struct err *err)
{
	struct draft draft = {0};
	bool ok = false;

	if (!check_args(d, args, err) || !session_open(d->s, err) || !session_open_person(d->s, err) ||
	    !session_case(d->s, case_id, &d->c, err) || !find_stage(d, args->stage, err) || !scan_case(d, err) ||
	    !take_options(d, args, err) || !ask_missing(d, args, err) || !confirm(d, err) ||
	    !session_open_signer(d->s, err))
		return false;
	draft = make_draft(d, args);
	if (session_append(d->s, &draft, err)) {
		printf("signed: ledger entry %u\n", (unsigned)d->s->tip.seq);
		d->c = docket_case(&d->s->docket, case_id);
		case_view_verdict(d->s, d->c, d->scanned ? &d->scan : case_round(d->c)->scan);
		ok = true;
	}
	draft_release(&draft);
	return ok;
}

int run_decide(const struct command *self, int argc, char **argv)
{
	struct decide_args args = {0};
	struct option_list words = {0};
	struct session s = {0};
	struct signing d = {.s = &s, .decision = decision_from_name(self->name)};
	struct err err = {0};
	bool ok = false;

	if (options_parse(self->options, &args, argc, argv, &words, &err)) {
		if (words.count != 1)
			(void)err_set(&err, ERR_USAGE, "%s which case: review %s CASE", self->name, self->name);
		else
			ok = decide(&d, words.items[0], &args, &err);
	}
	signing_release(&d);
	session_close(&s);
	free(words.items);
	free(args.clear.items);
	free(args.evidence.items);
	free(args.answer.items);
	return ok ? STATUS_DONE : complain(&err);
}
