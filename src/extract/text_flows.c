#define _GNU_SOURCE /* memmem */
/* text_flows.c - text of a file or of a part of one: every reading, without its tags, and what is
 * encoded inside. */
#include "document_inside.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "format/format.h"
#include "html.h"
#include "islands.h"
#include "islands_inside.h"
#include "text/charset.h"
#include "text/decode.h"
#include "unseen.h"

#include <stdlib.h>
#include <string.h>

enum { ISLANDS_DEEP = 2, AGAIN_MOST = 2, HEAD = 2048, LINES_MOST = 100000 };

/* "a, b", or the one there is.  Caller frees. */
static char *both(const char *a, const char *b)
{
	return mem_format("%s%s%s", a, a[0] != '\0' && b[0] != '\0' ? ", " : "", b);
}

/* Offsets into a document whose byte order mark was taken off. */
static uint32_t *shifted(size_t len, uint32_t by)
{
	uint32_t *origin = mem_alloc(len + 1, sizeof(*origin));

	for (size_t i = 0; i <= len; i++)
		origin[i] = (uint32_t)i + by;
	return origin;
}

/* Made from the flow at `base`: it stands where that one does. */
static struct flow *add_made(struct document *doc, size_t base, const char *how, char *text, size_t len, uint32_t *origin)
{
	const struct flow from = doc->flows[base]; /* a copy: adding moves them */
	char *place = from.derived || how[0] == 'd' ? both(from.place, how) : both(how, from.place);
	struct flow *flow = document_add(doc, from.kind, place, text, len, origin);

	flow->derived = true;
	flow->at = from.at;
	flow->extracted = from.extracted;
	free(place);
	return flow;
}

/* Markdown is shown as HTML, and HTML may stand in it; subtitles have a few tags. */
static bool has_tags(const char *name, const char *text, size_t len)
{
	const char *at = text, *const end = text + len;

	if (!format_name_ends(name, ".md") && !format_name_ends(name, ".markdown") && !format_name_ends(name, ".vtt") &&
	    !format_name_ends(name, ".srt"))
		return false;
	while ((at = memchr(at, '<', (size_t)(end - at))) != NULL && ++at < end)
		if (*at == '!' || *at == '/' || (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z'))
			return true;
	return false;
}

/* XML whose own declarations say what is read: nobody but an XML parser could, and it is told not to. */
static bool declares_entities(const char *text, size_t len)
{
	static const char word[] = "<!ENTITY";
	const char *at = text, *end = text + len;

	while ((at = memchr(at, '<', (size_t)(end - at))) != NULL && (size_t)(end - at) >= sizeof(word) - 1) {
		if (memcmp(at, word, sizeof(word) - 1) == 0)
			return true;
		at++;
	}
	return false;
}

static void add_islands(struct document *doc, size_t index, int depth);
static void add_without_tags(struct document *doc, size_t index, int again);

static void add_island(struct document *doc, size_t index, enum island island, int depth)
{
	const struct flow flow = doc->flows[index]; /* a copy: adding moves them */
	struct made made = {0};
	struct extents blobs = {0};

	islands_find(island, flow.text, flow.len, &made, &blobs);
	if (blobs.count > 0) {
		doc->flows[index].blobs = blobs.items;
		doc->flows[index].blob_count = blobs.count;
	}
	if (made.text.len == 0)
		return;
	if (flow.len > UINT32_MAX) {
		document_undecided(doc, mem_copy_string("encoded text in a file too large to decode it in"));
		made_release(&made);
		return;
	}
	for (size_t i = 0; flow.origin != NULL && i <= made.text.len; i++)
		made.origin[i] = flow.origin[made.origin[i]];
	add_made(doc, index, island_name(island), made.text.data, made.text.len, made.origin)->supposed = true;
	if (island == ISLAND_BASE64 && memmem(made.text.data, made.text.len, "</", 2) != NULL) { /* a page or a drawing */
		const size_t decoded = doc->flow_count - 1;

		add_without_tags(doc, decoded, 0);
		add_islands(doc, decoded, depth - 1);
		return;
	}
	if (island < ISLAND_SPACED)
		add_islands(doc, doc->flow_count - 1, depth - 1);
}

static void add_islands(struct document *doc, size_t index, int depth)
{
	for (int island = 0; island < (doc->flows[index].reading ? ISLAND_MISREAD : ISLANDS) && depth > 0; island++)
		add_island(doc, index, (enum island)island, depth);
}

static bool holds(const char *text, size_t len, const char *what)
{
	return memmem(text, len, what, strlen(what)) != NULL;
}

/* A page kept as text in XML, its tags written by entities or as a part that has none: feeds, saved messages.  In a page
 * such tags are examples to read, but for those of a frame. */
static bool holds_page(const char *text, size_t len)
{
	const size_t head = len < HEAD ? len : HEAD;

	if (holds(text, head, "<html") || holds(text, head, "<HTML"))
		return holds(text, len, "srcdoc=");
	return holds(text, len, "&lt;/") || holds(text, len, "><![CDATA[");
}

/* Cells of a table become lines, and so do characters that stand in one each.  `again`: how often what it
 * holds may be a page, or entities once more. */
static void add_without_tags(struct document *doc, size_t index, int again)
{
	const struct flow from = doc->flows[index];
	size_t len = 0;
	uint32_t *origin = NULL;
	char *seen = html_text(from.text, from.len, doc->hiding, &len, &origin);

	for (size_t i = 0; from.origin != NULL && i <= len; i++)
		origin[i] = from.origin[origin[i]];
	add_made(doc, index, "with entities decoded", seen, len, origin)->supposed = from.supposed || from.derived;
	index = doc->flow_count - 1;
	add_island(doc, index, ISLAND_JOINED, 1);
	add_island(doc, index, ISLAND_SPACED, 1);
	add_island(doc, index, ISLAND_DIGITS, 1);
	if (!from.reading)
		add_island(doc, index, ISLAND_MISREAD, 1);
	if (again > 0 && holds(from.text, from.len, "&amp;#")) /* entities written twice */
		add_island(doc, index, ISLAND_ESCAPES, 1);
	if (again > 1 && holds(from.text, from.len, "&amp;amp;#")) /* and three times */
		add_without_tags(doc, index, again - 1);
	else if (again > 0 && holds_page(from.text, from.len))
		add_without_tags(doc, index, 0);
}

void document_add_islands(struct document *doc, size_t index)
{
	add_islands(doc, index, ISLANDS_DEEP);
}

/* What stands at `start` in a flow of pieces is from `line` of the file; 0: from where is not known. */
struct stretch {
	size_t start, place;
	unsigned line;
};

/* Stretches of the text that are from one line of the file each; the places they have are added to `places`. */
static struct stretch *stretches_of(const struct flow *flow, const struct reading *reading, struct buf *places, size_t *count)
{
	struct stretch *items = mem_grow(NULL, 0, sizeof(*items));
	size_t at = 0;

	for (size_t i = 0; i == 0 || (i < reading->line_count && i <= LINES_MOST && at < flow->len); i++) {
		const char *end = memchr(flow->text + at, '\n', flow->len - at);
		const unsigned line = i < reading->line_count && i < LINES_MOST ? reading->lines[i] : 0;

		if (*count == 0 || items[*count - 1].line != line) {
			items = mem_grow(items, *count, sizeof(*items));
			items[(*count)++] = (struct stretch){at, places->len, line};
			buf_add_string(places, flow->place);
			if (line > 0)
				buf_addf(places, ", line %u", line);
			buf_add_byte(places, '\0');
		}
		at = end != NULL ? (size_t)(end - flow->text) + 1 : flow->len;
	}
	return items;
}

/* Like what was taken out of a document: no line of it is one of the file's, but it may be known from which each is.  `within`:
 * that file is one inside the document. */
static void stand_apart(struct document *doc, struct flow *flow, const struct reading *reading, bool within)
{
	struct buf places = {0};
	size_t count = 0;
	struct stretch *stretches = stretches_of(flow, reading, &places, &count);

	flow->at = doc->extent;
	doc->extent += flow->len + 1;
	flow->places = buf_take(&places);
	flow->spans = mem_alloc(count, sizeof(*flow->spans));
	for (size_t i = 0; i < count; i++)
		flow->spans[i] = (struct flow_span){stretches[i].start, flow->places + stretches[i].place, within ? 0 : stretches[i].line};
	flow->span_count = count;
	free(stretches);
}

/* A style sheet that comes with pages: what it hides is hidden in those that are read after it. */
static void keep_sheet(struct document *doc, const struct text_source *source)
{
	const struct flow *flow = &doc->flows[doc->flow_count - 1];

	if (!source->extracted || !format_name_ends(source->name, ".css"))
		return;
	if (doc->hiding == NULL)
		doc->hiding = mem_alloc(1, sizeof(*doc->hiding));
	unseen_sheet(flow->text, flow->len, doc->hiding);
}

/* Of charsets other than UTF-8, offsets are those of the decoded text. */
static void add_reading(struct document *doc, const struct text_source *source, struct reading *reading, bool supposed)
{
	const bool utf8 = strcmp(reading->charset, "UTF-8") == 0;
	const uint32_t skipped = utf8 && reading->len < source->len ? (uint32_t)(source->len - reading->len) : 0;
	const bool markup = format_is_markup(source->name, reading->text, reading->len);
	const size_t index = doc->flow_count;
	char *how = utf8 ? mem_copy_string("") : mem_format("read as %s", reading->charset), *place = both(source->place, how);
	struct flow *flow;

	if (source->extracted && reading->owned == NULL)
		reading->owned = mem_copy_bytes(reading->text, reading->len);
	flow = document_add(doc, source->kind, place, reading->owned, reading->len,
	                    skipped > 0 ? shifted(reading->len, skipped) : NULL);
	flow->text = reading->owned != NULL ? reading->owned : reading->text;
	reading->owned = NULL; /* transferred */
	flow->supposed = supposed;
	flow->at = source->at;
	flow->extracted = source->extracted || reading->pieces;
	flow->reading = !utf8 && !reading->pieces;
	if (reading->pieces)
		stand_apart(doc, flow, reading, source->extracted);
	keep_sheet(doc, source);
	if (markup && declares_entities(flow->text, flow->len))
		document_undecided(doc, mem_format("%s%sdeclares entities of its own", source->place, source->place[0] != '\0' ? ": " : ""));
	if (markup || has_tags(source->name, flow->text, flow->len))
		add_without_tags(doc, index, AGAIN_MOST);
	document_add_islands(doc, index);
	free(place);
	free(how);
}

/* The charset it claims, where nothing else came up with it. */
static void add_claimed(const struct text_source *source, struct readings *readings)
{
	const char *charset = source->charset != NULL ? charset_of_label(source->charset, strlen(source->charset)) : NULL;
	size_t len = 0;
	char *text;

	for (size_t i = 0; charset != NULL && i < readings->count; i++)
		if (strcmp(readings->items[i].charset, charset) == 0)
			return;
	text = charset != NULL ? charset_convert(charset, source->bytes, source->len, &len) : NULL;
	if (text == NULL)
		return;
	readings->items = mem_resize(readings->items, readings->count + 1, sizeof(*readings->items));
	readings->items[readings->count++] = (struct reading){.charset = charset, .text = text, .len = len, .owned = text};
}

/* Folded text whose line ends stand within characters, as simple programs write it.  False: it is none. */
static bool add_unfolded(struct document *doc, const struct text_source *source)
{
	struct text_source unfolded = *source;
	struct made made = {0};
	bool whole;

	if (utf8_valid(source->bytes, source->len, NULL))
		return false;
	folds_find(source->bytes, source->len, &made);
	whole = made.text.len > 0 && utf8_valid(made.text.data, made.text.len, NULL);
	if (whole) {
		char *place = both(source->place, island_name(ISLAND_FOLDED));

		unfolded.place = place;
		unfolded.bytes = made.text.data;
		unfolded.len = made.text.len;
		unfolded.at = doc->extent;
		unfolded.extracted = true;
		doc->extent += made.text.len + 1;
		document_add_text(doc, &unfolded);
		free(place);
	}
	made_release(&made);
	return whole;
}

void document_add_text(struct document *doc, const struct text_source *source)
{
	struct readings readings = {0};
	struct err err = {0};
	bool decoded;

	if (add_unfolded(doc, source))
		return;
	decoded = text_decode(source->bytes, source->len, &readings, &err);
	add_claimed(source, &readings);
	if (!decoded && (readings.count == 0 || strncmp(readings.items[0].charset, "ISO-2022", 8) != 0)) /* escapes are no control there */
		document_undecided(doc, mem_format("%s%snot readable: %s", source->place, source->place[0] != '\0' ? ": " : "", err.why));
	for (size_t i = 0; i < readings.count; i++)
		add_reading(doc, source, &readings.items[i], readings.count > 1);
	readings_release(&readings);
}
