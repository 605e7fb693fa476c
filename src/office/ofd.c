/* ofd.c - not written yet: every part is told as the generic walk sees it. */
#include "office_inside.h"

#include "zip/zip.h"

void ofd_read(struct reader *reader, struct zip *zip)
{
	for (size_t i = 0; i < zip_count(zip); i++)
		generic_entry(reader, FLOW_BODY, zip, i);
}
