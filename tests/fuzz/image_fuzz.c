/* FUZZ: image */
/* image_fuzz.c - a picture as it comes; what is inside of it is read as pictures as well. */
#include "image/image.h"

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct reader_run run = {.tell = tell_nobody, .read = image_read, .limits = reader_limits_usual};
	const struct part part = {"a.png", data, size};

	run.limits.depth = 3; /* beyond a few levels nothing new happens, and each reads all of it */
	run.limits.entries = 200;
	reader_run(&run, &part);
	return 0;
}
