#ifndef RELEASE_COLLISION_H
#define RELEASE_COLLISION_H

#include "base/err.h"

struct docket;
struct file_refs;
struct staging;

/* Refuse public paths that somebody else's file system, or a reader, would take for one another:
 * equal after case folding and NFC; a file where another has a folder; the receipt's own name. */
bool collision_check(const struct docket *docket, const struct staging *staging, const char *case_id,
                     const struct file_refs *files, struct err *err) MUST_CHECK;

#endif
