/* told.c - what the worker says, as flows of a document.
 *
 * Extracted text has no byte of the file to point to; it stands behind the file's own bytes, one flow
 * after the other, so that a finding has a number that stays the same and a place a person can go to. */
#include "document_inside.h"

#include "base/mem.h"
#include "wire/wire.h"

#include <stdlib.h>
#include <string.h>

/* Text a thief reads to its end even where it has NULs in it. */
static char *copy(const struct wire_text *text)
{
	return mem_copy_bytes(text->bytes, text->len);
}

static void add_spans(struct flow *flow, const struct message *m)
{
	size_t room = 0, used = 0;

	for (size_t i = 0; i < m->span_count; i++)
		room += m->spans[i].place.len + 1;
	flow->places = mem_alloc(room + 1, 1);
	flow->spans = mem_alloc(m->span_count + 1, sizeof(*flow->spans));
	for (size_t i = 0; i < m->span_count; i++) {
		memcpy(flow->places + used, m->spans[i].place.bytes, m->spans[i].place.len);
		flow->spans[i] = (struct flow_span){m->spans[i].start, flow->places + used, 0};
		used += m->spans[i].place.len + 1;
	}
	flow->span_count = m->span_count;
}

static void add_flow(struct document *doc, const struct message *m, const char *place)
{
	const size_t index = doc->flow_count;
	struct flow *flow = document_add(doc, m->kind, place, copy(&m->text), m->text.len, NULL);

	flow->at = doc->extent;
	flow->extracted = true;
	flow->again = m->type == MESSAGE_AGAIN ? AGAIN_ORDERED : AGAIN_NOT;
	if (m->span_count > 0)
		add_spans(flow, m);
	doc->extent += m->text.len + 1;
	document_add_islands(doc, index);
}

static void add_bytes(struct document *doc, const struct message *m, const char *place)
{
	char *name = copy(&m->name), *charset = copy(&m->charset);
	const uint64_t at = doc->extent;

	doc->extent += 4 * (uint64_t)m->text.len + 1; /* no reading is longer */
	document_add_text(doc, &(struct text_source){.kind = m->kind, .place = place, .name = name,
	                                             .charset = charset[0] != '\0' ? charset : NULL, .bytes = m->text.bytes,
	                                             .len = m->text.len, .at = at, .extracted = true});
	free(charset);
	free(name);
}

void document_add_told(struct document *doc, const struct message *message)
{
	char *place = copy(&message->place);

	if ((message->type == MESSAGE_FLOW || message->type == MESSAGE_AGAIN) && message->text.len > 0)
		add_flow(doc, message, place);
	else if (message->type == MESSAGE_BYTES && message->text.len > 0)
		add_bytes(doc, message, place);
	else if (message->type == MESSAGE_OBSERVATION)
		document_observe(doc, message->observation, place, message->place.len);
	else if (message->type == MESSAGE_UNDECIDED)
		document_undecided(doc, copy(&message->text));
	free(place);
}
