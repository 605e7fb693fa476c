#ifndef REPO_REPO_INSIDE_H
#define REPO_REPO_INSIDE_H

#include "repo/object.h"
#include "repo/repo.h"

#include <git2.h>

struct repo {
	git_repository *git;
	char *git_dir, *common_dir, *work_dir;
	char *start; /* where repo_open() began to look; NULL: as the environment says */
	struct object_id *fresh; /* written, or named by a tree that was, since a reference moved */
	size_t fresh_count;
	bool hasty;
};

/* Record what libgit2 said; GIT_ENOTFOUND becomes ERR_NOT_FOUND, other bytes than the name says
 * ERR_MISMATCH.  Always returns false. */
bool git_failed(struct err *err, int code, const char *doing);

/* An object was not found (ERR_NOT_FOUND; else nothing happens): if it may be where this machine cannot look, that is
 * ERR_ELSEWHERE, with what to do as the hint. */
void object_elsewhere(struct repo *repo, struct err *err);

/* More than so many bytes at once are refused to libgit2 in this thread; SIZE_MAX: nothing is.  Returns
 * what held before.  It holds once ceiling_install() was called, before git_libgit2_init(). */
size_t ceiling_set(size_t bytes);
void ceiling_install(void);

/* One process of ours at a time moves a reference.  `name` and `to` are noted before, and what a process that was
 * killed left behind is cleared up.  *turn is given to ref_turn_end() (-1: this file system knows no turns). */
bool ref_turn_take(const struct repo *repo, const char *name, const struct object_id *to, int *turn,
                   struct err *err) MUST_CHECK;
void ref_turn_end(int turn);

/* The same, with the seconds that a turn is waited for; ref_turn_take() waits REF_TURN_SECONDS. */
enum { REF_TURN_SECONDS = 30 };
bool ref_turn_wait(const struct repo *repo, const char *name, const struct object_id *to, unsigned seconds, int *turn,
                   struct err *err) MUST_CHECK;

/* An object that the next reference to move may lead to; fresh_settle() waits until the disk has all of them. */
void fresh_note(struct repo *repo, const struct object_id *id);
bool fresh_settle(struct repo *repo, struct err *err) MUST_CHECK;

/* Where objects may be: the repository's own folder of them, and those it borrows from (objects/info/alternates), each once,
 * a hundred at most. */
struct places {
	char **path;
	size_t count; /* never 0 */
};
void places_of(git_repository *git, struct places *out);
void places_release(struct places *places);

/* From now on an object in a file of its own that is cut short is refused, and written anew by whoever has it; libgit2's code. */
int guard_objects(git_repository *git);

int refs_flushed(git_repository *git, bool flushed); /* libgit2's code */
char *loose_path(const struct repo *repo, const struct object_id *id); /* the caller frees */

void oid_of(git_oid *out, const struct object_id *id);
struct object_id id_of(const git_oid *oid);

/* Parse one raw tree, strictly; `prefix` goes before each name.  Subtrees are handed to `visit` with
 * mode 0040000. */
struct tree_item {
	unsigned mode;
	const char *name; /* not terminated */
	size_t name_len;
	struct object_id id;
};
bool tree_next(const char **at, const char *end, struct tree_item *out, struct err *err) MUST_CHECK;

#endif
