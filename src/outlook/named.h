#ifndef OUTLOOK_NAMED_H
#define OUTLOOK_NAMED_H

#include <stddef.h>

struct compound;
struct reader;

/* Names a message gives properties from 0x8000 on ([MS-OXMSG] 2.2.3). */
struct named {
	char **names; /* NULL: none */
	size_t count;
};

/* Reads the storage of names in `storage`, and tells them.  None there: none are known. */
void named_read(struct reader *reader, struct compound *compound, size_t storage, struct named *out);
const char *named_find(const struct named *named, unsigned id); /* NULL: it has none */
void named_release(struct named *named);

#endif
