/* remote.c - fetching into a waiting room, and pushing without force. */
#define _GNU_SOURCE
#include "remote.h"

#include "base/fs.h"
#include "base/language.h"
#include "base/mem.h"
#include "ledger/documents.h"
#include "ledger/entry.h"
#include "ledger/checkpoint.h"
#include "ledger/ledger.h"
#include "policy/docket.h"
#include "repo/object.h"
#include "progress_line.h"
#include "repo/ref.h"
#include "repo/repo.h"
#include "seal/hash.h"
#include "session.h"
#include "trail.h"
#include "witnesses.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

#define INCOMING "refs/review/incoming/"

enum { PUSH_AT_ONCE = 1000 };

struct old_refs {
	struct names names;
};

/* Of a process that is no more, or of this one's namesake. */
static bool is_gone(long pid)
{
	return pid == (long)getpid() || pid <= 0 || (kill((pid_t)pid, 0) != 0 && errno == ESRCH);
}

static bool note_left(const char *name, const struct object_id *id, void *context, struct err *err)
{
	struct old_refs *old = context;
	(void)id;
	(void)err;
	if (is_gone(strtol(name + strlen(INCOMING), NULL, 10))) {
		old->names.items = mem_grow(old->names.items, old->names.count, sizeof(*old->names.items));
		old->names.items[old->names.count++] = mem_copy_string(name);
	}
	return true;
}

static int remove_one(const char *path, const struct stat *sb, int kind, struct FTW *at)
{
	(void)sb;
	(void)kind;
	(void)at;
	(void)remove(path);
	return 0;
}

/* Folders, and locks that a git left which was killed: with the number, the next process would have them in its way. */
static void sweep_folders(struct repo *repo)
{
	char *rooms = mem_format("%s/" INCOMING, repo_common_dir(repo));
	DIR *list = opendir(rooms);

	for (const struct dirent *d; list != NULL && (d = readdir(list)) != NULL;)
		if (d->d_name[0] != '.' && is_gone(strtol(d->d_name, NULL, 10))) {
			char *room = fs_join(rooms, d->d_name);

			(void)nftw(room, remove_one, 8, FTW_DEPTH | FTW_PHYS);
			free(room);
		}
	if (list != NULL)
		(void)closedir(list);
	free(rooms);
}

/* Somebody else may be sweeping too: what is gone is gone. */
static void sweep(struct repo *repo)
{
	struct old_refs old = {0};
	struct err ignored = {0};

	if (ref_list(repo, INCOMING, note_left, &old, &ignored))
		for (size_t i = 0; i < old.names.count; i++) {
			struct err gone = {0};

			if (!ref_delete(repo, old.names.items[i], &gone))
				continue;
		}
	for (size_t i = 0; i < old.names.count; i++)
		free(old.names.items[i]);
	free(old.names.items);
	sweep_folders(repo);
}

/* A name fit for a reference; an address is known by its digest. */
static char *tracking_ref(const char *name)
{
	char hex[DIGEST_HEX_SIZE];
	struct digest digest;
	const size_t plain = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

	if (name[plain] == '\0')
		return mem_format("refs/review/remote/%s/ledger", name);
	hash_bytes(name, strlen(name), &digest);
	return mem_format("refs/review/remote/%.16s/ledger", digest_to_hex(&digest, hex));
}

bool remote_open(struct session *s, const char *name, const char *file, struct remote *out, struct err *err)
{
	char *configured = NULL;

	if (file == NULL && name == NULL && !repo_config_get(s->repo, "review.remote", &configured, err))
		return false;
	if (file != NULL)
		configured = mem_copy_string(file);
	else if (name != NULL)
		configured = mem_copy_string(name);
	out->s = s;
	out->name = configured != NULL ? configured : mem_copy_string("origin");
	out->is_file = file != NULL;
	out->carry.git_dir = repo_common_dir(s->repo);
	out->carry.environment = carry_environment(environ);
	out->incoming = mem_format(INCOMING "%ld/", (long)getpid());
	out->tracking = tracking_ref(out->name);
	return true;
}

void remote_close(struct remote *remote)
{
	if (remote->s != NULL)
		sweep(remote->s->repo);
	free((char *)(uintptr_t)remote->name);
	free(remote->carry.environment);
	free(remote->incoming);
	free(remote->tracking);
	buf_release(&remote->listed);
	*remote = (struct remote){0};
}

bool remote_known(const struct remote *remote, struct object_id *out)
{
	struct err absent = {0};

	return ref_read(remote->s->repo, remote->tracking, out, &absent);
}

bool remote_remember(struct remote *remote, const struct object_id *commit, struct err *err)
{
	struct object_id now;
	const bool known = remote_known(remote, &now);

	if (remote->is_file || (known && object_id_equal(&now, commit)))
		return true;
	return ref_swap(remote->s->repo, remote->tracking, known ? &now : NULL, commit, "review: sync", err);
}

/* Is it one of ours already, with everything behind it?  An object that is merely there proves nothing:
 * a fetch may have been cut off. */
static bool is_ours(const struct remote *remote, const struct object_id *id)
{
	struct object_id now;
	struct err ignored = {0};
	bool within = false;

	if (remote_known(remote, &now) && object_id_equal(&now, id))
		return true;
	return ref_read(remote->s->repo, LEDGER_REF, &now, &ignored) &&
	       ledger_descends(remote->s->repo, &now, id, &within, &ignored) && within;
}

/* The characters of names we give; what has others is not ours, and is not asked for. */
static bool is_plain_name(const char *name)
{
	return name[strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/-")] == '\0';
}

/* One line of the list; adds the refspec that brings it, where it is wanted. */
static bool consider(struct remote *remote, const char *line, size_t len, struct buf *wanted, struct err *err)
{
	struct object_id id, here;
	struct err absent = {0};
	char *name;
	bool have;

	if (len < 42 || line[40] != '\t' || !object_id_from_hex(&id, line, 40))
		return err_set(err, ERR_INPUT, "%s: git's list of references is not one", remote->name);
	name = mem_copy_bytes(line + 41, len - 41);
	if (strcmp(name, LEDGER_REF) == 0) {
		remote->ledger = id;
		remote->has_ledger = true;
		if (!is_ours(remote, &id))
			buf_addf(wanted, "%s:%sledger\n", name, remote->incoming);
	} else if (strncmp(name, "refs/review/", 12) == 0 && is_plain_name(name)) {
		have = ref_read(remote->s->repo, name, &here, &absent) && object_id_equal(&here, &id);
		if (!have)
			buf_addf(wanted, "%s:%s%s\n", name, remote->incoming, name + 12);
	}
	free(name);
	return true;
}

bool remote_fetch(struct remote *remote, struct err *err)
{
	static const char *const patterns[] = {LEDGER_REF, DOCUMENTS_PREFIX "*", WITNESS_PREFIX "*"};
	struct buf wanted = {0};
	char *name;
	struct err absent = {0};
	bool ok;

	sweep(remote->s->repo);
	buf_clear(&remote->listed);
	remote->has_ledger = false;
	ok = carry_list(&remote->carry, remote->name, patterns, 3, &remote->listed, err);
	for (const char *at = remote->listed.data; ok && at != NULL && *at != '\0';) {
		const size_t len = strcspn(at, "\n");

		ok = consider(remote, at, len, &wanted, err);
		at += len + 1;
	}
	ok = ok && (wanted.len == 0 || carry_fetch(&remote->carry, remote->name, &wanted, err));
	buf_release(&wanted);
	name = mem_format("%sledger", remote->incoming);
	if (ok && !ref_read(remote->s->repo, name, &remote->ledger, &absent) && absent.kind != ERR_NOT_FOUND) {
		*err = absent;
		ok = false;
	}
	free(name);
	return ok;
}

/* What a list says of this name: nothing (false), or a commit. */
static bool lists(const struct buf *listed, const char *name, struct object_id *out)
{
	char *line = mem_format("\t%s\n", name);
	const char *at = listed->data != NULL ? strstr(listed->data, line) : NULL;
	const bool has = at != NULL && at - listed->data >= 40 && object_id_from_hex(out, at - 40, 40);

	free(line);
	return has;
}

static bool remote_has(const struct remote *remote, const char *name, struct object_id *out)
{
	return lists(&remote->listed, name, out);
}

bool remote_moved(struct remote *remote)
{
	static const char *const patterns[] = {LEDGER_REF};
	struct buf listed = {0};
	struct object_id then, now;
	struct err ignored = {0};
	bool moved = false;

	if (carry_list(&remote->carry, remote->name, patterns, 1, &listed, &ignored) && lists(&listed, LEDGER_REF, &now))
		moved = !remote_has(remote, LEDGER_REF, &then) || !object_id_equal(&then, &now);
	buf_release(&listed);
	return moved;
}

struct arrivals {
	struct remote *remote;
	const struct docket *docket;
};

static const struct round *round_of(const struct docket *docket, const char *case_id, uint32_t number)
{
	const struct review_case *c = docket_case(docket, case_id);

	for (size_t i = 0; c != NULL && i < c->round_count; i++)
		if (c->rounds[i].number == number)
			return &c->rounds[i];
	return NULL;
}

/* "<prefix><case>/<round>" */
static const struct round *arrived_round(const struct arrivals *a, const char *tail, char **case_id)
{
	const char *slash = strrchr(tail, '/');
	char *end = NULL;
	const unsigned long number = slash != NULL ? strtoul(slash + 1, &end, 10) : 0;

	*case_id = mem_copy_bytes(tail, slash != NULL ? (size_t)(slash - tail) : 0);
	return number > 0 && number <= INT32_MAX && *end == '\0' ? round_of(a->docket, *case_id, (uint32_t)number) : NULL;
}

static bool keep_document(const char *name, const struct object_id *id, void *context, struct err *err)
{
	const struct arrivals *a = context;
	struct repo *repo = a->remote->s->repo;
	char *case_id = NULL, *ref;
	const struct round *round = arrived_round(a, name + strlen(a->remote->incoming) + strlen("documents/"), &case_id);
	struct object_id here;
	struct err why = {0}, absent = {0};

	(void)err;
	if (round == NULL) { /* of no case in this ledger */
		free(case_id);
		return true;
	}
	ref = documents_ref(case_id, round->number);
	if (!(ref_read(repo, ref, &here, &absent) &&
	      documents_adopt(repo, case_id, round->number, &here, round->files, &why))) {
		why = (struct err){0};
		if (!documents_adopt(repo, case_id, round->number, id, round->files, &why)) {
			progress_end();
			(void)fprintf(stderr, _("review: warning: documents of case %s, round %u at %s: %s\n"), case_id,
			              (unsigned)round->number, a->remote->name, why.told);
		}
	}
	free(ref);
	free(case_id);
	return true;
}

bool remote_keep_documents(struct remote *remote, const struct docket *docket, struct err *err)
{
	struct arrivals a = {.remote = remote, .docket = docket};
	char *prefix = mem_format("%sdocuments/", remote->incoming);
	const bool ok = ref_list(remote->s->repo, prefix, keep_document, &a, err);

	free(prefix);
	return ok;
}

struct pushing {
	struct remote *remote;
	char **specs;
	size_t count;
};

static void add_spec(struct pushing *p, const struct object_id *id, const char *name)
{
	char hex[OBJECT_HEX_SIZE];

	p->specs = mem_grow(p->specs, p->count, sizeof(*p->specs));
	p->specs[p->count++] = mem_format("%s:%s", object_id_to_hex(id, hex), name);
}

static void warn_other(const struct remote *remote, const char *name)
{
	progress_end();
	(void)fprintf(stderr, _("review: warning: %s keeps other documents under %s\n"), remote->name, name);
}

static bool add_documents(struct pushing *p, const struct trail *mine, struct err *err)
{
	for (size_t i = 0; i < mine->count; i++) {
		const struct step *step = &mine->items[i];
		const struct review_case *c = docket_case(&mine->docket, step->case_id);
		struct object_id here, there;
		struct err absent = {0};

		for (size_t k = 0; step->draft.type == ENTRY_SUBMIT && c != NULL && k < c->round_count; k++) {
			char *name = documents_ref(c->id, c->rounds[k].number);

			if (c->rounds[k].seq == step->seq && ref_read(p->remote->s->repo, name, &here, &absent)) {
				if (!remote_has(p->remote, name, &there))
					add_spec(p, &here, name);
				else if (!object_id_equal(&here, &there))
					warn_other(p->remote, name);
			}
			free(name);
		}
		if (absent.kind != ERR_NONE && absent.kind != ERR_NOT_FOUND) {
			*err = absent;
			return false;
		}
	}
	return true;
}

static bool add_witness(const char *name, const struct object_id *id, void *context, struct err *err)
{
	struct pushing *p = context;
	struct object_id there;
	bool within = false;

	if (!remote_has(p->remote, name, &there))
		add_spec(p, id, name);
	else if (!object_id_equal(&there, id) && object_exists(p->remote->s->repo, &there) &&
	         (!ledger_descends(p->remote->s->repo, id, &there, &within, err) || within))
		add_spec(p, id, name);
	return err->kind == ERR_NONE;
}

/* The ledger is the last of them: it goes when everything it speaks of is there. */
static bool push_all(const struct pushing *p, struct err *err)
{
	bool ok = true;

	for (size_t i = 0; ok && i < p->count; i += PUSH_AT_ONCE)
		ok = carry_push(&p->remote->carry, p->remote->name, (const char *const *)p->specs + i,
		                p->count - i < PUSH_AT_ONCE ? p->count - i : PUSH_AT_ONCE, err);
	return ok;
}

bool remote_push(struct remote *remote, const struct trail *mine, struct err *err)
{
	struct pushing p = {.remote = remote};
	bool ok = add_documents(&p, mine, err) && ref_list(remote->s->repo, WITNESS_PREFIX, add_witness, &p, err);

	if (ok && (!remote->has_ledger || !object_id_equal(&remote->ledger, &mine->tip.commit)))
		add_spec(&p, &mine->tip.commit, LEDGER_REF);
	ok = ok && push_all(&p, err);
	for (size_t i = 0; i < p.count; i++)
		free(p.specs[i]);
	free(p.specs);
	return ok;
}
