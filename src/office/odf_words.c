/* odf_words.c - the elements of OpenDocument that mean something to a reader of the page: where text is,
 * what hides it, what somebody wrote beside it (ODF 1.3 part 3). */
#include "odf.h"

#include "base/mem.h"
#include "reader/reader.h"
#include "xml/xml.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { REPEATED_MOST = 1024, RANGES_MOST = 1000 };

static bool is(const char *value, const char *what)
{
	return value != NULL && strcmp(value, what) == 0;
}

/* How often; a run to the end of a sheet is empty. */
static size_t repeated(const char *const *attributes, const char *name)
{
	const char *value = xml_attribute(attributes, name);
	const unsigned long n = value != NULL ? strtoul(value, NULL, 10) : 1;

	return n > 0 && n < 10000000 ? n : 1;
}

/* ---- Styles that hide. */

static void style_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	(void)level;
	free(walk->style);
	walk->style = mem_copy_string(xml_attribute(attributes, "name"));
}

static void style_end(struct odf_walk *walk, struct odf_level *level)
{
	(void)level;
	free(walk->style);
	walk->style = NULL;
}

static bool is_tiny(const char *size)
{
	return size != NULL && strlen(size) > 2 && strcmp(size + strlen(size) - 2, "pt") == 0 && atof(size) > 0 && atof(size) <= 2;
}

/* <style:text-properties text:display="none"/>, white on nothing, tiny; a table or slide not displayed. */
static void properties_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	const char *display = xml_attribute(attributes, "display"), *colour = xml_attribute(attributes, "color");
	const char *behind = xml_attribute(attributes, "background-color");
	const bool white = colour != NULL && strcasecmp(colour, "#ffffff") == 0 && (behind == NULL || is(behind, "transparent"));

	(void)level;
	if (walk->style != NULL && (is(display, "none") || is(display, "false") || white || is_tiny(xml_attribute(attributes, "font-size")) ||
	                            is(xml_attribute(attributes, "visibility"), "hidden")))
		(void)values_add(&walk->odf->hidden, walk->style, strlen(walk->style));
}

/* The name alone says which family it is of: P1, T3, ta2, dp1. */
static bool has_hidden_style(const struct odf_walk *walk, const char *const *attributes)
{
	const char *style = xml_attribute(attributes, "style-name");

	return style != NULL && values_has(&walk->odf->hidden, style, strlen(style));
}

/* ---- Text. */

static void span_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	if (!has_hidden_style(walk, attributes))
		return;
	odf_notice(walk, OBSERVED_HIDDEN_TEXT);
	odf_hide(walk, level);
}

static void paragraph_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	odf_paragraph_begin(walk);
	span_start(walk, level, attributes);
	odf_put_label(walk, attributes);
}

static void paragraph_end(struct odf_walk *walk, struct odf_level *level)
{
	(void)level;
	odf_paragraph_end(walk);
}

static void space_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	const size_t count = repeated(attributes, "c");

	(void)level;
	for (size_t i = 0; i < count && i < REPEATED_MOST; i++)
		odf_put(walk, " ", 1);
}

/* The number of a page is no part of the number it stands directly behind. */
static void page_number_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	const struct buf *seen = walk->open > walk->floor ? &walk->paragraphs[walk->open - 1].seen : NULL;

	(void)level, (void)attributes;
	if (seen != NULL && seen->len > 0 && strchr("0123456789Xx", seen->data[seen->len - 1]) != NULL)
		odf_put(walk, " ", 1);
}

static void tab_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	(void)level, (void)attributes;
	odf_put(walk, "\t", 1);
}

static void line_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	(void)level, (void)attributes;
	odf_put(walk, "\n", 1);
}

/* ---- What has a place and a kind of its own. */

static void scope_start(struct odf_walk *walk, struct odf_level *level, enum flow_kind kind, char *place)
{
	level->kind = walk->kind;
	level->place = walk->place;
	level->floor = walk->floor;
	walk->floor = walk->open;
	walk->kind = kind;
	walk->place = place;
	walk->inside++;
}

static void scope_end(struct odf_walk *walk, struct odf_level *level)
{
	free(walk->place);
	walk->place = level->place;
	walk->kind = level->kind;
	walk->floor = level->floor;
	level->place = NULL; /* handed back */
	walk->inside--;
}

static void annotation_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	(void)attributes;
	scope_start(walk, level, FLOW_COMMENT, mem_copy_string("comment"));
	odf_notice(walk, OBSERVED_COMMENT);
}

/* Whose comment or change it is stands before what was written; of a document, who made it. */
static void creator_end(struct odf_walk *walk, struct odf_level *level)
{
	(void)level;
	if (walk->loose.len == 0)
		return;
	if (walk->inside == 0) {
		odf_notice(walk, OBSERVED_PROPERTIES);
	} else if (strstr(walk->place, " by ") == NULL) {
		char *place = mem_format("%s by %s", walk->place, walk->loose.data);

		free(walk->place);
		walk->place = place;
	}
}

static void changes_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	(void)attributes;
	scope_start(walk, level, FLOW_HIDDEN, mem_copy_string("tracked change"));
}

static void change_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	changes_start(walk, level, attributes);
	odf_notice(walk, OBSERVED_TRACKED_CHANGE);
}

static void note_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	const char *kind = xml_attribute(attributes, "note-class");

	scope_start(walk, level, walk->kind, mem_copy_string(kind != NULL ? kind : "note"));
}

/* How a word is spoken, beside it: it stands in no line. */
static void spoken_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	(void)attributes;
	scope_start(walk, level, walk->kind, mem_copy_string("ruby"));
}

/* What a drawing is called, for who does not see it: it stands in no line either. */
static void called_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	(void)attributes;
	scope_start(walk, level, walk->kind, mem_copy_string("title"));
}

static void header_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	(void)attributes;
	scope_start(walk, level, FLOW_HEADER, mem_copy_string("header"));
}

static void footer_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	(void)attributes;
	scope_start(walk, level, FLOW_FOOTER, mem_copy_string("footer"));
}

/* A master's own text is on every page. */
static void master_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	const char *name = xml_attribute(attributes, "name");

	scope_start(walk, level, FLOW_HEADER, mem_format("master page %s", name != NULL ? name : ""));
}

static void notes_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	(void)attributes;
	scope_start(walk, level, FLOW_COMMENT, mem_format("slide %zu notes", walk->page));
}

static void notes_end(struct odf_walk *walk, struct odf_level *level)
{
	if (flow_len(walk->flows[FLOW_COMMENT]) > 0)
		odf_notice(walk, OBSERVED_SPEAKER_NOTES);
	scope_end(walk, level);
}

/* ---- What hides as one. */

static void hidden_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	(void)attributes;
	odf_notice(walk, OBSERVED_HIDDEN_TEXT);
	odf_hide(walk, level);
}

static void section_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	const char *display = xml_attribute(attributes, "display");

	if (is(display, "none") || is(display, "condition"))
		hidden_start(walk, level, attributes);
}

static void page_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	walk->page++;
	if (!has_hidden_style(walk, attributes))
		return;
	odf_notice(walk, OBSERVED_HIDDEN_SLIDE);
	odf_hide(walk, level);
}

/* ---- Tables. */

static void spreadsheet_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	(void)level, (void)attributes;
	walk->sheets++;
}

static void table_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	if (walk->tables++ > 0)
		return;
	free(walk->table);
	walk->table = mem_copy_string(xml_attribute(attributes, "name"));
	walk->row = walk->column = walk->hidden_column_count = 0;
	if (walk->sheets == 0 || !has_hidden_style(walk, attributes))
		return;
	reader_observe(walk->odf->reader, OBSERVED_HIDDEN_SHEET, "%s", walk->table != NULL ? walk->table : "");
	odf_hide(walk, level);
}

static void table_end(struct odf_walk *walk, struct odf_level *level)
{
	(void)level;
	walk->tables--;
}

static bool is_collapsed(const char *const *attributes)
{
	const char *visibility = xml_attribute(attributes, "visibility");

	return is(visibility, "collapse") || is(visibility, "filter");
}

static void column_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	const size_t count = repeated(attributes, "number-columns-repeated"), from = walk->column + 1;

	(void)level;
	walk->column += count;
	if (!is_collapsed(attributes) || walk->hidden_column_count >= RANGES_MOST)
		return;
	walk->hidden_columns = mem_grow(walk->hidden_columns, walk->hidden_column_count, sizeof(*walk->hidden_columns));
	walk->hidden_columns[walk->hidden_column_count].from = from;
	walk->hidden_columns[walk->hidden_column_count++].to = walk->column;
	if (walk->sheets > 0)
		odf_notice(walk, OBSERVED_HIDDEN_CELLS);
}

static void row_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	level->repeated = repeated(attributes, "number-rows-repeated");
	if (walk->tables == 1) {
		walk->row++;
		walk->column = 0;
	}
	if (!is_collapsed(attributes))
		return;
	odf_notice(walk, OBSERVED_HIDDEN_CELLS);
	odf_hide(walk, level);
}

static void row_end(struct odf_walk *walk, struct odf_level *level)
{
	if (walk->tables == 1)
		walk->row += level->repeated - 1;
}

static void cell_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	level->repeated = repeated(attributes, "number-columns-repeated");
	if (walk->tables != 1)
		return;
	walk->column++;
	for (size_t i = 0; i < walk->hidden_column_count; i++)
		if (walk->column >= walk->hidden_columns[i].from && walk->column <= walk->hidden_columns[i].to)
			odf_hide(walk, level);
	span_start(walk, level, attributes);
}

static void cell_end(struct odf_walk *walk, struct odf_level *level)
{
	if (walk->tables == 1)
		walk->column += level->repeated - 1;
}

/* ---- What a document has besides. */

static void notice_custom(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	(void)level, (void)attributes;
	odf_notice(walk, OBSERVED_CUSTOM_DATA);
}

static void notice_form(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	(void)level, (void)attributes;
	odf_notice(walk, OBSERVED_FORM_DATA);
}

static void notice_macro(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	(void)level, (void)attributes;
	odf_notice(walk, OBSERVED_MACRO);
}

static void notice_link(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	(void)level, (void)attributes;
	odf_notice(walk, OBSERVED_EXTERNAL_LINK);
}

/* A picture, an object or a template that is fetched from elsewhere. */
static void reference_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	const char *target = xml_attribute(attributes, "href");

	(void)level;
	if (target != NULL && (strchr(target, ':') != NULL || strncmp(target, "../", 3) == 0 || target[0] == '/'))
		odf_notice(walk, OBSERVED_EXTERNAL_LINK);
}

/* Sorted by name. */
static const struct odf_word words[] = {
	{"annotation", annotation_start, scope_end},
	{"changed-region", change_start, scope_end},
	{"cell-content-change", change_start, scope_end},
	{"covered-table-cell", cell_start, cell_end},
	{"creator", NULL, creator_end},
	{"database-source-sql", notice_link, NULL},
	{"dde-connection-decl", notice_link, NULL},
	{"dde-source", notice_link, NULL},
	{"desc", called_start, scope_end},
	{"drawing-page-properties", properties_start, NULL},
	{"event-listener", notice_macro, NULL},
	{"footer", footer_start, scope_end},
	{"footer-first", footer_start, scope_end},
	{"footer-left", footer_start, scope_end},
	{"form", notice_form, NULL},
	{"h", paragraph_start, paragraph_end},
	{"header", header_start, scope_end},
	{"header-first", header_start, scope_end},
	{"header-left", header_start, scope_end},
	{"hidden-paragraph", hidden_start, NULL},
	{"hidden-text", hidden_start, NULL},
	{"image", reference_start, NULL},
	{"initial-creator", NULL, creator_end},
	{"line-break", line_start, NULL},
	{"list", odf_list_start, odf_list_end},
	{"list-item", odf_item_start, NULL},
	{"list-level-style-bullet", odf_label_start, NULL},
	{"list-level-style-number", odf_label_start, NULL},
	{"list-style", odf_list_style_start, odf_list_style_end},
	{"master-page", master_start, scope_end},
	{"note", note_start, scope_end},
	{"notes", notes_start, notes_end},
	{"object", reference_start, NULL},
	{"object-ole", reference_start, NULL},
	{"outline-level-style", odf_label_start, NULL},
	{"outline-style", odf_outline_start, odf_list_style_end},
	{"p", paragraph_start, paragraph_end},
	{"page", page_start, NULL},
	{"page-count", page_number_start, NULL},
	{"page-number", page_number_start, NULL},
	{"printed-by", NULL, creator_end},
	{"ruby-text", spoken_start, scope_end},
	{"s", space_start, NULL},
	{"script", notice_macro, NULL},
	{"section", section_start, NULL},
	{"section-source", notice_link, NULL},
	{"span", span_start, NULL},
	{"spreadsheet", spreadsheet_start, NULL},
	{"style", style_start, style_end},
	{"tab", tab_start, NULL},
	{"table", table_start, table_end},
	{"table-cell", cell_start, cell_end},
	{"table-column", column_start, NULL},
	{"table-properties", properties_start, NULL},
	{"table-row", row_start, row_end},
	{"table-source", notice_link, NULL},
	{"template", reference_start, NULL},
	{"text-properties", properties_start, NULL},
	{"title", called_start, scope_end},
	{"tracked-changes", changes_start, scope_end},
	{"user-defined", notice_custom, NULL},
	{"user-field-decl", notice_custom, NULL},
	{"variable-decl", notice_custom, NULL},
};

static int by_name(const void *name, const void *word)
{
	return strcmp(name, ((const struct odf_word *)word)->name);
}

const struct odf_word *odf_word_of(const char *local)
{
	return bsearch(local, words, sizeof(words) / sizeof(words[0]), sizeof(words[0]), by_name);
}
