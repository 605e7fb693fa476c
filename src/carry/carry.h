#ifndef CARRY_CARRY_H
#define CARRY_CARRY_H

#include "base/err.h"

#include <stddef.h>

struct buf;

/* Objects and references between repositories, by stock git in a process of its own: people's ssh
 * keys, proxies, credential helpers and forges are set up for that program.  It carries, and is
 * believed nothing: what arrives is verified by the ledger room before it counts.
 *
 * git is started with the repository named, an environment of listed variables only
 * (carry_environment()), no hooks, no replaced objects, no submodules, no tags, no housekeeping, no
 * `ext::` commands, and never with a refspec that forces.
 *
 * A remote is the name of one (git config remote.NAME.url), an address, or a bundle file; one that
 * begins with '-' is refused, because git would take it for an option. */
struct carry {
	const char *git_dir;   /* absolute */
	char **environment;    /* from carry_environment() */
};

/* Those of `from` (as environ(7)) that git, ssh and helpers that ask for a password need, and
 * LC_ALL=C.  The list is owned by the caller and freed with free(3); its strings are borrowed. */
char **carry_environment(char *const *from);

/* What the remote has under these patterns, a line each, "<40 hex>\t<reference>\n". */
bool carry_list(const struct carry *carry, const char *remote, const char *const *patterns, size_t count,
                struct buf *out, struct err *err) MUST_CHECK;

/* Fetch by refspecs, one a line.  A line that begins with '+' is refused. */
bool carry_fetch(const struct carry *carry, const char *remote, const struct buf *refspecs, struct err *err) MUST_CHECK;

/* Push by refspecs, all or none.  The remote has moved, or somebody else is pushing: ERR_CONFLICT.
 * Its hook said no: ERR_DENIED, with what it said.  A reference stays locked there: ERR_SYSTEM, likewise. */
bool carry_push(const struct carry *carry, const char *remote, const char *const *refspecs, size_t count,
                struct err *err) MUST_CHECK;

/* A file that holds these references (one a line) and everything they need. */
bool carry_bundle(const struct carry *carry, const char *file, const struct buf *references, struct err *err) MUST_CHECK;

#endif
