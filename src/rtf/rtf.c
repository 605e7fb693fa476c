/* rtf.c - not written yet: everything is named and refused. */
#include "rtf/rtf.h"

#include "reader/reader.h"

void rtf_read(struct reader *reader, const struct part *part)
{
	(void)part;
	reader_undecided(reader, "not readable yet");
}
