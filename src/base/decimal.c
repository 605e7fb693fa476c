/* decimal.c - numbers, many of them. */
#include "base/decimal.h"

#include <stddef.h>

char *decimal_write(uint64_t number, char text[DECIMAL_SIZE])
{
	size_t len = 1;

	for (uint64_t rest = number; rest >= 10; rest /= 10)
		len++;
	text[len] = '\0';
	do {
		text[--len] = (char)('0' + number % 10);
		number /= 10;
	} while (len > 0);
	return text;
}
