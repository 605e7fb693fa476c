/* ref.c - references move by compare-and-swap, or not at all. */
#include "repo/ref.h"

#include "repo_inside.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LINKS_DEEP = 8, LOCK_TRIES = 100 }; /* 20 ms each: git holds a lock of a reference for less, its hooks perhaps for longer */

static bool read_direct(git_reference *ref, const char *name, struct object_id *out, struct err *err)
{
	const git_oid *oid = git_reference_target(ref);

	if (oid == NULL)
		return err_set(err, ERR_INPUT, "%s: a symbolic reference", name);
	*out = id_of(oid);
	return true;
}

bool ref_read(struct repo *repo, const char *name, struct object_id *out, struct err *err)
{
	git_reference *ref = NULL;
	bool ok = false;
	const int code = strcmp(name, "HEAD") == 0 ? git_repository_head(&ref, repo->git)
	                                           : git_reference_lookup(&ref, repo->git, name);

	if (code == GIT_ENOTFOUND || code == GIT_EUNBORNBRANCH)
		(void)err_set(err, ERR_NOT_FOUND, "%s does not exist", name);
	else if (code != 0)
		(void)git_failed(err, code, name);
	else
		ok = read_direct(ref, name, out, err);
	git_reference_free(ref);
	return ok;
}

bool ref_leads_to(struct repo *repo, const char *name, char **out, struct err *err)
{
	char *at = mem_copy_string(name);

	for (int i = 0; i < LINKS_DEEP; i++) {
		git_reference *ref = NULL;
		const int code = git_reference_lookup(&ref, repo->git, at);
		const char *to = code == 0 ? git_reference_symbolic_target(ref) : NULL;
		char *next = to != NULL ? mem_copy_string(to) : NULL;

		git_reference_free(ref);
		if (code != 0 && code != GIT_ENOTFOUND) {
			(void)git_failed(err, code, at);
			free(at);
			return false;
		}
		if (next == NULL) {
			*out = at;
			return true;
		}
		free(at);
		at = next;
	}
	free(at);
	return err_set(err, ERR_LIMIT, "%s: symbolic references without an end", name);
}

static bool is_conflict(int code)
{
	return code == GIT_EEXISTS || code == GIT_EMODIFIED || code == GIT_ENOTFOUND;
}

/* Reflogs want a name; ours is fixed, so that nobody needs user.name to sign. */
static int swap(git_repository *git, const char *name, const git_oid *from, const git_oid *to, const char *log)
{
	git_reference *ref = NULL;
	int code;

	(void)git_repository_set_ident(git, "review", "review@review.invalid");
	if (from != NULL)
		code = git_reference_create_matching(&ref, git, name, to, 1, from, log);
	else
		code = git_reference_create(&ref, git, name, to, 0, log);
	git_reference_free(ref);
	return code;
}

/* Not one of ours: those take turns. */
static bool still_locked(struct err *err, const struct repo *repo, const char *name)
{
	(void)err_set(err, ERR_SYSTEM, "%s is locked by another git command", name);
	return err_hint(err, "if none is running, one was ended on its way: remove %s/%s.lock", repo->common_dir, name);
}

static bool moved(struct repo *repo, const char *name, const git_oid *from, const git_oid *to, const char *log, struct err *err)
{
	const struct timespec pause = {.tv_nsec = 20L * 1000 * 1000};
	int code = swap(repo->git, name, from, to, log);

	for (int i = 0; code == GIT_ELOCKED && i < LOCK_TRIES; i++) {
		(void)nanosleep(&pause, NULL);
		code = swap(repo->git, name, from, to, log);
	}
	if (code == GIT_ELOCKED)
		return still_locked(err, repo, name);
	if (is_conflict(code))
		return err_set(err, ERR_CONFLICT, "%s was moved by somebody else", name);
	return code == 0 ? true : git_failed(err, code, name);
}

bool ref_swap(struct repo *repo, const char *name, const struct object_id *from, const struct object_id *to,
              const char *log, struct err *err)
{
	git_oid old, new;
	int turn;
	bool ok;

	oid_of(&new, to);
	if (from != NULL)
		oid_of(&old, from);
	if (!fresh_settle(repo, err) || !ref_turn_take(repo, name, to, &turn, err))
		return false;
	ok = moved(repo, name, from != NULL ? &old : NULL, &new, log, err);
	ref_turn_end(turn);
	return ok;
}

bool ref_delete(struct repo *repo, const char *name, struct err *err)
{
	git_reference *ref = NULL;
	struct object_id id;
	int turn, code;

	if (!ref_read(repo, name, &id, err) || !ref_turn_take(repo, name, &id, &turn, err))
		return false;
	code = git_reference_lookup(&ref, repo->git, name);
	if (code == 0)
		code = git_reference_delete(ref);
	git_reference_free(ref);
	ref_turn_end(turn);
	return code == 0 ? true : git_failed(err, code, name);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

bool ref_list(struct repo *repo, const char *prefix, ref_visit *visit, void *context, struct err *err)
{
	git_strarray names = {0};
	const int code = git_reference_list(&names, repo->git);
	bool ok = code == 0;

	if (!ok)
		return git_failed(err, code, "references");
	qsort(names.strings, names.count, sizeof(*names.strings), compare_names);
	for (size_t i = 0; ok && i < names.count; i++) {
		struct object_id id;

		if (strncmp(names.strings[i], prefix, strlen(prefix)) != 0)
			continue;
		ok = ref_read(repo, names.strings[i], &id, err) && visit(names.strings[i], &id, context, err);
	}
	git_strarray_dispose(&names);
	return ok;
}
