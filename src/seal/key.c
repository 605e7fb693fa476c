/* key.c - public keys we are willing to believe.
 *
 * A key that parses may decide what is published, so weak ones stop here: Ed25519 points of small
 * order (for the identity, R=identity and S=0 verifies every message, in OpenSSL and in OpenSSH
 * alike), points off the curve, short RSA moduli, and any second spelling of a good key. */
#include "key_inside.h"

#include "base/buf.h"
#include "base/digest.h"
#include "base/mem.h"
#include "ed25519.h"
#include "seal/base64.h"
#include "seal/hash.h"
#include "wire.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name, *algorithm;
} types[] = {
	[KEY_REFUSED] = {"", ""},
	[KEY_ED25519] = {"ssh-ed25519", "ssh-ed25519"},
	[KEY_P256] = {"ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256"},
	[KEY_RSA] = {"ssh-rsa", "rsa-sha2-512"},
	[KEY_SK_ED25519] = {"sk-ssh-ed25519@openssh.com", "sk-ssh-ed25519@openssh.com"},
	[KEY_SK_P256] = {"sk-ecdsa-sha2-nistp256@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com"},
};

static const int RSA_LEAST_BITS = 3072, RSA_MOST_BITS = 8192;
static const size_t BLOB_LIMIT = 4096;

const char *key_type_name(enum key_type type)
{
	return types[type].name;
}

const char *key_type_algorithm(enum key_type type)
{
	return types[type].algorithm;
}

static bool read_ed25519(struct wire *w, struct public_key *key, struct err *err)
{
	size_t len;
	const unsigned char *point = wire_string(w, &len);

	if (point == NULL || len != sizeof(key->point))
		return err_set(err, ERR_INPUT, "ed25519 key: not 32 bytes");
	if (ed25519_is_weak(point))
		return err_set(err, ERR_DENIED, "ed25519 key: of small order or not reduced; anybody could sign with it");
	memcpy(key->point, point, len);
	return true;
}

typedef int key_check(EVP_PKEY_CTX *ctx);

/* Build a public key from parameters; the library checks it too, if asked. */
static EVP_PKEY *from_params(const char *type, OSSL_PARAM_BLD *bld, key_check *check)
{
	OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(bld);
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, type, NULL), *checked = NULL;
	EVP_PKEY *pkey = NULL;
	bool ok = params != NULL && ctx != NULL && EVP_PKEY_fromdata_init(ctx) == 1 &&
	          EVP_PKEY_fromdata(ctx, &pkey, EVP_PKEY_PUBLIC_KEY, params) == 1;

	if (ok && check != NULL) {
		checked = EVP_PKEY_CTX_new(pkey, NULL);
		ok = checked != NULL && check(checked) == 1;
	}
	if (!ok) {
		EVP_PKEY_free(pkey);
		pkey = NULL;
	}
	EVP_PKEY_CTX_free(checked);
	EVP_PKEY_CTX_free(ctx);
	OSSL_PARAM_free(params);
	return pkey;
}

static bool read_p256(struct wire *w, struct public_key *key, struct err *err)
{
	OSSL_PARAM_BLD *bld;
	size_t len;
	const bool curve = wire_string_is(w, "nistp256");
	const unsigned char *point = wire_string(w, &len);

	if (!curve || point == NULL || len != 65 || point[0] != 0x04)
		return err_set(err, ERR_INPUT, "ecdsa key: not an uncompressed nistp256 point");
	bld = OSSL_PARAM_BLD_new();
	if (bld != NULL &&
	    OSSL_PARAM_BLD_push_utf8_string(bld, OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) == 1 &&
	    OSSL_PARAM_BLD_push_octet_string(bld, OSSL_PKEY_PARAM_PUB_KEY, point, len) == 1)
		key->pkey = from_params("EC", bld, EVP_PKEY_public_check_quick); /* the cofactor is 1 */
	OSSL_PARAM_BLD_free(bld);
	return key->pkey != NULL ? true : err_set(err, ERR_INPUT, "ecdsa key: not a point of the curve");
}

static EVP_PKEY *build_rsa(const BIGNUM *n, const BIGNUM *e, key_check *check)
{
	OSSL_PARAM_BLD *bld = OSSL_PARAM_BLD_new();
	EVP_PKEY *pkey = NULL;

	if (bld != NULL && OSSL_PARAM_BLD_push_BN(bld, OSSL_PKEY_PARAM_RSA_N, n) == 1 &&
	    OSSL_PARAM_BLD_push_BN(bld, OSSL_PKEY_PARAM_RSA_E, e) == 1)
		pkey = from_params("RSA", bld, check);
	OSSL_PARAM_BLD_free(bld);
	return pkey;
}

/* That the modulus is composite costs a hundred times a verification to find out. */
static bool read_rsa(struct wire *w, struct public_key *key, bool thorough, struct err *err)
{
	size_t e_len, n_len;
	const unsigned char *e = wire_mpint(w, &e_len), *n = wire_mpint(w, &n_len);
	BIGNUM *big_e, *big_n;

	if (e == NULL || n == NULL)
		return err_set(err, ERR_INPUT, "rsa key: malformed");
	if (e_len > 8 || n_len > (size_t)RSA_MOST_BITS / 8)
		return err_set(err, ERR_LIMIT, "rsa key: longer than %d bits", RSA_MOST_BITS);
	big_e = BN_bin2bn(e, (int)e_len, NULL);
	big_n = BN_bin2bn(n, (int)n_len, NULL);
	if (big_n == NULL || BN_num_bits(big_n) < RSA_LEAST_BITS)
		(void)err_set(err, ERR_DENIED, "rsa key: shorter than %d bits", RSA_LEAST_BITS);
	else if (big_e != NULL && BN_is_odd(big_e) == 1 && BN_is_one(big_e) == 0 && BN_is_odd(big_n) == 1)
		key->pkey = build_rsa(big_n, big_e, thorough ? EVP_PKEY_public_check : NULL);
	BN_free(big_e);
	BN_free(big_n);
	return key->pkey != NULL ? true : err_set(err, ERR_DENIED, "rsa key: not one that keeps a secret");
}

static bool read_application(struct wire *w, struct public_key *key, struct err *err)
{
	size_t len;
	const unsigned char *text = wire_string(w, &len);

	if (text == NULL || len < 4 || len > 255 || memcmp(text, "ssh:", 4) != 0 || memchr(text, 0, len) != NULL)
		return err_set(err, ERR_INPUT, "security key: its application does not begin with ssh:");
	key->application = mem_copy_bytes(text, len);
	return true;
}

static bool read_body(struct wire *w, struct public_key *key, bool thorough, struct err *err)
{
	switch (key->type) {
	case KEY_ED25519:
		return read_ed25519(w, key, err);
	case KEY_P256:
		return read_p256(w, key, err);
	case KEY_RSA:
		return read_rsa(w, key, thorough, err);
	case KEY_SK_ED25519:
		return read_ed25519(w, key, err) && read_application(w, key, err);
	case KEY_SK_P256:
		return read_p256(w, key, err) && read_application(w, key, err);
	case KEY_REFUSED:
		break;
	}
	return err_set(err, ERR_INPUT, "this type of key cannot be used");
}

static enum key_type type_from_name(const unsigned char *name, size_t len)
{
	for (size_t i = 1; i < sizeof(types) / sizeof(types[0]); i++)
		if (name != NULL && strlen(types[i].name) == len && memcmp(types[i].name, name, len) == 0)
			return (enum key_type)i;
	return KEY_REFUSED;
}

char *blob_fingerprint(const void *blob, size_t len)
{
	struct buf print = {0};
	struct digest digest;

	hash_bytes(blob, len, &digest);
	buf_add_string(&print, "SHA256:");
	base64_add(&print, digest.byte, sizeof(digest.byte), false);
	return buf_take(&print);
}

static void describe(struct public_key *key)
{
	struct buf line = {0};

	buf_addf(&line, "%s ", key_type_name(key->type));
	base64_add(&line, key->blob, key->blob_len, true);
	key->line = buf_take(&line);
	key->fingerprint = blob_fingerprint(key->blob, key->blob_len);
}

static bool read_blob(const void *blob, size_t len, bool thorough, struct public_key **out, struct err *err)
{
	struct public_key *key;
	struct wire w = wire_of(blob, len);
	size_t name_len;
	const unsigned char *name;

	if (len > BLOB_LIMIT)
		return err_set(err, ERR_LIMIT, "key: larger than %zu bytes", BLOB_LIMIT);
	name = wire_string(&w, &name_len);
	key = mem_alloc(1, sizeof(*key));
	key->type = type_from_name(name, name_len);
	if (!read_body(&w, key, thorough, err)) {
		public_key_free(key);
		return false;
	}
	if (!wire_done(&w)) {
		public_key_free(key);
		return err_set(err, ERR_INPUT, "key: malformed");
	}
	key->blob = (unsigned char *)mem_copy_bytes(blob, len);
	key->blob_len = len;
	describe(key);
	*out = key;
	return true;
}

bool public_key_from_blob(const void *blob, size_t len, struct public_key **out, struct err *err)
{
	return read_blob(blob, len, true, out, err);
}

/* The keys of signatures, by any thread: a ledger of a hundred thousand entries has a hundred of them. */
enum { REMEMBERED = 64 };
static struct public_key *remembered[REMEMBERED];
static pthread_mutex_t remembering = PTHREAD_MUTEX_INITIALIZER;

/* Where a key of these bytes is remembered, if it is; the last bytes are those that differ. */
static struct public_key **place_of(const void *blob, size_t len)
{
	const unsigned char *bytes = blob;

	return &remembered[len > 0 ? bytes[len - 1] % REMEMBERED : 0];
}

static struct public_key *recall(const void *blob, size_t len)
{
	struct public_key *key, *found = NULL;

	(void)pthread_mutex_lock(&remembering);
	key = *place_of(blob, len);
	if (key != NULL && key->blob_len == len && memcmp(key->blob, blob, len) == 0)
		found = public_key_share(key);
	(void)pthread_mutex_unlock(&remembering);
	return found;
}

static void remember(struct public_key *key)
{
	struct public_key **place = place_of(key->blob, key->blob_len), *before;

	(void)pthread_mutex_lock(&remembering);
	before = *place;
	*place = public_key_share(key);
	(void)pthread_mutex_unlock(&remembering);
	public_key_free(before);
}

bool public_key_from_signature(const void *blob, size_t len, struct public_key **out, struct err *err)
{
	struct public_key *key = recall(blob, len);

	if (key == NULL) {
		if (!read_blob(blob, len, false, &key, err))
			return false;
		remember(key);
	}
	*out = key;
	return true;
}

bool public_key_from_line(const char *line, size_t len, struct public_key **out, struct err *err)
{
	const char *space = memchr(line, ' ', len), *end;
	struct buf blob = {0};
	struct public_key *key = NULL;
	size_t name_len, text_len;
	bool ok = false;

	if (space == NULL)
		return err_set(err, ERR_INPUT, "not an OpenSSH public key: \"ssh-ed25519 AAAA...\"");
	name_len = (size_t)(space - line);
	end = memchr(space + 1, ' ', len - name_len - 1);
	text_len = (end != NULL ? (size_t)(end - line) : len) - name_len - 1;
	if (text_len == 0 || text_len > 2 * BLOB_LIMIT || !base64_decode(space + 1, text_len, &blob))
		(void)err_set(err, ERR_INPUT, "public key: not base64");
	else if (public_key_from_blob(blob.data, blob.len, &key, err)) {
		ok = strlen(key_type_name(key->type)) == name_len && memcmp(key_type_name(key->type), line, name_len) == 0;
		if (!ok)
			(void)err_set(err, ERR_INPUT, "public key: its name is not the one inside it");
	}
	buf_release(&blob);
	if (!ok)
		public_key_free(key);
	else
		*out = key;
	return ok;
}

struct public_key *public_key_copy(const struct public_key *key)
{
	struct public_key *copy = mem_alloc(1, sizeof(*copy));

	copy->type = key->type;
	copy->blob = (unsigned char *)mem_copy_bytes(key->blob, key->blob_len);
	copy->blob_len = key->blob_len;
	copy->line = mem_copy_string(key->line);
	copy->fingerprint = mem_copy_string(key->fingerprint);
	copy->application = mem_copy_string(key->application);
	memcpy(copy->point, key->point, sizeof(copy->point));
	if (key->pkey != NULL && EVP_PKEY_up_ref(key->pkey) == 1) /* otherwise it verifies nothing */
		copy->pkey = key->pkey;
	return copy;
}

struct public_key *public_key_share(struct public_key *key)
{
	(void)atomic_fetch_add(&key->holders, 1);
	return key;
}

void public_key_free(struct public_key *key)
{
	if (key == NULL || atomic_fetch_sub(&key->holders, 1) > 0)
		return;
	EVP_PKEY_free(key->pkey);
	free(key->blob);
	free(key->line);
	free(key->fingerprint);
	free(key->application);
	free(key);
}

enum key_type public_key_type(const struct public_key *key)
{
	return key->type;
}

const char *public_key_line(const struct public_key *key)
{
	return key->line;
}

const char *public_key_fingerprint(const struct public_key *key)
{
	return key->fingerprint;
}

bool public_key_is_hardware(const struct public_key *key)
{
	return key->type == KEY_SK_ED25519 || key->type == KEY_SK_P256;
}

bool public_key_equal(const struct public_key *a, const struct public_key *b)
{
	return a->blob_len == b->blob_len && memcmp(a->blob, b->blob, a->blob_len) == 0;
}
