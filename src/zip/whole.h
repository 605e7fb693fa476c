#ifndef ZIP_WHOLE_H
#define ZIP_WHOLE_H

#include <stdbool.h>
#include <stddef.h>

/* Is this one zlib stream (RFC 1950) from its first byte to its last, with the checksum it names?  Nothing is kept of it. */
bool inflate_is_whole(const void *bytes, size_t len);

#endif
