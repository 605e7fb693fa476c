/* digest.c - naming bytes by SHA-256. */
#include "base/digest.h"

#include "base/hex.h"

#include <string.h>

bool digest_equal(const struct digest *a, const struct digest *b)
{
	return memcmp(a->byte, b->byte, sizeof(a->byte)) == 0;
}

bool digest_is_zero(const struct digest *d)
{
	static const struct digest zero;

	return digest_equal(d, &zero);
}

int digest_compare(const struct digest *a, const struct digest *b)
{
	return memcmp(a->byte, b->byte, sizeof(a->byte));
}

char *digest_to_hex(const struct digest *d, char hex[DIGEST_HEX_SIZE])
{
	hex_write(d->byte, sizeof(d->byte), hex);
	return hex;
}

bool digest_from_hex(struct digest *out, const char *hex, size_t len)
{
	return hex_read(out->byte, sizeof(out->byte), hex, len);
}
