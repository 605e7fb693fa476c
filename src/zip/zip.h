#ifndef ZIP_ZIP_H
#define ZIP_ZIP_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct reader;

/* A ZIP container as its central directory lists it (APPNOTE 6.3.10), held against its local headers:
 * each byte belongs to exactly one thing, or it is told as appended or unlisted data. */
struct zip;

struct zip_entry {
	char *name;          /* UTF-8; where it was not marked as such, its best strictly valid reading */
	uint64_t packed, unpacked;
	unsigned method;     /* 0 stored, 8 deflated; others are undecided when unpacked */
	bool encrypted, folder;
	bool unlisted;       /* found by its local header only: no program that trusts the directory sees it */
};

/* Reads the directory; comments, extra fields, gaps, heads, tails, entries outside the directory and
 * disagreements of the two headers are told to the reader (comments, and names in a charset not known, as
 * text, the rest as observations or undecided).  Other names are left to the caller to tell.  False: no ZIP
 * that can be read, and undecided was said.  `bytes` is borrowed. */
bool zip_open(struct reader *reader, const void *bytes, size_t len, struct zip **out) MUST_CHECK;

/* Entries in the order of the directory; those outside it come last. */
size_t zip_count(const struct zip *zip);
const struct zip_entry *zip_entry(const struct zip *zip, size_t index);
size_t zip_find(const struct zip *zip, const char *name); /* zip_count() when there is none; exact, a leading / ignored */

/* Unpack one entry; checks its size and CRC-32.  False: undecided was said, by the entry's name.  Caller
 * frees `*out`, which has a NUL behind `*len`. */
bool zip_unpack(struct zip *zip, size_t index, char **out, size_t *len) MUST_CHECK;
void zip_free(struct zip *zip);

#endif
