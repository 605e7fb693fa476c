/* signature.c - believing a signature.
 *
 * The armor is decoded, and then written again from what was understood: if that is not the very
 * same text, the signature is refused.  Line width, trailing bytes, reserved fields, CR: none of
 * them needs a rule of its own. */
#include "seal/base64.h"
#include "seal/signature.h"

#include "base/buf.h"
#include "key_inside.h"
#include "sshsig.h"
#include "wire.h"

#include <string.h>

static const char BEGIN[] = "-----BEGIN SSH SIGNATURE-----\n";
static const char END[] = "\n-----END SSH SIGNATURE-----";
static const size_t ARMOR_LIMIT = 16384;
enum { USER_VERIFIED = 0x04 };

static bool unwrap(const char *armor, size_t len, struct buf *blob)
{
	const size_t begin = sizeof(BEGIN) - 1, end = sizeof(END) - 1;
	struct buf text = {0};
	bool ok;

	if (len < begin + end || memcmp(armor, BEGIN, begin) != 0 || memcmp(armor + len - end, END, end) != 0)
		return false;
	buf_reserve(&text, len);
	buf_reserve(blob, len);
	for (const char *at = armor + begin, *stop = armor + len - end; at < stop;) {
		const char *line_end = memchr(at, '\n', (size_t)(stop - at));
		const size_t line = (size_t)((line_end != NULL ? line_end : stop) - at);

		buf_add(&text, at, line);
		at += line + 1;
	}
	ok = text.len > 0 && base64_decode(text.data, text.len, blob);
	buf_release(&text);
	return ok;
}

/* "SSHSIG", version 1, key, namespace, reserved, hash, signature: the key and the signature blob. */
static bool take_apart(const struct buf *blob, const char *name_space, struct public_key **key,
                       struct buf *signature, struct err *err)
{
	struct wire w;
	size_t key_len, signature_len, ignored;
	const unsigned char *key_blob, *bytes;
	bool version, same_space;

	if (blob->len < 6 || memcmp(blob->data, "SSHSIG", 6) != 0)
		return err_set(err, ERR_INPUT, "signature: not an SSH signature");
	w = wire_of(blob->data + 6, blob->len - 6);
	version = wire_u32(&w) == 1;
	key_blob = wire_string(&w, &key_len);
	same_space = wire_string_is(&w, name_space);
	(void)wire_string(&w, &ignored); /* reserved and hash: proved by writing the armor again */
	(void)wire_string(&w, &ignored);
	bytes = wire_string(&w, &signature_len);
	if (!version || bytes == NULL || key_blob == NULL || !wire_done(&w))
		return err_set(err, ERR_INPUT, "signature: malformed");
	if (!same_space)
		return err_set(err, ERR_MISMATCH, "signature: made for another purpose than '%s'", name_space);
	if (!public_key_from_signature(key_blob, key_len, key, err)) {
		err_context(err, "signature");
		return false;
	}
	buf_add(signature, bytes, signature_len);
	return true;
}

/* "string algorithm, string proof, byte flags, uint32 counter" when the key is a security key. */
static bool says_pin(const struct public_key *key, const struct buf *signature)
{
	struct wire w = wire_of(signature->data, signature->len);
	size_t ignored;
	unsigned char flags;

	if (!public_key_is_hardware(key))
		return false;
	(void)wire_string(&w, &ignored);
	(void)wire_string(&w, &ignored);
	flags = wire_byte(&w);
	return !w.failed && (flags & USER_VERIFIED) != 0;
}

bool signature_has_pin(const char *armor, size_t armor_len, const char *name_space)
{
	struct buf blob = {0}, signature = {0};
	struct public_key *key = NULL;
	struct err unused = {0};
	const bool pin = armor_len <= ARMOR_LIMIT && unwrap(armor, armor_len, &blob) &&
	                 take_apart(&blob, name_space, &key, &signature, &unused) && says_pin(key, &signature);

	public_key_free(key);
	buf_release(&blob);
	buf_release(&signature);
	return pin;
}

bool signature_verify(const char *armor, size_t armor_len, const char *name_space,
                      const void *message, size_t message_len, struct public_key **signer, struct err *err)
{
	struct buf blob = {0}, signature = {0}, again = {0}, payload = {0};
	struct public_key *key = NULL;
	bool ok = false;

	if (armor_len > ARMOR_LIMIT)
		return err_set(err, ERR_LIMIT, "signature: larger than %zu bytes", ARMOR_LIMIT);
	if (!unwrap(armor, armor_len, &blob)) {
		(void)err_set(err, ERR_INPUT, "signature: not in canonical armor");
		goto out;
	}
	if (!take_apart(&blob, name_space, &key, &signature, err))
		goto out;
	sshsig_armor(key, name_space, signature.data, signature.len, &again);
	if (again.len != armor_len || memcmp(again.data, armor, armor_len) != 0) {
		(void)err_set(err, ERR_INPUT, "signature: not in canonical form");
		goto out;
	}
	if (!sshsig_payload(name_space, message, message_len, &payload, err) ||
	    !sshsig_check(key, payload.data, payload.len, signature.data, signature.len, err))
		goto out;
	*signer = key;
	key = NULL; /* transferred */
	ok = true;
out:
	public_key_free(key);
	buf_release(&blob);
	buf_release(&signature);
	buf_release(&again);
	buf_release(&payload);
	return ok;
}
