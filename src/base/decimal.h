#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include <stdint.h>

/* A number as people write it, where printf would cost more than all around it. */
enum { DECIMAL_SIZE = 21 }; /* of the largest, and a NUL */
char *decimal_write(uint64_t number, char text[DECIMAL_SIZE]);

#endif
