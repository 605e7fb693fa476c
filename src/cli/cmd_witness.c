/* cmd_witness.c - checkpoints: where the ledger stands, said in a form that other machines sign.
 *
 * A witness signs a longer ledger only when it contains the one signed before.  So two histories can
 * never both have its signature, and one that was cut short is behind it. */
#include "command.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/language.h"
#include "base/mem.h"
#include "deed.h"
#include "freshness.h"
#include "ledger/checkpoint.h"
#include "options.h"
#include "seal/key.h"
#include "seal/note.h"
#include "seal/signer.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NOTE_LIMIT = 64 * 1024 };

static bool checkpoint(struct session *s, const struct call *call, struct err *err)
{
	struct buf note = {0}, text = {0};
	bool ok;

	if (call->count > 0)
		return err_set(err, ERR_USAGE, "unexpected word '%s'", call->words[0]);
	ok = session_open(s, err) && session_open_signer(s, err);
	if (ok) {
		checkpoint_write(&s->tip, &text);
		buf_add(&note, text.data, text.len);
		buf_add_byte(&note, '\n');
		ok = note_sign(s->signer, s->person, 0, text.data, text.len, &note, err);
	}
	if (ok)
		(void)fwrite(note.data, 1, note.len, stdout);
	buf_release(&text);
	buf_release(&note);
	return ok;
}

int run_checkpoint(const struct command *self, int argc, char **argv)
{
	return deed_run(self, argc, argv, NULL, checkpoint);
}

/* What is to be signed: the note given, or where the ledger stands here. */
static bool read_request(struct session *s, const char *file, struct buf *note, struct err *err)
{
	if (file == NULL) {
		checkpoint_write(&s->tip, note);
		buf_add_byte(note, '\n');
		return true;
	}
	return strcmp(file, "-") == 0 ? buf_read_fd(note, STDIN_FILENO, NOTE_LIMIT, err) : fs_read_file(file, NOTE_LIMIT, note, err);
}

/* Never a smaller one than before, never one of another history. */
static bool goes_on(struct session *s, const char *name, const struct checkpoint *c, const struct digest *ids, uint32_t count,
                    struct err *err)
{
	struct buf before = {0};
	struct err why = {0};
	struct checkpoint last;
	size_t text_len;
	bool ok = true;

	if (!witness_note_read(s->repo, name, &before, &why)) {
		if (why.kind != ERR_NOT_FOUND) {
			*err = why;
			ok = false;
		}
	} else if (!checkpoint_read(before.data, before.len, &last, &text_len, err)) {
		ok = false;
	} else if (c->seq < last.seq) {
		(void)err_set(err, ERR_MISMATCH, "%s has signed entry %u already; this is entry %u", name, (unsigned)last.seq,
		              (unsigned)c->seq);
		ok = err_hint(err, "a witness signs what is longer, never what is shorter: review witness %s", name);
	} else {
		ok = checkpoint_agrees(&last, name, &s->tip.ledger, ids, count, err);
	}
	buf_release(&before);
	return ok;
}

/* The policy may know this witness by another key, or not at all. */
static bool is_known(const struct session *s, const char *name, struct err *err)
{
	const struct freshness *f = &s->docket.policy->freshness;

	for (size_t i = 0; i < f->count; i++)
		if (strcmp(f->witnesses[i].name, name) == 0)
			return public_key_equal(f->witnesses[i].key, signer_key(s->signer))
			               ? true
			               : err_set(err, ERR_DENIED, "the policy has another key for the witness %s", name);
	(void)fprintf(stderr, _("review: warning: the policy names no witness %s; no release depends on it\n"), name);
	return true;
}

static bool agrees(struct session *s, const char *name, const struct checkpoint *c, struct err *err)
{
	struct digest *ids = NULL;
	uint32_t count = 0;
	const bool ok = entry_ids(s, &ids, &count, err) &&
	                checkpoint_agrees(c, _("its signer"), &s->tip.ledger, ids, count, err) &&
	                goes_on(s, name, c, ids, count, err);

	free(ids);
	return ok;
}

static bool witness(struct session *s, const struct call *call, struct err *err)
{
	const char *name, *file;
	struct buf note = {0};
	struct checkpoint c;
	size_t text_len = 0;
	bool ok;

	if (call->count < 1 || call->count > 2)
		return err_set(err, ERR_USAGE, "who witnesses: review witness NAME [FILE]");
	name = call->words[0];
	file = call->count == 2 ? call->words[1] : NULL;
	ok = session_open(s, err) && read_request(s, file, &note, err);
	if (ok && file == NULL) {
		c = (struct checkpoint){.ledger = s->tip.ledger, .id = s->tip.id, .seq = s->tip.seq};
		text_len = note.len - 1;
	} else if (ok) {
		ok = checkpoint_read(note.data, note.len, &c, &text_len, err);
	}
	ok = ok && agrees(s, name, &c, err) && session_become(s, name, "", err) && is_known(s, name, err) &&
	     note_sign(s->signer, name, s->now, note.data, text_len, &note, err) &&
	     witness_note_keep(s->repo, name, &note, err);
	if (ok)
		(void)fwrite(note.data, 1, note.len, stdout);
	buf_release(&note);
	return ok;
}

int run_witness(const struct command *self, int argc, char **argv)
{
	return deed_run(self, argc, argv, NULL, witness);
}
