/* judgement.c - one push, commit by commit, and what its tips show. */
#include "judgement.h"

#include "base/language.h"
#include "base/mem.h"
#include "checkout.h"
#include "command.h"
#include "gate.h"
#include "pushed_text.h"
#include "repo/change.h"
#include "scan/scanner.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void judgement_release(struct judgement *j)
{
	scan_release(&j->scan);
	pushed_commits_release(&j->commits);
	buf_release(&j->complaints);
}

static bool scan_commit(struct judgement *j, const struct object_id *commit, struct err *err)
{
	struct buf raw = {0};
	const bool ok = object_read(j->s->repo, commit, OBJECT_COMMIT, JUDGED_TEXT, &raw, err);

	if (ok)
		pushed_commit_scan(j->s, commit, &raw, &j->scan);
	buf_release(&raw);
	return ok;
}

bool judgement_commit(const struct object_id *commit, void *context, struct err *err)
{
	struct judgement *j = context;
	struct changes changes = {0};
	const bool ok = scan_commit(j, commit, err) && commit_changes(j->s->repo, commit, &changes, err) &&
	                gate_scan(j->s, &changes, &j->scan, err) &&
	                pushed_commits_add(&j->commits, j->s->repo, commit, &changes, err);

	changes_release(&changes);
	return ok;
}

bool judgement_files(struct judgement *j, const struct object_id *commit, struct tree_files *out, struct err *err)
{
	struct object_id tree, *parents = NULL;
	size_t count = 0;

	if (!commit_links(j->s->repo, commit, &tree, &parents, &count, err))
		return false;
	free(parents);
	return tree_list(j->s->repo, &tree, JUDGED_FILES, out, err);
}

static void add_change(struct changes *changes, const struct tree_file *file)
{
	changes->items = mem_grow(changes->items, changes->count, sizeof(*changes->items));
	changes->items[changes->count++] = (struct change){
		.path = mem_copy_string(file->path), .mode = file->mode, .id = file->id};
}

/* public/ is judged at the tip: what a checkout of the branch would show.  All of it and by the ledger of now, not only
 * what differs from the old tip: that may have come before there was a hook or a ledger, past the hook, under another
 * policy, or before something of it was withdrawn; and a new branch has none.  What is not done again is reading. */
bool judgement_shown(struct judgement *j, const struct tree_files *now, struct err *err)
{
	struct changes all = {0};
	size_t count = 0;
	bool ok;

	for (size_t i = 0; i < now->count; i++)
		add_change(&all, &now->items[i]);
	ok = gate_public(j->s, &all, &j->complaints, &count, err) && checkout_judge(j->s, &all, &j->complaints, &count, err);
	j->count += count;
	changes_release(&all);
	return ok;
}

/* A released file that is gone; told once, though several commits and the tip may lack it. */
static bool judge_deletion(struct judgement *j, struct change *change, struct err *err)
{
	const struct changes one = {.items = change, .count = 1};
	struct buf said = {0};
	size_t count = 0;
	const bool ok = gate_public(j->s, &one, &said, &count, err);

	if (ok && count > 0 && (j->complaints.data == NULL || strstr(j->complaints.data, said.data) == NULL)) {
		buf_add(&j->complaints, said.data, said.len);
		j->count += count;
	}
	buf_release(&said);
	return ok;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct tree_file *)a)->path, ((const struct tree_file *)b)->path);
}

static bool has_path(const struct tree_files *files, const char *path)
{
	struct tree_file wanted = {0};
	char *name = mem_copy_string(path);
	bool has;

	wanted.path = name;
	has = files->count > 0 && bsearch(&wanted, files->items, files->count, sizeof(*files->items), by_path) != NULL;
	free(name);
	return has;
}

bool judgement_deletions(struct judgement *j, const struct object_id *tip, const struct tree_files *before,
                         const struct tree_files *now, struct err *err)
{
	struct changes gone = {0};
	bool ok = true;

	for (size_t i = 0; ok && i < before->count; i++) {
		struct change shown = {.path = before->items[i].path};

		ok = has_path(now, shown.path) || judge_deletion(j, &shown, err);
	}
	pushed_commits_gone(&j->commits, tip, &gone);
	for (size_t i = 0; ok && i < gone.count; i++)
		ok = has_path(now, gone.items[i].path) || judge_deletion(j, &gone.items[i], err);
	changes_release(&gone);
	return ok;
}

bool judgement_tip(struct judgement *j, const char *ref, const struct object_id *id, struct object_id *commit, struct err *err)
{
	struct buf tags = {0};
	const bool ok = tag_peel(j->s->repo, id, JUDGED_TEXT, commit, &tags, err);

	if (!ok)
		err_context(err, "%s", ref);
	else if (tags.len > 0)
		pushed_text_scan(j->s, ref, tags.data, tags.len, &j->scan);
	buf_release(&tags);
	return ok;
}

/* Who takes it out in a commit behind would be shown the same again: the commit that brought it is pushed too. */
static void say_refused(const struct judgement *j, const struct scan_totals *totals)
{
	if (totals->block + totals->review + totals->undecided > 0)
		gate_print(j->s, &j->scan, false, true);
	if (totals->block + totals->undecided > 0)
		(void)fputs(_("review: hint: every commit of a push is looked at; git commit --amend or git rebase -i changes the one that has it\n"), stderr);
	(void)fprintf(stderr, _("%sreview: push refused\n"), j->complaints.data != NULL ? j->complaints.data : "");
}

int judgement_tell(const struct judgement *j)
{
	struct scan_totals totals;

	scan_count(&j->scan, &totals);
	if (totals.block == 0 && j->count == 0 && totals.undecided == 0)
		return STATUS_DONE;
	say_refused(j, &totals);
	return totals.block > 0 || j->count > 0 ? STATUS_BLOCKED : STATUS_UNDECIDED;
}
