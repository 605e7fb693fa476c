/* chain.c - walking the ledger from its first entry, believing nothing.
 *
 * Commits are collected from the tip backwards by their parent lines, and verified forwards: form,
 * signature, bodies, and that each names the SHA-256 of the one before.  SHA-1 only finds them. */
#include "chain.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/progress.h"
#include "bodies.h"
#include "commit.h"
#include "repo/object.h"
#include "repo/ref.h"

#include <stdlib.h>

struct commits {
	struct object_id *items; /* tip first */
	size_t count;
};

enum { ENTRIES_MOST = 100000000 };

/* Its number is not known yet, only how far from the tip it was met. */
static bool lost(const struct commits *commits, const struct object_id *at, struct err *err)
{
	char hex[OBJECT_HEX_SIZE];

	(void)object_id_to_hex(at, hex);
	if (commits->count == 0)
		err_context(err, "ledger entry at the end (%.12s)", hex);
	else
		err_context(err, "ledger entry %zu before the last (%.12s)", commits->count, hex);
	return false;
}

static bool collect(struct repo *repo, const struct object_id *tip, struct commits *out, struct err *err)
{
	struct object_id at = *tip;

	for (;;) {
		struct object_id tree, *parents = NULL;
		size_t count = 0;

		if (out->count >= ENTRIES_MOST)
			return err_set(err, ERR_LIMIT, "the ledger is too long");
		if (!commit_links(repo, &at, &tree, &parents, &count, err))
			return lost(out, &at, err);
		if (count > 1) {
			free(parents);
			(void)err_set(err, ERR_MISMATCH, "it has several parents");
			return lost(out, &at, err);
		}
		out->items = mem_grow(out->items, out->count, sizeof(*out->items));
		out->items[out->count++] = at;
		if (count == 0)
			return true;
		at = parents[0];
		free(parents);
	}
}

static bool follows(const struct entry *e, const struct commit_links_of_entry *links,
                    const struct ledger_tip *before, struct err *err)
{
	if (before == NULL) {
		if (links->has_parent || e->type != ENTRY_GENESIS || e->seq != 1 || !digest_is_zero(&e->prev) ||
		    !digest_is_zero(&e->ledger) || e->policy != 1)
			return err_set(err, ERR_MISMATCH, "not the beginning of a ledger");
		return true;
	}
	if (!links->has_parent || !object_id_equal(&links->parent, &before->commit))
		return err_set(err, ERR_MISMATCH, "its parent is not the entry before");
	if (e->type == ENTRY_GENESIS)
		return err_set(err, ERR_MISMATCH, "a ledger begins only once");
	if (e->seq != before->seq + 1)
		return err_set(err, ERR_MISMATCH, "its number is %u, not %u", (unsigned)e->seq, (unsigned)before->seq + 1);
	if (!digest_equal(&e->prev, &before->id))
		return err_set(err, ERR_MISMATCH, "it does not follow the entry before");
	if (!digest_equal(&e->ledger, &before->ledger))
		return err_set(err, ERR_MISMATCH, "it belongs to another ledger");
	return true;
}

bool chain_read(struct repo *repo, const struct object_id *commit, const struct ledger_tip *before,
                struct entry *out, struct ledger_tip *after, struct err *err)
{
	struct buf raw = {0};
	struct entry e = {0};
	struct commit_links_of_entry links;
	const bool ok = object_read(repo, commit, OBJECT_COMMIT, COMMIT_LIMIT, &raw, err) &&
	                commit_parse(raw.data, raw.len, &e, &links, err) && follows(&e, &links, before, err) &&
	                bodies_load(repo, &links.tree, &e, err);

	buf_release(&raw);
	if (!ok) {
		entry_release(&e);
		return false;
	}
	after->commit = *commit;
	after->id = e.id;
	after->ledger = before != NULL ? before->ledger : e.id;
	after->seq = e.seq;
	*out = e;
	return true;
}

/* A piece of the ledger is gone, or git finds other bytes under its name: that is neither "no
 * ledger" nor a bad day of the disk, but a broken ledger. */
static void piece_is_lost(struct err *err)
{
	if (err->kind == ERR_NOT_FOUND || err->kind == ERR_SYSTEM)
		err->kind = ERR_MISMATCH;
}

static bool verify_all(struct repo *repo, const struct commits *commits, ledger_visit *visit, void *context,
                       struct ledger_tip *tip, struct err *err)
{
	for (size_t i = commits->count; i > 0; i--) {
		const bool first = i == commits->count;
		struct entry e = {0};
		struct ledger_tip after;
		char hex[OBJECT_HEX_SIZE];
		bool ok = chain_read(repo, &commits->items[i - 1], first ? NULL : tip, &e, &after, err);

		if (!ok)
			piece_is_lost(err);
		ok = ok && (visit == NULL || visit(&e, context, err));
		progress_add(PROGRESS_ENTRIES, 1);
		entry_release(&e);
		if (!ok) {
			err_context(err, "ledger entry %zu (%.12s)", commits->count - i + 1,
			            object_id_to_hex(&commits->items[i - 1], hex));
			return false;
		}
		*tip = after;
	}
	return true;
}

bool ledger_walk(struct repo *repo, const struct object_id *commit, ledger_visit *visit, void *context,
                 struct ledger_tip *out, struct err *err)
{
	struct commits commits = {0};
	struct ledger_tip tip = {0};
	struct object_id from;
	bool ok;

	if (commit != NULL) {
		from = *commit;
	} else if (!ref_read(repo, LEDGER_REF, &from, err)) {
		if (err->kind == ERR_NOT_FOUND) {
			err_context(err, "there is no ledger here");
			(void)err_hint(err, "review init starts a ledger; git fetch brings one");
		}
		return false;
	}
	ok = collect(repo, &from, &commits, err);
	if (!ok)
		piece_is_lost(err);
	ok = ok && verify_all(repo, &commits, visit, context, &tip, err);
	free(commits.items);
	if (ok && out != NULL)
		*out = tip;
	return ok;
}

bool ledger_meet(struct repo *repo, const struct object_id *a, const struct object_id *b,
                 struct object_id *commit, uint32_t *position, struct err *err)
{
	struct commits left = {0}, right = {0};
	size_t common = 0;
	const bool ok = collect(repo, a, &left, err) && collect(repo, b, &right, err);

	if (!ok)
		piece_is_lost(err);
	while (ok && common < left.count && common < right.count &&
	       object_id_equal(&left.items[left.count - 1 - common], &right.items[right.count - 1 - common]))
		common++;
	if (ok) {
		*position = (uint32_t)common;
		if (common > 0)
			*commit = left.items[left.count - common];
	}
	free(left.items);
	free(right.items);
	return ok;
}

bool ledger_descends(struct repo *repo, const struct object_id *commit, const struct object_id *ancestor,
                     bool *out, struct err *err)
{
	struct object_id at = *commit;

	for (size_t i = 0; i < ENTRIES_MOST; i++) {
		struct object_id tree, *parents = NULL;
		size_t count = 0;

		if (object_id_equal(&at, ancestor)) {
			*out = true;
			return true;
		}
		if (!commit_links(repo, &at, &tree, &parents, &count, err))
			return false;
		if (count == 0) {
			*out = false;
			return true;
		}
		at = parents[0];
		free(parents);
	}
	return err_set(err, ERR_LIMIT, "the ledger is too long");
}
