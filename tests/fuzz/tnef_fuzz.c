/* FUZZ: outlook */
/* tnef_fuzz.c - TNEF, or a message in a compound file. */
#include "compound/compound.h"
#include "outlook/outlook.h"
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
	struct compound *compound = NULL;

	if (part->len < 4 || memcmp(part->bytes, "\xD0\xCF\x11\xE0", 4) != 0) {
		tnef_read(r, part);
	} else if (compound_open(r, part->bytes, part->len, &compound)) {
		outlook_message(r, compound, COMPOUND_ROOT);
		compound_free(compound);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct reader_run run = {.tell = tell_nobody, .read = read_any, .limits = reader_limits_usual};
	const struct part part = {"winmail.dat", data, size};

	reader_run(&run, &part);
	return 0;
}
