#ifndef TESTS_OUTLOOK_FIXTURE_H
#define TESTS_OUTLOOK_FIXTURE_H

/* A compound file ([MS-CFB]) of a few short streams, all in the mini stream; and the lists of properties a
 * message keeps in one. */
#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { SAVED_SECTOR = 512, SAVED_MINI = 64, SAVED_ENTRY = 128, SAVED_MOST = 80 };

struct saved {
	const char *name;
	size_t parent; /* 0: the root, n: the n-th of the list, counted from 1 */
	const char *bytes;
	size_t len;
	bool storage;
};

static inline void put16(struct buf *out, unsigned n)
{
	buf_add_byte(out, (char)(n & 0xFF));
	buf_add_byte(out, (char)(n >> 8 & 0xFF));
}

static inline void put32(struct buf *out, uint32_t n)
{
	put16(out, n & 0xFFFF);
	put16(out, n >> 16);
}

static inline void fill(struct buf *out, size_t size, char with)
{
	while (out->len % size != 0)
		buf_add_byte(out, with);
}

/* Each letter as UTF-16LE. */
static inline void put_wide(struct buf *out, const char *ascii)
{
	for (; *ascii != '\0'; ascii++)
		put16(out, (unsigned char)*ascii);
}

static inline void saved_entry(struct buf *out, const char *name, unsigned kind, const uint32_t links[3], uint32_t len)
{
	const size_t from = out->len;

	put_wide(out, name);
	while (out->len < from + 64)
		buf_add_byte(out, '\0');
	put16(out, (unsigned)strlen(name) * 2 + 2);
	put16(out, kind | 1 << 8);
	put32(out, UINT32_MAX);
	put32(out, links[0]); /* the next of its storage */
	put32(out, links[1]); /* the first within it */
	while (out->len < from + 116)
		buf_add_byte(out, '\0');
	put32(out, links[2]); /* where it begins */
	put32(out, len);
	put32(out, 0);
}

static inline uint32_t saved_next(const struct saved *items, size_t count, size_t parent, size_t from)
{
	for (size_t i = from; i < count; i++)
		if (items[i].parent == parent)
			return (uint32_t)i + 1;
	return UINT32_MAX;
}

/* A table of `count` sectors of which each is followed by the next; `ends`: the last of each chain. */
static inline void saved_chain(struct buf *table, size_t *at, size_t count)
{
	for (size_t i = 0; i < count; i++)
		put32(table, i + 1 < count ? (uint32_t)(*at + i + 1) : UINT32_C(0xFFFFFFFE));
	*at += count;
}

static inline void saved_file(const struct saved *items, size_t count, struct buf *out)
{
	struct buf mini = {0}, mini_table = {0}, directory = {0}, table = {0};
	size_t mini_at = 0, at = 0, starts[4];
	uint32_t root[3] = {UINT32_MAX, saved_next(items, count, 0, 0), 0}, begins[SAVED_MOST] = {0};

	for (size_t i = 0; i < count; i++) {
		begins[i] = items[i].len > 0 ? (uint32_t)mini_at : UINT32_C(0xFFFFFFFE);
		buf_add(&mini, items[i].bytes, items[i].len);
		fill(&mini, SAVED_MINI, '\0');
		saved_chain(&mini_table, &mini_at, (items[i].len + SAVED_MINI - 1) / SAVED_MINI);
	}
	saved_entry(&directory, "Root Entry", 5, root, (uint32_t)mini.len);
	for (size_t i = 0; i < count; i++) {
		const uint32_t links[3] = {saved_next(items, count, items[i].parent, i + 1), saved_next(items, count, i + 1, 0),
		                           items[i].storage ? 0 : begins[i]};

		saved_entry(&directory, items[i].name, items[i].storage ? 1 : 2, links, (uint32_t)items[i].len);
	}
	fill(&mini, SAVED_SECTOR, '\0');
	fill(&mini_table, SAVED_SECTOR, '\xFF');
	fill(&directory, SAVED_SECTOR, '\0');
	for (size_t i = 0; i < 3; i++) {
		starts[i] = at;
		saved_chain(&table, &at, (i == 0 ? mini.len : i == 1 ? mini_table.len : directory.len) / SAVED_SECTOR);
	}
	put32(&table, UINT32_C(0xFFFFFFFD));
	fill(&table, SAVED_SECTOR, '\xFF');
	buf_add(out, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
	buf_add(out, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x3E\0\3\0\xFE\xFF\x09\0\6\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0", 40);
	put32(out, (uint32_t)starts[2]);
	put32(out, 0);
	put32(out, 4096);
	put32(out, (uint32_t)starts[1]);
	put32(out, (uint32_t)(mini_table.len / SAVED_SECTOR));
	put32(out, UINT32_C(0xFFFFFFFE));
	put32(out, 0);
	put32(out, (uint32_t)at);
	fill(out, SAVED_SECTOR, '\xFF');
	buf_add(out, mini.data, mini.len);
	buf_add(out, mini_table.data, mini_table.len);
	buf_add(out, directory.data, directory.len);
	buf_add(out, table.data, table.len);
	buf_release(&mini);
	buf_release(&mini_table);
	buf_release(&directory);
	buf_release(&table);
}

#endif
