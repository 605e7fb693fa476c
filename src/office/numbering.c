/* numbering.c - the labels of lists in Word documents and presentations.
 *
 * A paragraph names a list and a level, or a style that does; the list is one of an abstract kind, whose levels have
 * the text of the label (ECMA-376 part 1, 17.9).  Where it has a number it is told as it is written there, "第%1条". */
#include "story_inside.h"

#include "base/mem.h"
#include "xml/xml.h"

#include <stdlib.h>
#include <string.h>

struct numbering {
	struct package *package;
	char *abstract, *list, *level, *text;
	const char *behind;
};

static void keep(char **where, const char *value)
{
	free(*where);
	*where = mem_copy_string(value);
}

static const char *or_empty(const char *text)
{
	return text != NULL ? text : "";
}

/* Kinds come before lists.  Most have numbers and bullets only, and there may be thousands of both. */
static bool has_label(const struct labels *labels, const char *abstract)
{
	enum { LEVELS = 9 };

	for (unsigned i = 0; i < LEVELS; i++)
		if (labels_get(labels, "abstract %s level %u", abstract, i) != NULL)
			return true;
	return false;
}

static void on_start(void *context, const char *name, const char *const *attributes)
{
	struct numbering *n = context;
	struct package *package = n->package;
	const char *local = xml_local(name), *value = or_empty(xml_attribute(attributes, "val"));

	if (strcmp(local, "abstractNum") == 0) {
		keep(&n->abstract, xml_attribute(attributes, "abstractNumId"));
	} else if (strcmp(local, "num") == 0) {
		keep(&n->list, xml_attribute(attributes, "numId"));
	} else if (strcmp(local, "abstractNumId") == 0 && n->list != NULL) {
		if (has_label(&package->labels, value))
			labels_set(&package->labels, package->reader, value, "list %s", n->list);
	} else if (strcmp(local, "lvl") == 0) {
		keep(&n->level, xml_attribute(attributes, "ilvl"));
		n->behind = "\t";
	} else if (strcmp(local, "suff") == 0) {
		n->behind = strcmp(value, "nothing") == 0 ? "" : strcmp(value, "space") == 0 ? " " : "\t";
	} else if (strcmp(local, "lvlText") == 0) {
		keep(&n->text, value);
	} else if (strcmp(local, "pStyle") == 0 && n->level != NULL) {
		labels_set(&package->labels, package->reader, n->level, "level of style %s", value);
	}
}

static void on_end(void *context, const char *name)
{
	struct numbering *n = context;
	struct package *package = n->package;
	char *text;

	if (strcmp(xml_local(name), "lvl") != 0 || n->text == NULL)
		return;
	text = mem_format("%s%s", n->text, n->behind);
	if (labels_matter(n->text))
		labels_set(&package->labels, package->reader, text, "%s %s level %s", n->list != NULL ? "list" : "abstract",
		           or_empty(n->list != NULL ? n->list : n->abstract), or_empty(n->level));
	free(text);
	keep(&n->text, NULL);
}

/* What is not well-formed is undecided when it is told. */
void numbering_read(struct package *package, size_t index, const struct kind *kind, const char *bytes, size_t len)
{
	static const struct xml_events events = {.start = on_start, .end = on_end};
	struct numbering numbering = {.package = package, .behind = "\t"};

	(void)xml_read(package->reader, &events, &numbering, bytes, len);
	story_read(package, index, kind, bytes, len);
	free(numbering.abstract);
	free(numbering.list);
	free(numbering.level);
	free(numbering.text);
}

/* ---- Paragraphs, and styles of paragraphs. */

/* Of this paragraph, or of all of the style that is being told. */
static void take(struct story *story, const char *const *attributes, const char *what, char **kept)
{
	struct package *package = story->package;
	const char *value = or_empty(xml_attribute(attributes, "val"));

	if (story->changing > 0)
		return;
	if (story->style != NULL)
		labels_set(&package->labels, package->reader, value, "%s of style %s", what, story->style);
	keep(kept, value);
}

void numbering_list_start(struct story *story, struct level *level, const char *const *attributes)
{
	(void)level;
	take(story, attributes, "list", &story->list);
}

void numbering_level_start(struct story *story, struct level *level, const char *const *attributes)
{
	(void)level;
	take(story, attributes, "level", &story->list_level);
}

void numbering_style_used(struct story *story, struct level *level, const char *const *attributes)
{
	const char *style = or_empty(xml_attribute(attributes, "val"));

	mark_style_used(story, level, attributes);
	if (story->changing > 0)
		return;
	keep(&story->list, labels_get(&story->package->labels, "list of style %s", style));
	keep(&story->list_level, labels_get(&story->package->labels, "level of style %s", style));
}

/* All a paragraph says of itself was said: its label stands before its text. */
void numbering_properties_end(struct story *story, struct level *level)
{
	const struct labels *labels = &story->package->labels;
	const char *depth = story->list_level != NULL ? story->list_level : "0", *label = NULL, *abstract;

	(void)level;
	if (story->changing > 0)
		return;
	if (story->list != NULL && story->open > 0) {
		abstract = labels_get(labels, "list %s", story->list);
		label = labels_get(labels, "list %s level %s", story->list, depth);
		if (label == NULL && abstract != NULL)
			label = labels_get(labels, "abstract %s level %s", abstract, depth);
	}
	if (label != NULL)
		story_put(story, label, strlen(label));
	keep(&story->list, NULL);
	keep(&story->list_level, NULL);
}

/* <a:buChar char="机"/> in a presentation. */
void numbering_bullet_start(struct story *story, struct level *level, const char *const *attributes)
{
	const char *bullet = or_empty(xml_attribute(attributes, "char"));

	(void)level;
	if (story->open == 0 || !labels_matter(bullet))
		return;
	story_put(story, bullet, strlen(bullet));
	story_put(story, "\t", 1);
}
