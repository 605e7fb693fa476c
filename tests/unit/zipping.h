#ifndef TESTS_ZIPPING_H
#define TESTS_ZIPPING_H

/* ZIP containers made by hand, honest or not. */
#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* One entry to be made.  Fields left zero are those of an honest container. */
struct item {
	const char *name, *data;
	const char *local_name;     /* another one in the local header */
	const char *comment, *extra;
	size_t extra_len, name_len, data_len;
	unsigned flags, method;
	bool deflated, descriptor, unlisted, wide;
	uint32_t wrong_crc, wrong_size;
};

struct made {
	struct buf file, directory;
	unsigned listed;
};

static inline void put(struct buf *out, uint64_t value, int bytes)
{
	for (int i = 0; i < bytes; i++)
		buf_add_byte(out, (char)(value >> (8 * i) & 0xFF));
}

static inline uint32_t crc_of(const char *data, size_t len)
{
	uint32_t crc = 0xFFFFFFFF;

	for (size_t i = 0; i < len; i++) {
		crc ^= (unsigned char)data[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (0xEDB88320U & (0U - (crc & 1)));
	}
	return ~crc;
}

/* What both headers have in common, from the flags on. */
static inline void put_common(struct buf *out, const struct item *item, uint32_t crc, uint64_t packed, uint64_t unpacked)
{
	put(out, item->flags | (item->descriptor ? 8U : 0U), 2);
	put(out, item->method != 0 ? item->method : (item->deflated ? 8 : 0), 2);
	put(out, 0, 4);
	put(out, crc, 4);
	put(out, item->wide ? UINT32_MAX : packed, 4);
	put(out, item->wide ? UINT32_MAX : unpacked, 4);
}

static inline void put_wide(struct buf *out, uint64_t packed, uint64_t unpacked)
{
	put(out, 1, 2);
	put(out, 16, 2);
	put(out, unpacked, 8);
	put(out, packed, 8);
}

static inline void add_local(struct made *made, const struct item *item, uint32_t crc, uint64_t packed, uint64_t unpacked)
{
	const char *name = item->local_name != NULL ? item->local_name : item->name;
	const size_t name_len = item->name_len > 0 ? item->name_len : strlen(name);
	const bool later = item->descriptor;

	put(&made->file, 0x04034B50, 4);
	put(&made->file, 20, 2);
	put_common(&made->file, item, later ? 0 : crc, later ? 0 : packed, later ? 0 : unpacked);
	put(&made->file, name_len, 2);
	put(&made->file, item->extra_len + (item->wide ? 20 : 0), 2);
	buf_add(&made->file, name, name_len);
	if (item->wide)
		put_wide(&made->file, packed, unpacked);
	if (item->extra_len > 0)
		buf_add(&made->file, item->extra, item->extra_len);
}

static inline void add_listing(struct made *made, const struct item *item, size_t at, uint32_t crc, uint64_t packed,
                        uint64_t unpacked)
{
	const size_t name_len = item->name_len > 0 ? item->name_len : strlen(item->name);
	const char *comment = item->comment != NULL ? item->comment : "";
	struct buf *out = &made->directory;

	put(out, 0x02014B50, 4);
	put(out, 20, 2);
	put(out, 20, 2);
	put_common(out, item, crc, packed, unpacked);
	put(out, name_len, 2);
	put(out, item->extra_len + (item->wide ? 20 : 0), 2);
	put(out, strlen(comment), 2);
	put(out, 0, 8);
	put(out, at, 4);
	buf_add(out, item->name, name_len);
	if (item->wide)
		put_wide(out, packed, unpacked);
	if (item->extra_len > 0)
		buf_add(out, item->extra, item->extra_len);
	buf_add_string(out, comment);
	made->listed++;
}

/* Deflated as one stored block: unpacked by the same code, made without a library. */
static inline void add(struct made *made, struct item item)
{
	const size_t at = made->file.len, len = item.data_len > 0 ? item.data_len : strlen(item.data), packed = len + (item.deflated ? 5 : 0);
	const uint32_t crc = crc_of(item.data, len) ^ item.wrong_crc;
	const uint64_t unpacked = len + item.wrong_size;

	add_local(made, &item, crc, packed, unpacked);
	if (item.deflated) {
		put(&made->file, 1, 1);
		put(&made->file, len, 2);
		put(&made->file, ~len & 0xFFFF, 2);
	}
	buf_add(&made->file, item.data, len);
	if (item.descriptor) {
		put(&made->file, 0x08074B50, 4);
		put(&made->file, crc, 4);
		put(&made->file, packed, 4);
		put(&made->file, unpacked, 4);
	}
	if (!item.unlisted)
		add_listing(made, &item, at, crc, packed, unpacked);
}

static inline void finish(struct made *made, size_t before, const char *comment)
{
	const size_t at = made->file.len;

	buf_add(&made->file, made->directory.data != NULL ? made->directory.data : "", made->directory.len);
	put(&made->file, 0x06054B50, 4);
	put(&made->file, 0, 4);
	put(&made->file, made->listed, 2);
	put(&made->file, made->listed, 2);
	put(&made->file, made->directory.len, 4);
	put(&made->file, at - before, 4);
	put(&made->file, strlen(comment), 2);
	buf_add_string(&made->file, comment);
	buf_release(&made->directory);
}

#endif
