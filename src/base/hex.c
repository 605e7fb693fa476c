/* hex.c - one spelling of bytes: lower case, nothing around it. */
#include "base/hex.h"

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

void hex_write(const unsigned char *bytes, size_t len, char *hex)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < len; i++) {
		hex[2 * i] = digits[bytes[i] >> 4];
		hex[2 * i + 1] = digits[bytes[i] & 15];
	}
	hex[2 * len] = '\0';
}

bool hex_read(unsigned char *out, size_t len, const char *hex, size_t hex_len)
{
	if (hex_len != 2 * len)
		return false;
	for (size_t i = 0; i < hex_len; i++)
		if (digit_value(hex[i]) < 0)
			return false;
	for (size_t i = 0; i < len; i++)
		out[i] = (unsigned char)(digit_value(hex[2 * i]) << 4 | digit_value(hex[2 * i + 1]));
	return true;
}
