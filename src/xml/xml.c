/* xml.c - not written yet. */
#include "xml/xml.h"

#include "reader/reader.h"

bool xml_read(struct reader *reader, const struct xml_events *events, void *context, const void *bytes, size_t len)
{
	(void)events, (void)context, (void)bytes, (void)len;
	reader_undecided(reader, "not readable yet");
	return false;
}
