/* FUZZ: zip */
/* zip_fuzz.c - any bytes as a ZIP container: what it says of its entries stays within the file, and what unpacks
 * has the size it was said to have. */
#include "reader/reader.h"
#include "reader/run.h"
#include "zip/zip.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void tell_nobody(void *context, const char *bytes, size_t len)
{
	(void)context, (void)bytes, (void)len;
}

static void expect(int promise)
{
	if (!promise)
		abort();
}

static void read_entries(struct reader *r, const struct part *part)
{
	struct zip *zip = NULL;

	if (!zip_open(r, part->bytes, part->len, &zip))
		return;
	for (size_t i = 0; i < zip_count(zip) && !reader_stopped(r); i++) {
		const struct zip_entry *entry = zip_entry(zip, i);
		char *bytes = NULL;
		size_t len = 0;

		expect(zip_find(zip, entry->name) <= i);
		if (!zip_unpack(zip, i, &bytes, &len))
			continue;
		expect(entry->packed <= part->len && len == entry->unpacked && bytes[len] == '\0');
		free(bytes);
	}
	zip_free(zip);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct reader_run run = {.tell = tell_nobody, .read = read_entries, .limits = reader_limits_usual};
	const struct part part = {"a.zip", data, size};

	reader_run(&run, &part);
	return 0;
}
