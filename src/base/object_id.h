#ifndef BASE_OBJECT_ID_H
#define BASE_OBJECT_ID_H

#include "base/err.h"

#include <stddef.h>

/* Git's own name of an object (SHA-1).  It finds objects and carries no trust: SHA-256 does
 * (base/digest.h). */
struct object_id {
	unsigned char byte[20];
};

#define OBJECT_HEX_SIZE 41

bool object_id_equal(const struct object_id *a, const struct object_id *b);
bool object_id_is_zero(const struct object_id *id);
char *object_id_to_hex(const struct object_id *id, char hex[OBJECT_HEX_SIZE]);
bool object_id_from_hex(struct object_id *out, const char *hex, size_t len) MUST_CHECK; /* 40 lower-case digits */

#endif
