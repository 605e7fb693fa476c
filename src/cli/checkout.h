#ifndef CLI_CHECKOUT_H
#define CLI_CHECKOUT_H

#include "base/err.h"

#include <stddef.h>

struct buf;
struct changes;
struct object_id;
struct session;

/* One line in `complaints` for each public file among `files`, which are all of `commit`, that git would not write into a
 * folder byte by byte, as .gitattributes of that commit have it; *count grows by how many. */
bool checkout_judge(struct session *s, const struct object_id *commit, const struct changes *files, struct buf *complaints, size_t *count,
                    struct err *err) MUST_CHECK;

#endif
