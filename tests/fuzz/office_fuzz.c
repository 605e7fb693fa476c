/* FUZZ: office */
/* office_fuzz.c - a container as it comes, or, so that what is inside is changed and not only its wrapping,
 * names and contents of parts apart by the bytes 1 and 2, packed here. */
#include "office/office.h"
#include "reader/reader.h"
#include "reader/run.h"

#include "../unit/zipping.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
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

/* One field, up to the next separator; a copy with a NUL behind. */
static char *field(const uint8_t *data, size_t size, size_t *at, size_t *len)
{
	const size_t from = *at;
	char *copy;

	while (*at < size && !(data[*at] == 1 && *at + 1 < size && data[*at + 1] == 2))
		++*at;
	*len = *at - from;
	*at += *at < size ? 2 : 0;
	copy = malloc(*len + 1);
	if (copy == NULL)
		abort();
	memcpy(copy, data + from, *len);
	copy[*len] = '\0';
	return copy;
}

static void pack(const uint8_t *data, size_t size, struct made *made)
{
	for (size_t at = 0; at < size;) {
		size_t name_len = 0, len = 0;
		char *name = field(data, size, &at, &name_len), *content = field(data, size, &at, &len);

		name[name_len < 200 ? name_len : 200] = '\0';
		add(made, (struct item){.name = name, .data = content, .data_len = len});
		free(name);
		free(content);
	}
	finish(made, 0, "");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct reader_run run = {.tell = tell_nobody, .read = read_any, .limits = reader_limits_usual};
	struct made made = {0};
	struct part part = {"a.docx", data, size};

	if (size < 2 || memcmp(data, "PK", 2) != 0) {
		pack(data, size, &made);
		part.bytes = (const unsigned char *)made.file.data;
		part.len = made.file.len;
	}
	reader_run(&run, &part);
	buf_release(&made.file);
	return 0;
}
