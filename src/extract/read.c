/* read.c - a document of a format, by the worker; every PDF in it once more, by the second reader; its
 * pictures by the third, where a person asked for it. */
#include "document_inside.h"

#include "base/mem.h"
#include "format/format.h"
#include "wire/wire.h"
#include "worker_inside.h"

#include <stdlib.h>
#include <string.h>

struct reading {
	struct document *doc;
	struct inners pdfs, pictures;
};

void inners_add(struct inners *inners, const char *within, const struct message *message)
{
	char *place = mem_copy_bytes(message->place.bytes, message->place.len);

	inners->items = mem_grow(inners->items, inners->count, sizeof(*inners->items));
	inners->items[inners->count++] = (struct inner){
		.place = mem_format("%s%s%s", within, within[0] != '\0' && place[0] != '\0' ? " > " : "", place),
		.bytes = mem_copy_bytes(message->text.bytes, message->text.len),
		.len = message->text.len};
	free(place);
}

static void inners_release(struct inners *inners)
{
	for (size_t i = 0; i < inners->count; i++) {
		free(inners->items[i].place);
		free(inners->items[i].bytes);
	}
	free(inners->items);
}

static void hear(void *context, const struct message *m)
{
	struct reading *reading = context;

	if (m->type == MESSAGE_SECOND)
		inners_add(&reading->pdfs, "", m);
	else if (m->type == MESSAGE_PICTURE)
		inners_add(&reading->pictures, "", m);
	else
		document_add_told(reading->doc, m);
}

/* What the reader of pictures says of one; `inner` is where. */
struct picture {
	struct document *doc;
	const struct inner *inner;
};

static void hear_picture(void *context, const struct message *m)
{
	const struct picture *picture = context;
	char *place = mem_format("%s%sread by OCR", picture->inner->place, picture->inner->place[0] != '\0' ? ", " : "");

	if (m->type == MESSAGE_FLOW && m->text.len > 0) {
		document_add_told(picture->doc, &(struct message){.type = MESSAGE_FLOW, .kind = FLOW_BODY, .text = m->text,
		                                                  .place = {place, strlen(place)}});
		picture->doc->flows[picture->doc->flow_count - 1].supposed = true;
	}
	if (m->type == MESSAGE_UNDECIDED)
		document_undecided(picture->doc, mem_format("%s, %.*s", place, (int)m->text.len, m->text.bytes));
	free(place);
}

static void read_picture(struct document *doc, const struct inner *inner)
{
	struct picture picture = {doc, inner};
	char *why = worker_ask(&(struct worker_question){.which = WORKER_OCR, .purpose = WIRE_READ, .name = "", .bytes = inner->bytes,
	                                                 .len = inner->len, .hear = hear_picture, .context = &picture});

	if (why != NULL)
		document_undecided(doc, mem_format("%s%sread by OCR, %s", inner->place, inner->place[0] != '\0' ? ", " : "", why));
	free(why);
}

void worker_read(struct document *doc, const char *name, const char *title, const void *bytes, size_t len)
{
	struct reading reading = {.doc = doc};
	char *why = worker_ask(&(struct worker_question){.which = WORKER_READER, .purpose = WIRE_READ, .name = name,
	                                                 .bytes = bytes, .len = len, .hear = hear, .context = &reading});

	if (why != NULL)
		document_undecided(doc, mem_format("%s, %s", title, why));
	free(why);
	if (format_of_bytes(bytes, len, NULL) == FORMAT_PDF)
		inners_add(&reading.pdfs, "", &(struct message){.place = {"", 0}, .text = {bytes, len}});
	for (size_t i = 0; i < reading.pdfs.count; i++)
		second_reading(doc, &reading.pdfs.items[i], &reading.pictures);
	for (size_t i = 0; i < reading.pictures.count; i++)
		read_picture(doc, &reading.pictures.items[i]);
	document_join_pages(doc);
	document_join_cells(doc);
	inners_release(&reading.pdfs);
	inners_release(&reading.pictures);
}
