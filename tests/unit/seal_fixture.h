#ifndef SEAL_FIXTURE_H
#define SEAL_FIXTURE_H

/* What the seal's tests share: keys and signatures made by hand, with OpenSSL alone and without a
 * line of the room, so that each can be spoiled in one place and is otherwise good. */

#include "base/buf.h"
#include "base/err.h"
#include "seal/key.h"
#include "seal/signature.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char MESSAGE[] = "the message\n";
static const char P256_ORDER[] = "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551";

static const char *const key_names[] = {"", "ssh-ed25519", "ecdsa-sha2-nistp256", "ssh-rsa",
                                        "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com"};

/* A private key of any kind, and its public blob. */
struct maker {
	enum key_type type;
	EVP_PKEY *secret;
	struct buf blob;
};

/* Everything in a signature that could be otherwise. */
struct recipe {
	const char *magic, *space, *reserved, *hash, *algorithm, *application;
	uint32_t version, counter;
	unsigned char flags;
	const char *behind;           /* after everything, inside the blob */
	const char *behind_signature; /* after the signature, inside its string */
};

static inline void put_u32(struct buf *out, size_t value)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_add_byte(out, (char)(value >> shift & 0xFF));
}

static inline void put_string(struct buf *out, const void *bytes, size_t len)
{
	put_u32(out, len);
	buf_add(out, bytes, len);
}

static inline void put_text(struct buf *out, const char *text)
{
	put_string(out, text, strlen(text));
}

static inline void put_mpint(struct buf *out, const BIGNUM *n)
{
	unsigned char bytes[2048] = {0};
	const int len = BN_bn2bin(n, bytes + 1);
	const int sign = len > 0 && (bytes[1] & 0x80) != 0;

	put_string(out, bytes + 1 - sign, (size_t)(len + sign));
}

static inline void wrap(const struct buf *blob, size_t columns, struct buf *out)
{
	unsigned char text[8192];
	size_t len;

	assert_true(blob->len <= 6000);
	len = (size_t)EVP_EncodeBlock(text, (const unsigned char *)blob->data, (int)blob->len);
	buf_clear(out);
	buf_add_string(out, "-----BEGIN SSH SIGNATURE-----\n");
	for (size_t i = 0; i < len; i += columns) {
		buf_add(out, text + i, len - i < columns ? len - i : columns);
		buf_add_byte(out, '\n');
	}
	buf_add_string(out, "-----END SSH SIGNATURE-----");
}

static inline bool maker_is_sk(const struct maker *m)
{
	return m->type == KEY_SK_ED25519 || m->type == KEY_SK_P256;
}

static inline bool maker_is_ecdsa(const struct maker *m)
{
	return m->type == KEY_P256 || m->type == KEY_SK_P256;
}

static inline void put_number_of(struct buf *out, const EVP_PKEY *key, const char *name)
{
	BIGNUM *n = NULL;

	assert_int_equal(EVP_PKEY_get_bn_param(key, name, &n), 1);
	put_mpint(out, n);
	BN_free(n);
}

/* The public blob of `m->secret`. */
static inline void maker_publish(struct maker *m)
{
	unsigned char point[65];
	size_t len = sizeof(point);

	buf_clear(&m->blob);
	put_text(&m->blob, key_names[m->type]);
	if (m->type == KEY_RSA) {
		put_number_of(&m->blob, m->secret, OSSL_PKEY_PARAM_RSA_E);
		put_number_of(&m->blob, m->secret, OSSL_PKEY_PARAM_RSA_N);
		return;
	}
	if (maker_is_ecdsa(m)) {
		put_text(&m->blob, "nistp256");
		assert_int_equal(EVP_PKEY_get_octet_string_param(m->secret, OSSL_PKEY_PARAM_PUB_KEY, point, 65, &len), 1);
	} else {
		assert_int_equal(EVP_PKEY_get_raw_public_key(m->secret, point, &len), 1);
	}
	put_string(&m->blob, point, len);
	if (maker_is_sk(m))
		put_text(&m->blob, "ssh:");
}

static inline void maker_init(struct maker *m, enum key_type type)
{
	*m = (struct maker){.type = type};
	if (type == KEY_RSA)
		m->secret = EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t)3072);
	else if (maker_is_ecdsa(m))
		m->secret = EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
	else
		m->secret = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	assert_non_null(m->secret);
	maker_publish(m);
}

static inline void maker_release(struct maker *m)
{
	EVP_PKEY_free(m->secret);
	buf_release(&m->blob);
}

static inline struct recipe recipe_of(const struct maker *m)
{
	return (struct recipe){.magic = "SSHSIG", .space = "git", .reserved = "", .hash = "sha512",
	                       .algorithm = m->type == KEY_RSA ? "rsa-sha2-512" : key_names[m->type],
	                       .application = "ssh:", .version = 1, .counter = 7, .flags = 0x01,
	                       .behind = "", .behind_signature = ""};
}

static inline void put_hash(struct buf *out, const EVP_MD *md, const void *bytes, size_t len)
{
	unsigned char digest[64];
	unsigned n = 0;

	assert_int_equal(EVP_Digest(bytes, len, digest, &n, md, NULL), 1);
	buf_add(out, digest, n);
}

/* What the key signs; for a security key, what the security key signs. */
static inline void put_payload(const struct maker *m, const struct recipe *r, struct buf *out)
{
	struct buf payload = {0}, hash = {0};

	put_hash(&hash, strcmp(r->hash, "sha256") == 0 ? EVP_sha256() : EVP_sha512(), MESSAGE, strlen(MESSAGE));
	buf_add_string(&payload, "SSHSIG");
	put_text(&payload, r->space);
	put_text(&payload, r->reserved);
	put_text(&payload, r->hash);
	put_string(&payload, hash.data, hash.len);
	if (maker_is_sk(m)) {
		put_hash(out, EVP_sha256(), r->application, strlen(r->application));
		buf_add_byte(out, (char)r->flags);
		put_u32(out, r->counter);
		put_hash(out, EVP_sha256(), payload.data, payload.len);
	} else {
		buf_add(out, payload.data, payload.len);
	}
	buf_release(&payload);
	buf_release(&hash);
}

/* r and s of an ECDSA signature in DER, s in the lower half unless `high`. */
static inline void put_ecdsa(struct buf *out, const unsigned char *der, size_t len, bool high)
{
	ECDSA_SIG *sig = d2i_ECDSA_SIG(NULL, &der, (long)len);
	BIGNUM *n = NULL, *other = BN_new();
	const BIGNUM *s;

	assert_non_null(sig);
	s = ECDSA_SIG_get0_s(sig);
	assert_true(BN_hex2bn(&n, P256_ORDER) > 0 && BN_sub(other, n, s) == 1);
	put_mpint(out, ECDSA_SIG_get0_r(sig));
	put_mpint(out, (BN_cmp(s, other) > 0) == high ? s : other);
	ECDSA_SIG_free(sig);
	BN_free(n);
	BN_free(other);
}

/* The signature proper, without its name. */
static inline void put_proof(const struct maker *m, const struct buf *payload, bool high, struct buf *out)
{
	const EVP_MD *md = m->type == KEY_RSA ? EVP_sha512() : maker_is_ecdsa(m) ? EVP_sha256() : NULL;
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	unsigned char proof[1024];
	size_t len = sizeof(proof);

	assert_int_equal(EVP_DigestSignInit(ctx, NULL, md, NULL, m->secret), 1);
	assert_int_equal(EVP_DigestSign(ctx, proof, &len, (const unsigned char *)payload->data, payload->len), 1);
	if (maker_is_ecdsa(m))
		put_ecdsa(out, proof, len, high);
	else
		buf_add(out, proof, len);
	EVP_MD_CTX_free(ctx);
}

/* The whole blob around a proof. */
static inline void put_sshsig(const struct maker *m, const struct recipe *r, const struct buf *proof, struct buf *out)
{
	struct buf signature = {0};

	put_text(&signature, r->algorithm);
	put_string(&signature, proof->data, proof->len);
	if (maker_is_sk(m)) {
		buf_add_byte(&signature, (char)r->flags);
		put_u32(&signature, r->counter);
	}
	buf_add_string(&signature, r->behind_signature);
	buf_add_string(out, r->magic);
	put_u32(out, r->version);
	put_string(out, m->blob.data, m->blob.len);
	put_text(out, r->space);
	put_text(out, r->reserved);
	put_text(out, r->hash);
	put_string(out, signature.data, signature.len);
	buf_add_string(out, r->behind);
	buf_release(&signature);
}

/* A signature by `m` in every detail as `r` says. */
static inline void maker_sign(const struct maker *m, const struct recipe *r, struct buf *armor)
{
	struct buf payload = {0}, proof = {0}, blob = {0};

	put_payload(m, r, &payload);
	put_proof(m, &payload, false, &proof);
	put_sshsig(m, r, &proof, &blob);
	wrap(&blob, 70, armor);
	buf_release(&payload);
	buf_release(&proof);
	buf_release(&blob);
}

/* ERR_NONE when it is good.  Whatever the answer, outs and reasons keep the contract. */
static inline enum err_kind judge(const struct buf *armor, const char *space)
{
	struct public_key *const untouched = (struct public_key *)(uintptr_t)1;
	struct public_key *key = untouched;
	struct err err = {0};

	if (signature_verify(armor->data, armor->len, space, MESSAGE, strlen(MESSAGE), &key, &err)) {
		assert_int_equal(err.kind, ERR_NONE);
		public_key_free(key);
		return ERR_NONE;
	}
	assert_ptr_equal(key, untouched);
	assert_true(err.kind != ERR_NONE && err.why[0] != '\0');
	return err.kind;
}

#endif
