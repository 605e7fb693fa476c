/* sshsig.c - SSH signatures: what is signed, and when a signature is good.
 *
 * PROTOCOL.sshsig and PROTOCOL.u2f of OpenSSH.  Stricter than OpenSSH on purpose: S below the
 * order, low-S for ECDSA, strict mpints, one algorithm for each key type, and a touch on security
 * keys (stock git accepts flags 0).  So nobody without the key can make a second signature from a
 * good one. */
#include "sshsig.h"

#include "base/buf.h"
#include "base/digest.h"
#include "key_inside.h"
#include "seal/hash.h"
#include "wire.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <string.h>

enum { COLUMNS = 70, USER_PRESENT = 0x01 };

bool sshsig_payload(const char *name_space, const void *message, size_t len, struct buf *out, struct err *err)
{
	unsigned char digest[64];
	unsigned digest_len = 0;

	if (EVP_Digest(message, len, digest, &digest_len, EVP_sha512(), NULL) != 1 || digest_len != sizeof(digest))
		return err_set(err, ERR_SYSTEM, "sha512: not available");
	buf_add_string(out, "SSHSIG");
	wire_add_text(out, name_space);
	wire_add_text(out, "");
	wire_add_text(out, "sha512");
	wire_add_string(out, digest, sizeof(digest));
	return true;
}

void sshsig_armor(const struct public_key *key, const char *name_space, const void *signature, size_t len, struct buf *out)
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

static bool verify(EVP_PKEY *pkey, const EVP_MD *md, const void *signature, size_t signature_len,
                   const void *message, size_t len)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	const bool ok = ctx != NULL && pkey != NULL && EVP_DigestVerifyInit(ctx, NULL, md, NULL, pkey) == 1 &&
	                EVP_DigestVerify(ctx, signature, signature_len, message, len) == 1;

	EVP_MD_CTX_free(ctx);
	return ok;
}

/* S < L, little endian (RFC 8032 section 5.1.7); OpenSSL checks it too, OpenSSH does not. */
static bool ed25519_s_is_canonical(const unsigned char *s)
{
	static const unsigned char order[32] = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
	                                        0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	                                        0, 0, 0, 0, 0x10};

	for (size_t i = 32; i > 0; i--)
		if (s[i - 1] != order[i - 1])
			return s[i - 1] < order[i - 1];
	return false;
}

static bool check_ed25519(const struct public_key *key, const void *message, size_t len,
                          const unsigned char *signature, size_t signature_len)
{
	return signature != NULL && signature_len == 64 && ed25519_s_is_canonical(signature + 32) &&
	       verify(key->pkey, NULL, signature, signature_len, message, len);
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

static bool check_ecdsa(const struct public_key *key, const void *message, size_t len,
                        const unsigned char *blob, size_t blob_len)
{
	ECDSA_SIG *sig = blob != NULL ? read_ecdsa(blob, blob_len) : NULL;
	unsigned char *der = NULL;
	int der_len;
	bool ok = false;

	if (sig == NULL)
		return false;
	der_len = i2d_ECDSA_SIG(sig, &der);
	if (der_len > 0 && ecdsa_is_low(sig))
		ok = verify(key->pkey, EVP_sha256(), der, (size_t)der_len, message, len);
	OPENSSL_free(der);
	ECDSA_SIG_free(sig);
	return ok;
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
	const bool named = wire_string_is(&w, key_type_algorithm(key->type));
	const bool sk = key->type == KEY_SK_ED25519 || key->type == KEY_SK_P256;
	size_t len;
	const unsigned char *bytes = wire_string(&w, &len);
	const unsigned char flags = sk ? wire_byte(&w) : 0;
	const uint32_t counter = sk ? wire_u32(&w) : 0;
	struct buf message = {0};
	bool ok = false;

	if (!named || !wire_done(&w))
		return err_set(err, ERR_INPUT, "signature: not the one algorithm of its key, or malformed");
	if (sk && (flags & USER_PRESENT) == 0)
		return err_set(err, ERR_MISMATCH, "signature: the security key was not touched");
	if (sk)
		add_sk_message(key, flags, counter, payload, payload_len, &message);
	else
		buf_add(&message, payload, payload_len);
	if (key->type == KEY_ED25519 || key->type == KEY_SK_ED25519)
		ok = check_ed25519(key, message.data, message.len, bytes, len);
	else if (key->type == KEY_P256 || key->type == KEY_SK_P256)
		ok = check_ecdsa(key, message.data, message.len, bytes, len);
	else if (key->type == KEY_RSA)
		ok = len == (size_t)EVP_PKEY_get_size(key->pkey) &&
		     verify(key->pkey, EVP_sha512(), bytes, len, message.data, message.len);
	buf_release(&message);
	return ok ? true : err_set(err, ERR_MISMATCH, "signature: does not verify");
}

static void add_ecdsa(const BIGNUM *r, const BIGNUM *s, struct buf *out)
{
	unsigned char bytes[32];
	struct buf pair = {0};

	if (BN_bn2binpad(r, bytes, sizeof(bytes)) == (int)sizeof(bytes))
		wire_add_mpint(&pair, bytes, sizeof(bytes));
	if (BN_bn2binpad(s, bytes, sizeof(bytes)) == (int)sizeof(bytes))
		wire_add_mpint(&pair, bytes, sizeof(bytes));
	wire_add_string(out, pair.data, pair.len);
	buf_release(&pair);
}

bool sshsig_normalise(const struct public_key *key, const void *signature, size_t len, struct buf *out, struct err *err)
{
	struct wire w = wire_of(signature, len);
	size_t name_len, blob_len;
	const unsigned char *name, *blob;
	ECDSA_SIG *sig;
	BIGNUM *n = NULL, *s = NULL;

	if (key->type != KEY_P256) {
		buf_add(out, signature, len);
		return true;
	}
	name = wire_string(&w, &name_len);
	blob = wire_string(&w, &blob_len);
	sig = blob != NULL && wire_done(&w) ? read_ecdsa(blob, blob_len) : NULL;
	if (sig == NULL)
		return err_set(err, ERR_INPUT, "signature: malformed");
	if (ecdsa_is_low(sig)) {
		buf_add(out, signature, len);
	} else if (BN_hex2bn(&n, "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551") > 0 &&
	           (s = BN_new()) != NULL && BN_sub(s, n, ECDSA_SIG_get0_s(sig)) == 1) {
		wire_add_string(out, name, name_len);
		add_ecdsa(ECDSA_SIG_get0_r(sig), s, out);
	}
	BN_free(n);
	BN_free(s);
	ECDSA_SIG_free(sig);
	return true;
}
