#ifndef BASE_HEX_H
#define BASE_HEX_H

#include <stdbool.h>
#include <stddef.h>

/* Lower-case hexadecimal.  hex_write() writes 2 * len digits and a NUL; hex_read() wants exactly
 * 2 * len lower-case digits and writes `out` only if they are. */
void hex_write(const unsigned char *bytes, size_t len, char *hex);
bool hex_read(unsigned char *out, size_t len, const char *hex, size_t hex_len);

#endif
