/* chain.c - walking the ledger from its first entry, believing nothing.
 *
 * Commits are collected from the tip backwards by their parent lines, and verified forwards: form,
 * signature, bodies, and that each names the SHA-256 of the one before.  SHA-1 only finds them.
 * What can be said of an entry alone is said on all processors (ahead.h), of signatures on the way back
 * already (early.h); whether it belongs where it stands is asked here, in order. */
#include "chain.h"

#include "ahead.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/progress.h"
#include "commit.h"
#include "early.h"
#include "reading.h"
#include "repo/object.h"
#include "repo/ref.h"
#include "seal/key.h"

#include <stdlib.h>
#include <string.h>

struct commits {
	struct link *items; /* tip first */
	size_t count;
	/* Raw objects, held for the way forwards so that they need not be read twice: in blocks, so that a hundred
	 * thousand small pieces do not scatter over the heap, and visitors get the memory of what they were shown. */
	struct block *blocks;
	size_t block_count, used;
};

struct block {
	char *bytes;
	size_t first; /* the item nearest to the tip that has its bytes here */
};

enum { ENTRIES_MOST = 100000000, BLOCKS_MOST = 128 };
enum { EXPECTED = 16, VISITED = 8192 }; /* so many blocks, and what a visitor remembers of so many entries, are 16 MiB */
static const size_t BLOCK = (size_t)1024 * 1024;

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

/* NULL: there is no more room, and it is read again. */
static const char *keep_raw(struct commits *commits, const struct buf *raw)
{
	char *at;

	if (raw->len > COMMIT_LIMIT)
		return NULL;
	if (commits->block_count == 0 || raw->len > BLOCK - commits->used) {
		if (commits->block_count == BLOCKS_MOST)
			return NULL;
		if (commits->block_count % EXPECTED == EXPECTED - 1)
			mem_expect();
		commits->blocks = mem_grow(commits->blocks, commits->block_count, sizeof(*commits->blocks));
		commits->blocks[commits->block_count++] = (struct block){.bytes = mem_resize(NULL, BLOCK, 1), .first = commits->count};
		commits->used = 0;
	}
	at = commits->blocks[commits->block_count - 1].bytes + commits->used;
	memcpy(at, raw->data, raw->len);
	commits->used += raw->len;
	return at;
}

static void keep(struct commits *commits, const struct object_id *id, const struct buf *raw)
{
	const char *bytes = keep_raw(commits, raw);

	commits->items = mem_grow(commits->items, commits->count, sizeof(*commits->items));
	commits->items[commits->count++] = (struct link){.id = *id, .raw = bytes, .len = raw->len};
}

/* Nobody asks any more for the bytes of items[from] and of those before it in the ledger. */
static void let_go(struct commits *commits, size_t from)
{
	while (commits->block_count > 0 && commits->blocks[commits->block_count - 1].first >= from)
		free(commits->blocks[--commits->block_count].bytes);
}

static void commits_release(struct commits *commits)
{
	let_go(commits, 0);
	for (size_t i = 0; i < commits->count; i++)
		public_key_free(commits->items[i].signer);
	free(commits->blocks);
	free(commits->items);
}

/* Back to the first entry, or to the one behind `stop` (NULL: none); *met says which.  `early` (may be NULL) hears of
 * each. */
static bool collect(struct repo *repo, const struct object_id *tip, const struct object_id *stop, struct early *early,
                    struct commits *out, bool *met, struct err *err)
{
	struct object_id at = *tip;
	struct buf raw = {0};
	bool ok = true;

	*met = false;
	for (size_t count = 1; ok && count > 0;) {
		struct object_id tree, *parents = NULL;

		*met = stop != NULL && object_id_equal(&at, stop);
		if (*met)
			break;
		buf_clear(&raw);
		ok = out->count < ENTRIES_MOST || err_set(err, ERR_LIMIT, "the ledger is too long");
		ok = ok && object_read(repo, &at, OBJECT_COMMIT, (size_t)16 * 1024 * 1024, &raw, err) &&
		     commit_links_read(raw.data, raw.len, &tree, &parents, &count, err) &&
		     (count <= 1 || err_set(err, ERR_MISMATCH, "it has several parents"));
		if (ok)
			keep(out, &at, &raw);
		else
			(void)lost(out, &at, err);
		if (ok && early != NULL)
			early_add(early, &out->items[out->count - 1]);
		if (ok && count == 1)
			at = parents[0];
		free(parents);
	}
	buf_release(&raw);
	return ok;
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

/* Does it belong behind `before`?  The first reason wins, in the order of FORMAT.md section 5. */
static bool settle(const struct reading *r, const struct object_id *commit, const struct ledger_tip *before,
                   struct ledger_tip *after, struct err *err)
{
	if (r->form_ok && !follows(&r->entry, &r->links, before, err))
		return false;
	if (!r->form_ok || !r->bodies_ok) {
		*err = r->err;
		return false;
	}
	*after = (struct ledger_tip){.commit = *commit, .id = r->entry.id, .seq = r->entry.seq,
	                             .ledger = before != NULL ? before->ledger : r->entry.id};
	return true;
}

bool chain_read(struct repo *repo, const struct object_id *commit, const struct ledger_tip *before,
                struct entry *out, struct ledger_tip *after, struct err *err)
{
	struct link link = {.id = *commit};
	struct reading r = {0};

	reading_make(repo, &link, &r);
	if (!settle(&r, commit, before, after, err)) {
		reading_release(&r);
		return false;
	}
	*out = r.entry;
	return true;
}

/* A piece of the ledger is gone, or git finds other bytes under its name: that is neither "no
 * ledger" nor a bad day of the disk, but a broken ledger. */
static void piece_is_lost(struct err *err)
{
	if (err->kind == ERR_NOT_FOUND || err->kind == ERR_SYSTEM)
		err->kind = ERR_MISMATCH;
}

static bool verify_all(struct ahead *ahead, struct commits *commits, ledger_visit *visit, void *context,
                       struct ledger_tip *tip, struct err *err)
{
	for (size_t i = commits->count; i > 0; i--) {
		const struct object_id *id = &commits->items[i - 1].id;
		const unsigned long long seq = (unsigned long long)tip->seq + 1;
		const struct reading *r = ahead_next(ahead);
		struct ledger_tip after;
		char hex[OBJECT_HEX_SIZE];
		bool ok;

		if (tip->seq % VISITED == VISITED - 1)
			mem_expect(); /* for what visitors remember */
		ok = settle(r, id, tip->seq == 0 ? NULL : tip, &after, err);
		if (!ok)
			piece_is_lost(err);
		ok = ok && (visit == NULL || visit(&r->entry, context, err));
		progress_add(PROGRESS_ENTRIES, 1);
		if (!ok) {
			err_context(err, "ledger entry %llu (%.12s)", seq, object_id_to_hex(id, hex));
			return false;
		}
		*tip = after;
		let_go(commits, i - 1);
	}
	return true;
}

static bool unknown(struct err *err)
{
	*err = (struct err){0};
	return err_set(err, ERR_CONFLICT, "the ledger is not the one that was verified before");
}

bool chain_walk(struct repo *repo, const struct object_id *from, const struct ledger_tip *known,
                const unsigned *threads, ledger_visit *visit, void *context, struct ledger_tip *out, struct err *err)
{
	struct commits commits = {0};
	struct ledger_tip tip = known != NULL ? *known : (struct ledger_tip){0};
	struct early *early = early_new(threads != NULL ? *threads : early_threads());
	bool met, ok = collect(repo, from, known != NULL ? &known->commit : NULL, early, &commits, &met, err);

	early_end(early, commits.items, commits.count);

	if (known != NULL && (!ok || !met)) {
		ok = unknown(err);
	} else if (!ok) {
		piece_is_lost(err);
	} else {
		struct ahead *ahead;

		progress_expect(PROGRESS_ENTRIES, commits.count);
		ahead = ahead_new(repo, commits.items, commits.count, threads != NULL ? *threads : ahead_threads(commits.count));
		ok = verify_all(ahead, &commits, visit, context, &tip, err);
		ahead_free(ahead);
	}
	commits_release(&commits);
	if (ok)
		*out = tip;
	return ok;
}

/* LEDGER_REF, unless somebody says where to begin. */
static bool begin(struct repo *repo, const struct object_id *commit, struct object_id *out, struct err *err)
{
	if (commit != NULL) {
		*out = *commit;
		return true;
	}
	if (ref_read(repo, LEDGER_REF, out, err))
		return true;
	if (err->kind == ERR_NOT_FOUND) {
		err_context(err, "there is no ledger here");
		(void)err_hint(err, "review init starts a ledger; review sync brings one");
	}
	return false;
}

bool ledger_walk(struct repo *repo, const struct object_id *commit, ledger_visit *visit, void *context,
                 struct ledger_tip *out, struct err *err)
{
	struct ledger_tip tip;
	struct object_id from;

	if (!begin(repo, commit, &from, err) || !chain_walk(repo, &from, NULL, NULL, visit, context, &tip, err))
		return false;
	if (out != NULL)
		*out = tip;
	return true;
}

/* The names of all commits from `tip` back to the first one, without their bytes. */
static bool names(struct repo *repo, const struct object_id *tip, struct commits *out, struct err *err)
{
	bool met;
	const bool ok = collect(repo, tip, NULL, NULL, out, &met, err);

	if (!ok)
		piece_is_lost(err);
	return ok;
}

bool ledger_meet(struct repo *repo, const struct object_id *a, const struct object_id *b,
                 struct object_id *commit, uint32_t *position, struct err *err)
{
	struct commits left = {0}, right = {0};
	size_t common = 0;
	const bool ok = names(repo, a, &left, err) && names(repo, b, &right, err);

	while (ok && common < left.count && common < right.count &&
	       object_id_equal(&left.items[left.count - 1 - common].id, &right.items[right.count - 1 - common].id))
		common++;
	if (ok) {
		*position = (uint32_t)common;
		if (common > 0)
			*commit = left.items[left.count - common].id;
	}
	commits_release(&left);
	commits_release(&right);
	return ok;
}

/* Are these still the bytes that were verified?  By SHA-256: git's name for them is not asked. */
static bool still_stands(struct repo *repo, const struct ledger_tip *known)
{
	struct buf raw = {0};
	struct err err = {0};
	struct digest id;
	bool ok = object_read(repo, &known->commit, OBJECT_COMMIT, COMMIT_LIMIT, &raw, &err);

	if (ok) {
		id = commit_entry_id(raw.data, raw.len);
		ok = digest_equal(&id, &known->id);
	}
	buf_release(&raw);
	return ok;
}

bool ledger_walk_behind(struct repo *repo, const struct object_id *commit, const struct ledger_tip *known,
                        ledger_visit *visit, void *context, struct ledger_tip *out, struct err *err)
{
	struct object_id from;

	if (!begin(repo, commit, &from, err))
		return false;
	if (!still_stands(repo, known))
		return unknown(err);
	return chain_walk(repo, &from, known, NULL, visit, context, out, err);
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
