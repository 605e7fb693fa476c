/* high_water.c - remembering how far a ledger had come.
 *
 * A ledger cut short is a perfectly valid shorter ledger; only memory outside of it can tell.  The
 * mark is one line, "<seq> <entry id> <commit>", replaced in one step and never lowered.  A machine
 * that cannot keep state (a server account without a home) does without: then there is no path. */
#include "high_water.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/language.h"
#include "base/lock.h"
#include "base/mem.h"
#include "ledger/ledger.h"
#include "repo/ref.h"
#include "repo/repo.h"
#include "seal/hash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WAIT_SECONDS = 5 };

struct mark {
	uint32_t seq;
	struct digest id;
	struct object_id commit;
};

/* A file of this ledger's folder, or, for "", the folder. */
static char *place(const struct digest *ledger, const char *name)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
	char hex[DIGEST_HEX_SIZE];

	(void)digest_to_hex(ledger, hex);
	if (state != NULL && state[0] == '/')
		return mem_format("%s/review/%s%s", state, hex, name);
	if (home == NULL || home[0] != '/')
		return NULL;
	return mem_format("%s/.local/state/review/%s%s", home, hex, name);
}

/* Exactly "<seq> <64 hex> <40 hex>\n". */
static bool mark_read(const char *text, size_t len, struct mark *out)
{
	unsigned long seq;
	char *end = NULL;
	const size_t tail = 1 + 64 + 1 + 40 + 1;

	if (text == NULL || len < tail + 1 || text[0] < '1' || text[0] > '9')
		return false;
	seq = strtoul(text, &end, 10);
	if (seq > INT32_MAX || (size_t)(end - text) + tail != len || end[0] != ' ' || end[65] != ' ' ||
	    end[106] != '\n')
		return false;
	out->seq = (uint32_t)seq;
	return digest_from_hex(&out->id, end + 1, 64) && object_id_from_hex(&out->commit, end + 66, 40);
}

/* Nothing kept yet gives seq 0; a damaged mark is not the same as none. */
static bool load(const char *path, struct mark *out, struct err *err)
{
	struct buf text = {0};
	struct err why = {0};
	bool ok = true;

	*out = (struct mark){0};
	if (!fs_read_file(path, 256, &text, &why)) {
		if (why.kind != ERR_NOT_FOUND) {
			*err = why;
			ok = false;
		}
	} else if (!mark_read(text.data, text.len, out)) {
		(void)err_set(err, ERR_MISMATCH, "%s: damaged", path);
		ok = err_hint(err, "compare with another machine's ledger before you remove it");
	}
	buf_release(&text);
	return ok;
}

static bool keep(const struct digest *ledger, const char *name, const char *text, struct err *err)
{
	char *directory = place(ledger, ""), *path = place(ledger, name);
	const bool ok = directory == NULL || (fs_make_dirs(directory, 0700, err) &&
	                                      fs_write_file(path, text, strlen(text), 0600, err));

	free(directory);
	free(path);
	return ok;
}

static char *mark_line(const struct ledger_tip *tip)
{
	char id[DIGEST_HEX_SIZE], commit[OBJECT_HEX_SIZE];

	return mem_format("%u %s %s\n", (unsigned)tip->seq, digest_to_hex(&tip->id, id), object_id_to_hex(&tip->commit, commit));
}

static bool store(const struct ledger_tip *tip, struct err *err)
{
	char *line = mark_line(tip);
	const bool ok = keep(&tip->ledger, "/high-water", line, err);

	free(line);
	return ok;
}

/* Of this repository alone: clones of one account share the mark, and each has its own ways. */
static char *detour_name(const struct repo *repo)
{
	const char *dir = repo_common_dir(repo);
	char hex[DIGEST_HEX_SIZE];
	struct digest digest;

	hash_bytes(dir, strlen(dir), &digest);
	(void)digest_to_hex(&digest, hex);
	return mem_format("/detour-%.16s", hex);
}

bool high_water_detour(const struct repo *repo, const struct ledger_tip *from, const struct ledger_tip *to, struct err *err)
{
	char *a = mark_line(from), *b = mark_line(to), *both = mem_format("%s%s", a, b), *name = detour_name(repo);
	const bool ok = keep(&from->ledger, name, both, err);

	free(a);
	free(b);
	free(both);
	free(name);
	return ok;
}

bool high_water_hear(const struct ledger_tip *tip, int64_t when, struct err *err)
{
	char *line = mem_format("%lld\n", (long long)when);
	const bool ok = keep(&tip->ledger, "/heard", line, err);

	free(line);
	return ok;
}

/* Canonical decimal and a line end; anything else is a file somebody else wrote. */
bool high_water_heard(const struct ledger_tip *tip, int64_t *when, struct err *err)
{
	char *path = place(&tip->ledger, "/heard");
	struct buf text = {0};
	struct err why = {0};
	bool ok = true;

	*when = 0;
	if (path != NULL && fs_read_file(path, 32, &text, &why)) {
		if (text.len < 2 || text.len > 12 || strspn(text.data, "0123456789") != text.len - 1 || text.data[text.len - 1] != '\n')
			ok = err_set(err, ERR_MISMATCH, "%s: damaged", path);
		else
			*when = strtoll(text.data, NULL, 10);
	} else if (path != NULL && why.kind != ERR_NOT_FOUND) {
		*err = why;
		ok = false;
	}
	buf_release(&text);
	free(path);
	return ok;
}

/* The mark lies on a way that was left, by this machine and for one that the ledger contains. */
static bool left_by_detour(struct repo *repo, const struct ledger_tip *tip, const struct mark *mark)
{
	char *name = detour_name(repo), *path = place(&tip->ledger, name);
	const char *end = NULL;
	struct buf text = {0};
	struct mark from, to;
	struct err ignored = {0};
	bool on_old = false, on_new = false;

	if (fs_read_file(path, 512, &text, &ignored))
		end = strchr(text.data, '\n');
	if (end != NULL && mark_read(text.data, (size_t)(end + 1 - text.data), &from) &&
	    mark_read(end + 1, text.len - (size_t)(end + 1 - text.data), &to) && mark->seq <= from.seq && tip->seq >= to.seq)
		on_new = ledger_descends(repo, &from.commit, &mark->commit, &on_old, &ignored) && on_old &&
		         ledger_descends(repo, &tip->commit, &to.commit, &on_new, &ignored) && on_new;
	buf_release(&text);
	free(name);
	free(path);
	return on_new;
}

static bool went_back(const struct ledger_tip *tip, const struct mark *mark, struct err *err)
{
	if (tip->seq < mark->seq)
		(void)err_set(err, ERR_MISMATCH, "the ledger went backwards: it has %u entries, this machine has seen %u",
		              (unsigned)tip->seq, (unsigned)mark->seq);
	else
		(void)err_set(err, ERR_MISMATCH, "the ledger is a fork: entry %u is not the one this machine has seen",
		              (unsigned)mark->seq);
	return err_hint(err, "fetch the full ledger, or ask who rewrote refs/heads/review/ledger");
}

/* Is the mark in the ledger that ends at `tip`? */
static bool has_mark(struct repo *repo, const struct ledger_tip *tip, const struct mark *mark, bool *out, struct err *err)
{
	*out = false;
	if (tip->seq < mark->seq || (tip->seq == mark->seq && !digest_equal(&tip->id, &mark->id)))
		return true;
	return ledger_descends(repo, &tip->commit, &mark->commit, out, err);
}

/* The ledger went on while it was being read, and another process has marked that already: what was
 * read is the beginning of what is there now, and that has the mark. */
static bool went_on(struct repo *repo, const struct ledger_tip *tip, const struct mark *mark)
{
	struct object_id now;
	struct err ignored = {0};
	bool has_tip = false, has_it = false;

	return ref_read(repo, LEDGER_REF, &now, &ignored) && !object_id_equal(&now, &tip->commit) &&
	       ledger_descends(repo, &now, &tip->commit, &has_tip, &ignored) && has_tip &&
	       ledger_descends(repo, &now, &mark->commit, &has_it, &ignored) && has_it;
}

/* *moved: the mark has to move to `tip`. */
static bool allows(struct repo *repo, const struct ledger_tip *tip, bool *moved, struct err *err)
{
	char *path = place(&tip->ledger, "/high-water");
	struct mark mark;
	bool ok = true, within = true, left = false;

	*moved = false;
	if (path == NULL)
		return true;
	if (!load(path, &mark, err) || (mark.seq > 0 && !has_mark(repo, tip, &mark, &within, err)))
		ok = false;
	else if (!within && !(left = left_by_detour(repo, tip, &mark)) && !went_on(repo, tip, &mark))
		ok = went_back(tip, &mark, err);
	*moved = left || tip->seq > mark.seq;
	free(path);
	return ok;
}

bool high_water_allows(struct repo *repo, const struct ledger_tip *tip, struct err *err)
{
	bool moved;

	return allows(repo, tip, &moved, err);
}

/* Two processes that read the ledger at the same time may come to this in the other order: the mark is compared once
 * more while nobody else can move it, so that the one who has seen less does not lower it. */
static bool raise_mark(struct repo *repo, const struct ledger_tip *tip, struct err *err)
{
	char *directory = place(&tip->ledger, ""), *path = place(&tip->ledger, "/lock");
	struct err ignored = {0};
	int lock = -1;
	bool moved = false, ok = true;
	bool kept = path == NULL || (fs_make_dirs(directory, 0700, &ignored) && lock_take(path, WAIT_SECONDS, NULL, &lock, &ignored));

	if (kept)
		ok = allows(repo, tip, &moved, err);
	kept = kept && (!moved || store(tip, &ignored));
	/* A mark that cannot be moved is weaker memory, not a wrong ledger. */
	if (ok && !kept)
		(void)fprintf(stderr, _("review: warning: %s\n"), ignored.told);
	lock_release(lock);
	free(directory);
	free(path);
	return ok;
}

bool high_water_check(struct repo *repo, const struct ledger_tip *tip, struct err *err)
{
	bool moved;

	return allows(repo, tip, &moved, err) && (!moved || raise_mark(repo, tip, err));
}
