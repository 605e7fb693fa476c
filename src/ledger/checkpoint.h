#ifndef LEDGER_CHECKPOINT_H
#define LEDGER_CHECKPOINT_H

#include "base/digest.h"
#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct buf;
struct ledger_tip;
struct repo;

/* Where a ledger stood, in three lines that another machine can sign (FORMAT.md, "Checkpoints"). */
struct checkpoint {
	struct digest ledger, id; /* the ledger's name; the id of entry `seq` */
	uint32_t seq;
};

/* The text of a checkpoint, appended. */
void checkpoint_write(const struct ledger_tip *tip, struct buf *out);

/* The checkpoint a signed note begins with; *text_len is what the signatures are over.  ERR_INPUT:
 * another form, lines too many included. */
bool checkpoint_read(const char *note, size_t len, struct checkpoint *out, size_t *text_len, struct err *err) MUST_CHECK;

/* Is this what the ledger has at that position?  ERR_MISMATCH says how it differs: the ledger is
 * behind, or a fork, or another one.  `ids` are the ids of its entries, the genesis first. */
bool checkpoint_agrees(const struct checkpoint *checkpoint, const char *whose, const struct digest *ledger,
                       const struct digest *ids, uint32_t count, struct err *err) MUST_CHECK;

#define WITNESS_PREFIX "refs/review/witness/"

/* The newest note a witness left under refs/review/witness/<witness>, appended; none: ERR_NOT_FOUND.
 * Keeping one puts it behind those before; ERR_CONFLICT: somebody else kept another meanwhile. */
bool witness_note_read(struct repo *repo, const char *witness, struct buf *out, struct err *err) MUST_CHECK;
bool witness_note_keep(struct repo *repo, const char *witness, const struct buf *note, struct err *err) MUST_CHECK;

/* Records that somebody brings: do they go on from `old` (all zero: from nothing), one by one, each in the form that
 * witness_note_keep() gives it, with a checkpoint of this ledger, the last one signed by the witness?  ERR_DENIED, ERR_MISMATCH or
 * ERR_INPUT says what else they are.  Whether it agrees with the ledger is not asked: one that does not is evidence. */
struct witness_records {
	const char *witness;
	const struct public_key *key; /* of the witness; NULL: nobody knows it yet */
	const struct digest *ledger;
	const struct object_id *old, *new;
};
bool witness_records_check(struct repo *repo, const struct witness_records *records, struct err *err) MUST_CHECK;

#endif
