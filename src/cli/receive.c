/* receive.c - the server's gate.
 *
 * What arrives is seen through git's quarantine, before any reference moves.  The ledger branch may
 * only go forward by valid entries; it is never created twice, rewound or deleted, whatever git's
 * own deny* settings say.  Content is judged by the policy and rules the pushed ledger ends with,
 * when the same push brings it, because release and its commit usually travel together. */
#include "receive.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/language.h"
#include "base/mem.h"
#include "checkout.h"
#include "command.h"
#include "gate.h"
#include "hook_lines.h"
#include "judgement.h"
#include "ledger/checkpoint.h"
#include "ledger/documents.h"
#include "public_memory.h"
#include "pushed_commits.h"
#include "pushed_names.h"
#include "pushed_text.h"
#include "quarantine.h"
#include "repo/change.h"
#include "repo/object.h"
#include "repo/ref.h"
#include "scan/finding.h"
#include "scan/scanner.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { DAY_SECONDS = 24 * 60 * 60 };
static const char DOCUMENTS[] = "refs/review/documents/";

struct update {
	struct object_id old, new;
	char *ref;
	bool shows;              /* files: a branch, or a tag */
	struct object_id commit; /* of those, what `new` means */
};

struct updates {
	struct update *items;
	size_t count;
};

/* "<40 hex> <40 hex> <ref>" */
static bool take_update(const char *line, size_t len, void *context, struct err *err)
{
	struct updates *updates = context;
	struct update update = {0};

	if (len < 83 || line[40] != ' ' || line[81] != ' ' || !object_id_from_hex(&update.old, line, 40) ||
	    !object_id_from_hex(&update.new, line + 41, 40))
		return err_set(err, ERR_INPUT, "standard input is not what git gives a pre-receive hook");
	update.ref = mem_copy_bytes(line + 82, len - 82);
	updates->items = mem_grow(updates->items, updates->count, sizeof(*updates->items));
	updates->items[updates->count++] = update;
	return true;
}

static void updates_release(struct updates *updates)
{
	for (size_t i = 0; i < updates->count; i++)
		free(updates->items[i].ref);
	free(updates->items);
}

/* Entries dated ahead would make appointments begin early and others end: here is a clock to tell. */
static bool is_of_our_time(const struct session *s, int64_t before, struct err *err)
{
	char when[CLOCK_TEXT_SIZE];

	if (s->docket.latest <= before || s->docket.latest <= s->now + DAY_SECONDS)
		return true;
	(void)err_set(err, ERR_DENIED, "an entry is dated %s, which is still to come", policy_clock(s->docket.policy, s->docket.latest, when));
	return err_hint(err, "set the clock of the machine that signed it, and sign again");
}

/* The ledger after this push: what is new in it verified, and the old tip inside it. */
static bool judge_ledger(struct session *s, const struct update *update, struct err *err)
{
	const struct ledger_tip before = s->tip;
	const int64_t latest = s->docket.latest;
	struct err why = {0};
	bool ok;

	if (object_id_is_zero(&update->new)) {
		(void)err_set(err, ERR_DENIED, "the ledger may not be deleted");
		return false;
	}
	if (before.seq == 0)
		ok = ledger_walk(s->repo, &update->new, docket_apply_visit, &s->docket, &s->tip, &why);
	else
		ok = ledger_walk_behind(s->repo, &update->new, &before, docket_apply_visit, &s->docket, &s->tip, &why);
	if (!ok && why.kind == ERR_CONFLICT) {
		(void)err_set(err, ERR_DENIED, "the ledger may only go forward: this push drops or rewrites entries");
		return err_hint(err, "review sync puts your entries behind those of the server; then push again");
	}
	if (!ok) {
		*err = why;
		return false;
	}
	return session_check_pin(s->repo, &s->tip.ledger, err) && is_of_our_time(s, latest, err);
}

/* What the branch has now is in the repository, whatever becomes of this push.  Where it stands git looks up later: what
 * is given to a hook is what the client said. */
static void settle_old(struct session *s, const struct update *update, const struct tree_files *before)
{
	struct object_id now;
	struct err absent = {0};

	if (!ref_read(s->repo, update->ref, &now, &absent) || !object_id_equal(&now, &update->old))
		return;
	for (size_t i = 0; i < before->count; i++)
		public_memory_settle(s->public_memory, &before->items[i].id);
}

/* `again`: what this commit shows was judged for another reference. */
static bool judge_public(struct judgement *j, const struct update *update, bool again, struct err *err)
{
	struct tree_files now = {0}, before = {0};
	struct object_id old;
	struct buf tags = {0};
	bool ok = judgement_files(j, &update->commit, &now, err);

	if (ok && !object_id_is_zero(&update->old))
		ok = tag_peel(j->s->repo, &update->old, JUDGED_TEXT, &old, &tags, err) && judgement_files(j, &old, &before, err);
	ok = ok && (again || judgement_shown(j, &now, err));
	settle_old(j->s, update, &before);
	ok = ok && judgement_deletions(j, &update->commit, &before, &now, err);
	tree_files_release(&before);
	tree_files_release(&now);
	buf_release(&tags);
	return ok;
}

static bool was_shown(const struct updates *updates, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (updates->items[k].shows && object_id_equal(&updates->items[k].commit, &updates->items[i].commit))
			return true;
	return false;
}

/* All that branches and tags bring, once; then what each of them shows. */
static bool judge_branches(struct judgement *j, const struct updates *updates, struct err *err)
{
	static const char *const patterns[] = {"refs/heads/*", "refs/tags/*"};
	const struct known_commits known = {.patterns = patterns, .pattern_count = 2};
	struct object_id *tips = mem_alloc(updates->count + 1, sizeof(*tips));
	size_t count = 0;
	bool ok;

	for (size_t i = 0; i < updates->count; i++)
		if (updates->items[i].shows)
			tips[count++] = updates->items[i].commit;
	ok = count == 0 || new_commits(j->s->repo, tips, count, &known, JUDGED_COMMITS, judgement_commit, j, err);
	free(tips);
	for (size_t i = 0; ok && i < updates->count; i++) {
		const struct update *update = &updates->items[i];
		const bool again = update->shows && was_shown(updates, i);

		if (update->shows && !(again && object_id_is_zero(&update->old)))
			ok = judge_public(j, update, again, err);
	}
	return ok;
}

static const struct round *find_round(const struct session *s, const char *name, const struct review_case **owner)
{
	const char *slash = strrchr(name, '/');
	char *id = slash != NULL ? mem_copy_bytes(name, (size_t)(slash - name)) : mem_copy_string(name);
	const struct review_case *c = docket_case(&s->docket, id);
	const struct round *found = NULL;

	for (size_t i = 0; slash != NULL && c != NULL && i < c->round_count; i++) {
		char *number = mem_format("%u", (unsigned)c->rounds[i].number);

		if (strcmp(number, slash + 1) == 0)
			found = &c->rounds[i];
		free(number);
	}
	*owner = c;
	free(id);
	return found;
}

/* Kept documents are what a submission names, to the byte.  Anything else under this name would be a
 * way past the scan; and what was kept is evidence. */
static bool judge_documents(struct session *s, const struct update *update, struct err *err)
{
	const struct review_case *c = NULL;
	const struct round *round = find_round(s, update->ref + sizeof(DOCUMENTS) - 1, &c);

	if (object_id_is_zero(&update->new) || !object_id_is_zero(&update->old)) {
		(void)err_set(err, ERR_DENIED, "%s: kept documents are neither deleted nor replaced by a push", update->ref);
		return err_hint(err, "who keeps the server can: git update-ref -d %s", update->ref);
	}
	if (!docket_is_whole(&s->docket, err))
		return false;
	if (round == NULL) {
		(void)err_set(err, ERR_DENIED, "%s: no submission in the ledger names these documents", update->ref);
		return err_hint(err, "push review/ledger with them, in one push");
	}
	if (documents_check(s->repo, &update->new, c->id, round->number, round->files, err))
		return true;
	err_context(err, "%s", update->ref);
	return false;
}

/* What a witness has signed stays signed, and nothing else is kept under its name: it would be a way past the scan, and
 * whoever may push could make a witness's record useless. */
static bool judge_witness(struct session *s, const struct update *update, struct err *err)
{
	const char *name = update->ref + sizeof(WITNESS_PREFIX) - 1;
	const struct freshness *f = s->docket.policy != NULL ? &s->docket.policy->freshness : NULL;
	const struct public_key *key = NULL;

	if (object_id_is_zero(&update->new))
		return err_set(err, ERR_DENIED, "%s: a witness's record may only go forward", update->ref);
	if (!docket_is_whole(&s->docket, err))
		return false;
	for (size_t i = 0; f != NULL && i < f->count; i++)
		key = strcmp(f->witnesses[i].name, name) == 0 ? f->witnesses[i].key : key;
	if (witness_records_check(s->repo, &(struct witness_records){name, key, &s->docket.ledger, &update->old, &update->new}, err))
		return true;
	err_context(err, "%s", update->ref);
	return false;
}

/* By another name that is kept on the server, what is guarded would be moved as a branch is. */
static bool judge_link(struct session *s, const struct update *update, struct err *err)
{
	char *to = NULL;
	bool ok;

	if (!ref_leads_to(s->repo, update->ref, &to, err))
		return false;
	ok = strcmp(to, update->ref) == 0 || (strcasecmp(to, LEDGER_REF) != 0 && strncasecmp(to, "refs/review/", 12) != 0);
	if (!ok)
		(void)err_set(err, ERR_DENIED, "%s: a symbolic reference to %s, that is pushed by its own name", update->ref, to);
	free(to);
	return ok;
}

static bool judge_update(struct judgement *j, struct update *update, struct err *err)
{
	if (strcmp(update->ref, LEDGER_REF) == 0)
		return true; /* judged before everything else */
	if (!pushed_name_judge(update->ref, object_id_is_zero(&update->new), err) || !judge_link(j->s, update, err))
		return false;
	if (strncmp(update->ref, WITNESS_PREFIX, sizeof(WITNESS_PREFIX) - 1) == 0)
		return judge_witness(j->s, update, err);
	if (strncmp(update->ref, DOCUMENTS, sizeof(DOCUMENTS) - 1) == 0)
		return judge_documents(j->s, update, err);
	if (strncmp(update->ref, "refs/review/", 12) == 0)
		return err_set(err, ERR_DENIED, "%s: only refs/review/documents/ and refs/review/witness/ are kept on a server", update->ref);
	if (object_id_is_zero(&update->new))
		return true; /* whether branches may be deleted is git's question: receive.denyDeletes */
	if (object_id_is_zero(&update->old))
		pushed_text_scan(j->s, _("name of a branch or tag"), update->ref, strlen(update->ref), &j->scan);
	update->shows = judgement_tip(j, update->ref, &update->new, &update->commit, err);
	return update->shows;
}

static bool judge_all(struct session *s, struct updates *updates, struct judgement *j, struct err *err)
{
	for (size_t i = 0; i < updates->count; i++)
		if (strcmp(updates->items[i].ref, LEDGER_REF) == 0 && !judge_ledger(s, &updates->items[i], err)) {
			err_context(err, LEDGER_REF);
			return false;
		}
	if (s->docket.policy != NULL && !session_open_rules(s, err))
		return false;
	if (s->docket.policy == NULL && !(session_check_pin(s->repo, NULL, err) && gate_open_shipped(s, err)))
		return false;
	for (size_t i = 0; i < updates->count; i++)
		if (!judge_update(j, &updates->items[i], err))
			return false;
	return judge_branches(j, updates, err);
}

int receive_hook(struct err *err)
{
	struct session s = {0};
	struct updates updates = {0};
	struct judgement j = {.s = &s};
	struct err absent = {0};
	int status;
	bool ok;

	ok = session_open_repo(&s, err) && quarantine_is_plain(s.repo, err) && hook_lines(take_update, &updates, err);
	if (ok)
		s.public_memory = public_memory_open(s.repo);
	/* No high-water mark here: a server may be behind the desks, and this push may mend that. */
	if (ok && !session_recall(&s, &absent) && absent.kind != ERR_NOT_FOUND) {
		*err = absent;
		ok = false;
	}
	status = ok && judge_all(&s, &updates, &j, err) ? judgement_tell(&j) : complain(err);
	judgement_release(&j);
	updates_release(&updates);
	session_close(&s);
	return status;
}
