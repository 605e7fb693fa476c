#ifndef SEAL_SIGNER_INSIDE_H
#define SEAL_SIGNER_INSIDE_H

#include "seal/signer.h"

#include <openssl/evp.h>

struct signer {
	struct public_key *key;
	EVP_PKEY *secret; /* a key file; NULL when the key is in an agent */
	int agent;        /* the agent's socket, or -1 */
};

/* Ask the agent to sign; appends the signature blob. */
bool agent_sign(int agent, const struct public_key *key, const void *payload, size_t len, struct buf *out, struct err *err) MUST_CHECK;

/* Ed25519 over the message itself, verified before it is handed out: for signed notes (note.h). */
bool signer_sign_plain(struct signer *signer, const struct buf *message, struct buf *out, struct err *err) MUST_CHECK;

#endif
