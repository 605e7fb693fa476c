#ifndef SEAL_NOTE_H
#define SEAL_NOTE_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct buf;
struct public_key;
struct signer;

/* Signed notes (C2SP signed-note and tlog-cosignature): a text, an empty line, and a line for each
 * signature, "\xE2\x80\x94 <name> <base64 of key id and signature>".  Ed25519 keys only, because that
 * is what the format and other people's witnesses know.
 *
 * A name here is of small letters, digits, '.', '_' and '-'. */

/* Append the line that signs `text` (which ends in LF).  At a time (not 0) it is a cosignature: "as of
 * then, I have seen nothing that contradicts this". */
bool note_sign(struct signer *signer, const char *name, int64_t time, const char *text, size_t len,
               struct buf *note, struct err *err) MUST_CHECK;

/* How long the text of a note is, its last LF included; the empty line and the signatures follow.
 * ERR_INPUT: it is no note. */
bool note_text(const char *note, size_t len, size_t *text_len, struct err *err) MUST_CHECK;

/* Has this key signed the note under this name?  Lines of other names and keys are not looked at.
 * *time is that of its newest cosignature, 0 when it only signed plainly. */
enum note_answer { NOTE_NOT_SIGNED = 0, NOTE_SIGNED };
enum note_answer note_verify(const char *note, size_t len, const char *name, const struct public_key *key, int64_t *time);

#endif
