/* cmd_sync.c - the same ledger on many machines.
 *
 * What a remote sends is verified from the first entry before it is believed; the branch moves by
 * compare-and-swap; nothing is ever pushed by force.  Entries of our own that nobody has yet are signed
 * again behind what came first, if their signers could not have decided otherwise. */
#define _DEFAULT_SOURCE
#include "command.h"

#include "base/fs.h"
#include "base/language.h"
#include "base/lock.h"
#include "base/mem.h"
#include "deed.h"
#include "high_water.h"
#include "ledger/checkpoint.h"
#include "ledger/documents.h"
#include "options.h"
#include "progress_line.h"
#include "prompt.h"
#include "remote.h"
#include "release/release.h"
#include "repo/ref.h"
#include "repo/repo.h"
#include "resign.h"
#include "session.h"
#include "sync_check.h"
#include "sync_plan.h"
#include "trail.h"
#include "witnesses.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct sync_args {
	const char *bundle, *from, *wait;
	bool set_aside, restore;
};

const struct option sync_options[] = {
	{"bundle", OPTION_VALUE, offsetof(struct sync_args, bundle), "FILE", "write ledger and documents into a file, to carry them by hand"},
	{"from", OPTION_VALUE, offsetof(struct sync_args, from), "FILE", "take in such a file"},
	{"set-aside", OPTION_FLAG, offsetof(struct sync_args, set_aside), NULL, "do not sign own entries again: keep them as evidence, take the others'"},
	{"restore", OPTION_FLAG, offsetof(struct sync_args, restore), NULL, "the remote lost entries: give them back"},
	{"wait", OPTION_VALUE, offsetof(struct sync_args, wait), "SECONDS", "how long to wait for another sync in this repository (60)"},
	{NULL, 0, 0, NULL, NULL},
};

enum { TRIES_MOST = 40, LOOKS_MOST = 3, WAIT_SECONDS = 60 };

/* One attempt: what is here, what is there. */
struct sync_run {
	struct session *s;
	const struct sync_args *args;
	struct remote remote;
	struct trail mine, theirs;
	struct sync_plan plan;
	size_t came, went, again;
};

/* Asked again only when there is something new to it. */
static bool ask(struct sync_run *y, struct err *err)
{
	if (!sync_plan_tell(&y->plan, y->remote.name, &y->mine, &y->theirs, y->args->set_aside) || globals.yes ||
	    (prompt_possible() && prompt_yes(_("go on? [y/N]"))))
		return true;
	(void)err_set(err, ERR_DENIED, "nothing was signed");
	return err_hint(err, "review sync --yes, when nobody is there to be asked");
}

/* Both went on: ours is nobody else's yet, so it gives way. */
static bool join(struct sync_run *y, struct err *err)
{
	struct err mark = {0};

	if (!high_water_allows(y->s->repo, &y->mine.tip, &mark) && !high_water_allows(y->s->repo, &y->theirs.tip, err))
		return false;
	if (!y->args->set_aside && !trail_allows(&y->mine, &y->theirs, err))
		return false;
	if (!ask(y, err))
		return false;
	if (!(y->args->set_aside ? set_aside(y->s, &y->mine, &y->theirs, err) : resign(y->s, &y->mine, &y->theirs, err)))
		return false;
	y->came += y->theirs.count;
	y->again += y->args->set_aside ? 0 : y->mine.count;
	return true;
}

/* There is more there, or everything. */
static bool follow(struct sync_run *y, const struct object_id *from, struct err *err)
{
	if (!high_water_allows(y->s->repo, &y->theirs.tip, err) ||
	    !ref_swap(y->s->repo, LEDGER_REF, from, &y->theirs.tip.commit, "review: sync", err))
		return false;
	y->came += y->theirs.count;
	return true;
}

static bool read_theirs(struct sync_run *y, uint32_t after, struct err *err)
{
	if (!trail_read(y->s->repo, &y->remote.ledger, after, &y->theirs, err)) {
		err_context(err, "%s", y->remote.name);
		return false;
	}
	return session_check_pin(y->s->repo, &y->theirs.tip.ledger, err);
}

/* Compare the two ledgers, and make ours the one that has everything. */
static bool settle(struct sync_run *y, const struct object_id *here, struct err *err)
{
	struct object_id at;
	uint32_t position = 0;
	bool known;

	if (!ledger_meet(y->s->repo, here, &y->remote.ledger, &at, &position, err))
		return false;
	if (position == 0) {
		(void)err_set(err, ERR_MISMATCH, "%s holds another ledger", y->remote.name);
		return err_hint(err, "is it the right repository? git remote -v");
	}
	known = object_id_equal(&at, &y->remote.ledger);
	if (!trail_read(y->s->repo, here, position, &y->mine, err))
		return false;
	if (!known && !read_theirs(y, position, err))
		return false;
	if (!sync_check(&y->remote, &y->mine, known ? NULL : &y->theirs, position, y->args->restore, err))
		return false;
	if (known)
		return true;
	return object_id_equal(&at, here) ? follow(y, here, err) : join(y, err);
}

/* The receipt beside the public files names entries by their ids. */
static bool renew_receipt(struct session *s, const struct trail *mine, struct err *err)
{
	struct release_order order = {.repo = s->repo, .docket = &s->docket, .tip = &s->tip, .public_dir = s->public_dir};
	bool any = false;

	for (size_t i = 0; i < mine->count; i++)
		any = any || mine->items[i].draft.type == ENTRY_RELEASE || mine->items[i].draft.type == ENTRY_WITHDRAW;
	if (!any || s->public_dir == NULL || !fs_exists(s->public_dir))
		return true;
	return release_renew_receipt(&order, err);
}

/* Everything of ours that the remote has not. */
static bool push(struct sync_run *y, struct err *err)
{
	struct trail out = {0};
	struct object_id at;
	uint32_t position = 0;
	bool ok = true;

	if (y->remote.is_file)
		return true;
	if (y->remote.has_ledger)
		ok = ledger_meet(y->s->repo, &y->s->tip.commit, &y->remote.ledger, &at, &position, err);
	out.tip = y->s->tip;
	ok = ok && (position == out.tip.seq || trail_read(y->s->repo, &y->s->tip.commit, position, &out, err)) && remote_push(&y->remote, &out, err) &&
	     remote_remember(&y->remote, &out.tip.commit, err);
	if (ok)
		y->went += out.count;
	trail_release(&out);
	return ok;
}

static bool once(struct sync_run *y, struct err *err)
{
	struct object_id here;
	struct err absent = {0};
	const bool have = ref_read(y->s->repo, LEDGER_REF, &here, &absent);

	if (!have && absent.kind != ERR_NOT_FOUND) {
		*err = absent;
		return false;
	}
	if (!remote_fetch(&y->remote, err))
		return false;
	if (!have && !y->remote.has_ledger) {
		(void)err_set(err, ERR_NOT_FOUND, "there is no ledger here, nor at %s", y->remote.name);
		return err_hint(err, "review init starts a ledger");
	}
	if (!y->remote.has_ledger) {
		if (!sync_check_gone(&y->remote, y->args->restore, err))
			return false;
	} else if (!(have ? settle(y, &here, err) : read_theirs(y, 0, err) && follow(y, NULL, err))) {
		return false;
	}
	if (!session_reload(y->s, err))
		return false;
	if (y->again > 0 && !renew_receipt(y->s, &y->mine, err))
		return false;
	if (y->remote.has_ledger && !y->args->restore && !remote_remember(&y->remote, &y->remote.ledger, err))
		return false;
	return remote_keep_documents(&y->remote, &y->s->docket, err) && witnesses_keep(&y->remote, err) && push(y, err);
}

/* Not all at the same moment again. */
static void wait_a_little(int attempt)
{
	const long step = 5L * 1000 * 1000 * (attempt < 20 ? attempt + 1 : 20);
	const struct timespec pause = {.tv_nsec = step + (long)(getpid() % 17) * step / 8};

	(void)nanosleep(&pause, NULL);
}

/* A repository beside this one shares the account's high-water mark: when it has taken in more of this remote since we
 * listed it, what we listed looks as if it went backwards.  What the remote has now settles that. */
static bool looks_old(struct sync_run *y, const struct err *why)
{
	return why->kind == ERR_MISMATCH && !y->remote.is_file && remote_moved(&y->remote);
}

static bool sync_with(struct sync_run *y, struct err *err)
{
	for (int i = 0; i < TRIES_MOST; i++) {
		struct err why = {0};
		bool ok;

		progress_begin(_("synchronising"));
		ok = once(y, &why);
		progress_end();

		trail_release(&y->mine);
		trail_release(&y->theirs);
		if (ok)
			return y->remote.is_file || high_water_hear(&y->s->tip, y->s->now, err);
		if ((why.kind != ERR_CONFLICT && (i >= LOOKS_MOST || !looks_old(y, &why))) || i + 1 == TRIES_MOST) {
			*err = why;
			break;
		}
		wait_a_little(i);
	}
	return false;
}

static void tell(const struct sync_run *y)
{
	printf(P_("%s: %zu entry came", "%s: %zu entries came", y->came), y->remote.name, y->came);
	if (!y->remote.is_file)
		printf(_(", %zu went"), y->went);
	if (y->again > 0)
		printf(_(", %zu signed again"), y->again);
	printf(_("; the ledger is at entry %u\n"), (unsigned)y->s->tip.seq);
}

static bool add_reference(const char *name, const struct object_id *id, void *context, struct err *err)
{
	(void)id;
	(void)err;
	buf_addf(context, "%s\n", name);
	return true;
}

static bool write_bundle(struct session *s, const char *file, struct err *err)
{
	struct remote remote = {0};
	struct buf names = {0};
	char *part = mem_format("%s.%ld.part", file, (long)getpid()), *lock = mem_format("%s.lock", part); /* git's, for what it writes */
	const char *slash = strrchr(file, '/');
	char *folder = slash != NULL ? mem_copy_bytes(file, (size_t)(slash - file) + 1) : mem_copy_string(".");
	bool ok = fs_exists(folder) ? true : err_set(err, ERR_NOT_FOUND, "%s: there is no such folder", folder);

	ok = ok && session_reload(s, err) && remote_open(s, NULL, NULL, &remote, err);
	buf_add_string(&names, LEDGER_REF "\n");
	ok = ok && ref_list(s->repo, DOCUMENTS_PREFIX, add_reference, &names, err) &&
	     ref_list(s->repo, WITNESS_PREFIX, add_reference, &names, err) &&
	     carry_bundle(&remote.carry, part, &names, err) &&
	     fs_settle(part, file, err);
	if (!ok) {
		(void)unlink(part);
		(void)unlink(lock);
	}
	if (ok)
		printf(_("%s holds the ledger up to entry %u; take it in with: review sync --from %s\n"), file, (unsigned)s->tip.seq, file);
	remote_close(&remote);
	buf_release(&names);
	free(part);
	free(lock);
	free(folder);
	return ok;
}

static void say_waiting(void)
{
	(void)fputs(_("review: another review sync is at work here; waiting for it\n"), stderr);
}

/* One sync at a time in a repository: what is compared with a remote - our ledger, and what the remote has shown and
 * was given - has to stay as it is until it is settled, or a colleague's step in between looks like a fork. */
static bool take_turn(struct session *s, unsigned seconds, int *lock, struct err *err)
{
	char *path = fs_join(repo_common_dir(s->repo), "review-sync.lock");
	struct err why = {0};
	const bool ok = lock_take(path, seconds, say_waiting, lock, &why);

	free(path);
	if (ok || why.kind != ERR_CONFLICT)
		return ok || err_pass(err, &why);
	(void)err_set(err, ERR_CONFLICT, "another review sync is at work in this repository");
	return err_hint(err, "it may be waiting for an answer; end it, or try again later");
}

static bool is_number_of_seconds(const char *text)
{
	const size_t len = strlen(text);

	return len > 0 && len <= 4 && strspn(text, "0123456789") == len;
}

static bool synchronise(struct session *s, const struct call *call, struct err *err)
{
	const struct sync_args *args = call->args;
	const char *name = call->count == 1 ? call->words[0] : NULL;
	struct sync_run y = {.s = s, .args = args};
	int lock;
	bool ok;

	if (call->count > 1 || (name != NULL) + (args->from != NULL) + (args->bundle != NULL) > 1)
		return err_set(err, ERR_USAGE, "sync with one: review sync [REMOTE], --from FILE, or --bundle FILE");
	if (args->wait != NULL && !is_number_of_seconds(args->wait))
		return err_set(err, ERR_USAGE, "--wait is a number of seconds, at most 9999");
	if (!session_open_repo(s, err))
		return false;
	if (args->bundle != NULL)
		return write_bundle(s, args->bundle, err);
	if (args->from != NULL && !fs_exists(args->from))
		return err_set(err, ERR_NOT_FOUND, "%s: there is no such file", args->from);
	if (!take_turn(s, args->wait != NULL ? (unsigned)atoi(args->wait) : WAIT_SECONDS, &lock, err))
		return false;
	ok = remote_open(s, name, args->from, &y.remote, err) && sync_with(&y, err);
	if (ok)
		tell(&y);
	remote_close(&y.remote);
	sync_plan_release(&y.plan);
	lock_release(lock);
	return ok;
}

int run_sync(const struct command *self, int argc, char **argv)
{
	struct sync_args args = {0};

	return deed_run(self, argc, argv, &args, synchronise);
}
