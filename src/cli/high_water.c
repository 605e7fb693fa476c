/* high_water.c - remembering how far a ledger had come.
 *
 * A ledger cut short is a perfectly valid shorter ledger; only memory outside of it can tell.  The
 * mark is one line, "<seq> <entry id> <commit>", replaced in one step and never lowered.  A machine
 * that cannot keep state (a server account without a home) does without: then there is no path. */
#include "high_water.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/mem.h"
#include "ledger/ledger.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct mark {
	uint32_t seq;
	struct digest id;
	struct object_id commit;
};

static char *place(const struct digest *ledger, bool directory)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
	char hex[DIGEST_HEX_SIZE];

	(void)digest_to_hex(ledger, hex);
	if (state != NULL && state[0] == '/')
		return mem_format("%s/review/%s%s", state, hex, directory ? "" : "/high-water");
	if (home == NULL || home[0] != '/')
		return NULL;
	return mem_format("%s/.local/state/review/%s%s", home, hex, directory ? "" : "/high-water");
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

static bool store(const char *path, const struct ledger_tip *tip, struct err *err)
{
	char id[DIGEST_HEX_SIZE], commit[OBJECT_HEX_SIZE];
	char *directory = place(&tip->ledger, true);
	char *line = mem_format("%u %s %s\n", (unsigned)tip->seq, digest_to_hex(&tip->id, id),
	                        object_id_to_hex(&tip->commit, commit));
	const bool ok = fs_make_dirs(directory, 0700, err) && fs_write_file(path, line, strlen(line), 0600, err);

	free(line);
	free(directory);
	return ok;
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

bool high_water_check(struct repo *repo, const struct ledger_tip *tip, struct err *err)
{
	char *path = place(&tip->ledger, false);
	struct mark mark;
	bool ok = true, within = false;
	struct err ignored = {0};

	if (path == NULL)
		return true;
	if (!load(path, &mark, err))
		ok = false;
	else if (mark.seq > 0 && (tip->seq < mark.seq || (tip->seq == mark.seq && !digest_equal(&tip->id, &mark.id))))
		ok = went_back(tip, &mark, err);
	else if (mark.seq > 0 && !ledger_descends(repo, &tip->commit, &mark.commit, &within, err))
		ok = false;
	else if (mark.seq > 0 && !within)
		ok = went_back(tip, &mark, err);
	/* A mark that cannot be moved is weaker memory, not a wrong ledger. */
	else if (tip->seq > mark.seq && !store(path, tip, &ignored))
		(void)fprintf(stderr, "review: warning: %s\n", ignored.why);
	free(path);
	return ok;
}
