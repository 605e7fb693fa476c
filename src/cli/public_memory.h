#ifndef CLI_PUBLIC_MEMORY_H
#define CLI_PUBLIC_MEMORY_H

#include "base/digest.h"
#include "base/object_id.h"

#include <stdbool.h>
#include <stdint.h>

struct repo;

/* The SHA-256 of blobs a server's hook had to read before, so that a push does not make it read all of the public
 * directory again.  Nothing is judged here and no verdict is remembered: what was released, withdrawn or replaced is asked
 * of the ledger at every push.  docs/servers.md says what this trusts git for. */
struct public_memory;

/* What is remembered of this repository, or nothing; never NULL. */
struct public_memory *public_memory_open(struct repo *repo);

struct blob_facts {
	struct digest digest;
	uint64_t size;
};

/* What is remembered of a blob. */
bool public_memory_find(struct public_memory *memory, const struct object_id *blob, struct blob_facts *out);

/* It was read in this run. */
void public_memory_note(struct public_memory *memory, const struct object_id *blob, const struct blob_facts *facts);

/* It was in the repository before this push: what was noted of it may be remembered.  A blob that only a push brings may be
 * refused with it, and then another may come under its name. */
void public_memory_settle(struct public_memory *memory, const struct object_id *blob);

/* Writes what is worth it.  NULL allowed. */
void public_memory_close(struct public_memory *memory);

#endif
