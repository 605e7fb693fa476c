/* flow_out.c - text on its way out, with the places it stands at. */
#include "reader_inside.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "wire/wire.h"

#include <stdlib.h>
#include <string.h>

struct span {
	size_t start, place; /* in `places`, NUL-ended */
};

struct flow_out {
	struct reader *r;
	enum flow_kind kind;
	char *place;
	struct buf text, places;
	struct span *spans;
	size_t span_count;
	bool full, bad, again;
};

struct flow_out *flow_open(struct reader *r, enum flow_kind kind, const char *place_format, ...)
{
	struct flow_out *flow = mem_alloc(1, sizeof(*flow));
	va_list args;

	va_start(args, place_format);
	flow->place = reader_format(place_format, args);
	va_end(args);
	flow->r = r;
	flow->kind = kind;
	return flow;
}

void flow_at(struct flow_out *flow, const char *place_format, ...)
{
	struct span *last = flow->span_count > 0 ? &flow->spans[flow->span_count - 1] : NULL;
	va_list args;
	char *place;

	va_start(args, place_format);
	place = reader_format(place_format, args);
	va_end(args);
	if (last == NULL || strcmp(flow->places.data + last->place, place) != 0) {
		if (last == NULL || last->start != flow->text.len) {
			flow->spans = mem_grow(flow->spans, flow->span_count, sizeof(*flow->spans));
			flow->span_count++;
		}
		flow->spans[flow->span_count - 1] = (struct span){flow->text.len, flow->places.len};
		buf_add(&flow->places, place, strlen(place) + 1);
	}
	free(place);
}

/* One text is never larger than a message may carry. */
static bool has_room(struct flow_out *flow, size_t len)
{
	flow->full = flow->full || len > WIRE_TEXT_MOST || flow->text.len > WIRE_TEXT_MOST - len ||
	             flow->places.len > WIRE_TEXT_MOST;
	return !flow->full;
}

void flow_put(struct flow_out *flow, const char *text, size_t len)
{
	const size_t from = flow->text.len;

	if (len == 0 || !has_room(flow, len))
		return;
	buf_add(&flow->text, text, len);
	for (char *nul = memchr(flow->text.data + from, '\0', len); nul != NULL;
	     nul = memchr(nul, '\0', flow->text.len - (size_t)(nul - flow->text.data)))
		*nul = ' ';
}

void flow_put_string(struct flow_out *flow, const char *text)
{
	flow_put(flow, text, strlen(text));
}

void flow_put_codepoint(struct flow_out *flow, unsigned long codepoint)
{
	char bytes[4];

	if (codepoint > 0x10FFFF || (codepoint >= 0xD800 && codepoint <= 0xDFFF)) {
		flow->bad = true;
		codepoint = 0xFFFD;
	}
	flow_put(flow, bytes, utf8_encode((uint32_t)codepoint, bytes));
}

void flow_again(struct flow_out *flow)
{
	flow->again = true;
}

void flow_break(struct flow_out *flow)
{
	if (flow->text.len > 0 && flow->text.data[flow->text.len - 1] != '\n')
		flow_put(flow, "\n", 1);
}

size_t flow_len(const struct flow_out *flow)
{
	return flow->text.len;
}

/* What is not UTF-8 is shown as such; it was said that it could not be read. */
static void mend(struct flow_out *flow)
{
	size_t from = 0, bad = 0;

	while (from < flow->text.len && !utf8_valid(flow->text.data + from, flow->text.len - from, &bad)) {
		flow->bad = true;
		flow->text.data[from + bad] = '?';
		from += bad + 1;
	}
}

static void tell(struct flow_out *flow)
{
	struct message m = {.type = flow->again ? MESSAGE_AGAIN : MESSAGE_FLOW, .kind = flow->kind, .text = {flow->text.data, flow->text.len}};
	char *place = reader_place(flow->r, flow->place), **within = mem_alloc(flow->span_count + 1, sizeof(*within));

	m.place = (struct wire_text){place, strlen(place)};
	m.spans = mem_alloc(flow->span_count + 1, sizeof(*m.spans));
	for (size_t i = 0; i < flow->span_count; i++) {
		within[i] = reader_place(flow->r, flow->places.data + flow->spans[i].place);
		m.spans[i] = (struct wire_span){flow->spans[i].start, {within[i], strlen(within[i])}};
	}
	m.span_count = flow->span_count;
	reader_tell(flow->r, &m);
	for (size_t i = 0; i < flow->span_count; i++)
		free(within[i]);
	free(within);
	free(m.spans);
	free(place);
}

void flow_close(struct flow_out *flow)
{
	mend(flow);
	if (flow->full)
		reader_undecided(flow->r, "%s: a text longer than can be read", flow->place);
	if (flow->bad)
		reader_undecided(flow->r, "%s: text with characters that do not exist", flow->place);
	if (flow->text.len > 0 && reader_may_tell(flow->r, flow->text.len))
		tell(flow);
	buf_release(&flow->text);
	buf_release(&flow->places);
	free(flow->spans);
	free(flow->place);
	free(flow);
}

void reader_text(struct reader *r, enum flow_kind kind, const char *place, const char *text, size_t len)
{
	struct flow_out *flow = flow_open(r, kind, "%s", place);

	flow_put(flow, text, len);
	flow_close(flow);
}
