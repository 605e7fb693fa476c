/* sink.c - text of one destination, until its paragraph ends.
 *
 * A paragraph is told as it is seen, and once more with what is hidden in it where something is.  Bytes wait
 * until code page or look changes: a character of two bytes may be written in two ways next to each other. */
#include "rtf_inside.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

static char *place_of(struct rtf *rtf, const struct destination *d)
{
	const bool comment = d->observation == OBSERVED_COMMENT && rtf->author != NULL;

	if (d->mode == MODE_STORY && strcmp(d->title, "note") == 0)
		return mem_format("note %zu", ++rtf->notes);
	if (d->kind == FLOW_HEADER || d->kind == FLOW_FOOTER || !rtf->begun)
		return mem_copy_string(d->title);
	return mem_format("%s%s%s at paragraph %zu", d->title, comment ? " by " : "", comment ? rtf->author : "", rtf->paragraph);
}

struct sink *sink_open(struct rtf *rtf, const struct destination *destination)
{
	struct sink *sink = mem_alloc(1, sizeof(*sink));

	sink->destination = destination;
	sink->place = place_of(rtf, destination);
	sink->paragraph = 1;
	sink->nibble = -1;
	return sink;
}

/* ---- Text that is decoded. */

static void put(struct rtf *rtf, struct sink *sink, const char *text, size_t len, bool unseen)
{
	buf_add(&sink->whole, text, len);
	if (unseen)
		sink->has_hidden = true;
	else
		buf_add(&sink->seen, text, len);
	for (size_t i = 0; i < len; i++)
		sink->characters += (unsigned char)text[i] > ' ' ? 1 : 0;
	if (rtf->from_html && !sink->raw_outside &&
	    (sink->destination == &destination_body || strcmp(sink->destination->word, "htmltag") == 0))
		buf_add(&rtf->html, text, len);
}

/* A half of a pair whose other half never came is shown as what no character is. */
static void end_pair(struct rtf *rtf, struct sink *sink)
{
	if (sink->high == 0)
		return;
	sink->high = 0;
	put(rtf, sink, "\xEF\xBF\xBD", 3, sink->raw_hidden);
}

void sink_flush(struct rtf *rtf, struct sink *sink)
{
	size_t len = 0;
	char *text;

	if (sink->raw.len == 0)
		return;
	end_pair(rtf, sink);
	text = decode_raw(rtf, sink, &len);
	buf_clear(&sink->raw);
	put(rtf, sink, text, len, sink->raw_hidden);
	free(text);
}

/* Only in stories is text hidden by its look: a style that is hidden has a name that is not. */
static bool is_unseen(struct rtf *rtf, const struct sink *sink)
{
	return sink->destination->mode == MODE_STORY && look_is_unseen(rtf, &rtf_level(rtf)->look);
}

static void take_look(struct rtf *rtf, struct sink *sink)
{
	const struct look *look = &rtf_level(rtf)->look;
	const unsigned page = look_page(rtf, look);
	const bool unseen = is_unseen(rtf, sink);

	if (sink->raw.len > 0 && (sink->page != page || sink->raw_hidden != unseen || sink->raw_outside != look->outside))
		sink_flush(rtf, sink);
	sink->page = page;
	sink->raw_hidden = unseen;
	sink->raw_outside = look->outside;
	if (sink->destination->mode == MODE_STORY && (look->deleted || look->inserted) && !sink->has_change) {
		const bool known = look->author >= 0 && (size_t)look->author < rtf->author_count;

		sink->has_change = true;
		reader_observe(rtf->reader, OBSERVED_TRACKED_CHANGE, "%s %zu%s%s", sink->destination->title, sink->paragraph,
		               known ? " by " : "", known ? rtf->authors[look->author] : "");
	}
	if (sink->destination == &destination_body)
		rtf->begun = true;
}

void sink_byte(struct rtf *rtf, struct sink *sink, unsigned char byte)
{
	take_look(rtf, sink);
	if (byte >= ' ' || byte == '\t')
		buf_add_byte(&sink->raw, (char)byte);
}

void sink_codepoint(struct rtf *rtf, struct sink *sink, unsigned long codepoint)
{
	char bytes[4];
	size_t len;

	take_look(rtf, sink);
	sink_flush(rtf, sink);
	if (codepoint >= 0xD800 && codepoint < 0xDC00) {
		end_pair(rtf, sink);
		sink->high = codepoint;
		return;
	}
	if (sink->high != 0 && codepoint >= 0xDC00 && codepoint < 0xE000) {
		codepoint = 0x10000 + ((sink->high - 0xD800) << 10) + (codepoint - 0xDC00);
		sink->high = 0;
	}
	end_pair(rtf, sink);
	if (codepoint > 0x10FFFF || (codepoint >= 0xD800 && codepoint < 0xE000) || codepoint == 0)
		codepoint = 0xFFFD;
	len = utf8_encode((uint32_t)codepoint, bytes);
	put(rtf, sink, bytes, len, sink->raw_hidden);
	buf_add(&sink->unicode, bytes, len);
}

void sink_fallback(struct sink *sink, const char *bytes, size_t len)
{
	buf_add(&sink->fallback, bytes, len);
}

/* ---- Paragraphs that are told. */

static void tell(struct rtf *rtf, struct sink *sink, bool whole, const char *separator)
{
	const size_t row = destination_row(sink->destination);
	struct flow_out **flow = whole ? &rtf->hidden[row] : &rtf->texts[row];
	const struct buf *text = whole ? &sink->whole : &sink->seen;

	if (*flow == NULL)
		*flow = flow_open(rtf->reader, whole ? FLOW_HIDDEN : sink->destination->kind, "%s",
		                  sink->destination == &destination_body ? "" : sink->destination->title);
	if (sink->destination == &destination_body)
		flow_at(*flow, "paragraph %zu", sink->paragraph);
	else
		flow_at(*flow, "%s", sink->place);
	flow_put(*flow, text->data != NULL ? text->data : "", text->len);
	if (separator[0] == '\n')
		flow_break(*flow);
	else
		flow_put_string(*flow, separator);
}

/* Programs that do not know \u show what stands beside it.  Where that is another text it is told. */
static void tell_fallback(struct rtf *rtf, struct sink *sink)
{
	struct sink only = {.destination = sink->destination, .place = sink->place, .page = sink->page, .raw = sink->fallback};
	size_t len = 0, stand_ins = 0;
	char *text;

	if (sink->fallback.len == 0)
		return;
	while (stand_ins < sink->fallback.len && strchr("?_ ", sink->fallback.data[stand_ins]) != NULL)
		stand_ins++;
	text = decode_raw(rtf, &only, &len);
	if (stand_ins < sink->fallback.len && (len != sink->unicode.len || memcmp(text, sink->unicode.data, len) != 0)) {
		if (rtf->fallbacks == NULL)
			rtf->fallbacks = flow_open(rtf->reader, FLOW_HIDDEN, "text for programs without Unicode");
		flow_at(rtf->fallbacks, "%s %zu, for programs without Unicode", sink->place, sink->paragraph);
		flow_put(rtf->fallbacks, text, len);
		flow_break(rtf->fallbacks);
	}
	free(text);
}

void sink_paragraph(struct rtf *rtf, struct sink *sink, const char *separator)
{
	const bool body = sink->destination == &destination_body;

	sink_flush(rtf, sink);
	end_pair(rtf, sink);
	if (sink->seen.len > 0 || (separator[0] == '\t' && rtf->texts[destination_row(sink->destination)] != NULL))
		tell(rtf, sink, false, separator);
	if (sink->has_hidden) {
		tell(rtf, sink, true, "\n");
		if (body)
			reader_observe(rtf->reader, OBSERVED_HIDDEN_TEXT, "paragraph %zu", sink->paragraph);
		else
			reader_observe(rtf->reader, OBSERVED_HIDDEN_TEXT, "%s", sink->place);
	}
	tell_fallback(rtf, sink);
	buf_clear(&sink->seen);
	buf_clear(&sink->whole);
	buf_clear(&sink->unicode);
	buf_clear(&sink->fallback);
	sink->has_hidden = sink->has_change = false;
	sink->paragraph++;
	if (body) {
		rtf->paragraph = sink->paragraph;
		if (rtf->from_html && !rtf_level(rtf)->look.outside)
			buf_add_string(&rtf->html, "\r\n");
	}
}

void sink_close(struct rtf *rtf, struct sink *sink)
{
	const struct destination *d = sink->destination;

	sink_paragraph(rtf, sink, "\n");
	if (d == &destination_body)
		rtf->characters += sink->characters;
	if (d->observation == OBSERVED_COMMENT)
		reader_observe(rtf->reader, OBSERVED_COMMENT, "%s", sink->place);
	else if (d->observation != OBSERVED_NOTHING && d->mode != MODE_HEX && sink->characters > 0)
		rtf_observe_once(rtf, d->observation, sink->place);
	if (d->mode == MODE_HEX && sink->data.len > 0)
		data_read(rtf, sink);
	buf_release(&sink->seen);
	buf_release(&sink->whole);
	buf_release(&sink->raw);
	buf_release(&sink->unicode);
	buf_release(&sink->fallback);
	buf_release(&sink->data);
	free(sink->place);
	free(sink);
}
