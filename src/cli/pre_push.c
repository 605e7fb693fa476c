/* pre_push.c - the last door of a desk.
 *
 * git asks pre-commit about commits and nothing else: what rebase, cherry-pick, am and --no-verify made is looked at here,
 * before others have it.  Where a server has no hooks of its own (docs/servers.md) nothing else looks before that. */
#include "pre_push.h"

#include "base/language.h"
#include "base/mem.h"
#include "command.h"
#include "gate.h"
#include "hook_lines.h"
#include "judgement.h"
#include "ledger/ledger.h"
#include "pushed_names.h"
#include "pushed_text.h"
#include "repo/change.h"
#include "session.h"

#include <stdlib.h>
#include <string.h>

enum { HEX = OBJECT_HEX_SIZE - 1 };

struct push {
	struct object_id here, there; /* zero: it is to be deleted, or is not there yet */
	char *ref;                    /* there */
	bool shows;                   /* files: a branch, or a tag */
	struct object_id commit;      /* of those, what `here` means */
};

struct pushes {
	struct push *items;
	size_t count;
};

/* "<what it is here> <40 hex> <ref> <40 hex>"; the first may be words that a person typed, spaces among them. */
static bool take_push(const char *line, size_t len, void *context, struct err *err)
{
	struct pushes *pushes = context;
	struct push push = {0};
	const size_t end = len > HEX ? len - HEX - 1 : 0; /* of the ref */
	size_t ref = end;

	while (ref > 0 && line[ref - 1] != ' ')
		ref--;
	if (ref < HEX + 2 || line[end] != ' ' || !object_id_from_hex(&push.there, line + end + 1, HEX) ||
	    line[ref - HEX - 2] != ' ' || !object_id_from_hex(&push.here, line + ref - HEX - 1, HEX))
		return err_set(err, ERR_INPUT, "standard input is not what git gives a pre-push hook");
	push.ref = mem_copy_bytes(line + ref, end - ref);
	pushes->items = mem_grow(pushes->items, pushes->count, sizeof(*pushes->items));
	pushes->items[pushes->count++] = push;
	return true;
}

static void pushes_release(struct pushes *pushes)
{
	for (size_t i = 0; i < pushes->count; i++)
		free(pushes->items[i].ref);
	free(pushes->items);
}

/* git push --force would drop entries where no server's hook stands before them. */
static bool judge_ledger(struct session *s, const struct push *push, struct err *err)
{
	bool forward = object_id_is_zero(&push->there);
	struct err unknown = {0};

	if (object_id_is_zero(&push->here))
		return err_set(err, ERR_DENIED, "the ledger may not be deleted");
	if (s->tip.seq == 0 || !object_id_equal(&push->here, &s->tip.commit)) {
		(void)err_set(err, ERR_DENIED, "what is pushed as the ledger is not the ledger of this repository");
		return err_hint(err, "review sync");
	}
	if (!forward && !ledger_descends(s->repo, &push->here, &push->there, &forward, &unknown))
		forward = false; /* entries that are not here */
	if (forward)
		return true;
	(void)err_set(err, ERR_DENIED, "the ledger may only go forward: this push drops or rewrites entries");
	return err_hint(err, "review sync puts your entries behind those of the server; then push again");
}

static bool judge_push(struct judgement *j, struct push *push, struct err *err)
{
	if (strcmp(push->ref, LEDGER_REF) == 0)
		return judge_ledger(j->s, push, err);
	if (!pushed_name_judge(push->ref, object_id_is_zero(&push->here), err))
		return false;
	if (strncmp(push->ref, "refs/review/", 12) == 0) {
		(void)err_set(err, ERR_DENIED, "%s: documents and records of witnesses go with the ledger", push->ref);
		return err_hint(err, "review sync");
	}
	if (object_id_is_zero(&push->here))
		return true;
	if (object_id_is_zero(&push->there))
		pushed_text_scan(j->s, _("name of a branch or tag"), push->ref, strlen(push->ref), &j->scan);
	push->shows = judgement_tip(j, push->ref, &push->here, &push->commit, err);
	return push->shows;
}

/* What the remote had when it was asked last, and has now; where it has more, that is only looked at again. */
static bool judge_commits(struct judgement *j, const struct pushes *pushes, const char *remote, struct err *err)
{
	struct object_id *tips = mem_alloc(2 * pushes->count + 1, sizeof(*tips)), *there = tips + pushes->count;
	const bool named = strpbrk(remote, "*?[\\") == NULL; /* by its address, perhaps, and that is no pattern */
	char *tracked = mem_format("refs/remotes/%s/*", remote);
	const char *const pattern = tracked;
	struct known_commits known = {.patterns = &pattern, .pattern_count = named ? 1 : 0, .ids = there};
	size_t count = 0;
	bool ok;

	for (size_t i = 0; i < pushes->count; i++) {
		there[known.id_count++] = pushes->items[i].there;
		if (pushes->items[i].shows)
			tips[count++] = pushes->items[i].commit;
	}
	ok = count == 0 || new_commits(j->s->repo, tips, count, &known, JUDGED_COMMITS, judgement_commit, j, err);
	free(tracked);
	free(tips);
	return ok;
}

/* What the remote shows now.  A push over what is not here may take away what is released, and nobody could tell. */
static bool files_there(struct judgement *j, const struct push *push, struct tree_files *out, struct err *err)
{
	struct object_id commit;
	struct buf tags = {0};
	bool ok;

	if (object_id_is_zero(&push->there))
		return true;
	if (!object_exists(j->s->repo, &push->there)) {
		(void)err_set(err, ERR_CONFLICT, "%s: what the remote has there is not known here", push->ref);
		return err_hint(err, "git fetch, look at it, then push again");
	}
	ok = tag_peel(j->s->repo, &push->there, JUDGED_TEXT, &commit, &tags, err) && judgement_files(j, &commit, out, err);
	buf_release(&tags);
	return ok;
}

static bool judge_public(struct judgement *j, const struct push *push, struct err *err)
{
	struct tree_files now = {0}, before = {0};
	const bool ok = judgement_files(j, &push->commit, &now, err) && judgement_shown(j, &now, err) &&
	                files_there(j, push, &before, err) && judgement_deletions(j, &push->commit, &before, &now, err);

	tree_files_release(&before);
	tree_files_release(&now);
	return ok;
}

static bool judge_all(struct judgement *j, struct pushes *pushes, const char *remote, struct err *err)
{
	for (size_t i = 0; i < pushes->count; i++)
		if (!judge_push(j, &pushes->items[i], err))
			return false;
	if (!judge_commits(j, pushes, remote, err))
		return false;
	for (size_t i = 0; i < pushes->count; i++)
		if (pushes->items[i].shows && !judge_public(j, &pushes->items[i], err))
			return false;
	return true;
}

int pre_push_hook(const char *remote, struct err *err)
{
	struct session s = {0};
	struct pushes pushes = {0};
	struct judgement j = {.s = &s};
	const bool ok = hook_lines(take_push, &pushes, err) && gate_open(&s, NULL, err) && judge_all(&j, &pushes, remote, err);
	const int status = ok ? judgement_tell(&j) : complain(err);

	judgement_release(&j);
	pushes_release(&pushes);
	session_close(&s);
	return status;
}
