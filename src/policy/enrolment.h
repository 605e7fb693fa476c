#ifndef POLICY_ENROLMENT_H
#define POLICY_ENROLMENT_H

#include "base/err.h"

#include <stddef.h>

struct buf;
struct digest;
struct public_key;

/* That somebody holds a key, said with that key: for one ledger, one person, one key, and nothing else. */
#define ENROLMENT_NAMESPACE "review-enrolment"

/* What is signed, appended to `out`. */
void enrolment_write(const struct digest *ledger, const char *person, const struct public_key *key, struct buf *out);

/* `text` (with a NUL behind) is that, the armor of its signature, and one LF, to the byte.  *person and
 * *key are owned by the caller. */
bool enrolment_read(const char *text, size_t len, const struct digest *ledger, char **person, struct public_key **key,
                    struct err *err) MUST_CHECK;

#endif
