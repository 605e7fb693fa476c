#ifndef TESTS_COMPOUNDING_H
#define TESTS_COMPOUNDING_H

/* Compound files made by hand, honest or not. */
#include "base/buf.h"
#include "base/mem.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { CFB_SECTOR = 512, CFB_MINI = 64, CFB_ENTRIES_MOST = 64 };
#define CFB_END 0xFFFFFFFEU
#define CFB_FREE 0xFFFFFFFFU

/* `parent` is the number of the item whose storage it is in, 0 the root; items count from 1. */
struct cfb_item {
	const char *name; /* ASCII */
	const char *data; /* NULL: a storage */
	size_t len, parent;
	bool unlisted;
};

struct cfb {
	struct cfb_item items[CFB_ENTRIES_MOST];
	size_t count;
	struct buf body, mini, table, mini_table; /* sectors, and what follows each */
	const char *loose;                        /* in a sector nothing has */
};

static inline void cfb_put(struct buf *out, uint64_t value, int bytes)
{
	for (int i = 0; i < bytes; i++)
		buf_add_byte(out, (char)(value >> (8 * i) & 0xFF));
}

static inline void cfb_pad(struct buf *out, size_t size, int fill)
{
	while (out->len % size != 0)
		buf_add_byte(out, (char)fill);
}

static inline size_t cfb_add(struct cfb *cfb, struct cfb_item item)
{
	if (cfb->count + 1 < CFB_ENTRIES_MOST)
		cfb->items[cfb->count++] = item;
	return cfb->count;
}

/* Sectors for these bytes at the end; returns the first. */
static inline uint32_t cfb_place(struct buf *body, struct buf *table, const char *bytes, size_t len, size_t size)
{
	const uint32_t first = (uint32_t)(table->len / 4);
	const size_t count = (len + size - 1) / size;

	for (size_t i = 0; i < count; i++)
		cfb_put(table, i + 1 < count ? first + i + 1 : CFB_END, 4);
	if (len > 0)
		buf_add(body, bytes, len);
	cfb_pad(body, size, 0);
	return count > 0 ? first : CFB_END;
}

static inline uint32_t cfb_link(const struct cfb *cfb, size_t from, size_t parent)
{
	for (size_t i = from; i < cfb->count; i++)
		if (cfb->items[i].parent == parent && !cfb->items[i].unlisted)
			return (uint32_t)i + 1;
	return CFB_FREE;
}

static inline void cfb_entry(struct buf *out, const char *name, int type, const uint32_t links[2], uint32_t start, size_t len)
{
	const size_t letters = strlen(name) < 31 ? strlen(name) : 31, from = out->len;

	for (size_t i = 0; i < letters; i++)
		cfb_put(out, (unsigned char)name[i], 2);
	while (out->len < from + 64)
		buf_add_byte(out, 0);
	cfb_put(out, letters * 2 + 2, 2);
	cfb_put(out, (uint64_t)type, 1);
	cfb_put(out, 1, 1);
	cfb_put(out, CFB_FREE, 4);
	cfb_put(out, links[0], 4);
	cfb_put(out, links[1], 4);
	while (out->len < from + 116)
		buf_add_byte(out, 0);
	cfb_put(out, start, 4);
	cfb_put(out, len, 8);
}

static inline uint32_t cfb_directory(struct cfb *cfb, const uint32_t *starts, uint32_t mini_start, size_t mini_len)
{
	struct buf slots = {0};
	uint32_t start;

	cfb_entry(&slots, "Root Entry", 5, (uint32_t[2]){CFB_FREE, cfb_link(cfb, 0, 0)}, mini_start, mini_len);
	for (size_t i = 0; i < cfb->count; i++) {
		const struct cfb_item *item = &cfb->items[i];

		cfb_entry(&slots, item->name, item->data == NULL ? 1 : 2,
		          (uint32_t[2]){item->unlisted ? CFB_FREE : cfb_link(cfb, i + 1, item->parent),
		                        item->data == NULL ? cfb_link(cfb, 0, i + 1) : CFB_FREE},
		          starts[i], item->data == NULL ? 0 : item->len);
	}
	start = cfb_place(&cfb->body, &cfb->table, slots.data, slots.len, CFB_SECTOR);
	buf_release(&slots);
	return start;
}

static inline void cfb_header(struct buf *out, uint32_t tables, uint32_t directory, uint32_t mini_table, uint32_t first_table)
{
	buf_add(out, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x3E\0\3\0\xFE\xFF\x09\0\6\0\0\0\0\0\0\0\0\0\0\0", 44);
	cfb_put(out, tables, 4);
	cfb_put(out, directory, 4);
	cfb_put(out, 0, 4);
	cfb_put(out, 4096, 4);
	cfb_put(out, mini_table, 4);
	cfb_put(out, mini_table == CFB_END ? 0 : 1, 4);
	cfb_put(out, CFB_END, 4);
	cfb_put(out, 0, 4);
	for (uint32_t i = 0; i < 109; i++)
		cfb_put(out, i < tables ? first_table + i : CFB_FREE, 4);
}

/* The whole file; everything else is released.  Caller releases it. */
static inline struct buf cfb_finish(struct cfb *cfb)
{
	struct buf file = {0};
	uint32_t starts[CFB_ENTRIES_MOST] = {0}, mini_start, mini_table, directory, tables = 1, first;

	for (size_t i = 0; i < cfb->count; i++) {
		const struct cfb_item *item = &cfb->items[i];
		const bool small = item->len < 4096;

		if (item->data != NULL)
			starts[i] = cfb_place(small ? &cfb->mini : &cfb->body, small ? &cfb->mini_table : &cfb->table, item->data,
			                      item->len, small ? CFB_MINI : CFB_SECTOR);
	}
	mini_start = cfb_place(&cfb->body, &cfb->table, cfb->mini.data, cfb->mini.len, CFB_SECTOR);
	cfb_pad(&cfb->mini_table, CFB_SECTOR, 0xFF);
	mini_table = cfb_place(&cfb->body, &cfb->table, cfb->mini_table.data, cfb->mini_table.len, CFB_SECTOR);
	directory = cfb_directory(cfb, starts, mini_start, cfb->mini.len);
	if (cfb->loose != NULL) {
		(void)cfb_place(&cfb->body, &cfb->table, cfb->loose, strlen(cfb->loose), CFB_SECTOR);
		memset(cfb->table.data + cfb->table.len - 4, 0xFF, 4);
	}
	first = (uint32_t)(cfb->table.len / 4);
	while (first + tables > tables * (CFB_SECTOR / 4))
		tables++;
	for (uint32_t i = 0; i < tables; i++)
		cfb_put(&cfb->table, 0xFFFFFFFD, 4);
	cfb_pad(&cfb->table, CFB_SECTOR, 0xFF);
	cfb_header(&file, tables, directory, mini_table, first);
	buf_add(&file, cfb->body.data, cfb->body.len);
	buf_add(&file, cfb->table.data, cfb->table.len);
	buf_release(&cfb->body);
	buf_release(&cfb->mini);
	buf_release(&cfb->table);
	buf_release(&cfb->mini_table);
	return file;
}

#endif
