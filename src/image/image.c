/* image.c - not written yet: everything is named and refused. */
#include "image/image.h"

#include "reader/reader.h"

void image_read(struct reader *reader, const struct part *part)
{
	(void)part;
	reader_undecided(reader, "not readable yet");
}
