#ifndef RULES_RULESET_H
#define RULES_RULESET_H

#include "base/digest.h"
#include "base/err.h"
#include "rules/rule.h"

#include <stddef.h>

struct allowance;
struct buf;
struct kept;

/* One file of a ruleset: a pack (*.yaml), a keyword file (*.txt) a pack names, or ALLOW_FILE
 * (rules/allow.h).  Plain names. */
struct rule_file {
	char *name;
	char *bytes;
	size_t len;
	struct digest digest; /* filled by ruleset_load() */
};
struct rule_files {
	struct rule_file *items;
	size_t count;
};
void rule_files_add(struct rule_files *files, const char *name, const void *bytes, size_t len);
void rule_files_release(struct rule_files *files);

/* The packs this program ships, compiled in. */
void rule_files_builtin(struct rule_files *out);

/* All *.yaml and *.txt in a directory; anything else in it is ERR_INPUT. */
bool rule_files_read_dir(const char *dir, struct rule_files *out, struct err *err) MUST_CHECK;

/* One more of them: the file at `path` under this name.  A symbolic link is refused. */
bool rule_files_read_file(const char *path, const char *name, struct rule_files *out, struct err *err) MUST_CHECK;

/* All packs in force together.  `digest` names them:
 *   SHA-256("review-ruleset v1\n", then for each file in bytewise order of names
 *           "<sha-256 hex> <name>\n"). */
struct ruleset {
	struct rule *rules; /* in order of file name, then of writing */
	size_t count;
	struct digest digest;
	struct rule_files files; /* sorted by name */
	struct allowance *allowances; /* in order of writing (rules/allow.h) */
	size_t allowance_count;
};

/* Parse packs strictly.  `files` is taken over on success and untouched on failure.  Refused with
 * file:line:column: unknown or missing keys, two rules of one id, a rule without examples, a keyword
 * file that is missing or not named by a pack, an empty ruleset, an allowance of what is no rule.
 * Patterns are compiled later, by
 * scanner_new(), which complains with the same kind of position. */
bool ruleset_load(struct rule_files *files, struct ruleset **out, struct err *err) MUST_CHECK;

/* The digest such a ruleset would have, without parsing: names and sizes are checked, and `files` are
 * sorted and have their digests. */
bool ruleset_digest(struct rule_files *files, struct digest *out, struct err *err) MUST_CHECK;

/* What was parsed, to a cache and back (base/kept.h).  Coming back it must be of these very files, of this
 * digest by ruleset_digest(), and is believed: nothing is checked again.  `files` is taken over; false, and
 * untouched: it is not whole. */
void ruleset_keep(const struct ruleset *set, struct buf *out);
bool ruleset_recall(struct rule_files *files, const struct digest *digest, struct kept *from, struct ruleset **out);
void ruleset_free(struct ruleset *set);
const struct rule *ruleset_find(const struct ruleset *set, const char *id); /* NULL: no such rule */

#endif
