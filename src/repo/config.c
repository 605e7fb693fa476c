/* config.c - git's configuration, and how it is changed so that no power cut empties it.
 *
 * libgit2, as git, leaves a new configuration to the kernel, and an empty one is a repository that knows nothing: not
 * where its server is, and not its ledger.  So a copy is changed and flushed before it takes the file's place.  Meanwhile
 * config.lock keeps git off.  It is a second name of a file that is flock(2)ed: one that is left is known by that, and
 * removed by whoever has the flock next. */
#define _GNU_SOURCE
#include "repo_inside.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/lock.h"
#include "base/mem.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TURN_SECONDS = 5 };
static const size_t CONFIG_LIMIT = (size_t)1024 * 1024;

bool repo_config_get(struct repo *repo, const char *key, char **out, struct err *err)
{
	git_config *config = NULL;
	const char *value = NULL;
	int code = git_repository_config_snapshot(&config, repo->git);

	if (code == 0)
		code = git_config_get_string(&value, config, key);
	if (code == 0)
		*out = mem_copy_string(value);
	else if (code == GIT_ENOTFOUND)
		*out = NULL;
	else
		(void)git_failed(err, code, key);
	git_config_free(config);
	return code == 0 || code == GIT_ENOTFOUND;
}

static bool is_same_file(const char *a, const char *b)
{
	struct stat x, y;

	return lstat(a, &x) == 0 && lstat(b, &y) == 0 && x.st_ino == y.st_ino && x.st_dev == y.st_dev;
}

/* Nobody else of ours is here: `turn` is flocked, unless the file system knows no locks. */
static bool keep_git_off(const struct repo *repo, const char *turn, const char *lock, bool alone, struct err *err)
{
	if (alone && is_same_file(turn, lock))
		(void)unlink(lock);
	if (link(turn, lock) == 0)
		return true;
	if (errno != EEXIST)
		return err_errno(err, "%s", lock);
	(void)err_set(err, ERR_SYSTEM, "%s is locked by another git command", "config");
	return err_hint(err, "if none is running, one was ended on its way: remove %s/%s.lock", repo->common_dir, "config");
}

static bool set_in_file(const char *file, const char *key, const char *value, struct err *err)
{
	git_config *config = NULL;
	int code = git_config_open_ondisk(&config, file);

	if (code == 0)
		code = git_config_set_string(config, key, value);
	git_config_free(config);
	return code == 0 ? true : git_failed(err, code, key);
}

static bool replace(const char *path, const char *key, const char *value, struct err *err)
{
	char *part = mem_format("%s.review", path), *lock = mem_format("%s.lock", part); /* libgit2's, while it writes there */
	struct buf was = {0};
	struct stat sb;
	bool ok = stat(path, &sb) == 0 ? true : err_errno(err, "%s", path);

	(void)unlink(part); /* of somebody who was killed */
	(void)unlink(lock);
	ok = ok && fs_read_file(path, CONFIG_LIMIT, &was, err) && fs_create_file(part, was.data, was.len, sb.st_mode & 0777, err) &&
	     set_in_file(part, key, value, err) && fs_settle(part, path, err);
	if (!ok)
		(void)unlink(part);
	free(lock);
	free(part);
	buf_release(&was);
	return ok;
}

bool repo_config_set(struct repo *repo, const char *key, const char *value, struct err *err)
{
	char *named = fs_join(repo->common_dir, "config"), *path = realpath(named, NULL), *turn = fs_join(repo->common_dir, "review-config.lock");
	char *lock = mem_format("%s.lock", path != NULL ? path : named);
	int held = -1;
	bool ok = path != NULL ? true : err_errno(err, "%s", named);

	ok = ok && lock_take(turn, TURN_SECONDS, NULL, &held, err);
	if (ok && keep_git_off(repo, turn, lock, held >= 0, err)) {
		ok = replace(path, key, value, err);
		(void)unlink(lock);
		fs_sync_parent(lock);
	} else {
		ok = false;
	}
	lock_release(held);
	free(lock);
	free(turn);
	free(path);
	free(named);
	return ok;
}
