/* hex.c - one spelling of bytes: lower case, nothing around it. */
#include "base/hex.h"

/* 1 more than what the digit is worth; 0: not a digit. */
static const unsigned char worth[256] = {
	['0'] = 1, ['1'] = 2, ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
	['8'] = 9, ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
};

/* More than 15: not a digit. */
static unsigned worth_of(char digit)
{
	return worth[(unsigned char)digit] - 1u;
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
	unsigned wrong = 0;

	if (hex_len != 2 * len)
		return false;
	for (size_t i = 0; i < hex_len; i++)
		wrong |= worth_of(hex[i]);
	if (wrong > 15)
		return false;
	for (size_t i = 0; i < len; i++)
		out[i] = (unsigned char)(worth_of(hex[2 * i]) << 4 | worth_of(hex[2 * i + 1]));
	return true;
}
