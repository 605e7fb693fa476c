#ifndef BASE_EMBEDDED_H
#define BASE_EMBEDDED_H

#include <stddef.h>

/* A file compiled into the program, so that nothing has to be found at run time.  Tables of these
 * (made by src/embed.cmake) end with a NULL name. */
struct embedded {
	const char *name;
	const unsigned char *bytes;
	size_t len;
};

#endif
