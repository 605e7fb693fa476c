/* archive.c - not written yet: everything is named and refused. */
#include "archive/archive.h"

#include "reader/reader.h"

void archive_room_read(struct reader *reader, const struct part *part)
{
	(void)part;
	reader_undecided(reader, "not readable yet");
}

void compressed_read(struct reader *reader, const struct part *part)
{
	(void)part;
	reader_undecided(reader, "not readable yet");
}
