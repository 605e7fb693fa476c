#ifndef CLI_QUARANTINE_H
#define CLI_QUARANTINE_H

#include "base/err.h"

#include <stdbool.h>

struct repo;

/* In a pre-receive hook: is what the environment shows this repository, whole, with what is being pushed and nothing
 * else?  A namespace, or objects that would stay with somebody else: ERR_DENIED. */
bool quarantine_is_plain(const struct repo *repo, struct err *err) MUST_CHECK;

#endif
