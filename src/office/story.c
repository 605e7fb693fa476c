/* story.c - text parts: documents, headers, notes, comments, slides, drawings, charts, and every XML part
 * nobody else reads.
 *
 * WordprocessingML and DrawingML say the same with the same words: paragraphs of runs of text.  A
 * paragraph is gathered twice, as it is seen and with all that is in it; where the two differ the second
 * is told as hidden text.  Text outside paragraphs and every different attribute value and name is told as
 * well, so that nothing depends on our knowing an element. */
#include "story_inside.h"

#include "base/mem.h"
#include "field/field.h"
#include "office_inside.h"
#include "reader/reader.h"
#include "xml/xml.h"

#include <stdlib.h>
#include <string.h>

enum { NOTICED_MOST = 10 };

char *story_place(const struct story *story)
{
	if (story->own_place != NULL)
		return mem_copy_string(story->own_place);
	if (story->label[0] == '\0')
		return mem_format("paragraph %zu", story->number);
	return mem_copy_string(story->label);
}

void story_notice(struct story *story, enum observation what)
{
	char *place;

	if (story->noticed[what]++ >= NOTICED_MOST)
		return;
	place = story_place(story);
	reader_observe(story->package->reader, what, "%s", place);
	free(place);
}

struct level *story_enclosing(struct story *story, const char *const *names)
{
	for (size_t i = story->depth; i > 0; i--)
		for (size_t n = 0; story->levels[i - 1].word != NULL && names[n] != NULL; n++)
			if (strcmp(story->levels[i - 1].word->name, names[n]) == 0)
				return &story->levels[i - 1];
	return NULL;
}

void story_hide(struct story *story, struct level *level)
{
	if (level == NULL || level->hides)
		return;
	level->hides = true;
	story->hiding++;
}

/* White is seen on a colour, and in a shape nobody knows the colour of. */
static bool is_white_on_white(const struct story *story)
{
	for (size_t i = 0; story->run.white && i < story->depth; i++)
		if (story->levels[i].shaded || (story->levels[i].word != NULL && story->levels[i].word->shape))
			return false;
	return story->run.white;
}

void story_put(struct story *story, const char *text, size_t len)
{
	struct paragraph *paragraph = story->open > 0 ? &story->paragraphs[story->open - 1] : NULL;
	bool hidden;

	if (paragraph == NULL) {
		buf_add(&story->loose, text, len);
		return;
	}
	hidden = story->run.vanish || story->run.tiny || is_white_on_white(story);
	if (hidden && len > 0)
		story_notice(story, OBSERVED_HIDDEN_TEXT);
	if (story->inserting > 0 && !paragraph->inserted && len > 0) {
		buf_add(&paragraph->former, paragraph->all.data, paragraph->all.len);
		paragraph->inserted = true;
	} else if (story->inserting == 0 && paragraph->inserted) {
		buf_add(&paragraph->former, text, len);
	}
	buf_add(&paragraph->all, text, len);
	if (hidden || story->hiding > 0 || story->falling_back > 0)
		paragraph->differs = true;
	else
		buf_add(&paragraph->seen, text, len);
}

void story_paragraph_begin(struct story *story)
{
	story->paragraphs = mem_grow(story->paragraphs, story->open, sizeof(*story->paragraphs));
	story->paragraphs[story->open++] = (struct paragraph){0};
	story->number++;
}

static void put_at(struct flow_out *flow, const char *place, char separator, const struct buf *text)
{
	if (separator != '\0' && flow_len(flow) > 0)
		flow_put(flow, &separator, 1);
	flow_at(flow, "%s", place);
	flow_put(flow, text->data, text->len);
}

static void tell_paragraph(struct story *story, const struct paragraph *paragraph)
{
	char *place;
	bool new;

	if (paragraph->all.len == 0)
		return;
	place = story_place(story);
	new = values_add(&story->told, paragraph->all.data, paragraph->all.len);
	if (story->falling_back > 0 && new)
		put_at(story->hidden, place, '\n', &paragraph->all);
	if (story->falling_back == 0 && paragraph->seen.len > 0)
		put_at(story->text, place, story->pending, &paragraph->seen);
	if (story->falling_back == 0 && paragraph->differs)
		put_at(story->hidden, place, '\n', &paragraph->all);
	if (story->falling_back == 0 && paragraph->former.len > 0)
		put_at(story->hidden, place, '\n', &paragraph->former);
	story->characters += paragraph->seen.len;
	free(place);
}

void story_paragraph_end(struct story *story)
{
	struct paragraph *paragraph;

	if (story->open == 0)
		return;
	paragraph = &story->paragraphs[story->open - 1];
	tell_paragraph(story, paragraph);
	story->pending = paragraph->runs_on ? '\0' : '\n';
	buf_release(&paragraph->seen);
	buf_release(&paragraph->former);
	buf_release(&paragraph->all);
	story->open--;
}

static bool is_space(const struct buf *text)
{
	return values_is_space(text->data, text->len);
}

static void tell_value(struct story *story, const char *text, size_t len)
{
	package_tell(story->package, story->rest, text, len);
}

/* What stood between two tags. */
static void loose_end(struct story *story)
{
	if (!is_space(&story->loose)) {
		if (story->kind != NULL && story->kind->loose_is_text) {
			flow_break(story->text);
			flow_put(story->text, story->loose.data, story->loose.len);
			flow_break(story->text);
			story->characters += story->loose.len;
		} else {
			tell_value(story, story->loose.data, story->loose.len);
		}
	}
	buf_clear(&story->loose);
}

/* Instructions of a field are split over runs like text is. */
void story_field_end(struct story *story)
{
	char *place;

	if (is_space(&story->field)) {
		buf_clear(&story->field);
		return;
	}
	place = story_place(story);
	flow_at(story->rest, "field in %s", place);
	tell_value(story, story->field.data, story->field.len);
	flow_at(story->rest, "%s%sattributes", story->label, story->label[0] != '\0' ? ", " : "");
	if (field_fetches(story->field.data))
		reader_observe(story->package->reader, OBSERVED_EXTERNAL_LINK, "field in %s", place);
	free(place);
	buf_clear(&story->field);
}

static void on_start(void *context, const char *name, const char *const *attributes)
{
	struct story *story = context;
	struct level *level = &story->levels[story->depth++];

	loose_end(story);
	*level = (struct level){.word = story->kind != NULL ? word_of(xml_local(name)) : NULL};
	package_tell_element(story->package, story->rest, name, attributes);
	if (level->word != NULL && level->word->start != NULL)
		level->word->start(story, level, attributes);
}

static void on_end(void *context, const char *name)
{
	struct story *story = context;
	struct level *level = &story->levels[story->depth - 1];

	(void)name;
	if (level->word != NULL && level->word->end != NULL)
		level->word->end(story, level);
	loose_end(story);
	story->in_text -= level->text;
	story->hiding -= level->hides;
	story->inserting -= level->inserts;
	story->depth--;
}

static void on_text(void *context, const char *text, size_t len)
{
	struct story *story = context;

	if (story->in_field > 0)
		buf_add(&story->field, text, len);
	else if (story->in_text > 0)
		story_put(story, text, len);
	else
		buf_add(&story->loose, text, len);
}

static void on_aside(void *context, const char *text, size_t len)
{
	tell_value(context, text, len);
}

static void release(struct story *story)
{
	while (story->open > 0)
		story_paragraph_end(story);
	story_field_end(story);
	loose_end(story);
	flow_close(story->text);
	flow_close(story->hidden);
	flow_close(story->rest);
	free(story->paragraphs);
	free(story->own_place);
	free(story->style);
	free(story->list);
	free(story->list_level);
	buf_release(&story->loose);
	buf_release(&story->field);
	values_release(&story->told);
}

static void judge(struct story *story)
{
	struct package *package = story->package;

	if (story->kind == NULL)
		return;
	package->characters += story->kind->text == FLOW_BODY ? story->characters : 0;
	if (strcmp(story->kind->root, "sld") == 0 && story->pictures > 0 && story->characters == 0)
		story_notice(story, OBSERVED_PAGE_WITHOUT_TEXT);
	if (strcmp(story->kind->root, "notes") == 0 && story->characters > 0)
		story_notice(story, OBSERVED_SPEAKER_NOTES);
}

void story_read(struct package *package, size_t index, const struct kind *kind, const char *bytes, size_t len)
{
	static const struct xml_events events = {on_start, on_end, on_text, on_aside};
	const struct package_part *part = &package->parts[index];
	const char *label = package_label(package, index);
	struct story *story = mem_alloc(1, sizeof(*story));
	enum flow_kind text = kind != NULL ? kind->text : FLOW_METADATA;

	if (part->hidden && text == FLOW_BODY)
		text = FLOW_HIDDEN;
	story->package = package;
	story->kind = kind;
	story->index = index;
	story->label = label;
	story->pending = '\n';
	story->text = flow_open(package->reader, text, "%s", label);
	story->hidden = flow_open(package->reader, FLOW_HIDDEN, "%s", label);
	story->rest = flow_open(package->reader, FLOW_METADATA, "%s%sattributes", label, label[0] != '\0' ? ", " : "");
	if (!xml_read(package->reader, &events, story, bytes, len))
		reader_bytes(package->reader, FLOW_HIDDEN, label, NULL, (const unsigned char *)bytes, len);
	judge(story);
	release(story);
	free(story);
}
