/* layers.c - optional content (ISO 32000-2, 8.11): which layers a reader does not see when the file is
 * opened.  A layer that is off on the screen or for people who zoom is hidden here; that it can be
 * switched on is what makes it worth telling. */
#include "pdf_inside.h"

#include "reader/reader.h"

#include <string.h>

enum { EXPRESSION_DEPTH = 16 };

static void mark_all(struct pdf *pdf, qpdf_oh config, const char *key, struct object_set *set)
{
	const qpdf_oh groups = dict_get(pdf, config, key);

	for (size_t i = 0; i < array_count(pdf, groups); i++) {
		const qpdf_oh group = array_get(pdf, groups, i);

		(void)set_add(set, object_number(pdf, group));
		object_drop(pdf, group);
	}
	object_drop(pdf, groups);
}

/* What the group says of itself, for the event "view". */
static bool is_off_by_usage(struct pdf *pdf, qpdf_oh group)
{
	const qpdf_oh usage = dict_get(pdf, group, "/Usage"), view = dict_get(pdf, usage, "/View");
	const bool off = dict_names(pdf, view, "/ViewState", "/OFF");

	object_drop(pdf, view);
	object_drop(pdf, usage);
	return off;
}

static void tell_layer(struct pdf *pdf, qpdf_oh group)
{
	struct buf name = {0};

	(void)dict_text(pdf, group, "/Name", &name);
	reader_observe(pdf->reader, OBSERVED_HIDDEN_LAYER, "%slayer %s", pdf->version, name.len > 0 ? name.data : "");
	buf_release(&name);
}

static void read_config(struct pdf *pdf, qpdf_oh properties, qpdf_oh config)
{
	const qpdf_oh groups = dict_get(pdf, properties, "/OCGs");
	const bool base_off = dict_names(pdf, config, "/BaseState", "/OFF");
	struct object_set off = {0}, on = {0};

	mark_all(pdf, config, "/OFF", &off);
	mark_all(pdf, config, "/ON", &on);
	for (size_t i = 0; i < array_count(pdf, groups); i++) {
		const qpdf_oh group = array_get(pdf, groups, i);
		const int number = object_number(pdf, group);

		if ((set_has(&off, number) || (base_off && !set_has(&on, number)) || is_off_by_usage(pdf, group)) &&
		    !set_has(&pdf->layers_off, number)) {
			(void)set_add(&pdf->layers_off, number);
			tell_layer(pdf, group);
		}
		object_drop(pdf, group);
	}
	set_release(&off);
	set_release(&on);
	object_drop(pdf, groups);
}

void layers_read(struct pdf *pdf)
{
	const qpdf_oh root = qpdf_get_root(pdf->qpdf), properties = dict_get(pdf, root, "/OCProperties");
	const qpdf_oh config = dict_get(pdf, properties, "/D");

	if (object_is_dict(pdf, properties))
		read_config(pdf, properties, config);
	object_drop(pdf, config);
	object_drop(pdf, properties);
	object_drop(pdf, root);
}

static bool group_is_off(struct pdf *pdf, qpdf_oh group)
{
	return set_has(&pdf->layers_off, object_number(pdf, group));
}

/* [/Not x], [/And x ...], [/Or x ...] of groups: is it false? */
static bool expression_is_off(struct pdf *pdf, qpdf_oh expression, unsigned depth)
{
	const qpdf_oh first = array_get(pdf, expression, 0);
	const bool and = strcmp(object_name(pdf, first), "/And") == 0, not = strcmp(object_name(pdf, first), "/Not") == 0;
	const size_t count = array_count(pdf, expression);
	bool off = !and;

	object_drop(pdf, first);
	if (count == 0)
		return group_is_off(pdf, expression);
	for (size_t i = 1; i < count && depth < EXPRESSION_DEPTH; i++) {
		const qpdf_oh item = array_get(pdf, expression, i);
		const bool item_off = expression_is_off(pdf, item, depth + 1);

		off = and ? off || item_off : off && item_off;
		object_drop(pdf, item);
		if (not)
			return !item_off;
	}
	return off;
}

static bool membership_is_off(struct pdf *pdf, qpdf_oh content, qpdf_oh groups)
{
	const size_t count = array_count(pdf, groups);
	const bool all_on = dict_names(pdf, content, "/P", "/AllOn"), any_off = dict_names(pdf, content, "/P", "/AnyOff");
	const bool all_off = dict_names(pdf, content, "/P", "/AllOff");
	size_t off = 0;

	for (size_t i = 0; i < count; i++) {
		const qpdf_oh group = array_get(pdf, groups, i);

		off += group_is_off(pdf, group) ? 1 : 0;
		object_drop(pdf, group);
	}
	if (count == 0)
		return group_is_off(pdf, groups) != (any_off || all_off) && object_is_dict(pdf, groups);
	return all_on ? off > 0 : any_off ? off == 0 : all_off ? off < count : off == count;
}

bool layer_is_hidden(struct pdf *pdf, qpdf_oh content)
{
	const qpdf_oh groups = dict_get(pdf, content, "/OCGs"), expression = dict_get(pdf, content, "/VE");
	const bool hidden = array_count(pdf, expression) > 0 ? expression_is_off(pdf, expression, 0)
	                    : !object_is_null(pdf, groups)   ? membership_is_off(pdf, content, groups)
	                                                     : group_is_off(pdf, content);

	object_drop(pdf, expression);
	object_drop(pdf, groups);
	return hidden;
}
