/* joining.c - pieces of flows, side by side. */
#include "joining.h"

#include "base/mem.h"
#include "document_inside.h"

#include <stdlib.h>

/* Each page is put nine times, so what a reader told within its limits could become gigabytes here. */
static const size_t JOINED_MOST = (size_t)64 * 1024 * 1024;

static bool is_inside(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

struct extent joining_end(const char *text, struct extent within, size_t most)
{
	if (within.end - within.start <= most)
		return within;
	within.start = within.end - most;
	while (within.start < within.end && is_inside(text[within.start]))
		within.start++;
	return within;
}

struct extent joining_start(const char *text, struct extent within, size_t most)
{
	if (within.end - within.start <= most)
		return within;
	within.end = within.start + most;
	while (within.end > within.start && is_inside(text[within.end]))
		within.end--;
	return within;
}

void joining_put(struct joining *joining, const char *place, const char *text, struct extent piece)
{
	joining->full = joining->full || joining->before + joining->text.len > JOINED_MOST;
	if (joining->full)
		return;
	if (joining->text.len > 0 && joining->text.data[joining->text.len - 1] != '\n')
		buf_add_byte(&joining->text, '\n');
	joining->spans = mem_grow(joining->spans, joining->span_count, sizeof(*joining->spans));
	joining->spans[joining->span_count++] = (struct flow_span){joining->text.len, place, 0};
	buf_add(&joining->text, text + piece.start, piece.end - piece.start);
}

void joining_break(struct joining *joining)
{
	if (!joining->full)
		buf_add_string(&joining->text, "\n\n");
}

void joining_tell(struct joining *joining, struct document *doc, const char *place)
{
	const size_t len = joining->text.len;
	struct flow *flow;

	if (joining->full)
		document_undecided(doc, mem_format("%s: more text than is looked at", place));
	if (len == 0)
		return;
	flow = document_add(doc, joining->kind, place, buf_take(&joining->text), len, NULL);
	flow->at = doc->extent;
	flow->extracted = true;
	flow->supposed = joining->supposed;
	flow->again = AGAIN_ACROSS;
	flow->spans = joining->spans; /* transferred */
	flow->span_count = joining->span_count;
	doc->extent += len + 1;
	doc->joined += len;
	*joining = (struct joining){0};
}
