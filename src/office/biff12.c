/* biff12.c - not written yet. */
#include "package.h"

bool biff12_read(struct package *package, size_t index, const char *bytes, size_t len)
{
	(void)package, (void)index, (void)bytes, (void)len;
	return false;
}
