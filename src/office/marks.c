/* marks.c - the elements of text parts that hide text, or show that it was changed: deletions, hidden and
 * white and tiny runs, hidden styles, shapes off the slide. */
#include "story_inside.h"

#include "base/mem.h"
#include "reader/reader.h"
#include "xml/xml.h"

#include <stdlib.h>
#include <string.h>

enum { TINY_HALF_POINTS = 4, TINY_HUNDREDTHS = 200 };

static const char *value_of(const char *const *attributes)
{
	const char *value = xml_attribute(attributes, "val");

	return value != NULL ? value : "";
}

/* <w:vanish/> is on, <w:vanish w:val="0"/> is off. */
static bool is_on(const char *const *attributes)
{
	const char *value = value_of(attributes);

	return strcmp(value, "0") != 0 && strcmp(value, "false") != 0 && strcmp(value, "off") != 0;
}

static bool is_white(const char *colour)
{
	return colour != NULL && (strcmp(colour, "FFFFFF") == 0 || strcmp(colour, "ffffff") == 0);
}

void mark_run_start(struct story *story, struct level *level, const char *const *attributes)
{
	(void)level, (void)attributes;
	story->run.vanish = story->run.white = story->run.tiny = false;
}

void mark_run_end(struct story *story, struct level *level)
{
	mark_run_start(story, level, NULL);
}

void mark_removed_start(struct story *story, struct level *level, const char *const *attributes)
{
	(void)attributes;
	story_notice(story, OBSERVED_TRACKED_CHANGE);
	story_hide(story, level);
}

void mark_changed_start(struct story *story, struct level *level, const char *const *attributes)
{
	(void)level, (void)attributes;
	story_notice(story, OBSERVED_TRACKED_CHANGE);
}

/* Empty, it says that a mark of a paragraph or a row was inserted. */
void mark_inserted_start(struct story *story, struct level *level, const char *const *attributes)
{
	level->inserts = true;
	story->inserting++;
	mark_changed_start(story, level, attributes);
}

/* How a run looked before says nothing about how it looks. */
void mark_former_start(struct story *story, struct level *level, const char *const *attributes)
{
	story->changing++;
	mark_changed_start(story, level, attributes);
}

void mark_former_end(struct story *story, struct level *level)
{
	(void)level;
	story->changing--;
}

void mark_vanish_start(struct story *story, struct level *level, const char *const *attributes)
{
	(void)level;
	if (story->changing > 0 || !is_on(attributes))
		return;
	story->run.vanish = true;
	if (story->style != NULL)
		(void)values_add(&story->package->hidden_styles, story->style, strlen(story->style));
}

void mark_style_used(struct story *story, struct level *level, const char *const *attributes)
{
	const char *id = value_of(attributes);

	(void)level;
	if (story->changing == 0 && values_has(&story->package->hidden_styles, id, strlen(id)))
		story->run.vanish = true;
}

void mark_style_defined(struct story *story, struct level *level, const char *const *attributes)
{
	(void)level;
	free(story->style);
	story->style = mem_copy_string(xml_attribute(attributes, "styleId"));
}

void mark_style_end(struct story *story, struct level *level)
{
	mark_run_start(story, level, NULL);
	free(story->style);
	story->style = NULL;
}

void mark_colour_start(struct story *story, struct level *level, const char *const *attributes)
{
	(void)level;
	if (story->changing == 0)
		story->run.white = is_white(value_of(attributes));
}

void mark_size_start(struct story *story, struct level *level, const char *const *attributes)
{
	const int size = atoi(value_of(attributes));

	(void)level;
	if (story->changing == 0)
		story->run.tiny = size > 0 && size <= TINY_HALF_POINTS;
}

/* DrawingML has the size on the properties of the run. */
void mark_properties_start(struct story *story, struct level *level, const char *const *attributes)
{
	const char *size = xml_attribute(attributes, "sz");

	(void)level;
	if (size != NULL && story->changing == 0)
		story->run.tiny = atoi(size) > 0 && atoi(size) <= TINY_HUNDREDTHS;
}

void mark_shading_start(struct story *story, struct level *level, const char *const *attributes)
{
	static const char *const holders[] = {"r", "p", "tc", "tr", "tbl", NULL};
	const char *fill = xml_attribute(attributes, "fill");
	struct level *holder = story_enclosing(story, holders);

	(void)level;
	if (holder != NULL && story->changing == 0 && fill != NULL && strcmp(fill, "auto") != 0 && !is_white(fill))
		holder->shaded = true;
}

void mark_highlight_start(struct story *story, struct level *level, const char *const *attributes)
{
	static const char *const holders[] = {"r", NULL};
	struct level *holder = story_enclosing(story, holders);

	(void)level;
	if (holder != NULL && strcmp(value_of(attributes), "none") != 0)
		holder->shaded = true;
}

void mark_fallback_start(struct story *story, struct level *level, const char *const *attributes)
{
	(void)level, (void)attributes;
	story->falling_back++;
}

void mark_fallback_end(struct story *story, struct level *level)
{
	(void)level;
	story->falling_back--;
}

/* ---- Shapes. */

static const char *const shapes[] = {"sp", "pic", "graphicFrame", "cxnSp", "grpSp", "anchor", "inline", NULL};

/* The nearest shape, and everything in it, is not seen. */
static void hide_shape(struct story *story)
{
	struct level *shape = story_enclosing(story, shapes);

	if (shape == NULL || shape->hides)
		return;
	story_notice(story, OBSERVED_HIDDEN_TEXT);
	story_hide(story, shape);
}

void mark_drawing_properties(struct story *story, struct level *level, const char *const *attributes)
{
	const char *hidden = xml_attribute(attributes, "hidden");

	(void)level;
	if (hidden != NULL && (strcmp(hidden, "1") == 0 || strcmp(hidden, "true") == 0))
		hide_shape(story);
}

void mark_offset_start(struct story *story, struct level *level, const char *const *attributes)
{
	const char *x = xml_attribute(attributes, "x"), *y = xml_attribute(attributes, "y");

	(void)level;
	story->x = x != NULL ? strtoll(x, NULL, 10) : 0;
	story->y = y != NULL ? strtoll(y, NULL, 10) : 0;
}

/* Outside the slide.  Within groups other measures hold. */
void mark_extent_start(struct story *story, struct level *level, const char *const *attributes)
{
	static const char *const groups[] = {"grpSp", NULL};
	const char *cx = xml_attribute(attributes, "cx"), *cy = xml_attribute(attributes, "cy");
	const struct package *package = story->package;
	const int64_t most = INT64_C(1) << 40;

	(void)level;
	if (cx == NULL || cy == NULL || package->slide_width == 0 || strcmp(story->kind->root, "sld") != 0 ||
	    story_enclosing(story, groups) != NULL)
		return;
	if (story->x > most || story->x < -most || story->y > most || story->y < -most ||
	    story->x >= package->slide_width || story->y >= package->slide_height ||
	    (story->x < 0 && story->x + (strtoll(cx, NULL, 10) & (most - 1)) <= 0) ||
	    (story->y < 0 && story->y + (strtoll(cy, NULL, 10) & (most - 1)) <= 0))
		hide_shape(story);
}

void mark_picture_start(struct story *story, struct level *level, const char *const *attributes)
{
	(void)level, (void)attributes;
	story->pictures++;
}

/* <p:sld show="0"> */
void mark_slide_start(struct story *story, struct level *level, const char *const *attributes)
{
	const char *show = xml_attribute(attributes, "show");

	if (show == NULL || (strcmp(show, "0") != 0 && strcmp(show, "false") != 0))
		return;
	story_notice(story, OBSERVED_HIDDEN_SLIDE);
	story_hide(story, level);
}
