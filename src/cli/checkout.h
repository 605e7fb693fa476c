#ifndef CLI_CHECKOUT_H
#define CLI_CHECKOUT_H

#include "base/err.h"

#include <stddef.h>

struct buf;
struct changes;
struct policy;
struct session;

/* Would some file system take this path for the public directory, for something in it or for a folder above it, though git
 * and policy_path_is_public() do not? */
bool checkout_lands_in_public(const struct policy *policy, const char *path);

/* May such changes alter what a checkout makes of public files? */
bool checkout_is_concerned(const struct session *s, const struct changes *changes);

/* One line in `complaints` for each public file among `files`, which are all that a commit has, that git would not write
 * byte by byte into a folder or an archive, as the .gitattributes among them have it; and for each file that some file
 * systems take for .gitattributes, and git does not.  *count grows by how many. */
bool checkout_judge(struct session *s, const struct changes *files, struct buf *complaints, size_t *count, struct err *err) MUST_CHECK;

#endif
