/* document.c - what a file would tell its readers.
 *
 * In this version text is read: plain, Markdown, CSV, HTML.  Everything else is named and refused;
 * "no text found" is never "nothing in it". */
#include "extract/document.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "format/format.h"
#include "html.h"
#include "islands.h"
#include "text/decode.h"

#include <stdlib.h>
#include <string.h>

enum { ISLANDS_DEEP = 2 };
static const size_t LARGEST = (size_t)512 * 1024 * 1024;

/* `place` is copied, `text` and `origin` are taken over. */
static struct flow *add_flow(struct document *doc, enum flow_kind kind, const char *place, char *text, size_t len, uint32_t *origin)
{
	doc->flows = mem_grow(doc->flows, doc->flow_count, sizeof(*doc->flows));
	doc->flows[doc->flow_count++] = (struct flow){
		.kind = kind, .place = mem_copy_string(place), .text = text, .len = len, .owned = text, .origin = origin};
	return &doc->flows[doc->flow_count - 1];
}

static void undecided(struct document *doc, char *why)
{
	if (doc->undecided == NULL)
		doc->undecided = why;
	else
		free(why);
}

/* Offsets into a document whose byte order mark was taken off. */
static uint32_t *shifted(size_t len, uint32_t by)
{
	uint32_t *origin = mem_alloc(len + 1, sizeof(*origin));

	for (size_t i = 0; i <= len; i++)
		origin[i] = (uint32_t)i + by;
	return origin;
}

static void add_html(struct document *doc, const char *place, const struct reading *reading, uint32_t skipped, bool supposed)
{
	size_t out_len = 0;
	uint32_t *origin = NULL;
	struct flow *flow;
	char *seen = html_text(reading->text, reading->len, &out_len, &origin);
	char *where = mem_format("with entities decoded%s%s", place[0] != '\0' ? ", " : "", place);

	for (size_t i = 0; i <= out_len; i++)
		origin[i] += skipped;
	flow = add_flow(doc, FLOW_BODY, where, seen, out_len, origin);
	flow->derived = true;
	flow->supposed = supposed;
	free(where);
}

/* What is encoded inside the flow at `index` becomes flows of its own, made from it, `depth` deep. */
static void add_islands(struct document *doc, size_t index, int depth)
{
	for (int island = 0; island < ISLANDS && depth > 0; island++) {
		const struct flow flow = doc->flows[index]; /* a copy: adding moves them */
		struct made made = {0};
		struct extents blobs = {0};
		struct flow *made_flow;
		char *place;

		islands_find((enum island)island, flow.text, flow.len, &made, &blobs);
		if (blobs.count > 0) {
			doc->flows[index].blobs = blobs.items;
			doc->flows[index].blob_count = blobs.count;
		}
		if (made.text.len == 0)
			continue;
		if (flow.len > UINT32_MAX) {
			undecided(doc, mem_copy_string("encoded text in a file too large to decode it in"));
			made_release(&made);
			continue;
		}
		for (size_t i = 0; flow.origin != NULL && i <= made.text.len; i++)
			made.origin[i] = flow.origin[made.origin[i]];
		place = mem_format("%s%s%s", flow.place, flow.place[0] != '\0' ? ", " : "", island_name((enum island)island));
		made_flow = add_flow(doc, flow.kind, place, made.text.data, made.text.len, made.origin);
		made_flow->derived = made_flow->supposed = true;
		free(place);
		if (island != ISLAND_SPACED)
			add_islands(doc, doc->flow_count - 1, depth - 1);
	}
}

/* Of charsets other than UTF-8, offsets are those of the decoded text. */
static void add_reading(struct document *doc, struct reading *reading, size_t source_len, bool html, bool supposed)
{
	const bool utf8 = strcmp(reading->charset, "UTF-8") == 0;
	const uint32_t skipped = utf8 ? (uint32_t)(source_len - reading->len) : 0;
	char *place = utf8 ? mem_copy_string("") : mem_format("read as %s", reading->charset);
	struct flow *flow;
	size_t index;

	flow = add_flow(doc, FLOW_BODY, place, reading->owned, reading->len, skipped > 0 ? shifted(reading->len, skipped) : NULL);
	flow->text = reading->text;
	flow->supposed = supposed;
	reading->owned = NULL; /* transferred */
	index = doc->flow_count - 1;
	if (html)
		add_html(doc, place, reading, skipped, supposed);
	add_islands(doc, index, ISLANDS_DEEP);
	free(place);
}

static void read_text(struct document *doc, const char *path, const char *bytes, size_t len)
{
	struct readings readings = {0};
	struct err err = {0};
	const char *claimed = NULL;
	const bool other = format_of_name(path, &claimed) != FORMAT_UNKNOWN;

	if (!text_decode(bytes, len, &readings, &err)) {
		undecided(doc, mem_format("not readable: %s", err.why));
		return;
	}
	for (size_t i = 0; i < readings.count; i++)
		add_reading(doc, &readings.items[i], len, format_is_markup(path, readings.items[i].text, readings.items[i].len),
		            readings.count > 1);
	if (other)
		undecided(doc, mem_format("its name says %s and its bytes are plain text", claimed));
	readings_release(&readings);
}

void document_read(const char *path, const void *bytes, size_t len, struct document *out)
{
	const char *format = NULL;
	const bool known = format_of_bytes(bytes, len, &format) != FORMAT_UNKNOWN;

	*out = (struct document){0};
	if (utf8_valid(path, strlen(path), NULL))
		(void)add_flow(out, FLOW_FILENAME, "", mem_copy_string(path), strlen(path), NULL);
	else
		undecided(out, mem_copy_string("its name is not UTF-8"));
	if (len > LARGEST && (known || format_is_markup(path, bytes, len) || !utf8_valid(bytes, len, NULL)))
		undecided(out, mem_copy_string("too large to read: of this size only plain UTF-8 text is"));
	else if (known)
		undecided(out, mem_format("not readable yet: %s", format));
	else if (len > 0)
		read_text(out, path, bytes, len);
}

void document_from_message(const char *text, size_t len, struct document *out)
{
	struct readings readings = {0};
	struct err err = {0};

	*out = (struct document){0};
	if (!text_decode(text, len, &readings, &err)) {
		undecided(out, mem_copy_string("the message is not text"));
		return;
	}
	for (size_t i = 0; i < readings.count; i++)
		(void)add_flow(out, FLOW_MESSAGE, "", mem_copy_bytes(readings.items[i].text, readings.items[i].len),
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
	}
	free(doc->flows);
	free(doc->undecided);
	*doc = (struct document){0};
}
