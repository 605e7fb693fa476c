/* ole.c - not written yet: everything is named and refused. */
#include "ole/ole.h"

#include "reader/reader.h"

void ole_read(struct reader *reader, const struct part *part)
{
	(void)part;
	reader_undecided(reader, "not readable yet");
}

void tnef_read(struct reader *reader, const struct part *part)
{
	(void)part;
	reader_undecided(reader, "not readable yet");
}
