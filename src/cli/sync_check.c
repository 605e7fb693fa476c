/* sync_check.c - rollback and fork, told apart from colleagues who were faster.
 *
 * Entries nobody else had may give way.  Entries a remote has shown, or was given, may not: where they
 * are gone, somebody took them back. */
#include "sync_check.h"

#include "base/buf.h"
#include "base/language.h"
#include "base/mem.h"
#include "ledger/ledger.h"
#include "remote.h"
#include "repo/ref.h"
#include "session.h"
#include "trail.h"

#include <stdlib.h>
#include <string.h>

static bool length_of(const struct remote *remote, const struct object_id *tip, uint32_t *out, struct err *err)
{
	struct object_id at;

	return ledger_meet(remote->s->repo, tip, tip, &at, out, err);
}

static bool backwards(const struct remote *remote, uint32_t has, const struct object_id *known, struct err *err)
{
	uint32_t had = 0;

	if (!length_of(remote, known, &had, err))
		return false;
	(void)err_set(err, ERR_MISMATCH, "%s went backwards: its ledger has %u entries, it had %u", remote->name, (unsigned)has,
	              (unsigned)had);
	return err_hint(err, "ask who rewrote it; review sync --restore gives the entries back");
}

bool sync_check_gone(const struct remote *remote, bool restore, struct err *err)
{
	struct object_id known;

	return !remote_known(remote, &known) || restore || backwards(remote, 0, &known, err);
}

static bool keep_evidence(const struct remote *remote, const struct ledger_tip *tip, struct err *err)
{
	char hex[DIGEST_HEX_SIZE], *name = mem_format("refs/review/fork/%s", digest_to_hex(&tip->id, hex));
	struct object_id now;
	struct err absent = {0};
	const bool ok = ref_read(remote->s->repo, name, &now, &absent) ||
	                ref_swap(remote->s->repo, name, NULL, &tip->commit, "review: fork", err);

	free(name);
	return ok;
}

static bool fork_found(const struct remote *remote, const char *other, const struct trail *mine, const struct trail *theirs,
                       uint32_t position, struct err *err)
{
	struct buf a = {0}, b = {0};

	if (!keep_evidence(remote, &theirs->tip, err))
		return false;
	if (theirs->count > 0)
		step_describe(&theirs->items[0], &a);
	if (mine->count > 0)
		step_describe(&mine->items[0], &b);
	(void)err_set(err, ERR_MISMATCH, "the ledger is a fork behind entry %u: %s has %s, %s has %s", (unsigned)position,
	              remote->name, a.len > 0 ? a.data : _("none"), other, b.len > 0 ? b.data : _("none"));
	buf_release(&a);
	buf_release(&b);
	return err_hint(err, "both are kept; review audit prints them. Ask the two signers");
}

/* What another remote has of ours. */
struct elsewhere {
	const struct remote *remote;
	const struct trail *mine;
	uint32_t position;
	char *name; /* of the remote that has more than that of ours */
};

static bool look_elsewhere(const char *ref, const struct object_id *id, void *context, struct err *err)
{
	struct elsewhere *e = context;
	struct object_id at;
	uint32_t shared = 0;
	const char *from = ref + strlen("refs/review/remote/");

	if (!ledger_meet(e->remote->s->repo, &e->mine->tip.commit, id, &at, &shared, err))
		return false;
	if (shared > e->position && e->name == NULL)
		e->name = mem_copy_bytes(from, strcspn(from, "/"));
	return true;
}

static bool nobody_else_has(const struct remote *remote, const struct trail *mine, const struct trail *theirs,
                            uint32_t position, struct err *err)
{
	struct elsewhere e = {.remote = remote, .mine = mine, .position = position};
	bool ok = ref_list(remote->s->repo, "refs/review/remote/", look_elsewhere, &e, err);

	if (ok && e.name != NULL)
		ok = fork_found(remote, e.name, mine, theirs, position, err);
	free(e.name);
	return ok;
}

bool sync_check(const struct remote *remote, const struct trail *mine, const struct trail *theirs, uint32_t position,
                bool restore, struct err *err)
{
	struct object_id known;
	bool within = true;

	if (remote_known(remote, &known) && !ledger_descends(remote->s->repo, &remote->ledger, &known, &within, err))
		return false;
	if (!within && theirs == NULL)
		return restore || backwards(remote, position, &known, err);
	if (!within)
		return fork_found(remote, _("this machine"), mine, theirs, position, err);
	return theirs == NULL || mine->count == 0 || nobody_else_has(remote, mine, theirs, position, err);
}
