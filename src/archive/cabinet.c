/* cabinet.c - heads of cabinets (MS-CAB) and 7z archives, which say how long they are and what else is in
 * them: others of a set, room for anybody's data, bytes behind the end.  What lies between their files the
 * library passes over; source.c notices. */
#include "archive_inside.h"

enum { CABINET_HEAD = 36, HAS_PREVIOUS = 1, HAS_NEXT = 2, HAS_RESERVE = 4 };

void cabinet_walk(struct reading *reading)
{
	const struct part *part = reading->part;
	const unsigned char *head = part->bytes;
	size_t size, reserve;

	if (part->len < CABINET_HEAD) {
		reader_undecided(reading->reader, "cut short");
		return;
	}
	size = get32(head + 8);
	if ((get16(head + 30) & (HAS_PREVIOUS | HAS_NEXT)) != 0)
		reader_undecided(reading->reader, "a part of a split archive");
	if ((get16(head + 30) & HAS_RESERVE) != 0 && part->len >= CABINET_HEAD + 4) {
		reserve = get16(head + CABINET_HEAD);
		reserve = reserve < part->len - CABINET_HEAD - 4 ? reserve : part->len - CABINET_HEAD - 4;
		tell_slack(reading->reader, "reserved room of the cabinet", head + CABINET_HEAD + 4, reserve);
	}
	if (size > part->len)
		reader_undecided(reading->reader, "cut short");
	else
		tell_appended(reading->reader, "behind the end of the archive", part->bytes + size, part->len - size);
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
