/* cabinet.c - cabinets (MS-CAB), and the heads of 7z archives.
 *
 * A cabinet says where its lists and its data stand, so that what lies between can be told.  A 7z says where
 * its list of contents is, which is packed as a rule: only what is behind that can be. */
#include "archive_inside.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { HEAD = 36, FOLDER = 8, FILE_HEAD = 16, BLOCK_HEAD = 8, HAS_PREVIOUS = 1, HAS_NEXT = 2, HAS_RESERVE = 4 };

/* What somebody owns. */
struct extent {
	size_t from, to;
};

struct cabinet {
	struct reader *reader;
	const unsigned char *bytes;
	size_t len, at;
	size_t folder_room, block_room; /* reserved in each */
	struct extent *extents;
	size_t count;
};

static void own(struct cabinet *cabinet, size_t from, size_t to)
{
	cabinet->extents = mem_grow(cabinet->extents, cabinet->count, sizeof(*cabinet->extents));
	cabinet->extents[cabinet->count++] = (struct extent){from, to};
}

/* Room anybody may use.  `at` moves to the list of folders. */
static void read_reserve(struct cabinet *cabinet)
{
	size_t room;

	cabinet->at = HEAD;
	if ((get16(cabinet->bytes + 30) & HAS_RESERVE) == 0 || cabinet->len < HEAD + 4)
		return;
	room = get16(cabinet->bytes + HEAD);
	cabinet->folder_room = cabinet->bytes[HEAD + 2];
	cabinet->block_room = cabinet->bytes[HEAD + 3];
	room = room < cabinet->len - HEAD - 4 ? room : cabinet->len - HEAD - 4;
	tell_slack(cabinet->reader, "reserved room of the cabinet", cabinet->bytes + HEAD + 4, room);
	cabinet->at = HEAD + 4 + room;
}

/* The blocks of one folder, one behind the other. */
static void own_blocks(struct cabinet *cabinet, size_t from, size_t blocks)
{
	size_t at = from;

	for (; blocks > 0 && at < cabinet->len && cabinet->len - at >= BLOCK_HEAD + cabinet->block_room; blocks--) {
		tell_slack(cabinet->reader, "reserved room of a block", cabinet->bytes + at + BLOCK_HEAD, cabinet->block_room);
		at += BLOCK_HEAD + cabinet->block_room + get16(cabinet->bytes + at + 4);
	}
	own(cabinet, from, at);
}

static void own_folders(struct cabinet *cabinet)
{
	const size_t size = FOLDER + cabinet->folder_room;

	for (size_t left = get16(cabinet->bytes + 26); left > 0 && cabinet->len - cabinet->at >= size; left--) {
		const unsigned char *folder = cabinet->bytes + cabinet->at;

		tell_slack(cabinet->reader, "reserved room of a folder", folder + FOLDER, cabinet->folder_room);
		own_blocks(cabinet, get32(folder), get16(folder + 4));
		cabinet->at += size;
	}
	own(cabinet, 0, cabinet->at);
}

static void own_files(struct cabinet *cabinet)
{
	const size_t from = get32(cabinet->bytes + 16);
	size_t at = from;

	for (size_t left = get16(cabinet->bytes + 28); left > 0 && at < cabinet->len && cabinet->len - at > FILE_HEAD; left--) {
		const unsigned char *name = cabinet->bytes + at + FILE_HEAD;
		const unsigned char *end = memchr(name, '\0', cabinet->len - at - FILE_HEAD);

		at = end != NULL ? (size_t)(end + 1 - cabinet->bytes) : cabinet->len;
	}
	own(cabinet, from, at);
}

static int by_from(const void *a, const void *b)
{
	const struct extent *x = a, *y = b;

	return (x->from > y->from) - (x->from < y->from);
}

static void tell_gaps(struct cabinet *cabinet, size_t end)
{
	size_t at = 0;

	qsort(cabinet->extents, cabinet->count, sizeof(*cabinet->extents), by_from);
	for (size_t i = 0; i < cabinet->count; i++) {
		const struct extent *extent = &cabinet->extents[i];

		if (extent->from > at && extent->from <= end)
			tell_appended(cabinet->reader, "bytes no entry needs", cabinet->bytes + at, extent->from - at);
		at = extent->to > at ? extent->to : at;
	}
	if (end > at)
		tell_appended(cabinet->reader, "bytes no entry needs", cabinet->bytes + at, end - at);
}

void cabinet_walk(struct reading *reading)
{
	struct cabinet cabinet = {.reader = reading->reader, .bytes = reading->part->bytes, .len = reading->part->len};
	size_t size;

	if (cabinet.len < HEAD) {
		reader_undecided(reading->reader, "cut short");
		return;
	}
	if ((get16(cabinet.bytes + 30) & (HAS_PREVIOUS | HAS_NEXT)) != 0) {
		reader_undecided(reading->reader, "a part of a split archive");
		return;
	}
	size = get32(cabinet.bytes + 8);
	if (size > cabinet.len)
		reader_undecided(reading->reader, "cut short");
	else
		tell_appended(reading->reader, "behind the end of the archive", cabinet.bytes + size, cabinet.len - size);
	read_reserve(&cabinet);
	own_folders(&cabinet);
	own_files(&cabinet);
	tell_gaps(&cabinet, size < cabinet.len ? size : cabinet.len);
	free(cabinet.extents);
}

/* 32 bytes that say where the list of contents is, which is the last thing in it. */
void seven_walk(struct reading *reading)
{
	const struct part *part = reading->part;
	uint64_t offset, size;

	if (part->len < 32) {
		reader_undecided(reading->reader, "cut short");
		return;
	}
	offset = get64(part->bytes + 12);
	size = get64(part->bytes + 20);
	if (offset > part->len - 32 || size > part->len - 32 - offset)
		reader_undecided(reading->reader, "cut short, or a part of a split archive");
	else
		tell_appended(reading->reader, "behind the end of the archive", part->bytes + 32 + offset + size,
		              part->len - 32 - (size_t)(offset + size));
}
