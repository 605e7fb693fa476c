/* object_id.c - git's names, for finding objects. */
#include "base/object_id.h"

#include "base/hex.h"

#include <string.h>

bool object_id_equal(const struct object_id *a, const struct object_id *b)
{
	return memcmp(a->byte, b->byte, sizeof(a->byte)) == 0;
}

bool object_id_is_zero(const struct object_id *id)
{
	static const struct object_id zero;

	return object_id_equal(id, &zero);
}

char *object_id_to_hex(const struct object_id *id, char hex[OBJECT_HEX_SIZE])
{
	hex_write(id->byte, sizeof(id->byte), hex);
	return hex;
}

bool object_id_from_hex(struct object_id *out, const char *hex, size_t len)
{
	return hex_read(out->byte, sizeof(out->byte), hex, len);
}
