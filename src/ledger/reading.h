#ifndef LEDGER_READING_H
#define LEDGER_READING_H

#include "base/object_id.h"
#include "commit.h"
#include "ledger/entry.h"

struct repo;

/* A commit on the way back to the first entry.  `raw` may be NULL: then it is read when its turn comes. */
struct link {
	struct object_id id;
	const char *raw; /* borrowed; what object_read() gave */
	size_t len;
	struct public_key *signer; /* who commit_signer() found to have signed `raw`; NULL: not asked, or not good */
};

/* All that can be said of one entry without knowing the others.  Where it fails is kept apart,
 * because whether it follows the entry before is asked between the two. */
struct reading {
	struct entry entry;
	struct commit_links_of_entry links;
	bool form_ok, bodies_ok;
	struct err err; /* of the first that failed */
};

/* Form, signature, bodies.  *out is zeroed, or was released. */
void reading_make(struct repo *repo, const struct link *link, struct reading *out);
void reading_release(struct reading *reading);

#endif
