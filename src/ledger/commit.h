#ifndef LEDGER_COMMIT_H
#define LEDGER_COMMIT_H

#include "base/object_id.h"
#include "ledger/entry.h"

/* An entry as a git commit object, byte-exact (FORMAT.md, "Object"). */
struct commit_links_of_entry {
	struct object_id tree, parent;
	bool has_parent;
};

enum { COMMIT_LIMIT = 256 * 1024 };

/* Everything that can be said of the object alone: form, grammar, signature, id.  Bodies are named,
 * not loaded.  `signer`: what commit_signer() answered for these very bytes; NULL: the signature is checked. */
bool commit_parse(const void *raw, size_t len, struct public_key *signer, struct entry *out,
                  struct commit_links_of_entry *links, struct err *err) MUST_CHECK;

/* By which key these bytes carry a good signature over the rest of them; the caller frees.  NULL: by none.  Nothing
 * else is asked: not whether they are an entry, nor whether it names that key. */
struct public_key *commit_signer(const void *raw, size_t len);

/* The same of an object that is known, by its entry id, to be one that commit_parse() accepted: only its parts. */
bool commit_recall(const void *raw, size_t len, struct entry *out, struct commit_links_of_entry *links, struct err *err) MUST_CHECK;

/* The object without its signature (what is signed), or with it. */
void commit_write(const struct entry *entry, const struct commit_links_of_entry *links, const char *key,
                  const char *armor, struct buf *out);

/* SHA-256("commit <len>\0" raw): the entry's name. */
struct digest commit_entry_id(const void *raw, size_t len);

#endif
