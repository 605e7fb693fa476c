/* pdf.c - not written yet: everything is named and refused. */
#include "pdf/pdf.h"

#include "reader/reader.h"

void pdf_read(struct reader *reader, const struct part *part)
{
	(void)part;
	reader_undecided(reader, "not readable yet");
}
