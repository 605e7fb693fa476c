/* directory.c - the table of contents at the end of a container, and the records it is found by.
 *
 * The end record is searched from the back; the first one whose directory reads to its last byte is
 * believed.  Another one anywhere that no entry owns is found when the bytes are covered (cover.c). */
#include "zip_inside.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

enum { ENTRIES_MOST = 10000 };

/* What the end records say, widened. */
struct end {
	size_t at;    /* where the directory must end */
	size_t behind; /* one behind the last end record's comment */
	uint64_t count, count_here, size, offset;
	uint32_t disk, disk_of_directory;
	struct stretch comment;
};

static bool is_at(const struct zip *zip, size_t at, size_t size, uint32_t signature)
{
	return at <= zip->len && zip->len - at >= size && get32(zip->bytes + at) == signature;
}

/* A ZIP64 end record, where its locator in front of the end record points. */
static void read_end_64(const struct zip *zip, size_t at, struct end *end)
{
	size_t record;
	const unsigned char *p;

	if (at < LOCATOR_64_SIZE + END_64_SIZE || !is_at(zip, at - LOCATOR_64_SIZE, LOCATOR_64_SIZE, LOCATOR_64))
		return;
	/* By place, not by the offset told: there may be bytes before the container. */
	for (record = at - LOCATOR_64_SIZE - END_64_SIZE; record > 0; record--)
		if (get32(zip->bytes + record) == DIRECTORY_END_64 || at - record > 64 * 1024)
			break;
	p = zip->bytes + record;
	if (get32(p) != DIRECTORY_END_64 || get64(p + 4) != at - LOCATOR_64_SIZE - record - 12)
		return;
	end->at = record;
	end->disk = get32(p + 16);
	end->disk_of_directory = get32(p + 20);
	end->count_here = get64(p + 24);
	end->count = get64(p + 32);
	end->size = get64(p + 40);
	end->offset = get64(p + 48);
}

static bool read_end(const struct zip *zip, size_t at, struct end *end)
{
	const unsigned char *p = zip->bytes + at;
	const size_t comment = is_at(zip, at, END_SIZE, DIRECTORY_END) ? get16(p + 20) : 0;

	if (!is_at(zip, at, END_SIZE, DIRECTORY_END) || zip->len - at - END_SIZE < comment)
		return false;
	*end = (struct end){.at = at, .behind = at + END_SIZE + comment, .disk = get16(p + 4),
	                    .disk_of_directory = get16(p + 6), .count_here = get16(p + 8), .count = get16(p + 10),
	                    .size = get32(p + 12), .offset = get32(p + 16), .comment = {p + END_SIZE, comment}};
	read_end_64(zip, at, end);
	return true;
}

/* Sizes and the offset that did not fit are in the ZIP64 extra field, in this order, those alone. */
static bool widen(struct record *record)
{
	const struct stretch wide = extra_find(&record->extra, 1);
	uint64_t *const fields[] = {&record->unpacked, &record->packed, &record->offset};
	size_t at = 0;

	for (size_t i = 0; i < 3; i++) {
		if (*fields[i] != UINT32_MAX)
			continue;
		if (wide.len - at < 8)
			return false;
		*fields[i] = get64(wide.bytes + at);
		at += 8;
	}
	return true;
}

/* The header at `*at`, which ends before `end`; `*at` moves behind it. */
static bool read_header(const struct zip *zip, size_t *at, size_t end, struct record *out)
{
	const unsigned char *p = zip->bytes + *at;
	size_t name, extra, comment;

	if (end - *at < HEADER_SIZE || get32(p) != DIRECTORY_HEADER)
		return false;
	name = get16(p + 28);
	extra = get16(p + 30);
	comment = get16(p + 32);
	if (end - *at - HEADER_SIZE < name + extra + comment)
		return false;
	*out = (struct record){.flags = get16(p + 8), .method = get16(p + 10), .crc = get32(p + 16),
	                       .packed = get32(p + 20), .unpacked = get32(p + 24), .offset = get32(p + 42)};
	out->name = (struct stretch){p + HEADER_SIZE, name};
	out->extra = (struct stretch){p + HEADER_SIZE + name, extra};
	out->comment = (struct stretch){p + HEADER_SIZE + name + extra, comment};
	*at += HEADER_SIZE + name + extra + comment;
	return widen(out);
}

/* Does the directory this end record speaks of read to its last byte? */
static bool directory_fits(const struct zip *zip, const struct end *end)
{
	struct record record;
	size_t at, count = 0;

	if (end->size > end->at || end->offset > end->at - end->size)
		return false;
	at = end->at - (size_t)end->size;
	while (at < end->at && count < ENTRIES_MOST && read_header(zip, &at, end->at, &record))
		count++;
	return count == ENTRIES_MOST || (at == end->at && count == end->count);
}

static bool find_end(const struct zip *zip, struct end *end)
{
	const size_t most = END_SIZE + 65535;

	for (size_t back = END_SIZE; back <= zip->len && back <= 2 * most; back++)
		if (zip->bytes[zip->len - back] == 'P' && read_end(zip, zip->len - back, end) && directory_fits(zip, end))
			return true;
	return false;
}

static void tell_comment(struct zip *zip, const struct stretch *comment, const char *place)
{
	if (comment->len > 0)
		reader_bytes(zip->reader, FLOW_COMMENT, place, NULL, comment->bytes, comment->len);
}

static void add_entry(struct zip *zip, const struct record *record)
{
	char *place;

	zip_add(zip, record, false);
	place = mem_format("comment of entry %s", zip->entries[zip->count - 1].name);
	tell_comment(zip, &record->comment, place);
	free(place);
	extra_tell(zip, zip->entries[zip->count - 1].name, &record->extra);
}

bool directory_read(struct zip *zip)
{
	struct end end = {0};
	struct record record;
	size_t at;

	if (!find_end(zip, &end)) {
		reader_undecided(zip->reader, "a damaged ZIP container, or a part of one: it has no table of contents");
		return false;
	}
	if (end.disk != 0 || end.disk_of_directory != 0 || end.count_here != end.count)
		reader_undecided(zip->reader, "one volume of a split ZIP container");
	if (end.count > ENTRIES_MOST) {
		reader_undecided(zip->reader, "more entries than can be read");
		return false;
	}
	at = end.at - (size_t)end.size;
	zip->directory = at;
	zip->directory_end = end.behind;
	/* With bytes before the container, offsets count from its first byte or, where a program mended them,
	 * from the file's: the directory's own place tells which. */
	zip->base = at - (size_t)end.offset;
	while (at < end.at && read_header(zip, &at, end.at, &record))
		add_entry(zip, &record);
	tell_comment(zip, &end.comment, "comment of the container");
	return true;
}
