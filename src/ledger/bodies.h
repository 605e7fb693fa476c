#ifndef LEDGER_BODIES_H
#define LEDGER_BODIES_H

#include "base/object_id.h"
#include "ledger/entry.h"

struct repo;

/* The tree of an entry: exactly the blobs its message binds, flat, each named by its SHA-256, mode
 * 100644.  Loading proves every byte; SHA-1 names carry no trust. */
bool bodies_load(struct repo *repo, const struct object_id *tree, struct entry *entry, struct err *err) MUST_CHECK;
bool bodies_store(struct repo *repo, const struct entry *entry, struct object_id *tree, struct err *err) MUST_CHECK;

#endif
