/* FUZZ: rtf */
/* rtf_fuzz.c - an RTF document as it comes; RTF inside of it is read as well. */
#include "rtf/rtf.h"

#include "reader/reader.h"
#include "reader/run.h"

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
	if (part->len > 4 && memcmp(part->bytes, "{\\rt", 4) == 0)
		rtf_read(r, part);
	else
		reader_bytes(r, FLOW_BODY, "", NULL, part->bytes, part->len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct reader_run run = {.tell = tell_nobody, .read = read_any, .limits = reader_limits_usual};
	const struct part part = {"a.rtf", data, size};

	reader_run(&run, &part);
	return 0;
}
