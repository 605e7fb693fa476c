#ifndef SEAL_ED25519_H
#define SEAL_ED25519_H

#include "base/err.h"

#include <stddef.h>

struct buf;
struct public_key;

enum { ED25519_POINT = 32, ED25519_PROOF = 64 };

/* A point no key may be: of small order, so that anybody could sign with it, or not reduced. */
bool ed25519_is_weak(const unsigned char point[ED25519_POINT]) MUST_CHECK;

/* A plain Ed25519 signature (RFC 8032) over `message` by an Ed25519 key, a security key's included: S below the
 * order, R not of small order, and R + hA = SB without a cofactor.  False: ERR_INPUT where it is not in its one
 * form; nothing is told where it does not verify.  A library that cannot start ends the program with status 3. */
bool ed25519_verify(const struct public_key *key, const struct buf *message, const unsigned char *proof, size_t len,
                    struct err *err) MUST_CHECK;

#endif
