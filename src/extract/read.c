/* read.c - a document of a format, by the worker; and every PDF in it once more, by the other one. */
#include "document_inside.h"

#include "base/mem.h"
#include "format/format.h"
#include "wire/wire.h"
#include "worker_inside.h"

#include <stdlib.h>

/* A PDF inside, until the whole document was heard. */
struct inner {
	char *place, *bytes;
	size_t len;
};

struct reading {
	struct document *doc;
	struct inner *inner;
	size_t count;
};

static void hear(void *context, const struct message *m)
{
	struct reading *reading = context;

	if (m->type != MESSAGE_SECOND) {
		document_add_told(reading->doc, m);
		return;
	}
	reading->inner = mem_grow(reading->inner, reading->count, sizeof(*reading->inner));
	reading->inner[reading->count++] = (struct inner){
		mem_copy_bytes(m->place.bytes, m->place.len), mem_copy_bytes(m->text.bytes, m->text.len), m->text.len};
}

void worker_read(struct document *doc, const char *name, const char *title, const void *bytes, size_t len)
{
	struct reading reading = {.doc = doc};
	const bool is_pdf = format_of_bytes(bytes, len, &title) == FORMAT_PDF;
	char *why = worker_ask(&(struct worker_question){.which = WORKER_READER, .purpose = WIRE_READ, .name = name,
	                                                 .bytes = bytes, .len = len, .hear = hear, .context = &reading});

	if (why != NULL)
		document_undecided(doc, mem_format("%s, %s", title, why));
	free(why);
	if (is_pdf)
		second_reading(doc, "", bytes, len);
	for (size_t i = 0; i < reading.count; i++) {
		second_reading(doc, reading.inner[i].place, reading.inner[i].bytes, reading.inner[i].len);
		free(reading.inner[i].place);
		free(reading.inner[i].bytes);
	}
	free(reading.inner);
}
