#ifndef SEAL_AGENT_INSIDE_H
#define SEAL_AGENT_INSIDE_H

#include "seal/signer.h"

/* An SSH_AGENT_IDENTITIES_ANSWER, key by key; keys this program could not use are passed over. */
bool agent_read_identities(const void *reply, size_t len, agent_visit *visit, void *context, struct err *err) MUST_CHECK;

#endif
