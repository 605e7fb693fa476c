/* odf_text.c - the text of an OpenDocument part, paragraph by paragraph.
 *
 * A paragraph is gathered as it is seen and with all that is in it, and told as hidden text besides where
 * the two differ.  Text outside paragraphs and every different attribute value and name is told too. */
#include "odf.h"

#include "base/mem.h"
#include "reader/reader.h"
#include "xml/xml.h"

#include <stdlib.h>
#include <string.h>

enum { NOTICED_MOST = 10 };

static void letters_of(size_t column, char out[8])
{
	char reversed[8];
	size_t n = 0, i = 0;

	for (; column > 0 && n < 7; column = (column - 1) / 26)
		reversed[n++] = (char)('A' + (column - 1) % 26);
	while (n > 0)
		out[i++] = reversed[--n];
	out[i] = '\0';
}

char *odf_place(const struct odf_walk *walk)
{
	char letters[8];

	if (walk->place != NULL)
		return mem_copy_string(walk->place);
	if (walk->sheets > 0 && walk->table != NULL) {
		letters_of(walk->column, letters);
		return mem_format("%s!%s%zu", walk->table, letters, walk->row);
	}
	if (walk->page > 0)
		return mem_format("slide %zu", walk->page);
	if (walk->label[0] != '\0')
		return mem_copy_string(walk->label);
	return mem_format("paragraph %zu", walk->number);
}

void odf_notice(struct odf_walk *walk, enum observation what)
{
	char *place;

	if (walk->noticed[what]++ >= NOTICED_MOST)
		return;
	place = odf_place(walk);
	reader_observe(walk->odf->reader, what, "%s", place);
	free(place);
}

void odf_hide(struct odf_walk *walk, struct odf_level *level)
{
	walk->hiding += !level->hides;
	level->hides = true;
}

void odf_put(struct odf_walk *walk, const char *text, size_t len)
{
	struct odf_paragraph *paragraph = walk->open > walk->floor ? &walk->paragraphs[walk->open - 1] : NULL;

	if (paragraph == NULL) {
		buf_add(&walk->loose, text, len);
		return;
	}
	buf_add(&paragraph->all, text, len);
	if (walk->hiding > 0)
		paragraph->differs = true;
	else
		buf_add(&paragraph->seen, text, len);
}

void odf_paragraph_begin(struct odf_walk *walk)
{
	walk->paragraphs = mem_grow(walk->paragraphs, walk->open, sizeof(*walk->paragraphs));
	walk->paragraphs[walk->open++] = (struct odf_paragraph){.row = walk->row, .column = walk->column};
	walk->number++;
}

static void put_at(struct flow_out *flow, const char *place, char separator, const struct buf *text)
{
	if (flow_len(flow) > 0)
		flow_put(flow, &separator, 1);
	flow_at(flow, "%s", place);
	flow_put(flow, text->data, text->len);
}

void odf_paragraph_end(struct odf_walk *walk)
{
	struct odf_paragraph *paragraph;
	char *place;

	if (walk->open == 0)
		return;
	paragraph = &walk->paragraphs[walk->open - 1];
	place = odf_place(walk);
	if (paragraph->seen.len > 0)
		put_at(walk->flows[walk->kind], place, walk->sheets > 0 ? '\t' : '\n', &paragraph->seen);
	if (paragraph->differs)
		put_at(walk->flows[FLOW_HIDDEN], place, '\n', &paragraph->all);
	walk->odf->characters += walk->kind == FLOW_BODY ? paragraph->seen.len : 0;
	free(place);
	buf_release(&paragraph->seen);
	buf_release(&paragraph->all);
	walk->open--;
}

static void tell_value(struct odf_walk *walk, const char *text, size_t len)
{
	if (!values_matter(text, len) || !values_add(&walk->odf->told, text, len))
		return;
	flow_put(walk->rest, text, len);
	flow_break(walk->rest);
}

/* What stood between two tags outside paragraphs. */
static void loose_end(struct odf_walk *walk)
{
	if (!values_is_space(walk->loose.data, walk->loose.len)) {
		flow_put(walk->rest, walk->loose.data, walk->loose.len);
		flow_break(walk->rest);
	}
	buf_clear(&walk->loose);
}

static void on_start(void *context, const char *name, const char *const *attributes)
{
	struct odf_walk *walk = context;
	struct odf_level *level = &walk->levels[walk->depth++];

	loose_end(walk);
	*level = (struct odf_level){.word = odf_word_of(xml_local(name)), .kind = walk->kind};
	tell_value(walk, name, strlen(name));
	for (const char *const *a = attributes; a[0] != NULL; a += 2) {
		tell_value(walk, a[0], strlen(a[0]));
		tell_value(walk, a[1], strlen(a[1]));
	}
	if (level->word != NULL && level->word->start != NULL)
		level->word->start(walk, level, attributes);
}

static void on_end(void *context, const char *name)
{
	struct odf_walk *walk = context;
	struct odf_level *level = &walk->levels[walk->depth - 1];

	(void)name;
	if (level->word != NULL && level->word->end != NULL)
		level->word->end(walk, level);
	loose_end(walk);
	walk->hiding -= level->hides;
	walk->depth--;
}

/* White space is one space, as the format says. */
static void on_text(void *context, const char *text, size_t len)
{
	struct odf_walk *walk = context;
	size_t from = 0;

	for (size_t at = 0; at <= len; at++) {
		if (at < len && strchr(" \t\r\n", text[at]) == NULL)
			continue;
		odf_put(walk, text + from, at - from);
		if (at < len)
			odf_put(walk, " ", 1);
		while (at + 1 < len && strchr(" \t\r\n", text[at + 1]) != NULL && text[at + 1] != '\0')
			at++;
		from = at + 1;
	}
}

static void on_aside(void *context, const char *text, size_t len)
{
	tell_value(context, text, len);
}

static void release(struct odf_walk *walk)
{
	while (walk->open > 0)
		odf_paragraph_end(walk);
	for (; walk->depth > 0; walk->depth--)
		free(walk->levels[walk->depth - 1].place);
	loose_end(walk);
	for (size_t i = 0; i < FLOW_KINDS; i++)
		flow_close(walk->flows[i]);
	flow_close(walk->rest);
	free(walk->paragraphs);
	free(walk->hidden_columns);
	free(walk->place);
	free(walk->style);
	free(walk->list);
	free(walk->table);
	buf_release(&walk->loose);
}

/* "Object 1" of Object 1/content.xml; "" of the document's own content; "styles" of its styles. */
static char *label_of(const char *name)
{
	const char *slash = strrchr(name, '/'), *base = slash != NULL ? slash + 1 : name;

	if (strcmp(base, "content.xml") == 0)
		return mem_copy_bytes(name, slash != NULL ? (size_t)(slash - name) : 0);
	if (strcmp(name, "meta.xml") == 0)
		return mem_copy_string("properties");
	return mem_copy_bytes(name, strlen(name) > 4 ? strlen(name) - 4 : 0);
}

void odf_text(struct odf *odf, const char *name, const char *bytes, size_t len)
{
	static const struct xml_events events = {on_start, on_end, on_text, on_aside};
	struct odf_walk *walk = mem_alloc(1, sizeof(*walk));
	char *label = label_of(name);

	walk->odf = odf;
	walk->label = label;
	for (size_t i = 0; i < FLOW_KINDS; i++)
		walk->flows[i] = flow_open(odf->reader, (enum flow_kind)i, "%s", label);
	walk->rest = flow_open(odf->reader, FLOW_METADATA, "%s%sattributes", label, label[0] != '\0' ? ", " : "");
	if (!xml_read(odf->reader, &events, walk, bytes, len))
		reader_bytes(odf->reader, FLOW_HIDDEN, label, NULL, (const unsigned char *)bytes, len);
	release(walk);
	free(walk);
	free(label);
}
