#ifndef REPO_PACK_H
#define REPO_PACK_H

#include "base/err.h"
#include "base/object_id.h"

#include <stddef.h>

struct repo;

/* Git keeps each new object in a file of its own; thousands of them are slow to read and to copy. */

/* Are there a few thousand such files?  Reckoned from one of their 256 folders. */
bool repo_is_crowded(struct repo *repo);

/* Has this object a file of its own, in this very repository? */
bool object_is_loose(struct repo *repo, const struct object_id *id);

/* Put these objects into one pack.  Their own files are removed once the pack is on the disk and every
 * object was read back from it: whoever dies on the way leaves an object twice, never not at all.
 * Others may read and write meanwhile. */
bool objects_pack(struct repo *repo, const struct object_id *ids, size_t count, struct err *err) MUST_CHECK;

#endif
