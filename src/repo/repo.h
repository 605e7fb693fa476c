#ifndef REPO_REPO_H
#define REPO_REPO_H

#include "base/err.h"

#include <stddef.h>

struct repo;

/* The git repository around `start` (NULL: the current directory), as git itself would find it
 * inside a hook: GIT_DIR, GIT_INDEX_FILE and the quarantine's object directories are obeyed
 * (GIT_REPOSITORY_OPEN_FROM_ENV; anything else reads a stale index in `git commit -a` and misses
 * pushed objects in pre-receive).  No repository: ERR_NOT_FOUND.  A shallow clone: ERR_INPUT. */
bool repo_open(const char *start, struct repo **out, struct err *err) MUST_CHECK;
void repo_free(struct repo *repo); /* NULL allowed */

/* The same repository once more, for another thread: one handle is for one thread at a time. */
bool repo_again(const struct repo *repo, struct repo **out, struct err *err) MUST_CHECK;

/* A new, empty repository at `path`. */
bool repo_init(const char *path, bool bare, struct repo **out, struct err *err) MUST_CHECK;

/* Absolute paths, borrowed.  Of a linked worktree, repo_git_dir() is its own directory and
 * repo_common_dir() the one shared by all.  repo_work_dir() is NULL in a bare repository. */
const char *repo_git_dir(const struct repo *repo);
const char *repo_common_dir(const struct repo *repo);
const char *repo_work_dir(const struct repo *repo);

/* Objects and references are on the disk before ref_swap() returns.  Not of this handle any more: for ledgers made to
 * be measured. */
bool repo_leave_to_kernel(struct repo *repo, struct err *err) MUST_CHECK;

/* A git configuration value; *out is NULL when it is not set, else owned by the caller. */
bool repo_config_get(struct repo *repo, const char *key, char **out, struct err *err) MUST_CHECK;
/* In the repository's own file, on the disk before this returns.  Locked by another git command: ERR_SYSTEM. */
bool repo_config_set(struct repo *repo, const char *key, const char *value, struct err *err) MUST_CHECK;

/* Where git looks for hooks here (core.hooksPath is obeyed); owned by the caller. */
bool repo_hooks_dir(struct repo *repo, char **out, struct err *err) MUST_CHECK;

#endif
