#ifndef REPO_CHANGE_H
#define REPO_CHANGE_H

#include "base/err.h"
#include "repo/object.h"

#include <stddef.h>

/* One path that a commit changes, or would change.  A deletion has a zero id and mode 0.  A rename
 * is a deletion and an addition. */
struct change {
	char *path;
	unsigned mode;
	struct object_id id;
};
struct changes {
	struct change *items; /* sorted by path, bytewise */
	size_t count;
};
void changes_release(struct changes *changes);

/* What the index would commit, against HEAD (against nothing on an unborn branch).  The index is
 * the one git uses now, as repo_open() explains.  An unmerged path is ERR_INPUT. */
bool index_changes(struct repo *repo, struct changes *out, struct err *err) MUST_CHECK;

/* All files in the index, as a list of additions. */
bool index_files(struct repo *repo, struct changes *out, struct err *err) MUST_CHECK;

/* What a commit brings that none of its parents has (a root commit: all of it). */
bool commit_changes(struct repo *repo, const struct object_id *commit, struct changes *out, struct err *err) MUST_CHECK;

/* What is known already: all that references of these names ("refs/heads/" and a star, as git has patterns) and these
 * commits lead to.  What leads nowhere, or to no commit, makes nothing known. */
struct known_commits {
	const char *const *patterns;
	size_t pattern_count;
	const struct object_id *ids;
	size_t id_count;
};

/* Called for each commit reachable from any of `tips` and not known, once and parents first; more than `limit` is
 * ERR_LIMIT. */
typedef bool commit_visit(const struct object_id *commit, void *context, struct err *err);
bool new_commits(struct repo *repo, const struct object_id *tips, size_t count, const struct known_commits *known,
                 size_t limit, commit_visit *visit, void *context, struct err *err) MUST_CHECK;

#endif
