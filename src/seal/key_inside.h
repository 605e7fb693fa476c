#ifndef SEAL_KEY_INSIDE_H
#define SEAL_KEY_INSIDE_H

#include "ed25519.h"
#include "seal/key.h"

#include <openssl/evp.h>
#include <stdatomic.h>

struct public_key {
	atomic_uint holders; /* besides the first */
	enum key_type type;
	unsigned char *blob;
	size_t blob_len;
	char *line;
	char *fingerprint;
	EVP_PKEY *pkey; /* P-256 and RSA */
	unsigned char point[ED25519_POINT]; /* Ed25519 */
	char *application; /* sk-* only */
};

/* As public_key_from_blob(), but what costs more than a signature is left out (whether an RSA modulus
 * is composite): for the key inside a signature, which counts only when it equals one that was
 * looked at thoroughly.  The keys met last are remembered, so *out may be held by others too. */
bool public_key_from_signature(const void *blob, size_t len, struct public_key **out, struct err *err) MUST_CHECK;

/* "SHA256:..." of a key's blob, whether or not it is one we could use; the caller frees. */
char *blob_fingerprint(const void *blob, size_t len);

/* The algorithm names of a key type: of the key, and of its one signature algorithm. */
const char *key_type_name(enum key_type type);
const char *key_type_algorithm(enum key_type type);

#endif
