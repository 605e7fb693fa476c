/* signer.c - making a signature, wherever the key lives.
 *
 * What was signed is verified before it is handed out: a faulty token, an agent that answers for
 * another key, or a bit that fell over must not reach the ledger. */
#include "signer_inside.h"

#include "base/buf.h"
#include "key_inside.h"
#include "seal/signature.h"
#include "sshsig.h"
#include "wire.h"

#include <stdlib.h>
#include <unistd.h>

const struct public_key *signer_key(const struct signer *signer)
{
	return signer->key;
}

void signer_free(struct signer *signer)
{
	if (signer == NULL)
		return;
	EVP_PKEY_free(signer->secret); /* OpenSSL wipes it */
	public_key_free(signer->key);
	if (signer->agent >= 0)
		(void)close(signer->agent);
	free(signer);
}

static bool sign_raw(const struct signer *signer, const struct buf *payload, unsigned char bytes[64], struct err *err)
{
	size_t len = 64;
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	const bool ok = ctx != NULL && EVP_DigestSignInit(ctx, NULL, NULL, NULL, signer->secret) == 1 &&
	                EVP_DigestSign(ctx, bytes, &len, (const unsigned char *)payload->data, payload->len) == 1 && len == 64;

	EVP_MD_CTX_free(ctx);
	return ok ? true : err_set(err, ERR_SYSTEM, "the key could not sign");
}

static bool sign_ed25519(const struct signer *signer, const struct buf *payload, struct buf *out, struct err *err)
{
	unsigned char bytes[64];

	if (!sign_raw(signer, payload, bytes, err))
		return false;
	wire_add_text(out, key_type_algorithm(KEY_ED25519));
	wire_add_string(out, bytes, sizeof(bytes));
	return true;
}

bool signer_sign_plain(struct signer *signer, const struct buf *message, struct buf *out, struct err *err)
{
	struct buf raw = {0};
	unsigned char bytes[64];
	const unsigned char *proof = bytes;
	size_t len = sizeof(bytes);
	bool ok;

	if (signer->agent < 0) {
		ok = sign_raw(signer, message, bytes, err);
	} else {
		struct wire w;

		ok = agent_sign(signer->agent, signer->key, message->data, message->len, &raw, err);
		w = wire_of(raw.data, raw.len);
		if (ok && (!wire_string_is(&w, key_type_algorithm(KEY_ED25519)) || (proof = wire_string(&w, &len)) == NULL ||
		           !wire_done(&w)))
			ok = err_set(err, ERR_INPUT, "ssh-agent: its signature is malformed");
	}
	ok = ok && ed25519_verify(signer->key, message, proof, len, err);
	if (ok)
		buf_add(out, proof, len);
	buf_release(&raw);
	return ok;
}

bool signer_sign(struct signer *signer, const char *name_space, const void *message, size_t message_len,
                 struct buf *armor, struct err *err)
{
	struct buf payload = {0}, raw = {0}, signature = {0}, text = {0};
	struct public_key *seen = NULL;
	bool ok = false;

	if (!sshsig_payload(name_space, message, message_len, &payload, err))
		goto out;
	if (signer->agent >= 0) {
		if (!agent_sign(signer->agent, signer->key, payload.data, payload.len, &raw, err) ||
		    !sshsig_normalise(signer->key, raw.data, raw.len, &signature, err))
			goto out;
	} else if (!sign_ed25519(signer, &payload, &signature, err)) {
		goto out;
	}
	sshsig_armor(signer->key, name_space, signature.data, signature.len, &text);
	if (!signature_verify(text.data, text.len, name_space, message, message_len, &seen, err)) {
		err_context(err, "what the key signed");
		goto out;
	}
	buf_add(armor, text.data, text.len);
	ok = true;
out:
	public_key_free(seen);
	buf_release(&payload);
	buf_release(&raw);
	buf_release(&signature);
	buf_release(&text);
	return ok;
}
