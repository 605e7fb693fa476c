#ifndef CLI_PUSHED_COMMITS_H
#define CLI_PUSHED_COMMITS_H

#include "repo/change.h"

/* One commit that a push brings, and what it takes away, of any path. */
struct pushed_commit {
	struct object_id id, *parents;
	size_t parent_count;
	struct changes gone;
};

/* All that a push brings, over all of its references; each is looked at once. */
struct pushed_commits {
	struct pushed_commit *items;
	size_t count, taking_away;
	size_t *by_id; /* made when it is asked first */
};
void pushed_commits_release(struct pushed_commits *commits);

/* Deletions among `changes` are kept. */
bool pushed_commits_add(struct pushed_commits *commits, struct repo *repo, const struct object_id *id,
                        const struct changes *changes, struct err *err) MUST_CHECK;

/* What the commits that `tip` has, and the repository had not, took away; appended to `out`. */
void pushed_commits_gone(struct pushed_commits *commits, const struct object_id *tip, struct changes *out);

#endif
