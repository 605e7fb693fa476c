#ifndef ZIP_WHOLE_H
#define ZIP_WHOLE_H

#include <stdbool.h>
#include <stddef.h>

/* One zlib stream (RFC 1950) that fills a file, unpacked in pieces of the caller's size: for who must know that it is whole. */
struct inflating;

/* `fd` is the caller's, and read from where it stands.  To be ended. */
struct inflating *inflating_begin(int fd);

/* Up to `len` bytes more; how many they are.  Fewer: it ended there, or is cut short or damaged, which inflating_end() tells apart. */
size_t inflating_next(struct inflating *at, void *out, size_t len);

/* Did the stream end behind what was unpacked, with the checksum it names, and the file with it?  `at` is freed. */
bool inflating_end(struct inflating *at);

#endif
