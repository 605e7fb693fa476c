/* cmd_submit.c - a matter is put up for review: the command around submission.c. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "command.h"

#include "base/buf.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "deed.h"
#include "gate.h"
#include "ledger/entry.h"
#include "options.h"
#include "policy/docket.h"
#include "policy/policy.h"
#include "policy/verdict.h"
#include "progress_line.h"
#include "prompt.h"
#include "repo/repo.h"
#include "session.h"
#include "submission.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIELD(name, member, argument, help) \
	{name, OPTION_VALUE, offsetof(struct submission_form, member), argument, help}

const struct option submit_options[] = {
	FIELD("case", case_id, "CASE", "a new round of this case (default: a new case)"),
	FIELD("title", title, "TEXT", "title of the matter (needed for a new case)"),
	FIELD("document-number", number, "TEXT", "document number (文号)"),
	FIELD("unit", unit, "TEXT", "submitting unit"),
	FIELD("author", author, "TEXT", "drafter"),
	FIELD("maker", maker, "TEXT", "making organ"),
	FIELD("formed", formed, "DATE", "date formed"),
	FIELD("changed", changed, "DATE", "date changed"),
	FIELD("origin", origin, "TEXT", "own, or where it is reposted from"),
	FIELD("carrier", carrier, "TEXT", "official document or other"),
	FIELD("attribute", attribute, "proactive|on-request|not-disclosed", "how it may be disclosed (default: proactive)"),
	FIELD("article-20", article, "N", "item of article 20, 1 to 15"),
	FIELD("channels", channels, "TEXT", "where it is to be published"),
	FIELD("scope", scope, "TEXT", "for whom"),
	FIELD("planned", planned, "DATE", "planned date"),
	FIELD("undertaking", undertaking, "TEXT", "the submitter's undertaking"),
	FIELD("note", note, "TEXT", "anything else"),
	{NULL, 0, 0, NULL, NULL},
};

/* `name` as the user typed it, as a path inside the repository. */
static bool repository_path(const struct session *s, const char *name, char **out, struct err *err)
{
	char *real = realpath(name, NULL), *top = realpath(repo_work_dir(s->repo), NULL);
	const size_t len = top != NULL ? strlen(top) : 0;
	bool ok = false;

	if (top == NULL)
		(void)err_errno(err, "work tree");
	else if (real == NULL)
		(void)err_set(err, ERR_NOT_FOUND, "%s: there is no such file", name);
	else if (strncmp(real, top, len) != 0 || real[len] != '/')
		(void)err_set(err, ERR_INPUT, "%s is outside this repository", name);
	else
		ok = true;
	if (ok)
		*out = mem_copy_string(real + len + 1);
	free(real);
	free(top);
	return ok;
}

/* All names as paths; owned by the caller, as far as it went. */
static bool repository_paths(const struct session *s, const struct call *call, char **paths, struct err *err)
{
	for (size_t i = 0; i < call->count; i++)
		if (!repository_path(s, call->words[i], &paths[i], err))
			return false;
	return true;
}

static bool confirm(const struct session *s, const struct matter *m, struct err *err)
{
	struct scan_totals totals;
	char *question;
	bool yes;

	scan_count(&m->scan, &totals);
	if (totals.block + totals.review + totals.undecided > 0)
		gate_print(s, &m->scan, false, false);
	if (!submission_allowed(m, err))
		return false;
	if (globals.yes || !prompt_possible())
		return true;
	question = mem_format(P_("submit %zu file as case %s, round %u? [y/N]", "submit %zu files as case %s, round %u? [y/N]", m->files.count), m->files.count, m->case_id, (unsigned)m->round);
	yes = prompt_yes(question);
	free(question);
	return yes || err_set(err, ERR_DENIED, "nothing was signed");
}

/* *out: a file of `a` that would become public where one of `b` would. */
static bool share_a_place(const struct session *s, const struct review_case *a, const struct review_case *b, const struct file_ref **out)
{
	const struct file_refs *own = case_round(a)->files, *other = case_round(b)->files;

	for (size_t i = 0; i < own->count; i++)
		for (size_t k = 0; k < other->count; k++) {
			char *x = policy_public_path(s->docket.policy, own->items[i].path), *y = policy_public_path(s->docket.policy, other->items[k].path);
			const bool same = strcmp(x, y) == 0;

			free(x);
			free(y);
			if (same) {
				*out = &own->items[i];
				return true;
			}
		}
	return false;
}

/* Two cases may be about one file, and the second release would be refused: better known now. */
static void warn_of_others(const struct session *s, const char *case_id)
{
	const struct review_case *own = docket_case(&s->docket, case_id);
	const struct file_ref *file = NULL;
	struct buf path = {0};

	for (size_t i = 0; own != NULL && i < s->docket.case_count; i++) {
		const struct review_case *c = docket_case_at(&s->docket, i);

		if (c == own || round_is_over(case_round(c)) || (c->publication_count > 0 && c->publications[c->publication_count - 1].withdrawn))
			continue;
		if (!share_a_place(s, own, c, &file))
			continue;
		buf_clear(&path);
		utf8_add_printable(&path, file->path, strlen(file->path));
		(void)fprintf(stderr, _("review: warning: %s is in case %s, too; one of the two can be public\n"), path.data, c->id);
	}
	buf_release(&path);
}

static bool submit(struct session *s, const struct call *call, struct err *err)
{
	const struct submission_form *form = call->args;
	const struct section *section;
	struct matter m = {0};
	struct draft draft = {0};
	char **paths = NULL;
	bool collected, ok = false;

	if (call->count == 0)
		return err_set(err, ERR_USAGE, "submit which files: review submit FILE... --title TEXT");
	if (form->title == NULL && form->case_id == NULL)
		return err_set(err, ERR_USAGE, "a new case needs --title TEXT");
	if (!submission_check(form, err) || !session_open(s, err))
		return false;
	if (repo_work_dir(s->repo) == NULL)
		return err_set(err, ERR_INPUT, "a bare repository has no candidates");
	paths = mem_alloc(call->count, sizeof(*paths));
	progress_begin(_("scanning"));
	collected = repository_paths(s, call, paths, err) && submission_collect(s, form, paths, call->count, &m, err);
	progress_end();
	if (!collected || !confirm(s, &m, err))
		goto out;
	draft = submission_draft(s, form, &m);
	if (!session_open_signer(s, err) || !submission_append(s, &m, &draft, err))
		goto out;
	section = policy_section(s->docket.policy, m.section);
	printf(P_("case %s, round %u: %zu file submitted to section %s\nnext: review show %s\n",
	          "case %s, round %u: %zu files submitted to section %s\nnext: review show %s\n", m.files.count), m.case_id,
	       (unsigned)m.round, m.files.count, section != NULL && language_is_chinese() ? section_title(section) : m.section, m.case_id);
	warn_of_others(s, m.case_id);
	ok = true;
out:
	for (size_t i = 0; i < call->count; i++)
		free(paths[i]);
	free(paths);
	draft_release(&draft);
	matter_release(&m);
	return ok;
}

int run_submit(const struct command *self, int argc, char **argv)
{
	struct submission_form args = {0};

	return deed_run(self, argc, argv, &args, submit);
}
