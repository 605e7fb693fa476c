#ifndef SEAL_SSHSIG_H
#define SEAL_SSHSIG_H

#include "base/err.h"

#include <stddef.h>

struct buf;
struct public_key;

/* The parts of PROTOCOL.sshsig that signing and verifying share. */

/* What is really signed: "SSHSIG", namespace, reserved, "sha512", SHA-512 of the message. */
bool sshsig_payload(const char *name_space, const void *message, size_t len, struct buf *out,
                    struct err *err) MUST_CHECK;

/* The armor around key and signature blob: 70 columns, LF, none behind the last line. */
void sshsig_armor(const struct public_key *key, const char *name_space, const void *signature, size_t len,
                  struct buf *out);

/* `signature` ("string algorithm, string bytes, ...") by `key` over `payload`; canonical or refused. */
bool sshsig_check(const struct public_key *key, const void *payload, size_t payload_len,
                  const void *signature, size_t signature_len, struct err *err) MUST_CHECK;

/* An ECDSA signature with S above n/2 becomes its low-S twin: agents and tokens give either. */
bool sshsig_normalise(const struct public_key *key, const void *signature, size_t len, struct buf *out,
                      struct err *err) MUST_CHECK;

#endif
