#ifndef CLI_HOOKS_H
#define CLI_HOOKS_H

#include "base/err.h"

struct repo;

/* Write the hook scripts where git looks for them here: those of a desk (pre-commit, pre-merge-commit, commit-msg,
 * pre-push), and in a bare repository pre-receive.  A hook that is there already and is not ours is never replaced:
 * ERR_CONFLICT, with the line to add to it as a hint.  `into` (NULL: where git looks) is another
 * directory for them, as forges have.  `server` also sets in git config what a repository needs that
 * keeps a ledger for many; one with a work tree is ERR_USAGE. */
bool hooks_install(struct repo *repo, bool server, const char *into, struct err *err) MUST_CHECK;

#endif
