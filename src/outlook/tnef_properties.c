/* tnef_properties.c - lists of properties inside TNEF ([MS-OXTNEF] 2.1.3.4). */
#include "outlook_inside.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

enum { OBJECT_HEAD = 16, TNEF_SIGNATURE = 0x223E9F78 };

static struct span take(struct span *bytes, size_t len)
{
	const struct span taken = span_cut(*bytes, 0, len);

	*bytes = span_from(*bytes, len);
	return taken;
}

static size_t padded(size_t len)
{
	return (len + 3) / 4 * 4;
}

static uint32_t take32(struct span *bytes)
{
	return span32(take(bytes, 4), 0);
}

/* Of one value, with what it is filled up to; 0: each says its own size. */
static size_t size_of(unsigned type, bool *known)
{
	*known = true;
	switch (type & 0xFFF) {
	case TYPE_SHORT:
	case TYPE_LONG:
	case TYPE_FLOAT:
	case TYPE_ERROR:
	case TYPE_BOOLEAN:
		return 4;
	case TYPE_DOUBLE:
	case TYPE_CURRENCY:
	case TYPE_APPTIME:
	case TYPE_LONG_LONG:
	case TYPE_TIME:
		return 8;
	case TYPE_GUID:
		return 16;
	case TYPE_STRING:
	case TYPE_UNICODE:
	case TYPE_BINARY:
	case TYPE_OBJECT:
		return 0;
	default:
		*known = false;
		return 0;
	}
}

/* The name of a property that has one; caller frees. */
static char *take_name(struct span *bytes)
{
	uint32_t kind, id;

	(void)take(bytes, 16);
	kind = take32(bytes);
	id = take32(bytes);
	return kind == 1 ? utf16_text(span_cut(take(bytes, padded(id)), 0, id)) : mem_format("0x%04X", (unsigned)id);
}

static void keep(char **where, const struct tnef *tnef, uint32_t tag, struct span value)
{
	struct narrow narrow = {.reader = tnef->r, .page = tnef->page};

	free(*where);
	*where = (tag & 0xFFF) == TYPE_UNICODE ? utf16_text(value) : narrow_text(&narrow, value);
	buf_release(&narrow.doubts); /* told with the property */
}

/* What is needed of an attachment. */
static void want(const struct tnef *tnef, uint32_t tag, struct span value, struct tnef_wanted *wanted)
{
	const unsigned id = tag >> 16, type = tag & 0xFFF;
	const bool string = type == TYPE_STRING || type == TYPE_UNICODE;

	if (string && (id == ID_ATTACH_LONG_FILENAME || (wanted->name == NULL && (id == ID_ATTACH_FILENAME || id == ID_DISPLAY_NAME))))
		keep(&wanted->name, tnef, tag, value);
	if (string && id == ID_ATTACH_MIME)
		keep(&wanted->mime, tnef, tag, value);
	if (id == ID_ATTACH_DATA && (type == TYPE_OBJECT || type == TYPE_BINARY)) {
		wanted->data = value;
		wanted->is_message = type == TYPE_OBJECT && span32(value, 0) == TNEF_SIGNATURE;
	}
}

static struct span without_nul(uint32_t tag, struct span value)
{
	const unsigned type = tag & 0xFFF;

	if (type == TYPE_UNICODE && value.len >= 2 && span16(value, value.len - 2) == 0)
		value.len -= 2;
	else if (type == TYPE_STRING && value.len > 0 && span8(value, value.len - 1) == 0)
		value.len--;
	return value;
}

static void add_value(struct tnef *tnef, struct bag *bag, uint32_t tag, const char *name, struct span value, struct tnef_wanted *wanted)
{
	value = without_nul(tag, value);
	if ((tag & 0xFFF) == TYPE_OBJECT) {
		outlook_strings(tnef->r, bag->place, span_cut(value, 0, OBJECT_HEAD));
		value = span_from(value, OBJECT_HEAD);
	}
	if (wanted != NULL)
		want(tnef, tag, value, wanted);
	if (wanted == NULL || tag >> 16 != ID_ATTACH_DATA)
		bag_add(bag, tag, name, value);
}

/* One property; false: what follows cannot be taken apart. */
static bool take_property(struct tnef *tnef, struct bag *bag, struct span *bytes, struct tnef_wanted *wanted)
{
	const unsigned type = span16(*bytes, 0), id = span16(*bytes, 2);
	const uint32_t tag = (uint32_t)id << 16 | type;
	bool known = false;
	const size_t size = size_of(type, &known);
	char *name = NULL;
	uint32_t count = 1;

	if (!known || bytes->len < 4)
		return false;
	(void)take(bytes, 4);
	if (id >= ID_NAMED)
		name = take_name(bytes);
	if (size == 0 || (type & TYPE_MANY) != 0)
		count = take32(bytes);
	for (; count > 0 && bytes->len > 0 && !reader_stopped(tnef->r); count--) {
		const size_t len = size > 0 ? size : take32(bytes);

		if (len > bytes->len)
			break;
		add_value(tnef, bag, tag, name, span_cut(take(bytes, padded(len)), 0, len), wanted);
	}
	free(name);
	return count == 0;
}

void tnef_properties(struct tnef *tnef, const char *place, struct span *bytes, struct tnef_wanted *wanted)
{
	uint32_t count = take32(bytes);
	struct bag bag;

	bag_open(&bag, tnef->r, place, tnef->page);
	for (; count > 0 && !reader_stopped(tnef->r); count--)
		if (!take_property(tnef, &bag, bytes, wanted))
			break;
	if (count > 0) {
		reader_undecided(tnef->r, "%s%sdamaged list of properties", place, place[0] != '\0' ? ": " : "");
		outlook_strings(tnef->r, place, *bytes);
		bytes->len = 0;
	}
	bag_close(&bag);
}
