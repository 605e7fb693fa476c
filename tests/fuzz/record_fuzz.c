/* FUZZ: scan */
/* record_fuzz.c - a scan record: read, it is written the same. */
#include "base/buf.h"
#include "scan/finding.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct scan scan = {0};
	struct err err = {0};
	struct buf again = {0};

	if (!scan_record_read(data, size, &scan, &err))
		return 0;
	scan_record_write(&scan, &again);
	if (again.len != size || memcmp(again.data, data, size) != 0)
		abort();
	buf_release(&again);
	scan_release(&scan);
	return 0;
}
