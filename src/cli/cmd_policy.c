/* cmd_policy.c - who may do what.  A draft comes into force only by the ledger: proposed by one
 * root person, endorsed by as many as the old policy and the new one both demand. */
#include "command.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "choices.h"
#include "deed.h"
#include "enrolment_file.h"
#include "ledger/entry.h"
#include "options.h"
#include "policy_past.h"
#include "prompt.h"
#include "repo/repo.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct policy_args {
	const char *note;
	struct option_list proofs;
};

const struct option policy_options[] = {
	{"note", OPTION_VALUE, offsetof(struct policy_args, note), "TEXT", "why, for the ledger"},
	{"proof", OPTION_LIST, offsetof(struct policy_args, proofs), "FILE", "propose: what review key enroll printed, for a new key"},
	{NULL, 0, 0, NULL, NULL},
};

static bool read_draft(struct session *s, const char *file, struct buf *text, struct policy **out, struct err *err)
{
	char *path = NULL;
	bool ok;

	if (file == NULL && s->repo == NULL && !session_open_repo(s, err))
		return false;
	if (file == NULL && repo_work_dir(s->repo) == NULL)
		return err_set(err, ERR_USAGE, "a bare repository has no draft: name a file");
	path = file != NULL ? mem_copy_string(file) : fs_join(repo_work_dir(s->repo), ".review/policy.yaml");
	ok = fs_read_file(path, (size_t)1024 * 1024, text, err) &&
	     policy_parse(file != NULL ? file : ".review/policy.yaml", text->data, text->len, out, err);
	free(path);
	return ok;
}

/* "王伟 (wang.wei), ..." or "nobody". */
static void print_people(const struct policy *policy, const struct names *names)
{
	for (size_t i = 0; i < names->count; i++) {
		const struct person *p = policy_person(policy, names->items[i]);

		printf("%s%s (%s)", i > 0 ? ", " : "", p != NULL ? p->name : "?", names->items[i]);
	}
	printf("%s\n", names->count == 0 ? _("nobody") : "");
}

static void print_roles(const struct policy *policy)
{
	printf(_("root      %u of "), (unsigned)policy->root_threshold);
	print_people(policy, &policy->root);
	printf(_("rules     "));
	print_people(policy, &policy->rule_keepers);
	printf(_("release   "));
	print_people(policy, &policy->registrars);
}

/* Whose duty this is, for which sections and until when, where that is not all of them and without end. */
static void add_holder(struct buf *out, const struct person *p, const struct duty *d, int32_t today)
{
	char date[DATE_TEXT_SIZE];

	buf_addf(out, "%s%s (%s", out->len > 0 ? ", " : "", p->name, p->id);
	for (size_t i = 0; i < d->sections.count; i++)
		buf_addf(out, i == 0 ? _(" for %s") : ", %s", d->sections.items[i]);
	if (d->from > today)
		buf_addf(out, _(" from %s"), date_to_text(d->from, date));
	if (d->until != 0)
		buf_addf(out, _(" until %s"), date_to_text(d->until, date));
	buf_add_byte(out, ')');
}

/* Who holds this stage, or, for NULL, may submit: now or later. */
static void print_holders(const struct policy *policy, const struct stage *stage, int32_t today)
{
	struct buf out = {0};

	for (size_t i = 0; i < policy->person_count; i++)
		for (size_t k = 0; k < policy->people[i].duty_count; k++) {
			const struct duty *d = &policy->people[i].duties[k];
			const bool same = stage == NULL ? d->kind == DUTY_SUBMIT : d->kind == DUTY_STAGE && strcmp(d->stage, stage->id) == 0;

			if (same && (d->until == 0 || d->until >= today))
				add_holder(&out, &policy->people[i], d, today);
		}
	printf("%s\n", out.len > 0 ? out.data : _("nobody"));
	buf_release(&out);
}

/* One line for those who submit, and one a stage. */
static void print_stages(const struct policy *policy, int32_t today)
{
	printf(_("submit    "));
	print_holders(policy, NULL, today);
	for (size_t i = 0; i < policy->stage_count; i++) {
		const struct stage *stage = &policy->stages[i];

		printf(_("%zu. %-16s %s, wants %u: "), i + 1, stage->id, stage_title(stage), (unsigned)stage->people);
		print_holders(policy, stage, today);
	}
}

/* Patterns of paths, between what goes before them and the end of the line. */
static void print_paths(const char *lead, const struct names *paths)
{
	struct buf line = {0};

	for (size_t i = 0; i < paths->count; i++) {
		buf_add_string(&line, i > 0 ? ", " : "");
		utf8_add_printable(&line, paths->items[i], strlen(paths->items[i]));
	}
	printf("%s%s\n", lead, line.data != NULL ? line.data : "");
	buf_release(&line);
}

/* Where a document has to lie so that it can be put up for review, and whose it is then. */
static void print_zones(const struct policy *policy)
{
	print_paths(_("candidate "), &policy->candidates);
	if (policy->ignore.count > 0)
		print_paths(_("ignored   "), &policy->ignore);
	for (size_t i = 0; i < policy->section_count; i++) {
		char *lead = mem_format(_("section   %s: "), policy->sections[i].id);

		print_paths(lead, &policy->sections[i].paths);
		free(lead);
	}
}

static bool policy_show(struct session *s, struct err *err)
{
	const struct policy *policy;

	if (!session_open(s, err))
		return false;
	policy = s->docket.policy;
	printf(_("policy %u, in force\n"), (unsigned)s->docket.policy_number);
	printf(_("office    %s%s%s\npublic    %s\n"), policy->office_en, strcmp(policy->office_en, policy->office_zh) != 0 ? " " : "",
	       strcmp(policy->office_en, policy->office_zh) != 0 ? policy->office_zh : "", policy->public_dir);
	print_zones(policy);
	print_stages(policy, s->today);
	print_roles(policy);
	if (s->docket.proposal.open)
		printf(_("proposal  policy %u, endorsed by %zu so far; review policy endorse\n"),
		       (unsigned)s->docket.proposal.number, s->docket.proposal.endorsers.count);
	return true;
}

static bool policy_check(struct session *s, const char *file, struct err *err)
{
	struct buf text = {0};
	struct policy *policy = NULL;
	const bool ok = read_draft(s, file, &text, &policy, err);

	if (ok) {
		for (size_t i = 0; i < policy->warnings.count; i++)
			printf(_("warning: %s\n"), policy->warnings.items[i]);
		printf(_("sound: stages %zu, people %zu, sections %zu, warnings %zu\n"), policy->stage_count,
		       policy->person_count, policy->section_count, policy->warnings.count);
	}
	policy_free(policy);
	buf_release(&text);
	return ok;
}

/* With what: a file, the open proposal, or the draft in the work tree. */
static bool policy_diff(struct session *s, const char *file, struct err *err)
{
	const struct proposal *open = &s->docket.proposal;
	struct buf text = {0};
	struct policy *draft = NULL;
	bool ok;

	if (!session_open(s, err))
		return false;
	if (file == NULL && open->open) {
		printf(_("policy %u is in force; policy %u, proposed by %s, would change\n"), (unsigned)s->docket.policy_number,
		       (unsigned)open->number, open->endorsers.items[0]);
		policy_past_print_changes(s->docket.policy, open->policy);
		return true;
	}
	ok = read_draft(s, file, &text, &draft, err);
	if (ok) {
		printf(_("policy %u is in force; %s would change\n"), (unsigned)s->docket.policy_number,
		       file != NULL ? file : ".review/policy.yaml");
		policy_past_print_changes(s->docket.policy, draft);
	}
	policy_free(draft);
	buf_release(&text);
	return ok;
}

static bool confirm(const char *question, struct err *err)
{
	if (globals.yes || !prompt_possible() || prompt_yes(question))
		return true;
	return err_set(err, ERR_DENIED, "nothing was signed");
}

static void print_outcome(const struct session *s)
{
	if (s->docket.proposal.open)
		printf(_("policy %u is proposed and wants more endorsements: review policy endorse\n"),
		       (unsigned)s->docket.proposal.number);
	else
		printf(_("policy %u is in force from entry %u on\n"), (unsigned)s->docket.policy_number,
		       (unsigned)s->tip.seq);
}

/* Named by their number: what a proof is of stands in it. */
static bool add_proofs(const struct option_list *files, struct draft *draft, struct err *err)
{
	bool ok = true;

	for (size_t i = 0; ok && i < files->count; i++) {
		char *name = mem_format("proof-%03zu.txt", i + 1);
		struct buf text = {0};

		ok = enrolment_file(files->items[i], &text, err);
		if (ok)
			draft_add_body(draft, "proof", name, text.data, text.len);
		buf_release(&text);
		free(name);
	}
	return ok;
}

static bool policy_propose(struct session *s, const char *file, const struct policy_args *args, struct err *err)
{
	struct buf text = {0};
	struct policy *policy = NULL;
	struct draft draft = {0};
	bool ok = false;

	if (!session_open(s, err) || !read_draft(s, file, &text, &policy, err) || !session_open_signer(s, err))
		goto out;
	for (size_t i = 0; i < policy->warnings.count; i++)
		(void)fprintf(stderr, _("review: warning: %s\n"), policy->warnings.items[i]);
	print_stages(policy, s->today);
	print_roles(policy);
	printf(_("changes\n"));
	policy_past_print_changes(s->docket.policy, policy);
	if (!confirm(_("propose this policy? [y/N]"), err))
		goto out;
	draft = session_draft(s, ENTRY_POLICY_PROPOSE);
	draft_add_number(&draft, "number", s->docket.policy_number + 1);
	draft_add_body(&draft, "policy-body", "", text.data, text.len);
	draft_add(&draft, "note", args->note != NULL ? args->note : "");
	ok = add_proofs(&args->proofs, &draft, err) && session_append(s, &draft, err);
	if (ok)
		print_outcome(s);
out:
	draft_release(&draft);
	policy_free(policy);
	buf_release(&text);
	return ok;
}

static bool policy_endorse(struct session *s, const char *note, struct err *err)
{
	const struct proposal *open = &s->docket.proposal;
	struct draft draft = {0};
	bool ok = false;

	if (!session_open(s, err) || !session_open_signer(s, err))
		return false;
	if (!open->open) {
		(void)err_set(err, ERR_NOT_FOUND, "no policy is proposed");
		return err_hint(err, "review policy propose FILE");
	}
	printf(_("policy %u, proposed by %s\n"), (unsigned)open->number, open->endorsers.items[0]);
	print_stages(open->policy, s->today);
	print_roles(open->policy);
	printf(_("changes\n"));
	policy_past_print_changes(s->docket.policy, open->policy);
	if (!confirm(_("endorse this policy? [y/N]"), err))
		return false;
	draft = session_draft(s, ENTRY_POLICY_ENDORSE);
	draft_add_number(&draft, "number", open->number);
	draft_add_digest(&draft, "proposal", &open->entry);
	draft_add(&draft, "note", note != NULL ? note : "");
	ok = session_append(s, &draft, err);
	draft_release(&draft);
	if (ok)
		print_outcome(s);
	return ok;
}

static bool policy(struct session *s, const struct call *call, struct err *err)
{
	const struct policy_args *args = call->args;
	const char *what = call->count > 0 ? call->words[0] : "", *file = call->count > 1 ? call->words[1] : NULL;

	if (call->count > 2 || (file != NULL && (strcmp(what, "show") == 0 || strcmp(what, "endorse") == 0 ||
	                                         strcmp(what, "history") == 0)))
		return err_set(err, ERR_USAGE, "too many words after '%s'", what);
	if (strcmp(what, "show") == 0)
		return policy_show(s, err);
	if (strcmp(what, "check") == 0)
		return policy_check(s, file, err);
	if (strcmp(what, "diff") == 0)
		return policy_diff(s, file, err);
	if (strcmp(what, "history") == 0)
		return policy_past_print(s, err);
	if (strcmp(what, "propose") == 0)
		return policy_propose(s, file, args, err);
	if (strcmp(what, "endorse") == 0)
		return policy_endorse(s, args->note, err);
	return choices_have(call->command->synopsis, call->count > 0 ? what : NULL, "review policy", err);
}

int run_policy(const struct command *self, int argc, char **argv)
{
	struct policy_args args = {0};

	return deed_run(self, argc, argv, &args, policy);
}
