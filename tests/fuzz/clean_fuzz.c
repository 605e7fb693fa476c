/* FUZZ: cleaner */
/* clean_fuzz.c - a container of any parts is cleaned: a copy that was made can be cleaned again, and nothing more
 * is removed from it then. */
#include "base/buf.h"
#include "cleaner/cleaner.h"
#include "reader/reader.h"
#include "reader/run.h"
#include "wire/wire.h"

#include "packing.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct outcome {
	struct buf copy;
	size_t removed;
	int undecided;
};

static void hear(void *context, const char *bytes, size_t len)
{
	struct outcome *out = context;
	struct message m = {0};
	struct err err = {0};
	size_t used = 0;

	if (!wire_read(bytes, len, &m, &used, &err) || used != len)
		abort();
	if (m.type == MESSAGE_CLEANED)
		buf_add(&out->copy, m.text.bytes, m.text.len);
	out->removed += m.type == MESSAGE_REMOVED;
	out->undecided |= m.type == MESSAGE_UNDECIDED;
	wire_release(&m);
}

static void clean(const void *bytes, size_t len, struct outcome *out)
{
	const struct reader_run run = {.tell = hear, .context = out, .read = clean_part, .limits = reader_limits_usual};
	const struct part part = {"a.docx", bytes, len};

	reader_run(&run, &part);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct outcome first = {0}, second = {0};
	struct made made = {0};

	packing_make(data, size, &made);
	clean(made.file.data, made.file.len, &first);
	if (!first.undecided && first.copy.len > 0) {
		clean(first.copy.data, first.copy.len, &second);
		if (second.undecided || second.removed > 0)
			abort();
	}
	buf_release(&first.copy);
	buf_release(&second.copy);
	buf_release(&made.file);
	return 0;
}
