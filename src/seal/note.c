/* note.c - signed notes, written and checked.
 *
 * C2SP signed-note: the key id is the first four bytes of SHA-256(name LF type key); type 1 is Ed25519
 * over the text.  C2SP tlog-cosignature: type 4, eight bytes of seconds in front of an Ed25519 signature
 * over "cosignature/v1" LF "time <seconds>" LF text. */
#include "seal/base64.h"
#include "seal/note.h"

#include "base/buf.h"
#include "base/digest.h"
#include "base/utf8.h"
#include "key_inside.h"
#include "seal/hash.h"
#include "signer_inside.h"
#include "ed25519.h"
#include "wire.h"

#include <string.h>

enum { TYPE_PLAIN = 1, TYPE_COSIGNED = 4, ID_SIZE = 4, TIME_SIZE = 8, PROOF_SIZE = 64, POINT_SIZE = 32 };

static const char dash[] = "\xE2\x80\x94 ";

/* The 32 bytes at the end of the wire form of an Ed25519 key. */
static const unsigned char *point_of(const struct public_key *key)
{
	return key->type == KEY_ED25519 && key->blob_len > POINT_SIZE ? key->blob + key->blob_len - POINT_SIZE : NULL;
}

static void key_id(const char *name, unsigned char type, const unsigned char *point, unsigned char out[ID_SIZE])
{
	struct buf text = {0};
	struct digest digest;

	buf_addf(&text, "%s\n", name);
	buf_add(&text, &type, 1);
	buf_add(&text, point, POINT_SIZE);
	hash_bytes(text.data, text.len, &digest);
	memcpy(out, digest.byte, ID_SIZE);
	buf_release(&text);
}

static void message_of(int64_t time, const char *text, size_t len, struct buf *out)
{
	if (time != 0)
		buf_addf(out, "cosignature/v1\ntime %lld\n", (long long)time);
	buf_add(out, text, len);
}

bool note_sign(struct signer *signer, const char *name, int64_t time, const char *text, size_t len, struct buf *note,
               struct err *err)
{
	const struct public_key *key = signer_key(signer);
	unsigned char head[ID_SIZE + TIME_SIZE];
	size_t head_len = ID_SIZE;
	struct buf message = {0}, whole = {0};
	bool ok;

	if (point_of(key) == NULL) {
		(void)err_set(err, ERR_INPUT, "a note is signed with an Ed25519 key, and this is another kind");
		return err_hint(err, "review key new NAME makes one");
	}
	key_id(name, time != 0 ? TYPE_COSIGNED : TYPE_PLAIN, point_of(key), head);
	for (int i = 0; time != 0 && i < TIME_SIZE; i++)
		head[head_len++] = (unsigned char)((uint64_t)time >> (56 - 8 * i));
	buf_add(&whole, head, head_len);
	message_of(time, text, len, &message);
	ok = signer_sign_plain(signer, &message, &whole, err);
	if (ok) {
		buf_addf(note, "%s%s ", dash, name);
		base64_add(note, whole.data, whole.len, true);
		buf_add_byte(note, '\n');
	}
	buf_release(&message);
	buf_release(&whole);
	return ok;
}

/* The last empty line parts text and signatures; a note has no controls but LF. */
bool note_text(const char *note, size_t len, size_t *text_len, struct err *err)
{
	size_t at = len;

	for (size_t i = 0; i < len; i++)
		if (((unsigned char)note[i] < ' ' && note[i] != '\n') || note[i] == 0x7F)
			return err_set(err, ERR_INPUT, "it is no signed note: a control character in it");
	if (len < 4 || note[len - 1] != '\n' || !utf8_valid(note, len, NULL))
		return err_set(err, ERR_INPUT, "it is no signed note");
	while (at >= 2 && !(note[at - 1] == '\n' && note[at - 2] == '\n'))
		at--;
	if (at < 3 || at == len)
		return err_set(err, ERR_INPUT, "it is no signed note: no signature behind an empty line");
	*text_len = at - 1;
	return true;
}

/* `line` without its LF; true when it is a good signature by this key under this name. */
static bool line_signs(const char *line, size_t line_len, const char *name, const struct public_key *key,
                       const char *text, size_t text_len, int64_t *time)
{
	const size_t front = sizeof(dash) - 1, name_len = strlen(name);
	unsigned char plain[ID_SIZE], cosigned[ID_SIZE];
	const unsigned char *bytes;
	struct buf raw = {0}, message = {0};
	struct err ignored = {0};
	uint64_t when = 0;
	bool ok = line_len > front + name_len + 1 && memcmp(line, dash, front) == 0 &&
	          memcmp(line + front, name, name_len) == 0 && line[front + name_len] == ' ' &&
	          base64_decode(line + front + name_len + 1, line_len - front - name_len - 1, &raw);

	key_id(name, TYPE_PLAIN, point_of(key), plain);
	key_id(name, TYPE_COSIGNED, point_of(key), cosigned);
	bytes = (const unsigned char *)raw.data;
	if (ok && raw.len == ID_SIZE + TIME_SIZE + PROOF_SIZE && memcmp(bytes, cosigned, ID_SIZE) == 0)
		for (int i = 0; i < TIME_SIZE; i++)
			when = when << 8 | bytes[ID_SIZE + i];
	else
		ok = ok && raw.len == ID_SIZE + PROOF_SIZE && memcmp(bytes, plain, ID_SIZE) == 0;
	ok = ok && (when != 0 || raw.len == ID_SIZE + PROOF_SIZE) && when <= INT32_MAX * (uint64_t)1000;
	if (ok) {
		message_of((int64_t)when, text, text_len, &message);
		ok = ed25519_verify(key, &message, bytes + raw.len - PROOF_SIZE, PROOF_SIZE, &ignored);
	}
	if (ok && (int64_t)when > *time)
		*time = (int64_t)when;
	buf_release(&raw);
	buf_release(&message);
	return ok;
}

enum note_answer note_verify(const char *note, size_t len, const char *name, const struct public_key *key, int64_t *time)
{
	enum note_answer answer = NOTE_NOT_SIGNED;
	struct err ignored = {0};
	size_t text_len;

	*time = 0;
	if (point_of(key) == NULL || !note_text(note, len, &text_len, &ignored))
		return NOTE_NOT_SIGNED;
	for (size_t at = text_len + 1; at < len;) {
		const char *end = memchr(note + at, '\n', len - at);
		const size_t line_len = (size_t)(end - (note + at)); /* the note ends in LF */

		if (line_signs(note + at, line_len, name, key, note, text_len, time))
			answer = NOTE_SIGNED;
		at += line_len + 1;
	}
	return answer;
}
