#ifndef SEAL_SIGNATURE_H
#define SEAL_SIGNATURE_H

#include "base/err.h"

#include <stddef.h>

struct public_key;

/* SSHSIG (OpenSSH PROTOCOL.sshsig) in its one canonical armor: 70 columns, LF, namespace as asked,
 * reserved empty, hash sha512, the key's one algorithm, S < L, low-S for ECDSA, user presence for
 * sk-*.  The armor must be `-----BEGIN SSH SIGNATURE-----` to `-----END SSH SIGNATURE-----` with
 * no LF behind; any other spelling of the same signature is refused, so that a third party cannot
 * mint a second one.
 *
 * True: the signature over `message` is good, and *signer (owned by the caller) is the key inside
 * it.  Whether that key may sign is somebody else's question.  False: ERR_MISMATCH for a signature
 * that does not verify, ERR_INPUT for one that is not in canonical form. */
bool signature_verify(const char *armor, size_t armor_len, const char *name_space,
                      const void *message, size_t message_len, struct public_key **signer,
                      struct err *err) MUST_CHECK;

/* Does a signature that signature_verify() found good say that its security key knew the user, by PIN
 * or by finger (PROTOCOL.u2f: flag "user verified")?  Other keys cannot say; for them it is false. */
bool signature_has_pin(const char *armor, size_t armor_len, const char *name_space) MUST_CHECK;

#endif
