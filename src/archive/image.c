/* image.c - ISO 9660 images (ECMA-119): what stands around the files.
 *
 * An image is sectors, and anything may be in them: two lists of names (Joliet, Rock Ridge), labels, a
 * system to start, files no list has.  Each sector that is not a piece of a file that was read is told as
 * strings, so that both lists are seen and nothing lies between them. */
#include "archive_inside.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { SECTOR = 2048, DESCRIPTORS_AT = 16 };

static uint64_t hash_of(const unsigned char *bytes)
{
	uint64_t hash = UINT64_C(0xCBF29CE484222325);

	for (size_t i = 0; i < SECTOR; i += 8)
		hash = (hash ^ get64(bytes + i)) * UINT64_C(0x9E3779B97F4A7C15), hash ^= hash >> 29;
	return hash != 0 ? hash : 1;
}

static uint64_t *slot_of(const struct sectors *sectors, uint64_t hash)
{
	size_t at = (size_t)hash & (sectors->room - 1);

	while (sectors->seen[at] != 0 && sectors->seen[at] != hash)
		at = (at + 1) & (sectors->room - 1);
	return &sectors->seen[at];
}

static void grow(struct sectors *sectors)
{
	struct sectors larger = {.count = sectors->count, .room = sectors->room > 0 ? sectors->room * 2 : 1024};

	larger.seen = mem_alloc(larger.room, sizeof(*larger.seen));
	for (size_t i = 0; i < sectors->room; i++)
		if (sectors->seen[i] != 0)
			*slot_of(&larger, sectors->seen[i]) = sectors->seen[i];
	free(sectors->seen);
	*sectors = larger;
}

void sectors_add(struct sectors *sectors, const char *bytes, size_t len)
{
	for (size_t at = 0; at < len; at += SECTOR) {
		unsigned char piece[SECTOR] = {0};
		uint64_t *slot, hash;

		memcpy(piece, bytes + at, len - at < SECTOR ? len - at : SECTOR);
		hash = hash_of(piece);
		if (sectors->count * 2 >= sectors->room)
			grow(sectors);
		slot = slot_of(sectors, hash);
		sectors->count += *slot == 0;
		*slot = hash;
	}
}

static bool is_told(const struct sectors *sectors, const unsigned char *sector)
{
	return sectors->room > 0 && *slot_of(sectors, hash_of(sector)) != 0;
}

/* Descriptors: 1 the volume, 2 its second list of names, 255 the last. */
void image_walk(struct reading *reading)
{
	const struct part *part = reading->part;
	size_t size = 0;

	for (size_t at = (size_t)DESCRIPTORS_AT * SECTOR; part->len >= at + SECTOR; at += SECTOR) {
		const unsigned char *descriptor = part->bytes + at;

		if (memcmp(descriptor + 1, "CD001", 5) != 0) {
			if (memcmp(descriptor + 1, "BEA01", 5) == 0 || memcmp(descriptor + 1, "NSR0", 4) == 0)
				reader_undecided(reading->reader, "a second file system in it that is not read (UDF)");
			if (bytes_are_zero(descriptor, SECTOR))
				break;
			continue;
		}
		if (descriptor[0] == 1)
			size = (size_t)get32(descriptor + 80) * SECTOR;
		if (descriptor[0] == 3)
			reader_undecided(reading->reader, "partitions in it that are not read");
	}
	if (!bytes_are_zero(part->bytes, (size_t)DESCRIPTORS_AT * SECTOR))
		reader_observe(reading->reader, OBSERVED_APPENDED_DATA, "before the volume: a system to start, or anything");
	if (size > part->len)
		reader_undecided(reading->reader, "cut short");
	else if (size > 0)
		tell_appended(reading->reader, "behind the end of the volume", part->bytes + size, part->len - size);
}

void image_finish(struct reading *reading)
{
	const struct part *part = reading->part;
	const char *place = "around the files";
	size_t from = 0, at;

	for (at = 0; at < part->len; at += SECTOR) {
		if (part->len - at >= SECTOR && is_told(&reading->sectors, part->bytes + at)) {
			reader_binary(reading->reader, place, &(struct part){"", part->bytes + from, at - from});
			from = at + SECTOR;
		}
	}
	if (from < part->len)
		reader_binary(reading->reader, place, &(struct part){"", part->bytes + from, part->len - from});
}
