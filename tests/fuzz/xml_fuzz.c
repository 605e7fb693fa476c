/* FUZZ: xml */
/* xml_fuzz.c - any bytes as XML: each end has its start, and a document is whole or undecided. */
#include "reader/reader.h"
#include "reader/run.h"
#include "xml/xml.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void on_start(void *context, const char *name, const char *const *attributes)
{
	(void)name;
	(void)xml_attribute(attributes, "id");
	++*(long *)context;
}

static void on_end(void *context, const char *name)
{
	(void)name;
	if (--*(long *)context < 0)
		abort();
}

static void on_text(void *context, const char *text, size_t len)
{
	(void)context, (void)text, (void)len;
}

static void tell_nobody(void *context, const char *bytes, size_t len)
{
	(void)context, (void)bytes, (void)len;
}

static void read_part(struct reader *r, const struct part *part)
{
	static const struct xml_events events = {on_start, on_end, on_text, on_text};
	long depth = 0;

	if (xml_read(r, &events, &depth, part->bytes, part->len) && depth != 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct reader_run run = {.tell = tell_nobody, .read = read_part, .limits = reader_limits_usual};
	const struct part part = {"a.xml", data, size};

	reader_run(&run, &part);
	return 0;
}
