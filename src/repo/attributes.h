#ifndef REPO_ATTRIBUTES_H
#define REPO_ATTRIBUTES_H

#include "base/err.h"

struct object_id;
struct repo;

/* What the .gitattributes files of `commit` say git does to the bytes of `path` on its way into a folder: "eol=crlf",
 * "ident", "filter=..." or "working-tree-encoding=...", as one that the caller frees; NULL: nothing, the file is the blob.
 * What a machine's own settings do is not known here.  (gitattributes(5)) */
bool attributes_alter(struct repo *repo, const struct object_id *commit, const char *path, char **how, struct err *err) MUST_CHECK;

#endif
