#ifndef ZIP_ZIP_INSIDE_H
#define ZIP_ZIP_INSIDE_H

#include "zip/zip.h"

#include <stdbool.h>

enum {
	LOCAL_HEADER = 0x04034B50, /* "PK\3\4" */
	DESCRIPTOR = 0x08074B50,
	DIRECTORY_HEADER = 0x02014B50,
	DIRECTORY_END = 0x06054B50,
	DIRECTORY_END_64 = 0x06064B50,
	LOCATOR_64 = 0x07064B50,
};
enum { LOCAL_SIZE = 30, HEADER_SIZE = 46, END_SIZE = 22, END_64_SIZE = 56, LOCATOR_64_SIZE = 20 };
enum { FLAG_ENCRYPTED = 1, FLAG_DESCRIPTOR = 8, FLAG_STRONG = 0x40, FLAG_UTF8 = 0x800, FLAG_MASKED = 0x2000 };

/* A stretch of the container. */
struct stretch {
	const unsigned char *bytes;
	size_t len;
};

/* Where one entry stands, and what its header in the directory says. */
struct record {
	size_t start, data, end; /* local header, packed data, one behind the last byte */
	uint32_t crc;
	unsigned flags, method;
	uint64_t packed, unpacked, offset;
	struct stretch name, extra, comment;
};

struct zip {
	struct reader *reader;
	const unsigned char *bytes;
	size_t len;
	struct zip_entry *entries;
	struct record *records; /* of the same index */
	size_t count, room;
	size_t *by_name;        /* indexes, sorted by name */
	size_t directory, directory_end; /* its first byte; one behind the end record and its comment */
	size_t base;            /* what offsets in it count from */
};

static inline unsigned get16(const unsigned char *at)
{
	return (unsigned)at[0] | (unsigned)at[1] << 8;
}

static inline uint32_t get32(const unsigned char *at)
{
	return (uint32_t)get16(at) | (uint32_t)get16(at + 2) << 16;
}

static inline uint64_t get64(const unsigned char *at)
{
	return (uint64_t)get32(at) | (uint64_t)get32(at + 4) << 32;
}

/* A new entry: `record` is copied, its name is read and told where needed. */
void zip_add(struct zip *zip, const struct record *record, bool unlisted);

/* directory.c: find the directory and add what it lists.  False: there is none, and undecided was said. */
bool directory_read(struct zip *zip);

/* local.c: hold the local header of entry `index` against its record, and find where its data stands. */
void local_check(struct zip *zip, size_t index);
/* The entry whose local header is at `at`, if there is a believable one that ends before `end`. */
bool local_guess(struct zip *zip, size_t at, size_t end, struct record *out);

/* extra.c: tell what the extra fields hold.  `*unicode` is the name in an Info-ZIP Unicode path, if any. */
void extra_tell(struct zip *zip, const char *entry, const struct stretch *extra);
struct stretch extra_find(const struct stretch *extra, unsigned id);
char *name_of(struct zip *zip, const struct record *record);

/* cover.c: what no entry and no directory accounts for. */
void cover_check(struct zip *zip);

#endif
