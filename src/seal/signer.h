#ifndef SEAL_SIGNER_H
#define SEAL_SIGNER_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct buf;
struct public_key;
struct signer;

/* Something that can sign: a private key in memory, or one that stays in ssh-agent. */

/* A key file: Ed25519 in encrypted PKCS#8 PEM (RFC 5958), scrypt (RFC 7914) with N >= 16384 or
 * PBKDF2 with >= 600,000 rounds.  Refused: not encrypted, weaker, readable by group or others,
 * not owned by this user, a symbolic link.  A wrong passphrase is ERR_DENIED. */
bool signer_open_file(const char *path, const char *passphrase, struct signer **out, struct err *err) MUST_CHECK;

/* The key with this fingerprint ("SHA256:...") in the agent listening on `socket`. */
bool signer_open_agent(const char *socket, const char *fingerprint, struct signer **out, struct err *err) MUST_CHECK;

/* Borrowed until the signer is freed. */
const struct public_key *signer_key(const struct signer *signer);

/* Appends the canonical armor (see signature.h, no LF behind it) to `armor`.  The result has been
 * verified with signature_verify() before it is returned. */
bool signer_sign(struct signer *signer, const char *name_space, const void *message,
                 size_t message_len, struct buf *armor, struct err *err) MUST_CHECK;
void signer_free(struct signer *signer); /* private key bytes are wiped; NULL allowed */

/* A new Ed25519 key, written to `path` (mode 0600, never replacing a file: ERR_CONFLICT) as
 * encrypted PKCS#8 with scrypt N=16384 r=8 p=5 (what OpenSSL reads back within its memory limit), and `path`.pub beside it with one OpenSSH line.
 * A passphrase shorter than 8 bytes is ERR_INPUT.  *out is owned by the caller. */
bool signer_create_file(const char *path, const char *passphrase, const char *comment,
                        struct public_key **out, struct err *err) MUST_CHECK;

/* A key the agent holds.  One that we are not willing to trust has no `key`, and a reason. */
struct agent_key {
	const struct public_key *key;
	const char *fingerprint, *comment;
	const struct err *unusable; /* NULL: it can be used */
};

/* Called for each of them. */
typedef bool agent_visit(const struct agent_key *key, void *context, struct err *err);
bool agent_list(const char *socket, agent_visit *visit, void *context, struct err *err) MUST_CHECK;

#endif
