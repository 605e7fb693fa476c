/* document.c - what a file would tell its readers.
 *
 * Text is read here; what is more than text is given to a process that has nothing to lose.  "No text
 * found" is never "nothing in it". */
#include "document_inside.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "format/format.h"
#include "text/decode.h"

#include <stdlib.h>
#include <string.h>

static const size_t LARGEST = (size_t)512 * 1024 * 1024;

struct flow *document_add(struct document *doc, enum flow_kind kind, const char *place, char *text, size_t len,
                          uint32_t *origin)
{
	doc->flows = mem_grow(doc->flows, doc->flow_count, sizeof(*doc->flows));
	doc->flows[doc->flow_count++] = (struct flow){
		.kind = kind, .place = mem_copy_string(place), .text = text, .len = len, .owned = text, .origin = origin};
	return &doc->flows[doc->flow_count - 1];
}

void document_undecided(struct document *doc, char *why)
{
	if (doc->undecided == NULL)
		doc->undecided = why;
	else
		free(why);
}

void document_observe(struct document *doc, enum observation what, const char *place, size_t len)
{
	doc->observed = mem_grow(doc->observed, doc->observed_count, sizeof(*doc->observed));
	doc->observed[doc->observed_count++] = (struct observed){what, mem_copy_bytes(place, len)};
}

/* What its name says and its bytes are not. */
static void compare_name(struct document *doc, const char *path)
{
	const char *claimed = NULL;
	char *place;

	if (format_of_name(path, &claimed) == FORMAT_UNKNOWN)
		return;
	place = mem_format("its name says %s, its bytes plain text", claimed);
	document_observe(doc, OBSERVED_NAME_MISMATCH, place, strlen(place));
	free(place);
}

void document_read(const char *path, const void *bytes, size_t len, struct document *out)
{
	const char *title = "";
	const bool known = format_of_bytes(bytes, len, &title) != FORMAT_UNKNOWN;

	*out = (struct document){.extent = len};
	if (utf8_valid(path, strlen(path), NULL))
		(void)document_add(out, FLOW_FILENAME, "", mem_copy_string(path), strlen(path), NULL);
	else
		document_undecided(out, mem_copy_string("its name is not UTF-8"));
	if (len > LARGEST && (known || format_is_markup(path, bytes, len) || !utf8_valid(bytes, len, NULL)))
		document_undecided(out, mem_copy_string("too large to read: of this size only plain UTF-8 text is"));
	else if (known)
		worker_read(out, path, title, bytes, len);
	else if (len > 0) {
		document_add_text(out, &(struct text_source){.place = "", .name = path, .bytes = bytes, .len = len});
		compare_name(out, path);
	}
}

void document_from_message(const char *text, size_t len, struct document *out)
{
	struct readings readings = {0};
	struct err err = {0};

	*out = (struct document){0};
	if (!text_decode(text, len, &readings, &err)) {
		document_undecided(out, mem_copy_string("the message is not text"));
		return;
	}
	for (size_t i = 0; i < readings.count; i++)
		(void)document_add(out, FLOW_MESSAGE, "", mem_copy_bytes(readings.items[i].text, readings.items[i].len),
		                   readings.items[i].len, NULL);
	readings_release(&readings);
}

void document_release(struct document *doc)
{
	for (size_t i = 0; i < doc->flow_count; i++) {
		free(doc->flows[i].place);
		free(doc->flows[i].blobs);
		free(doc->flows[i].owned);
		free(doc->flows[i].origin);
		free(doc->flows[i].spans);
		free(doc->flows[i].places);
	}
	for (size_t i = 0; i < doc->observed_count; i++)
		free(doc->observed[i].place);
	free(doc->flows);
	free(doc->observed);
	free(doc->undecided);
	if (doc->hiding != NULL)
		buf_release(doc->hiding);
	free(doc->hiding);
	*doc = (struct document){0};
}
