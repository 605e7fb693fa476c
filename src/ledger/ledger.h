#ifndef LEDGER_LEDGER_H
#define LEDGER_LEDGER_H

#include "base/digest.h"
#include "base/err.h"
#include "base/object_id.h"

#include <stddef.h>
#include <stdint.h>

struct draft;
struct entry;
struct repo;
struct signer;

#define LEDGER_REF "refs/heads/review/ledger"

/* Where a ledger stands. */
struct ledger_tip {
	struct object_id commit;
	struct digest id;     /* of the last entry */
	struct digest ledger; /* id of the genesis entry: the ledger's name */
	uint32_t seq;
};

/* Called with each entry in order, already verified as far as the ledger goes: byte-exact form,
 * chain, grammar, bodies, signature.  What the entry may do at its position is the visitor's
 * question (policy/docket.h); false stops the walk, and the walk fails with its reason. */
typedef bool ledger_visit(const struct entry *entry, void *context, struct err *err);

/* Verify from genesis to `commit` (NULL: LEDGER_REF), trusting nothing, and visit every entry.
 * No ledger: ERR_NOT_FOUND.  A broken one: ERR_MISMATCH or ERR_INPUT, the text starting with
 * "ledger entry <seq> (<commit>): "; what was visited until then is valid.  *out may be NULL. */
bool ledger_walk(struct repo *repo, const struct object_id *commit, ledger_visit *visit, void *context,
                 struct ledger_tip *out, struct err *err) MUST_CHECK;

/* As ledger_walk(), but only what stands behind `known`, which this program verified before: its bytes
 * must still have the entry id that was verified, and with it every entry it names stands too.  It is not in
 * this ledger (any more), or its bytes are others: ERR_CONFLICT, nothing was visited, and what was
 * known is worth nothing. */
bool ledger_walk_behind(struct repo *repo, const struct object_id *commit, const struct ledger_tip *known,
                        ledger_visit *visit, void *context, struct ledger_tip *out, struct err *err) MUST_CHECK;

/* From `tip`, which this program verified before, back to entry `first`: the newest is visited first.  Each has to be
 * the one its successor names by SHA-256, so what was verified is what is seen; signatures, bodies and what was
 * allowed are not asked again, and the visitor gets neither key nor bodies.  ERR_MISMATCH: an entry is gone, or
 * other bytes stand under its name. */
bool ledger_look_back(struct repo *repo, const struct ledger_tip *tip, uint32_t first, ledger_visit *visit, void *context,
                      struct err *err) MUST_CHECK;

/* Sign and append one entry behind `tip` (NULL: a genesis, and no ledger may exist).
 * The finished entry is first shown to `check`, and read back through the verifier; only then the
 * branch is moved, by compare-and-swap.  The ref is elsewhere: ERR_CONFLICT, nothing changed:
 * walk again and decide again.  *out (may be NULL) is the new tip. */
bool ledger_append(struct repo *repo, const struct ledger_tip *tip, const struct draft *draft,
                   struct signer *signer, ledger_visit *check, void *context, struct ledger_tip *out,
                   struct err *err) MUST_CHECK;

/* The first half of it: the entry is signed, written, read back and shown to `check`, and no branch
 * moves.  For several entries that count together or not at all. */
bool ledger_write(struct repo *repo, const struct ledger_tip *tip, const struct draft *draft,
                  struct signer *signer, ledger_visit *check, void *context, struct ledger_tip *out,
                  struct err *err) MUST_CHECK;

/* Housekeeping: many single files of objects become one pack, when there are a few thousand of them and
 * the newest entries are among them.  Changes nothing that anybody can read. */
bool ledger_tidy(struct repo *repo, const struct ledger_tip *tip, struct err *err) MUST_CHECK;

/* Where two chains part: the last commit both have, and its position (the genesis is 1); position 0
 * when they have nothing in common.  Nothing is verified; merges are refused. */
bool ledger_meet(struct repo *repo, const struct object_id *a, const struct object_id *b,
                 struct object_id *commit, uint32_t *position, struct err *err) MUST_CHECK;

/* Is `ancestor` the commit itself or one of its ancestors by first parents? */
bool ledger_descends(struct repo *repo, const struct object_id *commit, const struct object_id *ancestor,
                     bool *out, struct err *err) MUST_CHECK;

#endif
