/* sectors.c - which sectors follow each other.
 *
 * A compound file is a small file system ([MS-CFB] 2.1 to 2.5).  Chains are claimed before anything is
 * copied: no sector belongs to two things, so no table makes a loop and no file unpacks to more than it is. */
#include "compound_inside.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

enum {
	AT_BYTE_ORDER = 28,
	AT_SECTOR_SHIFT = 30,
	AT_MINI_SHIFT = 32,
	AT_DIRECTORY = 48,
	AT_MINI_CUTOFF = 56,
	AT_MINI_TABLE = 60,
	AT_MORE_TABLES = 68, /* the first sector that lists sectors of the table */
	AT_TABLES = 76,      /* the first of them are listed in the header itself */
	TABLES_IN_HEADER = 109,
};

void compound_damaged(struct compound *compound, const char *what)
{
	if (!compound->damaged)
		reader_undecided(compound->reader, "damaged: %s", what);
	compound->damaged = true;
}

static struct span sector_at(const struct sectors *sectors, uint32_t sector)
{
	return span_cut(sectors->bytes, sector * sectors->size, sectors->size);
}

/* One that exists and nothing has yet. */
static bool claim(struct compound *compound, struct sectors *sectors, uint32_t sector)
{
	if (sector >= sectors->count) {
		compound_damaged(compound, "a chain leads out of the file");
		return false;
	}
	if (sectors->claimed[sector]) {
		compound_damaged(compound, "a sector belongs to two things");
		return false;
	}
	sectors->claimed[sector] = 1;
	return true;
}

uint64_t sectors_claim(struct compound *compound, struct sectors *sectors, uint32_t start, uint64_t len)
{
	uint64_t got = 0;

	for (uint32_t at = start; got < len && at <= SECTOR_HIGHEST && claim(compound, sectors, at); at = sectors->next[at]) {
		const struct span sector = sector_at(sectors, at);
		const uint64_t used = len - got < sector.len ? len - got : sector.len;

		leftover_add(compound, span_from(sector, (size_t)used));
		got += used;
	}
	return got;
}

void sectors_copy(const struct sectors *sectors, uint32_t start, uint64_t len, struct buf *out)
{
	for (uint32_t at = start; len > 0 && at < sectors->count; at = sectors->next[at]) {
		const struct span sector = sector_at(sectors, at);
		const uint64_t used = len < sector.len ? len : sector.len;

		if (used == 0)
			return;
		buf_add(out, sector.bytes, (size_t)used);
		len -= used;
	}
}

static void sectors_init(struct sectors *sectors, struct span bytes, size_t size)
{
	sectors->bytes = bytes;
	sectors->size = size;
	sectors->count = (bytes.len + size - 1) / size;
	sectors->next = mem_alloc(sectors->count + 1, sizeof(*sectors->next));
	sectors->claimed = mem_alloc(sectors->count + 1, 1);
	memset(sectors->next, 0xFF, sectors->count * sizeof(*sectors->next));
}

/* A part of a table, for the sectors from `*from` on.  What it says of sectors there are not is slack. */
static void take_table(struct compound *compound, struct sectors *sectors, struct span part, size_t *from)
{
	size_t at = 0;

	for (; at + 4 <= part.len && *from < sectors->count; at += 4)
		sectors->next[(*from)++] = span32(part, at);
	leftover_add(compound, span_from(part, at));
}

/* One sector of the table.  False: the list of them ends here. */
static bool take_sector(struct compound *compound, uint32_t sector, size_t *from)
{
	if (sector > SECTOR_HIGHEST)
		return false;
	if (claim(compound, &compound->big, sector))
		take_table(compound, &compound->big, sector_at(&compound->big, sector), from);
	return true;
}

/* The table of sectors is in sectors itself: 109 of them are listed in the header, more in a chain of lists. */
static void take_tables(struct compound *compound)
{
	const size_t each = compound->big.size / 4 - 1;
	uint32_t list = span32(compound->file, AT_MORE_TABLES);
	size_t from = 0;

	for (size_t i = 0; i < TABLES_IN_HEADER; i++)
		if (!take_sector(compound, span32(compound->file, AT_TABLES + i * 4), &from)) {
			leftover_add(compound, span_cut(compound->file, AT_TABLES + i * 4, (TABLES_IN_HEADER - i) * 4));
			break;
		}
	while (list <= SECTOR_HIGHEST && claim(compound, &compound->big, list)) {
		const struct span sectors = sector_at(&compound->big, list);

		for (size_t i = 0; i < each; i++)
			if (!take_sector(compound, span32(sectors, i * 4), &from)) {
				leftover_add(compound, span_cut(sectors, i * 4, (each - i) * 4));
				break;
			}
		list = span32(sectors, each * 4);
	}
}

bool sectors_open(struct compound *compound)
{
	const struct span file = compound->file;
	const unsigned shift = span16(file, AT_SECTOR_SHIFT);
	const size_t size = (size_t)1 << (shift & 15);

	if (file.len < HEADER_LEN || span16(file, AT_BYTE_ORDER) != 0xFFFE || shift < 9 || shift > 12 ||
	    span16(file, AT_MINI_SHIFT) != 6 || span32(file, AT_MINI_CUTOFF) != SMALL_BELOW) {
		reader_undecided(compound->reader, "damaged: no compound file behind its first bytes");
		return false;
	}
	if (!reader_may_unpack(compound->reader, file.len / 64, file.len))
		return false;
	sectors_init(&compound->big, span_from(file, size > HEADER_LEN ? size : HEADER_LEN), size);
	leftover_add(compound, span_cut(file, 8, 16)); /* the header's class, unused */
	leftover_add(compound, span_cut(file, AT_MINI_SHIFT + 2, 6));
	if (size > HEADER_LEN)
		leftover_add(compound, span_cut(file, HEADER_LEN, size - HEADER_LEN));
	take_tables(compound);
	compound->directory_start = span32(file, AT_DIRECTORY);
	compound->mini_table_start = span32(file, AT_MINI_TABLE);
	return true;
}

void sectors_open_mini(struct compound *compound, uint32_t start, uint64_t len)
{
	const uint64_t have = sectors_claim(compound, &compound->big, start, len);
	uint64_t table_len;
	struct buf table = {0};
	size_t from = 0;

	if (have < len)
		compound_damaged(compound, "the stream of small streams ends early");
	if (reader_may_unpack(compound->reader, (size_t)have, (size_t)have))
		sectors_copy(&compound->big, start, have, &compound->mini_bytes);
	sectors_init(&compound->mini, (struct span){(unsigned char *)compound->mini_bytes.data, compound->mini_bytes.len},
	             MINI_LEN);
	table_len = sectors_claim(compound, &compound->big, compound->mini_table_start, compound->mini.count * 4);
	sectors_copy(&compound->big, compound->mini_table_start, table_len, &table);
	take_table(compound, &compound->mini, (struct span){(unsigned char *)table.data, table.len}, &from);
	buf_release(&table);
}

void sectors_release(struct compound *compound)
{
	free(compound->big.next);
	free(compound->big.claimed);
	free(compound->mini.next);
	free(compound->mini.claimed);
	buf_release(&compound->mini_bytes);
}
