/* story.c - the text of one story, character by character: the main text, a footnote, a header, a comment.
 *
 * A paragraph with something in it that is not seen (deleted, hidden, white) is told twice: as it is seen, and
 * in full as hidden text, because a word may be of both. */
#include "story.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "binary/put.h"
#include "field/field.h"
#include "reader/reader.h"
#include "text/charset.h"

#include <stdlib.h>
#include <string.h>

enum {
	MARK_PICTURE = 0x01,
	MARK_CELL = 0x07,
	MARK_LINE = 0x0B,
	MARK_PAGE = 0x0C,
	MARK_PARAGRAPH = 0x0D,
	MARK_COLUMN = 0x0E,
	MARK_FIELD = 0x13,
	MARK_FIELD_RESULT = 0x14,
	MARK_FIELD_END = 0x15,
	MARK_HYPHEN = 0x1E,
	MARK_SOFT_HYPHEN = 0x1F,
	SOFT_HYPHEN = 0xAD,
	NOTICES_MOST = 50,
};

static char *place_of(const struct story *story)
{
	return story->label[0] != '\0' ? mem_copy_string(story->label) : mem_format("paragraph %zu", story->number);
}

static const char *author_of(const struct story *story, unsigned number)
{
	return number < story->word->author_count ? story->word->authors[number] : "";
}

/* Once for each paragraph and kind, and so many in a story. */
static void notice(struct story *story, enum observation what, const char *who)
{
	const size_t kind = what == OBSERVED_TRACKED_CHANGE ? 0 : 1;
	char *place;

	if (story->noticed_at[kind] == story->number || story->notices[kind] >= NOTICES_MOST)
		return;
	story->noticed_at[kind] = story->number;
	story->notices[kind]++;
	place = place_of(story);
	reader_observe(story->word->reader, what, "%s%s%s", place, who[0] != '\0' ? ", by " : "", who);
	free(place);
}

static void put_line(struct flow_out *flow, const char *place, const struct buf *text)
{
	if (text->len == 0)
		return;
	flow_break(flow);
	flow_at(flow, "%s", place);
	flow_put(flow, text->data, text->len);
}

static void paragraph_end(struct story *story)
{
	char *place = place_of(story);

	put_line(story->shown, place, &story->seen);
	if (story->differs)
		put_line(story->hidden, place, &story->all);
	story->word->characters += story->seen.len;
	buf_clear(&story->seen);
	buf_clear(&story->all);
	story->differs = false;
	story->number++;
	free(place);
}

/* Instructions of a field: a link, a condition, where a value is from. */
static void instruction_end(struct story *story)
{
	char *paragraph = place_of(story), *place = mem_format("field in %s", paragraph);

	free(paragraph);
	if (story->field.len > 0) {
		put_line(story->fields, place, &story->field);
		if (field_fetches(story->field.data))
			reader_observe(story->word->reader, OBSERVED_EXTERNAL_LINK, "%s", place);
	}
	buf_clear(&story->field);
	free(place);
}

static void put(struct story *story, uint32_t c)
{
	const struct marks *marks = &story->marks;
	const bool unseen = (marks->is & (RUN_DELETED | RUN_HIDDEN | RUN_TINY)) != 0 ||
	                    ((marks->is & RUN_WHITE) != 0 && (marks->is & RUN_SHADED) == 0);
	char bytes[4];
	const size_t len = utf8_encode(c, bytes);

	if (story->field_depth > 0 && story->in_result[story->field_depth - 1] == 0) {
		buf_add(&story->field, bytes, len);
		return;
	}
	if ((marks->is & RUN_DELETED) != 0)
		notice(story, OBSERVED_TRACKED_CHANGE, author_of(story, marks->deleted_by));
	else if ((marks->is & RUN_INSERTED) != 0)
		notice(story, OBSERVED_TRACKED_CHANGE, author_of(story, marks->inserted_by));
	else if (unseen && c != ' ')
		notice(story, OBSERVED_HIDDEN_TEXT, "");
	buf_add(&story->all, bytes, len);
	if (unseen)
		story->differs = true;
	else
		buf_add(&story->seen, bytes, len);
}

/* What it draws, where it has no result: in the midst of what stands around it. */
static void put_drawn(struct story *story, const struct buf *drawn)
{
	uint32_t c = 0;

	for (size_t at = 0, n; at < drawn->len; at += n) {
		n = utf8_decode(drawn->data + at, drawn->len - at, &c);
		n = n > 0 ? n : 1;
		put(story, c);
	}
}

static void field_mark(struct story *story, uint32_t c)
{
	struct buf drawn = {0};

	if (c == MARK_FIELD && story->field_depth < STORY_FIELDS_DEEPEST) {
		story->in_result[story->field_depth++] = 0;
	} else if (story->field_depth > 0) {
		if (story->in_result[story->field_depth - 1] == 0) {
			if (c == MARK_FIELD_END)
				field_draw(story->field.data, story->field.len, &drawn);
			instruction_end(story);
		}
		story->in_result[story->field_depth - 1] = 1;
		story->field_depth -= c == MARK_FIELD_END;
		put_drawn(story, &drawn);
		buf_release(&drawn);
	}
}

static void character(struct story *story, uint32_t c)
{
	if (c >= 0x20 || c == '\t') {
		put(story, c);
	} else if (c == MARK_PARAGRAPH || c == MARK_CELL || c == MARK_PAGE || c == MARK_COLUMN) {
		if ((story->marks.is & RUN_DELETED) != 0)
			notice(story, OBSERVED_TRACKED_CHANGE, author_of(story, story->marks.deleted_by));
		paragraph_end(story);
	} else if (c == MARK_LINE) {
		put(story, '\n');
	} else if (c == MARK_FIELD || c == MARK_FIELD_RESULT || c == MARK_FIELD_END) {
		field_mark(story, c);
	} else if (c == MARK_HYPHEN) {
		put(story, '-');
	} else if (c == MARK_SOFT_HYPHEN) {
		put(story, SOFT_HYPHEN);
	} else if (c == MARK_PICTURE && (story->marks.is & RUN_SPECIAL) != 0) {
		picture_tell(story->word, &story->marks);
	}
}

/* Two halves of a character may even be in two pieces. */
static void unit(struct story *story, uint32_t c)
{
	const uint32_t high = story->high;

	story->high = 0;
	if (high != 0 && c >= 0xDC00 && c <= 0xDFFF) {
		character(story, 0x10000 + ((high - 0xD800) << 10) + (c - 0xDC00));
		return;
	}
	if (high != 0 || (c >= 0xDC00 && c <= 0xDFFF)) {
		character(story, 0xFFFD);
		story->word->bad = true;
	}
	if (c >= 0xD800 && c <= 0xDBFF)
		story->high = c;
	else if (c < 0xDC00 || c > 0xDFFF)
		character(story, c);
}

/* What characters from here on look like; returns where in the main stream that ends. */
static uint32_t take_marks(struct story *story, const struct piece *piece, uint32_t at, uint32_t end)
{
	const struct word *word = story->word;
	const struct run *run = runs_find(word, at);
	uint32_t until = at + 1;

	story->marks = run != NULL ? run->marks : (struct marks){0};
	if (run != NULL)
		until = run->to;
	else if (word->run_count == 0 || word->runs[word->run_count - 1].to <= at)
		until = end;
	runs_apply(piece->changes, &story->marks);
	return until < end ? until : end;
}

static void tell_piece(struct story *story, const struct piece *piece, uint32_t from, uint32_t to)
{
	const struct span main = story->word->main;
	const uint32_t size = piece->narrow ? 1 : 2;
	const uint32_t end = piece->at + (to - piece->from) * size;
	uint32_t until = 0;

	if (piece->narrow)
		narrow_others(story->word->reader, story->label, span_cut(main, piece->at + (from - piece->from), to - from));
	for (uint32_t at = piece->at + (from - piece->from) * size; at < end; at += size) {
		uint32_t c = piece->narrow ? span8(main, at) : span16(main, at);

		if (at >= until)
			until = take_marks(story, piece, at, end);
		if (piece->narrow)
			c = charset_windows_1252((unsigned char)c);
		unit(story, c);
	}
}

/* The piece that has this character, or the first behind it. */
static size_t find_piece(const struct word *word, uint32_t character_at)
{
	size_t low = 0, high = word->piece_count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (word->pieces[middle].to <= character_at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void story_tell(struct word *word, enum flow_kind kind, const char *label, uint32_t from, uint32_t to)
{
	struct story story = {.word = word, .label = label, .number = 1};
	const char *gap = label[0] != '\0' ? ", " : "";

	story.shown = flow_open(word->reader, kind, "%s", label);
	story.hidden = flow_open(word->reader, FLOW_HIDDEN, "%s", label);
	story.fields = flow_open(word->reader, FLOW_METADATA, "%s%sfields", label, gap);
	for (size_t i = find_piece(word, from); i < word->piece_count && word->pieces[i].from < to; i++) {
		const struct piece *piece = &word->pieces[i];

		if (reader_stopped(word->reader))
			break;
		tell_piece(&story, piece, piece->from > from ? piece->from : from, piece->to < to ? piece->to : to);
	}
	instruction_end(&story);
	paragraph_end(&story);
	flow_close(story.shown);
	flow_close(story.hidden);
	flow_close(story.fields);
	buf_release(&story.seen);
	buf_release(&story.all);
	buf_release(&story.field);
}
