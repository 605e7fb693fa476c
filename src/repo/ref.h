#ifndef REPO_REF_H
#define REPO_REF_H

#include "base/err.h"

#include <stddef.h>

struct object_id;
struct repo;

/* The object a direct reference names.  Not there: ERR_NOT_FOUND.  Symbolic: ERR_INPUT, except for
 * HEAD, that is followed (an unborn branch is ERR_NOT_FOUND). */
bool ref_read(struct repo *repo, const char *name, struct object_id *out, struct err *err) MUST_CHECK;

/* The name that a push to `name` would move: itself, or where it leads to as a symbolic reference.  Owned by the caller. */
bool ref_leads_to(struct repo *repo, const char *name, char **out, struct err *err) MUST_CHECK;

/* Move `name` to `to` only if it now is `from` (NULL: only if it does not exist), in one step.
 * Somebody was faster: ERR_CONFLICT and nothing changed.  Killed on the way: it is moved or it is not, and whoever
 * comes next can move it.  Locked by another program, and so for two seconds: ERR_SYSTEM. */
bool ref_swap(struct repo *repo, const char *name, const struct object_id *from,
              const struct object_id *to, const char *log, struct err *err) MUST_CHECK;
bool ref_delete(struct repo *repo, const char *name, struct err *err) MUST_CHECK;

/* Called for each reference below `prefix` ("refs/review/"), in order of name. */
typedef bool ref_visit(const char *name, const struct object_id *id, void *context, struct err *err);
bool ref_list(struct repo *repo, const char *prefix, ref_visit *visit, void *context, struct err *err) MUST_CHECK;

#endif
