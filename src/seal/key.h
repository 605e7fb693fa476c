#ifndef SEAL_KEY_H
#define SEAL_KEY_H

#include "base/err.h"

#include <stddef.h>

/* Public keys in OpenSSH form (RFC 4253 section 6.6, RFC 8709, RFC 5656; PROTOCOL.u2f for sk-).
 * A key that parses is one we are willing to trust with a signature: Ed25519 not of small order,
 * P-256 on the curve, RSA of 3072 bits or more, sk-* over those curves; one encoding each. */
enum key_type {
	KEY_REFUSED = 0,
	KEY_ED25519,
	KEY_P256,
	KEY_RSA,
	KEY_SK_ED25519,
	KEY_SK_P256,
};

struct public_key;

/* From "ssh-ed25519 AAAA... [comment]" or from the wire blob.  The caller frees. */
bool public_key_from_line(const char *line, size_t len, struct public_key **out, struct err *err) MUST_CHECK;
bool public_key_from_blob(const void *blob, size_t len, struct public_key **out, struct err *err) MUST_CHECK;
struct public_key *public_key_copy(const struct public_key *key);
struct public_key *public_key_share(struct public_key *key); /* the same one, freed once more; by any thread */
void public_key_free(struct public_key *key);

enum key_type public_key_type(const struct public_key *key);
const char *public_key_line(const struct public_key *key);        /* "ssh-ed25519 AAAA...", no comment */
const char *public_key_fingerprint(const struct public_key *key); /* "SHA256:bResO4I...", no padding */
bool public_key_is_hardware(const struct public_key *key);        /* sk-*: a security key that is touched */
bool public_key_equal(const struct public_key *a, const struct public_key *b);

#endif
