/* sshsig.c - SSH signatures: what is signed, and when a signature is good.
 *
 * PROTOCOL.sshsig and PROTOCOL.u2f of OpenSSH.  Stricter than OpenSSH on purpose: S below the
 * order, low-S for ECDSA, strict mpints, one algorithm for each key type, and a touch on security
 * keys (stock git accepts flags 0).  So nobody without the key can make a second signature from a
 * good one. */
#include "sshsig.h"

#include "base/buf.h"
#include "base/digest.h"
#include "ed25519.h"
#include "key_inside.h"
#include "seal/base64.h"
#include "seal/hash.h"
#include "wire.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <string.h>

enum { COLUMNS = 70, USER_PRESENT = 0x01 };

static EVP_MD *sha512;
static pthread_once_t fetched = PTHREAD_ONCE_INIT;

/* Once: to ask OpenSSL for it by name costs half as much as an entry's digest. */
static void fetch(void)
{
	sha512 = EVP_MD_fetch(NULL, "SHA512", NULL);
}

bool sshsig_payload(const char *name_space, const void *message, size_t len, struct buf *out,
                    struct err *err)
{
	unsigned char digest[64];
	unsigned digest_len = 0;

	if (name_space[0] == '\0')
		return err_set(err, ERR_INPUT, "signature: made for no purpose");
	(void)pthread_once(&fetched, fetch);
	if (sha512 == NULL || EVP_Digest(message, len, digest, &digest_len, sha512, NULL) != 1 || digest_len != sizeof(digest))
		return err_set(err, ERR_SYSTEM, "sha512: not available");
	buf_add_string(out, "SSHSIG");
	wire_add_text(out, name_space);
	wire_add_text(out, "");
	wire_add_text(out, "sha512");
	wire_add_string(out, digest, sizeof(digest));
	return true;
}

void sshsig_armor(const struct public_key *key, const char *name_space, const void *signature, size_t len,
                  struct buf *out)
{
	struct buf blob = {0}, text = {0};

	buf_add_string(&blob, "SSHSIG");
	wire_add_u32(&blob, 1);
	wire_add_string(&blob, key->blob, key->blob_len);
	wire_add_text(&blob, name_space);
	wire_add_text(&blob, "");
	wire_add_text(&blob, "sha512");
	wire_add_string(&blob, signature, len);
	base64_add(&text, blob.data, blob.len, true);
	buf_add_string(out, "-----BEGIN SSH SIGNATURE-----\n");
	for (size_t i = 0; i < text.len; i += COLUMNS) {
		buf_add(out, text.data + i, text.len - i < COLUMNS ? text.len - i : COLUMNS);
		buf_add_byte(out, '\n');
	}
	buf_add_string(out, "-----END SSH SIGNATURE-----");
	buf_release(&blob);
	buf_release(&text);
}

static bool not_canonical(struct err *err)
{
	return err_set(err, ERR_INPUT, "signature: not in canonical form");
}

static bool verify(const struct public_key *key, const EVP_MD *md, const struct buf *message,
                   const unsigned char *proof, size_t len)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	const bool ok = ctx != NULL && key->pkey != NULL && EVP_DigestVerifyInit(ctx, NULL, md, NULL, key->pkey) == 1 &&
	                EVP_DigestVerify(ctx, proof, len, (const unsigned char *)message->data, message->len) == 1;

	EVP_MD_CTX_free(ctx);
	return ok;
}

/* Half of the order of P-256 (SEC 2, secp256r1), rounded down. */
static BIGNUM *half_order(void)
{
	BIGNUM *n = NULL;

	if (BN_hex2bn(&n, "7FFFFFFF800000007FFFFFFFFFFFFFFFDE737D56D38BCF4279DCE5617E3192A8") == 0)
		return NULL;
	return n;
}

static ECDSA_SIG *read_ecdsa(const unsigned char *blob, size_t len)
{
	struct wire w = wire_of(blob, len);
	size_t r_len, s_len;
	const unsigned char *r = wire_mpint(&w, &r_len), *s = wire_mpint(&w, &s_len);
	ECDSA_SIG *sig;

	if (!wire_done(&w) || r_len > 32 || s_len > 32)
		return NULL;
	sig = ECDSA_SIG_new();
	if (sig != NULL && ECDSA_SIG_set0(sig, BN_bin2bn(r, (int)r_len, NULL), BN_bin2bn(s, (int)s_len, NULL)) != 1) {
		ECDSA_SIG_free(sig);
		sig = NULL;
	}
	return sig;
}

static bool ecdsa_is_low(const ECDSA_SIG *sig)
{
	BIGNUM *half = half_order();
	const bool low = half != NULL && BN_cmp(ECDSA_SIG_get0_s(sig), half) <= 0;

	BN_free(half);
	return low;
}

static bool check_ecdsa(const struct public_key *key, const struct buf *message, const unsigned char *proof,
                        size_t len, struct err *err)
{
	ECDSA_SIG *sig = read_ecdsa(proof, len);
	unsigned char *der = NULL;
	bool ok = false;

	if (sig == NULL || !ecdsa_is_low(sig)) {
		(void)not_canonical(err);
	} else {
		const int der_len = i2d_ECDSA_SIG(sig, &der);

		ok = der_len > 0 && verify(key, EVP_sha256(), message, der, (size_t)der_len);
	}
	OPENSSL_free(der);
	ECDSA_SIG_free(sig);
	return ok;
}

static bool check_rsa(const struct public_key *key, const struct buf *message, const unsigned char *proof,
                      size_t len, struct err *err)
{
	if (len != (size_t)EVP_PKEY_get_size(key->pkey))
		return not_canonical(err);
	return verify(key, EVP_sha512(), message, proof, len);
}

static bool check_proof(const struct public_key *key, const struct buf *message, const unsigned char *proof,
                        size_t len, struct err *err)
{
	switch (key->type) {
	case KEY_ED25519:
	case KEY_SK_ED25519:
		return ed25519_verify(key, message, proof, len, err);
	case KEY_P256:
	case KEY_SK_P256:
		return check_ecdsa(key, message, proof, len, err);
	case KEY_RSA:
		return check_rsa(key, message, proof, len, err);
	case KEY_REFUSED:
		break;
	}
	return false;
}

/* What a security key signs: SHA-256(application), flags, counter, SHA-256(message). */
static void add_sk_message(const struct public_key *key, unsigned char flags, uint32_t counter,
                           const void *payload, size_t len, struct buf *out)
{
	struct digest digest;

	hash_bytes(key->application, strlen(key->application), &digest);
	buf_add(out, digest.byte, sizeof(digest.byte));
	buf_add_byte(out, (char)flags);
	wire_add_u32(out, counter);
	hash_bytes(payload, len, &digest);
	buf_add(out, digest.byte, sizeof(digest.byte));
}

bool sshsig_check(const struct public_key *key, const void *payload, size_t payload_len,
                  const void *signature, size_t signature_len, struct err *err)
{
	struct wire w = wire_of(signature, signature_len);
	const bool sk = public_key_is_hardware(key), named = wire_string_is(&w, key_type_algorithm(key->type));
	size_t len;
	const unsigned char *proof = wire_string(&w, &len);
	const unsigned char flags = sk ? wire_byte(&w) : 0;
	const uint32_t counter = sk ? wire_u32(&w) : 0;
	struct buf message = {0};
	bool ok;

	if (!named || !wire_done(&w))
		return err_set(err, ERR_INPUT, "signature: not the one algorithm of its key, or malformed");
	if (sk && (flags & USER_PRESENT) == 0)
		return err_set(err, ERR_MISMATCH, "signature: the security key was not touched");
	if (sk)
		add_sk_message(key, flags, counter, payload, payload_len, &message);
	else
		buf_add(&message, payload, payload_len);
	ok = check_proof(key, &message, proof, len, err);
	buf_release(&message);
	return ok ? true : err_set(err, ERR_MISMATCH, "signature: does not verify");
}

static bool add_ecdsa(const BIGNUM *r, const BIGNUM *s, struct buf *out)
{
	unsigned char r_bytes[32], s_bytes[32];
	struct buf pair = {0};

	if (BN_bn2binpad(r, r_bytes, sizeof(r_bytes)) != (int)sizeof(r_bytes) ||
	    BN_bn2binpad(s, s_bytes, sizeof(s_bytes)) != (int)sizeof(s_bytes))
		return false;
	wire_add_mpint(&pair, r_bytes, sizeof(r_bytes));
	wire_add_mpint(&pair, s_bytes, sizeof(s_bytes));
	wire_add_string(out, pair.data, pair.len);
	buf_release(&pair);
	return true;
}

/* r and n - s. */
static bool add_twin(const ECDSA_SIG *sig, struct buf *out)
{
	BIGNUM *n = NULL, *s = BN_new();
	const bool ok = s != NULL &&
	                BN_hex2bn(&n, "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551") > 0 &&
	                BN_sub(s, n, ECDSA_SIG_get0_s(sig)) == 1 && BN_is_negative(s) == 0 &&
	                add_ecdsa(ECDSA_SIG_get0_r(sig), s, out);

	BN_free(n);
	BN_free(s);
	return ok;
}

bool sshsig_normalise(const struct public_key *key, const void *signature, size_t len, struct buf *out,
                      struct err *err)
{
	struct wire w = wire_of(signature, len);
	size_t name_len, proof_len;
	const unsigned char *name = wire_string(&w, &name_len), *proof = wire_string(&w, &proof_len);
	ECDSA_SIG *sig;
	bool ok;

	if (key->type != KEY_P256 && key->type != KEY_SK_P256) {
		buf_add(out, signature, len);
		return true;
	}
	sig = proof != NULL ? read_ecdsa(proof, proof_len) : NULL;
	if (sig != NULL && ecdsa_is_low(sig)) {
		buf_add(out, signature, len);
		ok = true;
	} else {
		wire_add_string(out, name, name_len);
		ok = sig != NULL && add_twin(sig, out);
		buf_add(out, w.at, w.left); /* flags and counter of a security key */
	}
	ECDSA_SIG_free(sig);
	return ok ? true : err_set(err, ERR_INPUT, "signature: malformed");
}
