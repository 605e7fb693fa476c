/* FUZZ: pdf */
/* pdf_fuzz.c - a PDF as it comes: objects by qpdf, everything else by our own hands. */
#include "pdf/pdf.h"

#include "reader/reader.h"
#include "reader/run.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void tell_nobody(void *context, const char *bytes, size_t len)
{
	(void)context, (void)bytes, (void)len;
}

/* Parts inside are other rooms' matter, but for PDF in PDF. */
static void read_any(struct reader *r, const struct part *part)
{
	if (part->len > 5 && part->bytes[0] == '%' && part->bytes[1] == 'P')
		pdf_read(r, part);
	else
		reader_bytes(r, FLOW_BODY, "", NULL, part->bytes, part->len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct reader_run run = {.tell = tell_nobody,
	                               .read = read_any,
	                               .limits = {.unpacked = 16 << 20, .ratio = 200, .text = 16 << 20, .depth = 3, .entries = 100}};
	const struct part part = {.name = "", .bytes = data, .len = size};

	reader_run(&run, &part);
	return 0;
}
