/* hash.c - SHA-256, by OpenSSL.  There is no error to handle: a library that cannot compute it
 * leaves nothing to decide, and the program ends with "could not decide". */
#include "seal/hash.h"

#include "base/mem.h"
#include "broken.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct hash {
	EVP_MD_CTX *ctx;
};

static EVP_MD *sha256;
static pthread_once_t fetched = PTHREAD_ONCE_INIT;

/* Once: to ask OpenSSL for it by name costs as much as some kilobytes of it. */
static void fetch(void)
{
	sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
}

void crypto_begin(void)
{
	(void)OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS | OPENSSL_INIT_NO_ADD_ALL_CIPHERS | OPENSSL_INIT_NO_ADD_ALL_DIGESTS, NULL);
}

struct hash *hash_new(void)
{
	struct hash *hash = mem_alloc(1, sizeof(*hash));

	(void)pthread_once(&fetched, fetch);
	hash->ctx = EVP_MD_CTX_new();
	if (sha256 == NULL || hash->ctx == NULL || EVP_DigestInit_ex(hash->ctx, sha256, NULL) != 1)
		crypto_is_broken("SHA-256");
	return hash;
}

void hash_add(struct hash *hash, const void *bytes, size_t len)
{
	if (len > 0 && EVP_DigestUpdate(hash->ctx, bytes, len) != 1)
		crypto_is_broken("SHA-256");
}

void hash_end(struct hash *hash, struct digest *out)
{
	unsigned len = 0;

	if (EVP_DigestFinal_ex(hash->ctx, out->byte, &len) != 1 || len != sizeof(out->byte))
		crypto_is_broken("SHA-256");
}

void hash_free(struct hash *hash)
{
	if (hash == NULL)
		return;
	EVP_MD_CTX_free(hash->ctx);
	free(hash);
}

void hash_bytes(const void *bytes, size_t len, struct digest *out)
{
	struct hash *hash = hash_new();

	hash_add(hash, bytes, len);
	hash_end(hash, out);
	hash_free(hash);
}

void mac_bytes(const unsigned char key[MAC_KEY_LEN], const unsigned char nonce[MAC_NONCE_LEN], const void *bytes,
               size_t len, unsigned char out[MAC_LEN])
{
	char cipher[] = "AES-256-GCM";
	unsigned char iv[MAC_NONCE_LEN];
	const OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_CIPHER, cipher, 0),
		OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_IV, iv, sizeof(iv)),
		OSSL_PARAM_construct_end(),
	};
	EVP_MAC *mac = EVP_MAC_fetch(NULL, "GMAC", NULL);
	EVP_MAC_CTX *ctx = mac != NULL ? EVP_MAC_CTX_new(mac) : NULL;
	size_t out_len = 0;

	memcpy(iv, nonce, sizeof(iv));
	if (ctx == NULL || EVP_MAC_init(ctx, key, MAC_KEY_LEN, params) != 1 || EVP_MAC_update(ctx, bytes, len) != 1 ||
	    EVP_MAC_final(ctx, out, &out_len, MAC_LEN) != 1 || out_len != MAC_LEN)
		crypto_is_broken("SHA-256");
	EVP_MAC_CTX_free(ctx);
	EVP_MAC_free(mac);
}

void random_bytes(void *out, size_t len)
{
	if (RAND_bytes(out, (int)len) != 1)
		crypto_is_broken("SHA-256");
}
