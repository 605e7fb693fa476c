/* release.c - the only code that makes a file public or takes it down.
 *
 * Everything that can be refused is refused before the first entry: verdict, documents, names,
 * space.  Then: the entry, the renames, the receipt, the closing entry.  Whatever stops it in
 * between, the ledger already says what was under way, and release_resume() does the rest. */
#include "release/release.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/mem.h"
#include "collision.h"
#include "ledger/documents.h"
#include "ledger/entry.h"
#include "ledger/ledger.h"
#include "policy/docket.h"
#include "policy/verdict.h"
#include "scan/finding.h"
#include "seal/hash.h"
#include "staging.h"

#include <stdlib.h>
#include <string.h>

static struct draft draft_of(const struct release_order *o, enum entry_type type)
{
	return (struct draft){.type = type, .person = o->person, .time = o->time, .policy = o->docket->policy_number,
	                      .rules = o->docket->rules};
}

/* Append, then read the ledger again from its beginning: what we act on is what stands there. */
static bool append(const struct release_order *o, struct draft *draft, struct err *err)
{
	bool ok = ledger_append(o->repo, o->tip, draft, o->signer, docket_check_visit, o->docket, NULL, err);

	draft_release(draft);
	if (!ok)
		return false;
	docket_release(o->docket);
	return ledger_walk(o->repo, NULL, docket_apply_visit, o->docket, o->tip, err);
}

static const struct review_case *the_case(const struct release_order *o, struct err *err)
{
	const struct review_case *c = docket_case(o->docket, o->case_id);

	if (c == NULL)
		(void)err_set(err, ERR_NOT_FOUND, "there is no case %s", o->case_id);
	return c;
}

static struct publication *newest_publication(const struct review_case *c)
{
	return c->publication_count > 0 ? &c->publications[c->publication_count - 1] : NULL;
}

/* The round's files under their public names. */
static void public_files(const struct release_order *o, const struct round *round, struct file_refs *out)
{
	for (size_t i = 0; i < round->files->count; i++) {
		const struct file_ref *f = &round->files->items[i];
		char *path = policy_public_path(o->docket->policy, f->path);

		file_refs_add(out, &f->digest, f->size, f->mode, path);
		free(path);
	}
}

/* The candidate that is published under a public path. */
static const struct file_ref *source_of(const struct release_order *o, const struct round *round, const char *public_path)
{
	for (size_t i = 0; i < round->files->count; i++) {
		char *path = policy_public_path(o->docket->policy, round->files->items[i].path);
		const bool same = strcmp(path, public_path) == 0;

		free(path);
		if (same)
			return &round->files->items[i];
	}
	return NULL;
}

/* Is it in place, byte for byte?  False too when that cannot be told: then `err` says so. */
static bool is_in_place(const struct staging *staging, const struct file_ref *file, struct err *err)
{
	return staging_look(staging, file->path, file, err) == STANDING_SAME;
}

/* What is in place already needs no room for a second copy: a disk that was full may be nearly so when a release is resumed. */
static bool stage_all(const struct release_order *o, const struct round *round, const struct file_refs *files,
                      const struct staging *staging, struct err *err)
{
	for (size_t i = 0; i < files->count; i++) {
		const struct file_ref *source = source_of(o, round, files->items[i].path);
		struct buf bytes = {0};
		bool ok;

		if (source == NULL)
			return err_set(err, ERR_MISMATCH, "%s comes from no file of this round", files->items[i].path);
		if (is_in_place(staging, &files->items[i], err))
			continue;
		ok = err->kind == ERR_NONE && documents_read(o->repo, o->case_id, round->number, source, &bytes, err) &&
		     staging_put(staging, i, &files->items[i], &bytes, err);
		buf_release(&bytes);
		if (!ok)
			return false;
	}
	return true;
}

/* What stands at a target must be what the ledger put there, or what is being put there. */
static bool target_is_ours(const struct staging *staging, const struct docket *docket, const struct file_ref *file,
                           const struct publication *before, struct err *err)
{
	const struct file_ref *was = docket_public_file(docket, file->path, NULL, NULL);
	enum standing now = staging_look(staging, file->path, file, err);

	for (size_t i = 0; before != NULL && i < before->files->count; i++)
		if (strcmp(before->files->items[i].path, file->path) == 0)
			was = &before->files->items[i];
	if (now == STANDING_OTHER && was != NULL)
		now = staging_look(staging, file->path, was, err);
	if (now == STANDING_OTHER) {
		(void)err_set(err, ERR_MISMATCH, "%s in the public directory is not what the ledger put there", file->path);
		return err_hint(err, "review audit names it; move it away, then release again");
	}
	return now != STANDING_UNKNOWN;
}

static bool targets_are_ours(const struct release_order *o, const struct staging *staging, const struct file_refs *files,
                             const struct publication *before, struct err *err)
{
	for (size_t i = 0; i < files->count; i++)
		if (!target_is_ours(staging, o->docket, &files->items[i], before, err))
			return false;
	return true;
}

static bool write_receipt(const struct release_order *o, const struct staging *staging, size_t index, struct err *err)
{
	struct buf text = {0};
	struct file_ref want = {.mode = 0100644};
	char name[] = RECEIPT_NAME;
	bool ok;

	docket_receipt(o->docket, &text);
	want.path = name;
	want.size = text.len;
	hash_bytes(text.data, text.len, &want.digest);
	ok = staging_put(staging, index, &want, &text, err) && staging_commit(staging, index, RECEIPT_NAME, err);
	buf_release(&text);
	return ok;
}

bool release_renew_receipt(const struct release_order *o, struct err *err)
{
	struct staging staging;
	bool ok;

	if (!staging_open(o->public_dir, &staging, err))
		return false;
	ok = write_receipt(o, &staging, 0, err);
	staging_close(&staging);
	return ok;
}

/* Files of the publication this one replaces that are not in it any more. */
static bool remove_replaced(const struct staging *staging, const struct review_case *c, const struct publication *now,
                            struct err *err)
{
	for (size_t i = 0; i + 1 < c->publication_count; i++) {
		const struct publication *old = &c->publications[i];

		for (size_t k = 0; k < old->files->count; k++) {
			bool kept = false;

			for (size_t n = 0; n < now->files->count; n++)
				kept = kept || strcmp(now->files->items[n].path, old->files->items[k].path) == 0;
			/* somebody else's file may stand there by now: only our own bytes are removed */
			if (!kept && staging_look(staging, old->files->items[k].path, &old->files->items[k], err) == STANDING_SAME &&
			    !staging_remove(staging, old->files->items[k].path, err))
				return false;
			if (err->kind != ERR_NONE)
				return false;
		}
	}
	return true;
}

/* What was in place when the rest was staged and is not any more has no copy to rename: that fails, and is resumed. */
static bool put_in_place(const struct staging *staging, size_t index, const struct file_ref *file, struct err *err)
{
	return is_in_place(staging, file, err) || (err->kind == ERR_NONE && staging_commit(staging, index, file->path, err));
}

/* Everything is staged and the ledger says so: rename, receipt, done. */
static bool finish(const struct release_order *o, const struct staging *staging, struct err *err)
{
	const struct review_case *c = the_case(o, err);
	const struct publication *p = c != NULL ? newest_publication(c) : NULL;
	struct draft draft;

	if (p == NULL)
		return err_set(err, ERR_MISMATCH, "the release is not in the ledger");
	for (size_t i = 0; i < p->files->count; i++)
		if (!put_in_place(staging, i, &p->files->items[i], err))
			return err_hint(err, "review release %s --resume", o->case_id);
	if (!remove_replaced(staging, c, p, err) || !write_receipt(o, staging, p->files->count, err))
		return err_hint(err, "review release %s --resume", o->case_id);
	draft = draft_of(o, ENTRY_RELEASED);
	draft_add(&draft, "case", o->case_id);
	draft_add_number(&draft, "round", p->round);
	draft_add_digest(&draft, "release", &p->release);
	draft_add_files(&draft, p->files);
	return append(o, &draft, err) ? true : err_hint(err, "review release %s --resume", o->case_id);
}

static bool verdict_is_clear(const struct release_order *o, const struct review_case *c, const struct scan *scan, struct err *err)
{
	struct reasons reasons = {0};
	const enum verdict verdict =
		case_decide(o->docket->policy, c, scan, &o->docket->rules, policy_day(o->docket->policy, o->time), &reasons);

	if (verdict != VERDICT_CLEAR) {
		(void)err_set(err, ERR_DENIED, "case %s may not be released: %s", c->id, reasons.items[0].text);
		(void)err_hint(err, "%s", reasons.items[0].next);
	}
	reasons_release(&reasons);
	return verdict == VERDICT_CLEAR;
}

static bool announce(const struct release_order *o, const struct round *round, const struct scan *scan,
                     const struct file_refs *files, struct err *err)
{
	struct draft draft = draft_of(o, ENTRY_RELEASE);
	struct buf record = {0};

	scan_record_write(scan, &record);
	draft_add(&draft, "case", o->case_id);
	draft_add_number(&draft, "round", round->number);
	draft_add_digest(&draft, "submit", &round->submit);
	draft_add_body(&draft, "scan", "", record.data, record.len);
	if (o->freshness != NULL && o->freshness[0] != '\0')
		draft_add(&draft, "freshness", o->freshness);
	draft_add_files(&draft, files);
	buf_release(&record);
	return append(o, &draft, err);
}

bool release_publish(const struct release_order *o, const struct scan *scan, struct err *err)
{
	const struct review_case *c = the_case(o, err);
	const struct publication *before;
	struct file_refs files = {0};
	struct staging staging;
	bool ok;

	if (c == NULL)
		return false;
	before = newest_publication(c);
	if (before != NULL && !before->done && !before->withdrawn) {
		(void)err_set(err, ERR_DENIED, "a release of case %s is not finished", c->id);
		return err_hint(err, "review release %s --resume", c->id);
	}
	if (!verdict_is_clear(o, c, scan, err) || !staging_open(o->public_dir, &staging, err))
		return false;
	public_files(o, case_round(c), &files);
	ok = collision_check(o->docket, &staging, o->case_id, &files, err) &&
	     targets_are_ours(o, &staging, &files, before, err) && stage_all(o, case_round(c), &files, &staging, err) &&
	     announce(o, case_round(c), scan, &files, err) && finish(o, &staging, err);
	staging_close(&staging);
	file_refs_release(&files);
	return ok;
}

static const struct round *round_numbered(const struct review_case *c, uint32_t number)
{
	for (size_t i = 0; i < c->round_count; i++)
		if (c->rounds[i].number == number)
			return &c->rounds[i];
	return NULL;
}

bool release_resume(const struct release_order *o, struct err *err)
{
	const struct review_case *c = the_case(o, err);
	const struct publication *p = c != NULL ? newest_publication(c) : NULL;
	const struct round *round;
	struct staging staging;
	bool ok;

	if (c == NULL)
		return false;
	if (p == NULL || p->done || p->withdrawn)
		return err_set(err, ERR_NOT_FOUND, "case %s has no release to finish", o->case_id);
	round = round_numbered(c, p->round);
	if (round == NULL || !staging_open(o->public_dir, &staging, err))
		return false;
	ok = targets_are_ours(o, &staging, p->files, c->publication_count > 1 ? p - 1 : NULL, err) &&
	     stage_all(o, round, p->files, &staging, err) && finish(o, &staging, err);
	staging_close(&staging);
	return ok;
}

/* Taking down does not wait for an explanation of strange bytes when harm is being done. */
static bool bytes_are_ours(const struct staging *staging, const struct file_refs *files, bool incident, struct err *err)
{
	for (size_t i = 0; !incident && i < files->count; i++) {
		const enum standing now = staging_look(staging, files->items[i].path, &files->items[i], err);

		if (now == STANDING_UNKNOWN)
			return false;
		if (now == STANDING_OTHER) {
			(void)err_set(err, ERR_MISMATCH, "%s in the public directory is not what was released", files->items[i].path);
			return err_hint(err, "review audit names it; --incident takes it down all the same");
		}
	}
	return true;
}

static bool announce_withdrawal(const struct release_order *o, const struct publication *p, const struct withdrawal *why,
                                struct err *err)
{
	struct draft draft = draft_of(o, ENTRY_WITHDRAW);

	draft_add(&draft, "case", o->case_id);
	draft_add_number(&draft, "round", p->round);
	draft_add_digest(&draft, "release", &p->release);
	draft_add(&draft, "incident", why->incident ? "yes" : "no");
	draft_add(&draft, "ground", why->ground);
	draft_add(&draft, "reason", why->reason);
	draft_add_files(&draft, p->files);
	return append(o, &draft, err);
}

/* Every file of this publication that nothing else makes public now; of an older one only our own
 * bytes: its place may have been taken since. */
static bool take_down_files(const struct release_order *o, const struct staging *staging, const struct publication *p,
                            bool newest, struct err *err)
{
	for (size_t i = 0; i < p->files->count; i++) {
		const struct file_ref *file = &p->files->items[i];

		if (docket_public_file(o->docket, file->path, NULL, NULL) != NULL)
			continue;
		if (!newest && staging_look(staging, file->path, file, err) != STANDING_SAME)
			continue;
		if (!staging_remove(staging, file->path, err))
			return false;
	}
	return err->kind == ERR_NONE;
}

/* An unfinished release may have left files of the one it was to replace: they go too. */
static bool take_down(const struct release_order *o, const struct staging *staging, struct err *err)
{
	const struct review_case *c = the_case(o, err);

	for (size_t i = 0; c != NULL && i < c->publication_count; i++)
		if (!take_down_files(o, staging, &c->publications[i], i + 1 == c->publication_count, err))
			return err_hint(err, "repeat the command: the ledger says withdrawn, the file is still there");
	return c != NULL && write_receipt(o, staging, 0, err);
}

bool release_withdraw(const struct release_order *o, const struct withdrawal *why, struct err *err)
{
	const struct review_case *c = the_case(o, err);
	const struct publication *p = c != NULL ? newest_publication(c) : NULL;
	struct staging staging;
	bool ok = true;

	if (c == NULL)
		return false;
	if (p == NULL)
		return err_set(err, ERR_DENIED, "case %s was never released", o->case_id);
	if (!staging_open(o->public_dir, &staging, err))
		return false;
	if (!p->withdrawn)
		ok = bytes_are_ours(&staging, p->files, why->incident, err) && announce_withdrawal(o, p, why, err);
	ok = ok && take_down(o, &staging, err);
	staging_close(&staging);
	return ok;
}
