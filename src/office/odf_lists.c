/* odf_lists.c - lists of OpenDocument: their labels, and what they stand before (ODF 1.3 part 3, 16.30 and 5.3). */
#include "odf.h"

#include "base/mem.h"
#include "xml/xml.h"

#include <stdlib.h>
#include <string.h>

/* Of headings: the style without a name. */
void odf_outline_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	(void)attributes;
	level->place = walk->list;
	walk->list = mem_copy_string("");
}

void odf_list_style_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	const char *name = xml_attribute(attributes, "name");

	level->place = walk->list;
	walk->list = mem_copy_string(name != NULL ? name : "");
}

void odf_list_style_end(struct odf_walk *walk, struct odf_level *level)
{
	free(walk->list);
	walk->list = level->place;
	level->place = NULL; /* handed back */
}

/* What is before and behind the number, and the number as Word's lists write it; or a bullet. */
void odf_label_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	const char *depth = xml_attribute(attributes, "level"), *bullet = xml_attribute(attributes, "bullet-char");
	const char *before = xml_attribute(attributes, "num-prefix"), *behind = xml_attribute(attributes, "num-suffix");
	const char *format = xml_attribute(attributes, "num-format");
	const bool number = bullet == NULL && format != NULL && format[0] != '\0';
	char *label;

	(void)level;
	if (walk->list == NULL || depth == NULL)
		return;
	label = mem_format("%s%s%s%s%s\t", before != NULL ? before : "", bullet != NULL ? bullet : "", number ? "%" : "",
	                   number ? depth : "", behind != NULL ? behind : "");
	if (labels_matter(label))
		labels_set(&walk->odf->labels, walk->odf->reader, label, "%s %s", walk->list, depth);
	free(label);
}

/* A list within one looks like it, unless it says how. */
void odf_list_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	const char *name = xml_attribute(attributes, "style-name");

	level->place = walk->list;
	walk->list = mem_copy_string(name != NULL ? name : level->place);
	walk->lists++;
}

void odf_list_end(struct odf_walk *walk, struct odf_level *level)
{
	odf_list_style_end(walk, level);
	walk->lists--;
	walk->item = false;
}

void odf_item_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes)
{
	(void)level, (void)attributes;
	walk->item = true;
}

void odf_put_label(struct odf_walk *walk, const char *const *attributes)
{
	const char *outline = xml_attribute(attributes, "outline-level"), *label = NULL;

	if (walk->item && walk->list != NULL)
		label = labels_get(&walk->odf->labels, "%s %u", walk->list, walk->lists);
	else if (outline != NULL && walk->lists == 0)
		label = labels_get(&walk->odf->labels, " %s", outline);
	walk->item = false;
	if (label != NULL)
		odf_put(walk, label, strlen(label));
}
