#ifndef CLI_KEY_LOSS_H
#define CLI_KEY_LOSS_H

#include "base/err.h"

/* `review key compromise`: a key was in other hands, from an entry or a day on.  Shows what falls with
 * it, asks, and signs the declaration.  `since` is an entry's number or a date. */
bool key_loss_declare(const char *fingerprint, const char *since, const char *reason, struct err *err) MUST_CHECK;

#endif
