/* change.c - what a commit would change, or what commits brought.
 *
 * Two sorted lists of files are merged; there is no rename detection and no working file, so there
 * is nothing to be fooled by. */
#include "repo/change.h"

#include "base/mem.h"
#include "repo/ref.h"
#include "repo_inside.h"

#include <stdlib.h>
#include <string.h>

static const size_t FILES_LIMIT = 1000000;

void changes_release(struct changes *changes)
{
	for (size_t i = 0; i < changes->count; i++)
		free(changes->items[i].path);
	free(changes->items);
	*changes = (struct changes){0};
}

static void add(struct changes *changes, const char *path, unsigned mode, const struct object_id *id)
{
	static const struct object_id none;

	changes->items = mem_grow(changes->items, changes->count, sizeof(*changes->items));
	changes->items[changes->count++] =
		(struct change){.path = mem_copy_string(path), .mode = mode, .id = id != NULL ? *id : none};
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct change *)a)->path, ((const struct change *)b)->path);
}

static bool index_failed(struct err *err, int code)
{
	const git_error *last = git_error_last();
	const char *what = last != NULL ? last->message : "";

	if (strstr(what, "'link'") != NULL)
		(void)err_hint(err, "a split index is not read here: git update-index --no-split-index");
	if (strstr(what, "'sdir'") != NULL)
		(void)err_hint(err, "a sparse index is not read here: git sparse-checkout init --no-sparse-index");
	return git_failed(err, code, "index");
}

/* "git add -N" names a file that is to be added later; a commit leaves it out. */
static bool is_intended(const git_index_entry *entry)
{
	return (entry->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD) != 0;
}

bool index_files(struct repo *repo, struct changes *out, struct err *err)
{
	git_index *index = NULL;
	int code = git_repository_index(&index, repo->git);
	struct changes all = {0};

	if (code == 0)
		code = git_index_read(index, 1);
	if (code != 0) {
		git_index_free(index);
		return index_failed(err, code);
	}
	for (size_t i = 0; i < git_index_entrycount(index); i++) {
		const git_index_entry *entry = git_index_get_byindex(index, i);
		const struct object_id id = id_of(&entry->id);

		if (git_index_entry_stage(entry) != 0) {
			(void)err_set(err, ERR_INPUT, "%s is not merged", entry->path);
			(void)err_hint(err, "git status, then git add what is resolved");
			changes_release(&all);
			git_index_free(index);
			return false;
		}
		if (!is_intended(entry))
			add(&all, entry->path, entry->mode, &id);
	}
	git_index_free(index);
	if (all.count > 0)
		qsort(all.items, all.count, sizeof(*all.items), by_path);
	*out = all;
	return true;
}

/* What `to` has and `from` has not, or has differently; what `from` alone has is a deletion. */
static void compare(const struct tree_files *from, const struct changes *to, struct changes *out)
{
	size_t a = 0, b = 0;

	while (a < from->count || b < to->count) {
		const int order = a == from->count ? 1
		                  : b == to->count ? -1
		                                   : strcmp(from->items[a].path, to->items[b].path);

		if (order < 0) {
			add(out, from->items[a].path, 0, NULL);
		} else if (order > 0 || from->items[a].mode != to->items[b].mode ||
		           !object_id_equal(&from->items[a].id, &to->items[b].id)) {
			add(out, to->items[b].path, to->items[b].mode, &to->items[b].id);
		}
		a += order <= 0 ? 1 : 0;
		b += order >= 0 ? 1 : 0;
	}
}

static bool commit_files(struct repo *repo, const struct object_id *commit, struct tree_files *out, struct err *err)
{
	struct object_id tree, *parents = NULL;
	size_t count = 0;

	if (!commit_links(repo, commit, &tree, &parents, &count, err))
		return false;
	free(parents);
	return tree_list(repo, &tree, FILES_LIMIT, out, err);
}

bool index_changes(struct repo *repo, struct changes *out, struct err *err)
{
	struct object_id head;
	struct tree_files before = {0};
	struct changes index = {0};
	struct err unborn = {0};
	bool ok;

	if (ref_read(repo, "HEAD", &head, &unborn)) {
		if (!commit_files(repo, &head, &before, err))
			return false;
	} else if (unborn.kind != ERR_NOT_FOUND) {
		*err = unborn;
		return false;
	}
	ok = index_files(repo, &index, err);
	if (ok)
		compare(&before, &index, out);
	changes_release(&index);
	tree_files_release(&before);
	return ok;
}

static void as_changes(const struct tree_files *files, struct changes *out)
{
	for (size_t i = 0; i < files->count; i++)
		add(out, files->items[i].path, files->items[i].mode, &files->items[i].id);
}

/* Drop from `changes` whatever is not in `other` as well: a merge brings what no parent has. */
static void keep_common(struct changes *changes, const struct changes *other)
{
	size_t kept = 0, k = 0;

	for (size_t i = 0; i < changes->count; i++) {
		while (k < other->count && strcmp(other->items[k].path, changes->items[i].path) < 0)
			k++;
		if (k < other->count && strcmp(other->items[k].path, changes->items[i].path) == 0)
			changes->items[kept++] = changes->items[i];
		else
			free(changes->items[i].path);
	}
	changes->count = kept;
}

bool commit_changes(struct repo *repo, const struct object_id *commit, struct changes *out, struct err *err)
{
	struct object_id tree, *parents = NULL;
	struct tree_files files = {0};
	struct changes now = {0}, result = {0};
	size_t count = 0;
	bool ok = commit_links(repo, commit, &tree, &parents, &count, err) &&
	          tree_list(repo, &tree, FILES_LIMIT, &files, err);

	if (ok)
		as_changes(&files, &now);
	for (size_t i = 0; ok && i < count; i++) {
		struct tree_files before = {0};
		struct changes against = {0};

		ok = commit_files(repo, &parents[i], &before, err);
		compare(&before, &now, &against);
		if (i > 0) {
			keep_common(&result, &against);
			changes_release(&against);
		} else {
			result = against;
		}
		tree_files_release(&before);
	}
	if (ok && count == 0) {
		result = now;
		now = (struct changes){0};
	}
	changes_release(&now);
	tree_files_release(&files);
	free(parents);
	if (!ok)
		changes_release(&result);
	else
		*out = result;
	return ok;
}

static int hide_references(git_revwalk *walk, git_repository *git, const char *pattern)
{
	git_reference_iterator *at = NULL;
	git_reference *ref = NULL;
	int code = git_reference_iterator_glob_new(&at, git, pattern);

	while (code == 0 && (code = git_reference_next(&ref, at)) == 0) {
		git_object *commit = NULL;

		if (git_reference_peel(&commit, ref, GIT_OBJECT_COMMIT) == 0)
			code = git_revwalk_hide(walk, git_object_id(commit));
		git_object_free(commit);
		git_reference_free(ref);
	}
	git_reference_iterator_free(at);
	return code == GIT_ITEROVER ? 0 : code;
}

static int hide_id(git_revwalk *walk, git_repository *git, const struct object_id *id)
{
	git_object *object = NULL, *commit = NULL;
	git_oid oid;
	int code = 0;

	oid_of(&oid, id);
	if (git_object_lookup(&object, git, &oid, GIT_OBJECT_ANY) == 0 && git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0)
		code = git_revwalk_hide(walk, git_object_id(commit));
	git_object_free(commit);
	git_object_free(object);
	return code;
}

static int hide(git_revwalk *walk, git_repository *git, const struct known_commits *known)
{
	int code = 0;

	for (size_t i = 0; code == 0 && i < known->pattern_count; i++)
		code = hide_references(walk, git, known->patterns[i]);
	for (size_t i = 0; code == 0 && i < known->id_count; i++)
		code = hide_id(walk, git, &known->ids[i]);
	return code;
}

bool new_commits(struct repo *repo, const struct object_id *tips, size_t count, const struct known_commits *known,
                 size_t limit, commit_visit *visit, void *context, struct err *err)
{
	git_revwalk *walk = NULL;
	git_oid oid;
	size_t seen = 0;
	int code = git_revwalk_new(&walk, repo->git);
	bool ok = true;

	if (code == 0)
		code = git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL | GIT_SORT_REVERSE);
	for (size_t i = 0; code == 0 && i < count; i++) {
		oid_of(&oid, &tips[i]);
		code = git_revwalk_push(walk, &oid);
	}
	if (code == 0)
		code = hide(walk, repo->git, known);
	while (code == 0 && ok && (code = git_revwalk_next(&oid, walk)) == 0) {
		const struct object_id id = id_of(&oid);

		ok = ++seen <= limit ? visit(&id, context, err)
		                     : err_set(err, ERR_LIMIT, "more than %zu new commits", limit);
	}
	git_revwalk_free(walk);
	if (!ok)
		return false;
	return code == GIT_ITEROVER ? true : git_failed(err, code, "history");
}
