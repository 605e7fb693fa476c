#ifndef COMPOUND_COMPOUND_H
#define COMPOUND_COMPOUND_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct reader;

/* A compound file ([MS-CFB]): storages like folders, streams like files.  Each sector belongs to exactly one
 * thing, or what is in it is told as left over. */
struct compound;

enum { COMPOUND_ROOT = 0 }; /* the index of the root storage: there always is one */

struct compound_entry {
	char *name;       /* UTF-8, as stored: it may begin with a control character ("\1Ole") */
	char *path;       /* for people: from the root, "ObjectPool/_123/[1]Ole"; "" is the root */
	size_t parent;    /* the storage it is in; the root's is the root */
	bool storage;     /* the root, too */
	bool unlisted;    /* in no storage's tree: no program shows it */
	bool read;        /* compound_read() gave it, or compound_pass() */
	unsigned char clsid[16]; /* of a storage; zeros are none */
	uint64_t len;     /* of a stream */
};

/* Reads the sector tables and the directory.  Told to the reader: sectors in no chain, bytes behind the ends of
 * streams and within tables that nothing accounts for, old names in unused entries, all as hidden text with an
 * observation; entries no storage lists, as an observation (their bytes are left to the caller); damage and
 * limits, as undecided.  Names are left to the caller to tell.  False: no compound file that can be read, and
 * undecided was said.  `bytes` is borrowed until compound_free(). */
bool compound_open(struct reader *reader, const void *bytes, size_t len, struct compound **out) MUST_CHECK;

/* In the order of the directory. */
size_t compound_count(const struct compound *compound);
const struct compound_entry *compound_entry(const struct compound *compound, size_t index);

/* The entry of this name in `storage`, as compound files compare names (letters of either case are one);
 * compound_count(): there is none. */
size_t compound_find(const struct compound *compound, size_t storage, const char *name);
bool compound_has(const struct compound *compound, size_t storage, const char *name);

/* Is `index` in `storage`, however deep?  A storage is within itself. */
bool compound_within(const struct compound *compound, size_t storage, size_t index);

/* All bytes of a stream, counted as unpacked, with a NUL behind them; caller frees.  A chain that ends early is
 * undecided, and what there is of it is given.  False: none, undecided was said if it is a stream. */
bool compound_read(struct compound *compound, size_t index, char **out, size_t *len) MUST_CHECK;

/* The same of the stream called `name` in `storage`; false, and nothing said, when there is none. */
bool compound_read_named(struct compound *compound, size_t storage, const char *name, char **out, size_t *len) MUST_CHECK;

/* Nobody needs to look at it any more: for a storage whose entries somebody else told. */
void compound_pass(struct compound *compound, size_t index);

void compound_free(struct compound *compound);

#endif
