/* words.c - the elements of text parts that mean something to a reader of the page: where text is, what
 * separates it, what hides it, what somebody else wrote beside it. */
#include "story_inside.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "field/field.h"
#include "reader/reader.h"
#include "xml/xml.h"

#include <stdlib.h>
#include <string.h>

enum { SYMBOLS = 0xF000 };

/* ---- Text and what separates it. */

static void text_start(struct story *story, struct level *level, const char *const *attributes)
{
	(void)attributes;
	level->text = true;
	story->in_text++;
}

/* Text elements outside paragraphs: a line of its own. */
static void text_end(struct story *story, struct level *level)
{
	(void)level;
	if (story->open > 0 || story->loose.len == 0)
		return;
	story_paragraph_begin(story);
	story_put(story, story->loose.data, story->loose.len);
	buf_clear(&story->loose);
	story_paragraph_end(story);
}

/* A paragraph that is its own text: of comments. */
static void line_start(struct story *story, struct level *level, const char *const *attributes)
{
	story_paragraph_begin(story);
	text_start(story, level, attributes);
}

static void line_end(struct story *story, struct level *level)
{
	(void)level;
	story_paragraph_end(story);
}

static void deleted_start(struct story *story, struct level *level, const char *const *attributes)
{
	story_hide(story, level);
	story_notice(story, OBSERVED_TRACKED_CHANGE);
	text_start(story, level, attributes);
}

static void field_start(struct story *story, struct level *level, const char *const *attributes)
{
	(void)level, (void)attributes;
	story->in_field++;
}

static void field_end(struct story *story, struct level *level)
{
	(void)level;
	story->in_field--;
}

static void field_mark(struct story *story, struct level *level, const char *const *attributes)
{
	const char *type = xml_attribute(attributes, "fldCharType");
	struct buf drawn = {0};

	(void)level;
	if (type != NULL && strcmp(type, "end") == 0 && story->open > 0) /* without a result before */
		field_draw(story->field.data, story->field.len, &drawn);
	story_field_end(story);
	if (drawn.len > 0)
		story_put(story, drawn.data, drawn.len);
	buf_release(&drawn);
}

static void simple_field(struct story *story, struct level *level, const char *const *attributes)
{
	const char *instruction = xml_attribute(attributes, "instr");

	(void)level;
	if (instruction != NULL)
		buf_add_string(&story->field, instruction);
	story_field_end(story);
}

static void paragraph_start(struct story *story, struct level *level, const char *const *attributes)
{
	(void)level, (void)attributes;
	story_paragraph_begin(story);
}

static void paragraph_end(struct story *story, struct level *level)
{
	(void)level;
	story_field_end(story);
	story_paragraph_end(story);
}

/* Characters that are elements.  A <w:tab/> among the settings of a paragraph is a place, no character. */
static void put_character(struct story *story, const char *text)
{
	const struct level *parent = story->depth >= 2 ? &story->levels[story->depth - 2] : NULL;

	if (story->open > 0 && parent != NULL && parent->word != NULL &&
	    (strcmp(parent->word->name, "r") == 0 || strcmp(parent->word->name, "p") == 0))
		story_put(story, text, strlen(text));
}

static void put_tab(struct story *story, struct level *level, const char *const *attributes)
{
	(void)level, (void)attributes;
	put_character(story, "\t");
}

static void put_line(struct story *story, struct level *level, const char *const *attributes)
{
	(void)level, (void)attributes;
	put_character(story, "\n");
}

static void put_hyphen(struct story *story, struct level *level, const char *const *attributes)
{
	(void)level, (void)attributes;
	put_character(story, "-");
}

static void put_soft_hyphen(struct story *story, struct level *level, const char *const *attributes)
{
	(void)level, (void)attributes;
	put_character(story, "\u00AD");
}

/* A character of a symbol font: its code may have been moved to the private area, where it is the same. */
static void put_symbol(struct story *story, struct level *level, const char *const *attributes)
{
	const char *code = xml_attribute(attributes, "char");
	unsigned long c = code != NULL ? strtoul(code, NULL, 16) : 0;
	char bytes[5] = "";

	(void)level;
	c = c > SYMBOLS + 0x1F && c < SYMBOLS + 0x7F ? c - SYMBOLS : c;
	if (c < 0x20 || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
		return;
	bytes[utf8_encode((uint32_t)c, bytes)] = '\0';
	put_character(story, bytes);
}

/* What is in it is shown the other way round (ECMA-376 part 1, 17.3.2.3). */
static void turned_start(struct story *story, struct level *level, const char *const *attributes)
{
	const char *direction = xml_attribute(attributes, "val");

	(void)level;
	put_character(story, direction != NULL && strcmp(direction, "rtl") == 0 ? "\u202E" : "\u202D");
}

static void turned_end(struct story *story, struct level *level)
{
	(void)level;
	put_character(story, "\u202C");
}

/* A large first letter has a paragraph of its own, before the one it belongs to (ECMA-376 part 1, 17.3.1.11). */
static void frame_start(struct story *story, struct level *level, const char *const *attributes)
{
	const char *drop = xml_attribute(attributes, "dropCap");

	(void)level;
	if (story->open > 0 && drop != NULL && strcmp(drop, "none") != 0)
		story->paragraphs[story->open - 1].runs_on = true;
}

/* What is above the line of a fraction is no part of the number below it. */
static void numerator_end(struct story *story, struct level *level)
{
	(void)level;
	if (story->open > 0)
		story_put(story, "/", 1);
}

static void cell_end(struct story *story, struct level *level)
{
	(void)level;
	story->pending = '\t';
}

static void row_end(struct story *story, struct level *level)
{
	(void)level;
	story->pending = '\n';
}

/* ---- What has a place of its own. */

static void set_place(struct story *story, char *place)
{
	free(story->own_place);
	story->own_place = place;
}

static void own_end(struct story *story, struct level *level)
{
	(void)level;
	set_place(story, NULL);
}

static void note_start(struct story *story, struct level *level, const char *const *attributes)
{
	const char *id = xml_attribute(attributes, "id");

	(void)level;
	set_place(story, mem_format("%.*s %s", (int)strlen(story->label) - 1, story->label, id != NULL ? id : ""));
}

static void comment_start(struct story *story, struct level *level, const char *const *attributes)
{
	static const char *const names[] = {"authorId", "personId"};
	const char *author = xml_attribute(attributes, "author"), *ref = xml_attribute(attributes, "ref");
	const bool on = story->label[0] != '\0' && strcmp(story->label, "comments") != 0;

	(void)level;
	for (size_t i = 0; i < 2 && author == NULL; i++)
		if (xml_attribute(attributes, names[i]) != NULL)
			author = package_author(story->package, xml_attribute(attributes, names[i]));
	set_place(story, mem_format("comment%s%s%s%s%s%s", author != NULL && author[0] != '\0' ? " by " : "",
	                            author != NULL ? author : "", ref != NULL ? " at " : "", ref != NULL ? ref : "",
	                            on ? " in " : "", on ? story->label : ""));
	story_notice(story, OBSERVED_COMMENT);
}

/* <authors><author>王伟</author>: comments of workbooks name them by number; persons have a {...}. */
static void author_end(struct story *story, struct level *level)
{
	struct package *package = story->package;

	(void)level;
	if (story->loose.len == 0 || package->author_count >= 10000)
		return;
	package->authors = mem_grow(package->authors, package->author_count, sizeof(*package->authors));
	package->authors[package->author_count] = (struct author){
		mem_format("%zu", story->number), mem_copy_bytes(story->loose.data, story->loose.len)};
	package->author_count++;
	story->number++;
}

static void authors_start(struct story *story, struct level *level, const char *const *attributes)
{
	struct package *package = story->package;

	size_t kept = 0;

	(void)level, (void)attributes;
	for (size_t i = 0; i < package->author_count; i++) {
		if (package->authors[i].id[0] == '{') {
			package->authors[kept++] = package->authors[i];
			continue;
		}
		free(package->authors[i].id);
		free(package->authors[i].name);
	}
	package->author_count = kept;
	story->number = 0;
}

static void form_start(struct story *story, struct level *level, const char *const *attributes)
{
	(void)level, (void)attributes;
	story_notice(story, OBSERVED_FORM_DATA);
}

static void variable_start(struct story *story, struct level *level, const char *const *attributes)
{
	(void)level, (void)attributes;
	if (story->kind->loose_is_text)
		story_notice(story, OBSERVED_CUSTOM_DATA);
}

/* Names of people and firms: the properties somebody should look at before anybody else does. */
static void person_end(struct story *story, struct level *level)
{
	(void)level;
	if (story->loose.len > 0 && strcmp(story->label, "properties") == 0)
		story_notice(story, OBSERVED_PROPERTIES);
}

/* Sorted by name. */
static const struct word words[] = {
	{"Company", NULL, person_end, false},
	{"Fallback", mark_fallback_start, mark_fallback_end, false},
	{"Manager", NULL, person_end, false},
	{"anchor", NULL, NULL, true},
	{"author", NULL, author_end, false},
	{"authors", authors_start, NULL, false},
	{"bdo", turned_start, turned_end, false},
	{"blip", mark_picture_start, NULL, false},
	{"br", put_line, NULL, false},
	{"buChar", numbering_bullet_start, NULL, false},
	{"cNvPr", mark_drawing_properties, NULL, false},
	{"cellDel", mark_changed_start, NULL, false},
	{"cellIns", mark_changed_start, NULL, false},
	{"cm", comment_start, own_end, false},
	{"color", mark_colour_start, NULL, false},
	{"comment", comment_start, own_end, false},
	{"cr", put_line, NULL, false},
	{"creator", NULL, person_end, false},
	{"cxnSp", NULL, NULL, true},
	{"del", mark_removed_start, NULL, false},
	{"delInstrText", field_start, field_end, false},
	{"delText", deleted_start, NULL, false},
	{"docPr", mark_drawing_properties, NULL, false},
	{"docVar", variable_start, NULL, false},
	{"endnote", note_start, own_end, false},
	{"ext", mark_extent_start, NULL, false},
	{"ffData", form_start, NULL, false},
	{"fld", mark_run_start, mark_run_end, false},
	{"fldChar", field_mark, NULL, false},
	{"fldSimple", simple_field, NULL, false},
	{"footnote", note_start, own_end, false},
	{"framePr", frame_start, NULL, false},
	{"graphicFrame", NULL, NULL, true},
	{"grpSp", NULL, NULL, true},
	{"highlight", mark_highlight_start, NULL, false},
	{"ilvl", numbering_level_start, NULL, false},
	{"imagedata", mark_picture_start, NULL, false},
	{"inline", NULL, NULL, true},
	{"ins", mark_inserted_start, NULL, false},
	{"instrText", field_start, field_end, false},
	{"lastModifiedBy", NULL, person_end, false},
	{"moveFrom", mark_removed_start, NULL, false},
	{"moveTo", mark_inserted_start, NULL, false},
	{"noBreakHyphen", put_hyphen, NULL, false},
	{"num", NULL, numerator_end, false},
	{"numId", numbering_list_start, NULL, false},
	{"off", mark_offset_start, NULL, false},
	{"p", paragraph_start, paragraph_end, false},
	{"pPr", NULL, numbering_properties_end, false},
	{"pPrChange", mark_former_start, mark_former_end, false},
	{"pStyle", numbering_style_used, NULL, false},
	{"pic", NULL, NULL, true},
	{"r", mark_run_start, mark_run_end, false},
	{"rPr", mark_properties_start, NULL, false},
	{"rPrChange", mark_former_start, mark_former_end, false},
	{"rStyle", mark_style_used, NULL, false},
	{"rt", paragraph_start, paragraph_end, false},
	{"sectPrChange", mark_former_start, mark_former_end, false},
	{"shape", NULL, NULL, true},
	{"shd", mark_shading_start, NULL, false},
	{"sld", mark_slide_start, NULL, false},
	{"softHyphen", put_soft_hyphen, NULL, false},
	{"sp", NULL, NULL, true},
	{"specVanish", mark_vanish_start, NULL, false},
	{"style", mark_style_defined, mark_style_end, false},
	{"sym", put_symbol, NULL, false},
	{"sz", mark_size_start, NULL, false},
	{"t", text_start, text_end, false},
	{"tab", put_tab, NULL, false},
	{"tbl", NULL, NULL, false},
	{"tblPrChange", mark_former_start, mark_former_end, false},
	{"tblPrExChange", mark_former_start, mark_former_end, false},
	{"tc", NULL, cell_end, false},
	{"tcPrChange", mark_former_start, mark_former_end, false},
	{"text", line_start, line_end, false},
	{"threadedComment", comment_start, own_end, false},
	{"tr", NULL, row_end, false},
	{"trPrChange", mark_former_start, mark_former_end, false},
	{"vanish", mark_vanish_start, NULL, false},
	{"wsp", NULL, NULL, true},
};

static int by_name(const void *name, const void *word)
{
	return strcmp(name, ((const struct word *)word)->name);
}

const struct word *word_of(const char *local)
{
	return bsearch(local, words, sizeof(words) / sizeof(words[0]), sizeof(words[0]), by_name);
}
