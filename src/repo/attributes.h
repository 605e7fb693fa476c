#ifndef REPO_ATTRIBUTES_H
#define REPO_ATTRIBUTES_H

#include "base/err.h"

#include <stddef.h>

/* What .gitattributes make of a file on its way out of the repository, as far as any git may read them so: whatever its
 * version, and whether its file system knows case or not.  (gitattributes(5)) */
struct attributes;
struct attributes *attributes_new(void);
void attributes_free(struct attributes *attributes); /* NULL allowed */

/* The file at `path`; those of outer folders first.  More lines than anybody has: ERR_LIMIT. */
bool attributes_add(struct attributes *attributes, const char *path, const char *bytes, size_t len, struct err *err) MUST_CHECK;

/* How the bytes of `path`, that lies below the folders of all files added, may be altered by a checkout or in an archive:
 * "eol=crlf", "ident", "filter=...", "working-tree-encoding=..." or "export-subst", as one that the caller frees.  NULL: by
 * no git; the file is the blob.  What a machine's own settings do is not known here. */
char *attributes_effect(const struct attributes *attributes, const char *path);

#endif
