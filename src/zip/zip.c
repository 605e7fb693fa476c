/* zip.c - not written yet. */
#include "zip/zip.h"

#include "reader/reader.h"

bool zip_open(struct reader *reader, const void *bytes, size_t len, struct zip **out)
{
	(void)bytes, (void)len, (void)out;
	reader_undecided(reader, "not readable yet");
	return false;
}
