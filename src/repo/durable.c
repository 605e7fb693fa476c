/* durable.c - what a reference leads to is on the disk before the reference is.
 *
 * git and libgit2 leave new objects to the kernel, which writes them down some seconds later.  A power cut in between
 * would leave a signed entry whose bytes are zeros, after a person was told that it is in the ledger.  So objects are
 * noted as they are written, and flushed together when a reference moves: the first flush carries most of the others,
 * which makes this some times faster than one after each. */
#define _GNU_SOURCE
#include "repo_inside.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <git2/sys/repository.h>
#include <stdlib.h>
#include <unistd.h>

/* libgit2 looks at the option when its keeper of references is made. */
int refs_flushed(git_repository *git, bool flushed)
{
	git_refdb *refs = NULL;
	int code;

	(void)git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, flushed ? 1 : 0);
	code = git_refdb_open(&refs, git);
	(void)git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 0);
	if (code == 0)
		code = git_repository_set_refdb(git, refs);
	git_refdb_free(refs);
	return code;
}

bool repo_leave_to_kernel(struct repo *repo, struct err *err)
{
	const int code = refs_flushed(repo->git, false);

	repo->hasty = code == 0;
	return code == 0 ? true : git_failed(err, code, "references");
}

void fresh_note(struct repo *repo, const struct object_id *id)
{
	if (repo->hasty)
		return;
	repo->fresh = mem_grow(repo->fresh, repo->fresh_count, sizeof(*repo->fresh));
	repo->fresh[repo->fresh_count++] = *id;
}

/* In a pack by now, or in another repository that lends its objects: whoever put it there flushed it. */
static bool open_loose(const struct repo *repo, const struct object_id *id, int *fd, struct err *err)
{
	char *path = loose_path(repo, id);

	*fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK);
	if (*fd < 0 && errno != ENOENT)
		(void)err_errno(err, "%s", path);
	free(path);
	return *fd >= 0 || err->kind == ERR_NONE;
}

static bool flush(const struct repo *repo, const struct object_id *id, struct err *err)
{
	int fd;
	bool ok;

	if (!open_loose(repo, id, &fd, err))
		return false;
	if (fd < 0)
		return true;
	ok = fsync(fd) == 0 ? true : err_errno(err, "git object: writing it to the disk");
	(void)close(fd);
	return ok;
}

/* The kernel is told of all before the first is waited for. */
static void announce(const struct repo *repo, const struct object_id *id)
{
	struct err ignored = {0};
	int fd;

	if (!open_loose(repo, id, &fd, &ignored) || fd < 0)
		return;
	(void)sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE);
	(void)close(fd);
}

bool fresh_settle(struct repo *repo, struct err *err)
{
	struct err why = {0};
	bool ok = true;

	for (size_t i = 0; i < repo->fresh_count; i++)
		announce(repo, &repo->fresh[i]);
	for (size_t i = 0; ok && i < repo->fresh_count; i++)
		ok = flush(repo, &repo->fresh[i], &why);
	if (ok)
		repo->fresh_count = 0;
	return ok ? true : err_pass(err, &why);
}
