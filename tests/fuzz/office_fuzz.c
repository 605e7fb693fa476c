/* FUZZ: office */
/* office_fuzz.c - a container as it comes, or, so that what is inside is changed and not only its wrapping,
 * names and contents of parts apart by the bytes 1 and 2, packed here. */
#include "office/office.h"
#include "reader/reader.h"
#include "reader/run.h"

#include "packing.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void tell_nobody(void *context, const char *bytes, size_t len)
{
	(void)context, (void)bytes, (void)len;
}

static void read_any(struct reader *r, const struct part *part)
{
	if (part->len > 1 && memcmp(part->bytes, "PK", 2) == 0)
		office_read(r, part);
	else
		reader_bytes(r, FLOW_BODY, "", NULL, part->bytes, part->len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct reader_run run = {.tell = tell_nobody, .read = read_any, .limits = reader_limits_usual};
	struct made made = {0};
	struct part part = {"a.docx", data, size};

	if (size < 2 || memcmp(data, "PK", 2) != 0) {
		packing_make(data, size, &made);
		part.bytes = (const unsigned char *)made.file.data;
		part.len = made.file.len;
	}
	reader_run(&run, &part);
	buf_release(&made.file);
	return 0;
}
