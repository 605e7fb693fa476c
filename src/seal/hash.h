#ifndef SEAL_HASH_H
#define SEAL_HASH_H

#include "base/digest.h"
#include "base/err.h"

#include <stddef.h>

/* For a program to begin with: OpenSSL, which libgit2 starts as well, leaves out what nobody here asks for, the texts of
 * its errors and tables of all algorithms by their old names.  That is a tenth of what a hook takes beyond its start; whoever
 * does not call it gets the same answers. */
void crypto_begin(void);

/* SHA-256 (FIPS 180-4) of `len` bytes.  Cannot fail on memory alone: a broken crypto library ends
 * the program with status 3, because nothing this program says would be worth anything. */
void hash_bytes(const void *bytes, size_t len, struct digest *out);

/* GMAC with AES-256 (NIST SP 800-38D): several times as fast as a keyed hash.  A nonce serves one text
 * only: make it with random_bytes().  And `len` bytes nobody can guess.  Both or not at all. */
enum { MAC_KEY_LEN = 32, MAC_NONCE_LEN = 12, MAC_LEN = 16 };
void mac_bytes(const unsigned char key[MAC_KEY_LEN], const unsigned char nonce[MAC_NONCE_LEN], const void *bytes,
               size_t len, unsigned char out[MAC_LEN]);
void random_bytes(void *out, size_t len);

/* The same, a piece at a time.  Free it whether or not it was finished; NULL is allowed. */
struct hash;
struct hash *hash_new(void);
void hash_add(struct hash *hash, const void *bytes, size_t len);
void hash_end(struct hash *hash, struct digest *out);
void hash_free(struct hash *hash);

#endif
