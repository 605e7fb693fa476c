/* FUZZ: ole */
/* ole_fuzz.c - a compound file as it comes, or, so that what is inside is changed and not only its sectors, names
 * and contents of streams apart by the bytes 1 and 2, put into one here. */
#include "ole/ole.h"
#include "reader/reader.h"
#include "reader/run.h"

#include "../unit/compounding.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void tell_nobody(void *context, const char *bytes, size_t len)
{
	(void)context, (void)bytes, (void)len;
}

static bool is_compound(const uint8_t *data, size_t size)
{
	return size >= 4 && memcmp(data, "\xD0\xCF\x11\xE0", 4) == 0;
}

static void read_any(struct reader *r, const struct part *part)
{
	if (is_compound(part->bytes, part->len))
		ole_read(r, part);
	else
		reader_bytes(r, FLOW_BODY, "", NULL, part->bytes, part->len);
}

/* One field, up to the next separator; a copy with a NUL behind. */
static char *field(const uint8_t *data, size_t size, size_t *at, size_t *len)
{
	const size_t from = *at;

	while (*at < size && !(data[*at] == 1 && *at + 1 < size && data[*at + 1] == 2))
		++*at;
	*len = *at - from;
	*at += *at < size ? 2 : 0;
	return mem_copy_bytes(data + from, *len);
}

/* Storages are streams without content, and have all that follows. */
static struct buf pack(const uint8_t *data, size_t size)
{
	struct cfb cfb = {0};
	struct buf file;
	size_t parent = 0;

	for (size_t at = 0; at < size && cfb.count + 1 < CFB_ENTRIES_MOST;) {
		size_t name_len = 0, len = 0;
		char *name = field(data, size, &at, &name_len), *content = field(data, size, &at, &len);
		const struct cfb_item item = {.name = name, .data = len > 0 ? content : NULL, .len = len, .parent = parent};
		const size_t number = cfb_add(&cfb, item);

		if (len == 0) {
			parent = number;
			free(content);
		}
	}
	file = cfb_finish(&cfb);
	for (size_t i = 0; i < cfb.count; i++)
		free((void *)(uintptr_t)cfb.items[i].name);
	for (size_t i = 0; i < cfb.count; i++)
		free((void *)(uintptr_t)cfb.items[i].data);
	return file;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct reader_run run = {.tell = tell_nobody, .read = read_any, .limits = reader_limits_usual};
	struct buf made = {0};
	struct part part = {"a.doc", data, size};

	if (!is_compound(data, size)) {
		made = pack(data, size);
		part.bytes = (const unsigned char *)made.data;
		part.len = made.len;
	}
	reader_run(&run, &part);
	buf_release(&made);
	return 0;
}
