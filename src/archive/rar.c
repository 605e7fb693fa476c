/* rar.c - a walk over the blocks of rar archives, old (RAR 1.5 to 4) and new (RAR 5.0 archive format).
 *
 * The library reads files.  Comments, NTFS streams, owners and whatever else is kept in service blocks it
 * passes over, volumes of a set it takes for archives that end early. */
#include "archive_inside.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* What is in a block besides files, by the name of its service. */
static void tell_service(struct reader *reader, const char *name, bool stored, const unsigned char *data, size_t len)
{
	const struct part part = {"", data, len};
	char *place = mem_format("service block %s", name);

	if (strcmp(name, "RR") == 0) {
		reader_observe(reader, OBSERVED_BINARY_DATA, "record for recovery");
	} else if (strcmp(name, "QO") == 0) {
		reader_binary(reader, place, &part); /* copies of headers */
	} else if (!stored) {
		reader_undecided(reader, "%s is packed, and not read", strcmp(name, "CMT") == 0 ? "the comment" : place);
	} else if (strcmp(name, "CMT") == 0) {
		reader_observe(reader, OBSERVED_COMMENT, "comment of the archive");
		reader_bytes(reader, FLOW_COMMENT, "comment of the archive", "UTF-8", data, len);
	} else {
		reader_observe(reader, OBSERVED_UNLISTED_DATA, "%s", place);
		reader_part(reader, place, &part);
	}
	free(place);
}

static char *service_name(const unsigned char *at, size_t len)
{
	char *name = mem_copy_bytes(at, len < 32 ? len : 32);

	for (char *c = name; *c != '\0'; c++)
		*c = *c >= 'A' && *c <= 'Z' ? *c : '?';
	return name;
}

/* ---- Old: CRC, type, flags and size of each block; with flag 0x8000 the size of what follows it. */

enum { OLD_MAIN = 0x73, OLD_FILE = 0x74, OLD_COMMENT = 0x75, OLD_SERVICE = 0x7A, OLD_END = 0x7B };
enum { OLD_STORED = 0x30, OLD_LONG = 0x8000, OLD_WIDE = 0x100 };

static void old_service(struct reader *reader, const unsigned char *head, size_t size, uint64_t data)
{
	const size_t at = 32 + ((get16(head + 3) & OLD_WIDE) != 0 ? 8U : 0U);
	const size_t len = size >= at ? get16(head + 26) : 0;
	char *name = service_name(head + at, size >= at && len <= size - at ? len : 0);

	tell_service(reader, name, size >= at && head[25] == OLD_STORED, head + size, (size_t)data);
	free(name);
}

static void old_block(struct reader *reader, const unsigned char *head, size_t size, uint64_t data)
{
	const unsigned type = head[2], flags = get16(head + 3);

	if (type == OLD_MAIN && (flags & 1) != 0)
		reader_undecided(reader, "a part of a split archive");
	if (type == OLD_MAIN && (flags & 0x80) != 0)
		reader_undecided(reader, "encrypted, its names too");
	if ((type == OLD_MAIN && (flags & 2) != 0) || type == OLD_COMMENT || (type == OLD_FILE && (flags & 8) != 0))
		reader_undecided(reader, "the comment is packed, and not read");
	if (type == OLD_SERVICE)
		old_service(reader, head, size, data);
	else if (type < OLD_MAIN || type > OLD_END || (type > OLD_COMMENT && type < OLD_SERVICE))
		tell_slack(reader, "a block of an old kind", head, size + (size_t)data);
}

void rar4_walk(struct reading *reading)
{
	const struct part *part = reading->part;
	size_t at = 7;
	bool ended = false;

	while (!ended && part->len - at >= 7 && !reader_stopped(reading->reader)) {
		const unsigned char *head = part->bytes + at;
		const size_t size = get16(head + 5), left = part->len - at;
		const bool wide = head[2] >= OLD_FILE && head[2] != OLD_END && (get16(head + 3) & OLD_WIDE) != 0;
		uint64_t data = 0;

		if (size < 7 || size > left || ((get16(head + 3) & OLD_LONG) != 0 && size < 11))
			break;
		if ((get16(head + 3) & OLD_LONG) != 0)
			data = get32(head + 7) | (wide && size >= 36 ? (uint64_t)get32(head + 32) << 32 : 0);
		if (data > left - size)
			break;
		old_block(reading->reader, head, size, data);
		if (head[2] == OLD_MAIN && (get16(head + 3) & 0x80) != 0)
			return; /* what follows cannot be told from noise */
		ended = head[2] == OLD_END;
		at += size + (size_t)data;
	}
	if (!ended && part->len > at) {
		reader_undecided(reading->reader, "damaged or cut short, at byte %zu", at);
		tell_slack(reading->reader, "what could not be read", part->bytes + at, part->len - at);
	} else {
		tell_appended(reading->reader, "behind the end of the archive", part->bytes + at, part->len - at);
	}
}

/* ---- New: numbers of seven bits a byte, the low ones first. */

enum { NEW_MAIN = 1, NEW_FILE = 2, NEW_SERVICE = 3, NEW_ENCRYPTION = 4, NEW_END = 5 };
enum { HAS_EXTRA = 1, HAS_DATA = 2 };

struct cursor {
	const unsigned char *at, *end;
	bool bad;
};

static uint64_t next_number(struct cursor *cursor)
{
	uint64_t value = 0;

	for (unsigned shift = 0; shift < 63; shift += 7) {
		if (cursor->at == cursor->end)
			break;
		value |= (uint64_t)(*cursor->at & 0x7F) << shift;
		if ((*cursor->at++ & 0x80) == 0)
			return value;
	}
	cursor->bad = true;
	return 0;
}

static void new_service(struct reader *reader, struct cursor *cursor, const unsigned char *data, size_t len)
{
	const uint64_t flags = next_number(cursor);
	uint64_t packing, name_len;
	size_t skip;
	char *name;

	(void)next_number(cursor); /* unpacked size */
	(void)next_number(cursor); /* attributes */
	skip = ((flags & 2) != 0 ? 4U : 0U) + ((flags & 4) != 0 ? 4U : 0U);
	if (cursor->bad || (size_t)(cursor->end - cursor->at) < skip)
		return;
	cursor->at += skip;
	packing = next_number(cursor);
	(void)next_number(cursor); /* system */
	name_len = next_number(cursor);
	if (cursor->bad || name_len > (size_t)(cursor->end - cursor->at)) {
		reader_undecided(reader, "a damaged service block");
		return;
	}
	name = service_name(cursor->at, (size_t)name_len);
	tell_service(reader, name, (packing >> 7 & 7) == 0, data, len);
	free(name);
}

/* Records at the end of a file's header: 1 says it is encrypted. */
static bool is_encrypted(const unsigned char *end, size_t extra)
{
	struct cursor cursor = {end - extra, end, false};

	while (cursor.at < cursor.end) {
		const uint64_t size = next_number(&cursor);
		struct cursor record = cursor;

		if (cursor.bad || size == 0 || size > (size_t)(cursor.end - cursor.at))
			return false;
		if (next_number(&record) == 1)
			return true;
		cursor.at += size;
	}
	return false;
}

/* `cursor` stands behind the type and the flags. */
static void new_block(struct reader *reader, uint64_t type, struct cursor *cursor, const unsigned char *data, size_t len)
{
	if (type == NEW_MAIN && (next_number(cursor) & 1) != 0)
		reader_undecided(reader, "a part of a split archive");
	else if (type == NEW_ENCRYPTION)
		reader_undecided(reader, "encrypted, its names too");
	else if (type == NEW_SERVICE)
		new_service(reader, cursor, data, len);
	else if (type > NEW_END)
		tell_slack(reader, "a block of a kind not known", data, len);
}

/* The block at `at`: its type, and where the next one is; 0: none that can be read. */
static size_t new_step(struct reading *reading, size_t at, uint64_t *type)
{
	const struct part *part = reading->part;
	struct cursor cursor = {part->bytes + at, part->bytes + part->len, false};
	uint64_t size, flags, extra = 0, data = 0;
	const unsigned char *behind;

	if (part->len - at < 7)
		return 0;
	cursor.at += 4;
	size = next_number(&cursor);
	if (cursor.bad || size > (size_t)(cursor.end - cursor.at))
		return 0;
	behind = cursor.at + size;
	cursor.end = behind;
	*type = next_number(&cursor);
	flags = next_number(&cursor);
	if ((flags & HAS_EXTRA) != 0)
		extra = next_number(&cursor);
	if ((flags & HAS_DATA) != 0)
		data = next_number(&cursor);
	if (cursor.bad || extra > (size_t)(behind - cursor.at) || data > (size_t)(part->bytes + part->len - behind))
		return 0;
	if (*type == NEW_FILE && is_encrypted(behind, (size_t)extra))
		reader_undecided(reading->reader, "an entry that is encrypted");
	new_block(reading->reader, *type, &cursor, behind, (size_t)data);
	return (size_t)(behind - part->bytes) + (size_t)data;
}

void rar5_walk(struct reading *reading)
{
	const struct part *part = reading->part;
	uint64_t type = 0;
	size_t at = 8, next;

	while (at < part->len && type != NEW_END && type != NEW_ENCRYPTION && !reader_stopped(reading->reader)) {
		next = new_step(reading, at, &type);
		if (next == 0)
			break;
		at = next;
	}
	if (type == NEW_ENCRYPTION)
		return; /* what follows cannot be told from noise */
	if (type == NEW_END) {
		tell_appended(reading->reader, "behind the end of the archive", part->bytes + at, part->len - at);
	} else {
		reader_undecided(reading->reader, "damaged or cut short, at byte %zu", at);
		tell_slack(reading->reader, "what could not be read", part->bytes + at, part->len - at);
	}
}
