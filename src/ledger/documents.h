#ifndef LEDGER_DOCUMENTS_H
#define LEDGER_DOCUMENTS_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct buf;
struct file_ref;
struct file_refs;
struct object_id;
struct repo;
struct tree_files;

#define DOCUMENT_LIMIT ((size_t)512 * 1024 * 1024) /* bytes of one candidate */

/* The submitted bytes of a round, kept under refs/review/documents/<case>/<round> as a commit of
 * its own, so that they travel with a push and can be expunged without touching the ledger.
 * Storing the same round again with the same files is fine; with others, ERR_CONFLICT. */
bool documents_store(struct repo *repo, const char *case_id, uint32_t round,
                     const struct tree_files *files, struct err *err) MUST_CHECK;

/* The same for a round the ledger already has, with these very files: whatever else stands in their
 * place, left by somebody who wanted the same number, gives way. */
bool documents_settle(struct repo *repo, const char *case_id, uint32_t round,
                      const struct tree_files *files, struct err *err) MUST_CHECK;

/* Does `commit` hold exactly the files of a manifest?  Where not, ERR_MISMATCH, or why they cannot be read. */
bool documents_are(struct repo *repo, const struct object_id *commit, const struct file_refs *manifest, struct err *err) MUST_CHECK;

/* Take over a round's documents that arrived as `commit`, if they are exactly the files of the ledger's
 * manifest: sizes, modes, SHA-256, nothing besides.  Others: ERR_MISMATCH, and nothing changed. */
bool documents_adopt(struct repo *repo, const char *case_id, uint32_t round, const struct object_id *commit,
                     const struct file_refs *manifest, struct err *err) MUST_CHECK;

/* The reference's name; owned by the caller. */
char *documents_ref(const char *case_id, uint32_t round);
#define DOCUMENTS_PREFIX "refs/review/documents/"

/* The bytes of one file of a round, appended to `out`, and proved to be the ones `want` names.
 * Not kept here (any more): ERR_NOT_FOUND.  Other bytes: ERR_MISMATCH, and `out` is unchanged. */
bool documents_read(struct repo *repo, const char *case_id, uint32_t round, const struct file_ref *want,
                    struct buf *out, struct err *err) MUST_CHECK;

/* Is `commit` the one documents_store() makes for these very files?  A commit that is anything else,
 * or holds more, fewer or other bytes: ERR_MISMATCH. */
bool documents_check(struct repo *repo, const struct object_id *commit, const char *case_id, uint32_t round,
                     const struct file_refs *files, struct err *err) MUST_CHECK;

#endif
