/* tree.c - the records of a slide, its notes, a master, or the document as a whole.
 *
 * All text is in three kinds of records; where they stand says what it is.  A record nobody here knows has its
 * strings told. */
#include "slides_inside.h"

#include "base/mem.h"
#include "binary/put.h"
#include "reader/reader.h"
#include "zip/inflate.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 40, SHOW_FLAGS = 10, SHOW_HIDDEN = 4, OBJECT_PACKED = 1, COMMENT_AUTHOR = 0, COMMENT_TEXT = 1 };

/* One record of the stream being told. */
struct tree {
	struct show *show;
	char *label;          /* "slide 7" */
	enum flow_kind kind;
	struct flow_out *text, *strings, *links;
	struct art art;
	struct buf rest, narrow; /* narrow: text of bytes, as such */
	const char *header;   /* among headers and footers: not NULL */
	size_t listed;        /* in the list of slides: whose text comes */
	bool in_list, linking;
};

static void keep(struct tree *tree, struct span bytes)
{
	if (bytes.len == 0)
		return;
	buf_add(&tree->rest, bytes.bytes, bytes.len);
	buf_add(&tree->rest, "\0\0\0", 4); /* no text runs from one piece into the next */
}

/* Paragraphs end in CR, lines in VT. */
static void put_text(struct tree *tree, const struct art_record *record)
{
	struct flow_out *flow = tree->text;
	const size_t size = record->type == RECORD_TEXT_WIDE ? 2 : 1;
	size_t from = 0;

	flow_break(flow);
	if (tree->listed > 0)
		flow_at(flow, "slide %zu", tree->listed);
	for (size_t at = 0; at + size <= record->data.len + size; at += size) {
		const unsigned c = size == 2 ? span16(record->data, at) : span8(record->data, at);
		const bool end = at + size > record->data.len;

		if (!end && c != '\r' && c != '\v' && size == 2)
			continue;
		if (size == 2) {
			utf16_put(flow, span_cut(record->data, from, at - from));
			from = at + size;
		}
		if (!end && (c == '\r' || c == '\v'))
			flow_put(flow, "\n", 1);
		else if (!end)
			flow_put_codepoint(flow, c);
	}
	if (size == 1) {
		buf_add(&tree->narrow, record->data.bytes, record->data.len);
		buf_add(&tree->narrow, "\0", 2); /* nothing runs from one text into the next */
	}
	tree->show->told += record->data.len;
}

static void put_string(struct tree *tree, const struct art_record *record)
{
	struct flow_out *flow = tree->linking ? tree->links : tree->strings;

	if (tree->header != NULL) {
		char *text = utf16_text(record->data), *place = mem_format("%s, %s", tree->label, tree->header);

		reader_text(tree->show->reader, record->instance == 2 ? FLOW_FOOTER : FLOW_HEADER, place, text, strlen(text));
		free(place);
		free(text);
		return;
	}
	utf16_put(flow, span_cut(record->data, 0, utf16_until_nul(record->data)));
	flow_break(flow);
	keep(tree, span_from(record->data, utf16_until_nul(record->data)));
}

/* Who said what about the slide. */
static void tell_comment(struct tree *tree, struct span comment)
{
	struct art_record record;
	char *author = mem_copy_string(""), *text = mem_copy_string(""), *place;

	for (size_t at = 0, taken; (taken = art_next(span_from(comment, at), &record)) > 0; at += taken) {
		char **which = record.type == RECORD_STRING && record.instance == COMMENT_AUTHOR ? &author :
		               record.type == RECORD_STRING && record.instance == COMMENT_TEXT   ? &text :
		                                                                                   NULL;
		if (which == NULL) {
			keep(tree, record.data);
			continue;
		}
		free(*which);
		*which = utf16_text(record.data);
	}
	place = mem_format("%s, comment by %s", tree->label, author);
	reader_observe(tree->show->reader, OBSERVED_COMMENT, "%s", place);
	reader_text(tree->show->reader, FLOW_COMMENT, place, text, strlen(text));
	free(place);
	free(text);
	free(author);
}

/* A compound file: an object, a control, or the macros. */
static void tell_object(struct tree *tree, const struct art_record *record)
{
	struct show *show = tree->show;
	struct buf unpacked = {0};
	struct part part = {"", record->data.bytes, record->data.len};
	char *place = mem_format("embedded object %zu", ++show->objects);
	size_t used = 0;

	if (record->instance == OBJECT_PACKED) {
		const struct span packed = span_from(record->data, 4);

		/* many have no checksum at the end */
		if (!inflate_bytes(show->reader, INFLATE_ZLIB, packed.bytes, packed.len, SIZE_MAX, &unpacked, &used) &&
		    unpacked.len != span32(record->data, 0))
			reader_undecided(show->reader, "damaged: %s", place);
		part.bytes = (const unsigned char *)(unpacked.data != NULL ? unpacked.data : "");
		part.len = unpacked.len;
		keep(tree, span_from(packed, used));
	}
	reader_observe(show->reader, OBSERVED_EMBEDDED_OBJECT, "%s", place);
	reader_part(show->reader, place, &part);
	buf_release(&unpacked);
	free(place);
}

static void tell_show(struct tree *tree, const struct art_record *record)
{
	if ((span16(record->data, SHOW_FLAGS) & SHOW_HIDDEN) != 0)
		reader_observe(tree->show->reader, OBSERVED_HIDDEN_SLIDE, "%s", tree->label);
}

/* What later versions keep for themselves, as OOXML. */
static void tell_package(struct tree *tree, const struct art_record *record)
{
	const struct part part = {"", record->data.bytes, record->data.len};
	char *place = mem_format("%s, for later versions", tree->label);

	reader_part(tree->show->reader, place, &part);
	free(place);
}

static bool is_package(const struct art_record *record)
{
	return record->data.len > 4 && memcmp(record->data.bytes, "PK\3\4", 4) == 0;
}

static void leaf(struct tree *tree, const struct art_record *record)
{
	switch (record->type) {
	case RECORD_TEXT_WIDE:
	case RECORD_TEXT_NARROW:
		put_text(tree, record);
		break;
	case RECORD_STRING:
		put_string(tree, record);
		break;
	case RECORD_SHOW:
		tell_show(tree, record);
		break;
	case RECORD_OBJECT:
		tell_object(tree, record);
		break;
	case RECORD_SOUND:
		reader_observe(tree->show->reader, OBSERVED_MEDIA, "%s", tree->label);
		keep(tree, record->data);
		break;
	case RECORD_PERSIST:
		tree->listed += tree->in_list;
		break;
	default:
		if (art_leaf(&tree->art, record))
			break;
		if (is_package(record))
			tell_package(tree, record);
		else
			keep(tree, record->data);
	}
}

static void walk(struct tree *tree, struct span bytes, unsigned depth);

static void branch(struct tree *tree, const struct art_record *record, unsigned depth)
{
	const char *const header = tree->header;
	const bool linking = tree->linking;

	if (record->type == RECORD_COMMENT) {
		tell_comment(tree, record->data);
		return;
	}
	if (record->type == RECORD_LINK)
		reader_observe(tree->show->reader, OBSERVED_EXTERNAL_LINK, "%s", tree->label);
	if (record->type == RECORD_TAGS && record->data.len > 0)
		reader_observe(tree->show->reader, OBSERVED_CUSTOM_DATA, "%s", tree->label);
	tree->listed = 0;
	tree->header = record->type == RECORD_HEADERS ? "header or footer" : header;
	tree->linking = linking || record->type == RECORD_LINK;
	tree->in_list = record->type == RECORD_LIST && record->instance == 0;
	walk(tree, record->data, depth + 1);
	tree->header = header;
	tree->linking = linking;
	tree->in_list = false;
	tree->listed = 0;
}

static void walk(struct tree *tree, struct span bytes, unsigned depth)
{
	struct art_record record;
	size_t taken;

	for (; bytes.len > 0 && !reader_stopped(tree->show->reader); bytes = span_from(bytes, taken)) {
		taken = art_next(bytes, &record);
		if (taken == 0) {
			keep(tree, bytes);
			return;
		}
		if (record.data.len < span32(bytes, 4))
			tree->show->damaged = true;
		if ((record.version == ART_CONTAINER || record.type == RECORD_TAG_DATA) && !is_package(&record) && depth < DEEPEST)
			branch(tree, &record, depth);
		else
			leaf(tree, &record);
	}
}

/* The number of the slide these notes are for; 0: of none. */
static size_t slide_of_notes(const struct show *show, struct span notes)
{
	struct art_record record;

	if (art_next(notes, &record) == 0 || record.type != RECORD_NOTES_ATOM)
		return 0;
	for (size_t i = 0; i < show->slides.count; i++)
		if (show->slides.items[i].id == span32(record.data, 0))
			return i + 1;
	return 0;
}

static char *label_of(const struct show *show, const struct art_record *record, size_t at)
{
	size_t slide, notes;

	if (record->version != ART_CONTAINER)
		return mem_copy_string("presentation");
	if (!edits_has(show, at))
		return mem_format("earlier version, at byte %zu", at);
	slide = edits_number(show, &show->slides, at);
	notes = slide_of_notes(show, record->data);
	switch (record->type) {
	case RECORD_SLIDE:
		if (edits_number(show, &show->masters, at) > 0)
			return mem_copy_string("title master");
		return slide > 0 ? mem_format("slide %zu", slide) : mem_copy_string("slide no list names");
	case RECORD_NOTES:
		return notes > 0 ? mem_format("slide %zu notes", notes) : mem_copy_string("notes master");
	case RECORD_MASTER:
		return mem_copy_string("slide master");
	case RECORD_HANDOUT:
		return mem_copy_string("handout master");
	default:
		return mem_copy_string("presentation");
	}
}

static void open_tree(struct tree *tree, const struct art_record *record, size_t at)
{
	struct reader *reader = tree->show->reader;
	const bool container = record->version == ART_CONTAINER;

	tree->label = label_of(tree->show, record, at);
	tree->kind = record->type == RECORD_NOTES ? FLOW_COMMENT : FLOW_BODY;
	if (container && !edits_has(tree->show, at)) {
		tree->kind = FLOW_HIDDEN;
		reader_observe(reader, OBSERVED_EARLIER_VERSION, "%s", tree->label);
	} else if (record->type == RECORD_SLIDE && edits_number(tree->show, &tree->show->slides, at) == 0 &&
	           edits_number(tree->show, &tree->show->masters, at) == 0) {
		tree->kind = FLOW_HIDDEN;
		reader_observe(reader, OBSERVED_UNLISTED_DATA, "%s", tree->label);
	}
	tree->text = flow_open(reader, tree->kind, "%s", tree->label);
	tree->strings = flow_open(reader, FLOW_METADATA, "%s, names", tree->label);
	tree->links = flow_open(reader, FLOW_METADATA, "%s, links", tree->label);
	art_open(&tree->art, reader, tree->label);
}

void tree_tell(struct show *show, const struct art_record *record, size_t at)
{
	struct tree tree = {.show = show};
	char *place;

	open_tree(&tree, record, at);
	if (record->version == ART_CONTAINER)
		branch(&tree, record, 0);
	else
		leaf(&tree, record);
	if (record->type == RECORD_NOTES && flow_len(tree.text) > 0)
		reader_observe(show->reader, OBSERVED_SPEAKER_NOTES, "%s", tree.label);
	flow_close(tree.text);
	flow_close(tree.strings);
	flow_close(tree.links);
	narrow_others(show->reader, tree.label, (struct span){(const unsigned char *)tree.narrow.data, tree.narrow.len});
	buf_release(&tree.narrow);
	show->pictures += tree.art.told;
	art_close(&tree.art);
	place = mem_format("%s, other records", tree.label);
	reader_binary(show->reader, place, &(struct part){"", (const unsigned char *)tree.rest.data, tree.rest.len});
	buf_release(&tree.rest);
	free(place);
	free(tree.label);
}
