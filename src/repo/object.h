#ifndef REPO_OBJECT_H
#define REPO_OBJECT_H

#include "base/err.h"
#include "base/object_id.h"

#include <stddef.h>

struct buf;
struct repo;

enum object_type { OBJECT_NONE = 0, OBJECT_COMMIT, OBJECT_TREE, OBJECT_BLOB, OBJECT_TAG };

enum { MODE_FILE = 0100644, MODE_EXECUTABLE = 0100755, MODE_LINK = 0120000, MODE_COMMIT = 0160000 };

/* The raw bytes of an object of the type wanted, appended to `out`; more than `limit` is ERR_LIMIT,
 * and is not read into memory.  The bytes hash to `id` (strict hashing is on).
 * Replace refs and grafts are not followed.
 * Not here: ERR_NOT_FOUND; ERR_ELSEWHERE where a partial clone, or one that borrows objects, leaves open what it is. */
bool object_read(struct repo *repo, const struct object_id *id, enum object_type want, size_t limit,
                 struct buf *out, struct err *err) MUST_CHECK;
bool object_write(struct repo *repo, enum object_type type, const void *bytes, size_t len,
                  struct object_id *out, struct err *err) MUST_CHECK;
bool object_exists(struct repo *repo, const struct object_id *id);

/* A file in a tree.  `path` is relative, '/'-separated. */
struct tree_file {
	char *path;
	unsigned mode;
	struct object_id id;
};
struct tree_files {
	struct tree_file *items; /* sorted by path, bytewise */
	size_t count;
};
void tree_files_release(struct tree_files *files);

/* Every file below a tree, depth first, all levels.  Refused (ERR_INPUT): duplicate names, empty,
 * ".", "..", ".git" in any case, a name with '/' or NUL, wrong order.  ERR_LIMIT: more than `limit` files, or more folders, deeper ones or longer
 * paths than anybody has.
 * Links and submodules are listed with their modes: what to think of them is the caller's. */
bool tree_list(struct repo *repo, const struct object_id *tree, size_t limit, struct tree_files *out,
               struct err *err) MUST_CHECK;

/* Write the nested trees that hold these files; `files` sorted by path, unique. */
bool tree_write(struct repo *repo, const struct tree_files *files, struct object_id *out, struct err *err) MUST_CHECK;

/* The tree and the parents of a commit, read by us from its raw bytes.  `parents` is owned by the
 * caller. */
bool commit_links(struct repo *repo, const struct object_id *commit, struct object_id *tree,
                  struct object_id **parents, size_t *parent_count, struct err *err) MUST_CHECK;

/* The commit that `id` names, through any annotated tags; `text` gets the raw bytes of those, which
 * are pushed like any other text.  What ends in no commit is ERR_DENIED. */
bool tag_peel(struct repo *repo, const struct object_id *id, size_t limit, struct object_id *commit,
              struct buf *text, struct err *err) MUST_CHECK;
/* The same of a commit whose raw bytes were read already. */
bool commit_links_read(const char *raw, size_t len, struct object_id *tree, struct object_id **parents,
                       size_t *parent_count, struct err *err) MUST_CHECK;

#endif
