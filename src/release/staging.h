#ifndef RELEASE_STAGING_H
#define RELEASE_STAGING_H

#include "base/digest.h"
#include "base/err.h"

#include <stddef.h>

struct buf;
struct file_ref;

/* The public directory and a private one beside it on the same file system:
 * ".<name>.review-staging", mode 0700, ours, and while it is open nobody else's (flock(2)).  Files are staged
 * under the number of the process and their own. */
struct staging {
	int open;      /* the public directory */
	int parent;    /* the folder both lie in */
	int dir;       /* the staging directory */
	char *name;    /* of the staging directory in its parent */
};

/* Wait for whoever else has it (half a minute at most: ERR_CONFLICT), create what is missing, throw away what an
 * interrupted release left.  On failure nothing is held. */
bool staging_open(const char *public_dir, struct staging *out, struct err *err) MUST_CHECK;
void staging_close(struct staging *staging); /* removes the staging directory */

/* Write `bytes` as number `index`, synced; then read them back and prove they are `want`. */
bool staging_put(const struct staging *staging, size_t index, const struct file_ref *want, const struct buf *bytes,
                 struct err *err) MUST_CHECK;

/* Move number `index` to `path` in the public directory; folders on the way are made.  True: it is
 * there, whole.  False: what was there before is there still. */
bool staging_commit(const struct staging *staging, size_t index, const char *path, struct err *err) MUST_CHECK;

/* What is public under `path` now. */
enum standing { STANDING_UNKNOWN = 0, STANDING_ABSENT, STANDING_SAME, STANDING_OTHER };
enum standing staging_look(const struct staging *staging, const char *path, const struct file_ref *want, struct err *err);

/* Take `path` down; absent is fine.  Folders left empty are removed. */
bool staging_remove(const struct staging *staging, const char *path, struct err *err) MUST_CHECK;

#endif
