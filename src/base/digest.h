#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include "base/err.h"

#include <stddef.h>

/* The identity of a document, an entry or a body: SHA-256 of its bytes (FIPS 180-4).  Nothing else
 * names one.  Computed by seal/hash.h. */
struct digest {
	unsigned char byte[32];
};

#define DIGEST_HEX_SIZE 65 /* 64 lower-case digits and the NUL */

bool digest_equal(const struct digest *a, const struct digest *b);
bool digest_is_zero(const struct digest *d);
int digest_compare(const struct digest *a, const struct digest *b); /* as memcmp */

/* Writes DIGEST_HEX_SIZE bytes to `hex`, and returns it. */
char *digest_to_hex(const struct digest *d, char hex[DIGEST_HEX_SIZE]);

/* Exactly 64 lower-case hexadecimal digits; upper case is another text and refused. */
bool digest_from_hex(struct digest *out, const char *hex, size_t len) MUST_CHECK;

#endif
