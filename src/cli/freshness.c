/* freshness.c - an old ledger is a valid ledger: it lacks the refusal that came yesterday.
 *
 * Nothing in it can show that.  What can is somebody who was heard lately: the remote, or witnesses who
 * sign where the ledger stands. */
#include "freshness.h"

#include "base/buf.h"
#include "base/mem.h"
#include "high_water.h"
#include "ledger/checkpoint.h"
#include "ledger/entry.h"
#include "seal/note.h"
#include "session.h"

#include <stdlib.h>

enum { HOUR = 3600, SKEW = 600 }; /* clocks of two machines may differ by ten minutes */

struct ids {
	struct digest *items;
	uint32_t count;
};

static bool add_id(const struct entry *e, void *context, struct err *err)
{
	struct ids *ids = context;

	(void)err;
	ids->items = mem_grow(ids->items, ids->count, sizeof(*ids->items));
	ids->items[ids->count++] = e->id;
	return true;
}

bool entry_ids(struct session *s, struct digest **out, uint32_t *count, struct err *err)
{
	struct ids ids = {0};

	if (!ledger_walk(s->repo, &s->tip.commit, add_id, &ids, NULL, err)) {
		free(ids.items);
		return false;
	}
	*out = ids.items;
	*count = ids.count;
	return true;
}

static bool is_recent(const struct session *s, int64_t then)
{
	return then != 0 && then <= s->now + SKEW && s->now - then <= (int64_t)s->docket.policy->freshness.hours * HOUR;
}

static bool ask_witness(struct session *s, const struct witness *witness, const struct ids *ids, bool *fresh, struct err *err)
{
	struct buf note = {0};
	struct err why = {0};
	struct checkpoint c;
	size_t text_len;
	int64_t time = 0;
	bool ok = true;

	*fresh = false;
	if (!witness_note_read(s->repo, witness->name, &note, &why)) {
		if (why.kind != ERR_NOT_FOUND) {
			*err = why;
			ok = false;
		}
	} else if (!checkpoint_read(note.data, note.len, &c, &text_len, err)) {
		err_context(err, "%s%s", WITNESS_PREFIX, witness->name);
		ok = false;
	} else if (note_verify(note.data, note.len, witness->name, witness->key, &time) != NOTE_SIGNED) {
		ok = err_set(err, ERR_MISMATCH, "%s%s is not signed by the key the policy has for %s", WITNESS_PREFIX, witness->name,
		             witness->name);
	} else {
		ok = checkpoint_agrees(&c, witness->name, &s->tip.ledger, ids->items, ids->count, err);
		*fresh = is_recent(s, time);
	}
	buf_release(&note);
	return ok;
}

static bool count_witnesses(struct session *s, size_t *fresh, struct err *err)
{
	const struct freshness *f = &s->docket.policy->freshness;
	struct ids ids = {0};
	bool ok = f->count == 0 || entry_ids(s, &ids.items, &ids.count, err);

	*fresh = 0;
	for (size_t i = 0; ok && i < f->count; i++) {
		bool is_fresh = false;

		ok = ask_witness(s, &f->witnesses[i], &ids, &is_fresh, err);
		*fresh += is_fresh ? 1 : 0;
	}
	free(ids.items);
	return ok;
}

static bool too_old(const struct freshness *f, size_t fresh, struct err *err)
{
	if (f->quorum > 0)
		(void)err_set(err, ERR_DENIED, "the ledger may be stale: %zu of %u witnesses signed it within %u hours", fresh,
		              (unsigned)f->quorum, (unsigned)f->hours);
	else
		(void)err_set(err, ERR_DENIED, "the ledger may be stale: no remote was heard within %u hours", (unsigned)f->hours);
	return err_hint(err, "review sync, then again; where that cannot be: --offline, which the ledger records");
}

bool freshness_word(struct session *s, bool offline, const char **out, struct err *err)
{
	const struct freshness *f = &s->docket.policy->freshness;
	size_t fresh = 0;
	int64_t heard = 0;

	*out = "";
	if (f->hours == 0)
		return true;
	if (!count_witnesses(s, &fresh, err) || !high_water_heard(&s->tip, &heard, err))
		return false;
	if (f->quorum > 0 && fresh >= f->quorum)
		*out = "witnessed";
	else if (f->quorum == 0 && is_recent(s, heard))
		*out = "heard";
	else if (offline)
		*out = "offline";
	else
		return too_old(f, fresh, err);
	return true;
}
