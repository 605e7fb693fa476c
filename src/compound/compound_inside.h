#ifndef COMPOUND_COMPOUND_INSIDE_H
#define COMPOUND_COMPOUND_INSIDE_H

#include "compound.h"

#include "base/buf.h"
#include "binary/little.h"

struct reader;

/* Numbers of sectors that are none ([MS-CFB] 2.1). */
enum { ENTRY_LEN = 128, ENTRY_NAME_LEN = 64, HEADER_LEN = 512, MINI_LEN = 64, SMALL_BELOW = 4096 };
#define SECTOR_HIGHEST UINT32_C(0xFFFFFFFA)
#define SECTOR_END UINT32_C(0xFFFFFFFE)
#define SECTOR_FREE UINT32_C(0xFFFFFFFF)
#define ENTRY_NONE UINT32_C(0xFFFFFFFF)

/* Sectors of one size, the table that chains them, and which of them some chain has. */
struct sectors {
	struct span bytes; /* of all sectors, the first at 0; the last may be cut short */
	size_t size, count;
	uint32_t *next;    /* `count` of them */
	unsigned char *claimed;
};

struct directory_slot {
	uint32_t left, right, child, start;
	bool small; /* in the stream of small streams */
};

struct compound {
	struct reader *reader;
	struct span file;
	struct sectors big, mini;
	struct buf mini_bytes; /* the mini stream, whole */
	uint32_t directory_start, mini_table_start;
	bool damaged;          /* and said so */
	struct compound_entry *entries;
	struct directory_slot *slots; /* one for each entry */
	size_t count;
	struct buf slack;      /* what no length covers: behind the ends of streams, within tables */
};

/* sectors.c */

/* The tables the header names.  False: none that can be read, undecided was said. */
bool sectors_open(struct compound *compound);

/* The stream all small streams are in, and its table; after the directory was read. */
void sectors_open_mini(struct compound *compound, uint32_t start, uint64_t len);

/* Marks the sectors of a chain as belonging to something, and keeps what is behind its `len` bytes as slack.
 * Returns how many bytes there are: fewer where the chain ends early or runs into another.  Where it is longer,
 * the rest belongs to nothing. */
uint64_t sectors_claim(struct compound *compound, struct sectors *sectors, uint32_t start, uint64_t len);

/* The first `len` bytes of a chain that was claimed. */
void sectors_copy(const struct sectors *sectors, uint32_t start, uint64_t len, struct buf *out);

void sectors_release(struct compound *compound);

/* directory.c: what there is, and where. */
bool directory_open(struct compound *compound);

/* leftover.c: what nothing accounts for. */
void leftover_add(struct compound *compound, struct span bytes); /* unless it is all zeros or all ones */
void leftover_tell(struct compound *compound);                   /* after all chains were claimed */

/* Undecided; said once for a file, with the first reason. */
void compound_damaged(struct compound *compound, const char *what);

#endif
