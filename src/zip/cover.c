/* cover.c - each byte has one owner: an entry, or the directory.
 *
 * Walks the container from its first byte to its last.  Two owners are a trick (or a bomb that unpacks
 * the same bytes often); none are bytes carried along that no program shows.  Those are searched for
 * entries the directory does not list, which are added, and the rest is read as a part of its own. */
#include "zip_inside.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

struct extent {
	size_t start, end, index; /* index of the entry; the count: the directory */
};

static int by_start(const void *a, const void *b)
{
	const struct extent *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return (x->end > y->end) - (x->end < y->end);
}

static const char *where(const struct zip *zip, size_t from, size_t to)
{
	if (from == 0)
		return "before the first entry";
	return to == zip->len ? "behind the end" : "between the entries";
}

/* Bytes no entry owns, and no entry is in them. */
static void tell_rest(struct zip *zip, size_t from, size_t to)
{
	const unsigned char *bytes = zip->bytes + from;
	const struct part part = {"", bytes, to - from};
	char *place;

	if (from == to)
		return;
	place = mem_format("%zu bytes %s", to - from, where(zip, from, to));
	reader_observe(zip->reader, OBSERVED_APPENDED_DATA, "%s", place);
	for (size_t i = 0; i + 4 <= part.len; i++)
		if (get32(bytes + i) == DIRECTORY_HEADER || get32(bytes + i) == DIRECTORY_END) {
			reader_undecided(zip->reader, "a second table of contents");
			break;
		}
	if (part.len >= 2 && memcmp(bytes, "PK", 2) == 0) {
		reader_undecided(zip->reader, "%s: a piece of another container", place);
		reader_binary(zip->reader, place, &part);
	} else {
		reader_part(zip->reader, place, &part);
	}
	free(place);
}

static void search(struct zip *zip, size_t from, size_t to)
{
	struct record record;
	size_t rest = from;

	for (size_t at = from; to - at >= LOCAL_SIZE && !reader_stopped(zip->reader);) {
		if (get32(zip->bytes + at) != LOCAL_HEADER || !local_guess(zip, at, to, &record) || !reader_may_enter(zip->reader)) {
			at++;
			continue;
		}
		tell_rest(zip, rest, at);
		zip_add(zip, &record, true);
		reader_observe(zip->reader, OBSERVED_UNLISTED_DATA, "entry %s", zip->entries[zip->count - 1].name);
		extra_tell(zip, zip->entries[zip->count - 1].name, &record.extra);
		at = rest = record.end;
	}
	tell_rest(zip, rest, to);
}

void cover_check(struct zip *zip)
{
	const size_t listed = zip->count;
	struct extent *extents = mem_alloc(listed + 2, sizeof(*extents));
	size_t count = 0, at = 0;
	bool overlap = false;

	for (size_t i = 0; i < listed; i++)
		if (zip->records[i].end > 0)
			extents[count++] = (struct extent){zip->records[i].start, zip->records[i].end, i};
	extents[count++] = (struct extent){zip->directory, zip->directory_end, listed};
	qsort(extents, count, sizeof(*extents), by_start);
	extents[count] = (struct extent){zip->len, zip->len, listed};
	for (size_t i = 0; i <= count; i++) {
		overlap = overlap || extents[i].start < at;
		if (extents[i].start > at)
			search(zip, at, extents[i].start);
		at = extents[i].end > at ? extents[i].end : at;
	}
	if (overlap)
		reader_undecided(zip->reader, "entries that share bytes");
	free(extents);
}
