/* office.c - not written yet: everything is named and refused. */
#include "office/office.h"

#include "reader/reader.h"

void office_read(struct reader *reader, const struct part *part)
{
	(void)part;
	reader_undecided(reader, "not readable yet");
}
