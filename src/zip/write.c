/* write.c - a ZIP container with nothing in it that nobody put there (APPNOTE 6.3.10). */
#include "zip/write.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#define ZLIB_CONST
#include <zlib.h>

enum { UTF8_NAMES = 1 << 11, VERSION = 20, FIRST_DAY = 1 << 5 | 1, ENTRIES_MOST = 65535 };
static const size_t SIZE_LIMIT = 0xFFFFFFFF;

struct entry {
	const char *name;
	size_t packed, unpacked, offset;
	unsigned long crc;
	unsigned method;
};

static void put(struct buf *out, size_t value, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++)
		buf_add_byte(out, (char)(i < sizeof(value) ? value >> (8 * i) & 0xFF : 0));
}

/* What the local header and the directory have in common. */
static void put_entry(struct buf *out, const struct entry *e)
{
	put(out, VERSION, 2);
	put(out, UTF8_NAMES, 2);
	put(out, e->method, 2);
	put(out, 0, 2);
	put(out, FIRST_DAY, 2);
	put(out, e->crc, 4);
	put(out, e->packed, 4);
	put(out, e->unpacked, 4);
	put(out, strlen(e->name), 2);
	put(out, 0, 2);
}

/* Raw deflate at once; false: it did not become smaller. */
static bool deflated(const void *bytes, size_t len, struct buf *out)
{
	z_stream z = {0};
	size_t room;
	char *packed;
	bool ok;

	if (len > SIZE_LIMIT || deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		return false;
	room = deflateBound(&z, (uLong)len);
	packed = mem_alloc(room + 1, 1);
	z.next_in = bytes;
	z.avail_in = (uInt)len;
	z.next_out = (unsigned char *)packed;
	z.avail_out = (uInt)room;
	ok = room <= SIZE_LIMIT && deflate(&z, Z_FINISH) == Z_STREAM_END && z.total_out < len;
	if (ok)
		buf_add(out, packed, z.total_out);
	(void)deflateEnd(&z);
	free(packed);
	return ok;
}

bool zip_writer_add(struct zip_writer *zip, const char *name, const void *bytes, size_t len, bool stored, struct err *err)
{
	struct entry e = {.name = name, .unpacked = len, .packed = len, .offset = zip->out.len};
	struct buf packed = {0};

	if (zip->count >= ENTRIES_MOST || len > SIZE_LIMIT - zip->out.len || strlen(name) > 65535)
		return err_set(err, ERR_LIMIT, "more than a ZIP container holds");
	e.crc = crc32_z(crc32(0, NULL, 0), bytes, len);
	if (!stored && len > 0 && deflated(bytes, len, &packed)) {
		e.method = 8;
		e.packed = packed.len;
	}
	put(&zip->out, 0x04034b50, 4);
	put_entry(&zip->out, &e);
	buf_add_string(&zip->out, name);
	buf_add(&zip->out, e.method == 8 ? packed.data : bytes, e.packed);
	put(&zip->directory, 0x02014b50, 4);
	put(&zip->directory, VERSION, 2);
	put_entry(&zip->directory, &e);
	put(&zip->directory, 0, 2 + 2 + 2 + 4);
	put(&zip->directory, e.offset, 4);
	buf_add_string(&zip->directory, name);
	zip->count++;
	buf_release(&packed);
	return true;
}

bool zip_writer_finish(struct zip_writer *zip, struct err *err)
{
	const size_t at = zip->out.len;

	if (zip->directory.len > SIZE_LIMIT - at)
		return err_set(err, ERR_LIMIT, "more than a ZIP container holds");
	buf_add(&zip->out, zip->directory.data, zip->directory.len);
	put(&zip->out, 0x06054b50, 4);
	put(&zip->out, 0, 4);
	put(&zip->out, zip->count, 2);
	put(&zip->out, zip->count, 2);
	put(&zip->out, zip->directory.len, 4);
	put(&zip->out, at, 4);
	put(&zip->out, 0, 2);
	return true;
}

void zip_writer_release(struct zip_writer *zip)
{
	buf_release(&zip->out);
	buf_release(&zip->directory);
}
