/* FUZZ: ledger */
/* note_fuzz.c - a signed note from a witness: its text, the checkpoint in it, its signatures. */
#include "base/buf.h"
#include "ledger/checkpoint.h"
#include "ledger/ledger.h"
#include "seal/key.h"
#include "seal/note.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is read is what would be written: a checkpoint has one form. */
static void try_checkpoint(const char *note, size_t len)
{
	struct checkpoint c;
	struct buf again = {0};
	struct err err = {0};
	size_t text_len = 0, same_len = 0;

	if (!checkpoint_read(note, len, &c, &text_len, &err)) {
		if (err.kind == ERR_NONE)
			abort();
		return;
	}
	checkpoint_write(&(struct ledger_tip){.ledger = c.ledger, .id = c.id, .seq = c.seq}, &again);
	if (again.len != text_len || memcmp(again.data, note, text_len) != 0)
		abort();
	if (!note_text(note, len, &same_len, &err) || same_len != text_len)
		abort();
	buf_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char line[] = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea";
	char *note = malloc(size > 0 ? size : 1);
	struct public_key *key = NULL;
	struct err err = {0};
	int64_t time = 0;

	if (note == NULL)
		return 0;
	memcpy(note, data, size);
	try_checkpoint(note, size);
	if (!public_key_from_line(line, sizeof(line) - 1, &key, &err))
		abort();
	if (note_verify(note, size, "vault", key, &time) == NOTE_SIGNED && time < 0)
		abort();
	public_key_free(key);
	free(note);
	return 0;
}
