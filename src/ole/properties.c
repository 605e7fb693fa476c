/* properties.c - property sets: title, author, company, and what programs and people add ([MS-OLEPS]).
 *
 * A stream has one set or two; each has a code page of its own.  All strings are told with what they are
 * called; strings where no property points are told as those of any other bytes. */
#include "ole_inside.h"

#include "base/mem.h"
#include "binary/cover.h"
#include "binary/put.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

enum {
	VT_BSTR = 8,
	VT_VARIANT = 12,
	VT_LPSTR = 30,
	VT_LPWSTR = 31,
	VT_CF = 71,
	VT_VECTOR = 0x1000,
	PROPERTY_DICTIONARY = 0,
	PROPERTY_CODEPAGE = 1,
	PROPERTIES_MOST = 5000,
	SETS_MOST = 8,
	HEAD = 28,
};

/* [MS-OSHARED] 2.3.3.2 */
static const char *const summary_names[] = {
	[2] = "title", [3] = "subject", [4] = "author", [5] = "keywords", [6] = "comments", [7] = "template",
	[8] = "last author", [9] = "revision", [18] = "application",
};
static const char *const document_names[] = {
	[2] = "category", [3] = "presentation format", [14] = "manager", [15] = "company", [26] = "content type",
	[27] = "content status", [28] = "language", [29] = "version",
};
/* As they stand in the stream. */
static const unsigned char summary_id[16] = "\xE0\x85\x9F\xF2\xF9\x4F\x68\x10\xAB\x91\x08\x00\x2B\x27\xB3\xD9";
static const unsigned char document_id[16] = "\x02\xD5\xCD\xD5\x9C\x2E\x1B\x10\x93\x97\x08\x00\x2B\x2C\xF9\xAE";

struct set {
	struct reader *reader;
	const char *place;
	struct span bytes; /* of the whole stream: offsets and coverage are in it */
	struct cover *cover;
	size_t start;
	bool wide;
	struct narrow narrow;
	struct flow_out *flow;
	const char *const *names;
	size_t name_count;
	bool custom;
};

static bool is_id(struct span bytes, size_t at, const unsigned char id[16])
{
	return bytes.len >= at + 16 && memcmp(bytes.bytes + at, id, 16) == 0;
}

/* Strings are filled up to four bytes, but not by all writers where several follow each other. */
static size_t string_end(struct span bytes, size_t at, size_t len)
{
	size_t end = at + len;

	while ((end - at) % 4 != 0 && end < bytes.len && bytes.bytes[end] == 0)
		end++;
	return end;
}

/* A string with its length before it; returns the bytes used.  Lengths count characters where they are wide. */
static size_t put_string(struct set *set, size_t at, bool wide)
{
	const size_t count = span32(set->bytes, at), size = wide && set->bytes.len / 2 >= count ? count * 2 : count;
	struct span text = span_cut(set->bytes, at + 4, size);

	if (text.len < size)
		reader_undecided(set->reader, "%s: damaged properties", set->place);
	cover_add(set->cover, at, text.len + 4);
	while (!wide && text.len > 0 && text.bytes[text.len - 1] == 0)
		text.len--;
	while (wide && text.len >= 2 && span16(text, text.len - 2) == 0)
		text.len -= 2;
	if (wide)
		utf16_put(set->flow, text);
	else
		narrow_put(&set->narrow, set->flow, text);
	flow_break(set->flow);
	return string_end(set->bytes, at, 4 + size) - at;
}

/* Names of custom properties: a number, and a name of the kind the code page says. */
static void read_dictionary(struct set *set, size_t at)
{
	const uint32_t count = span32(set->bytes, at);

	set->custom = true;
	at += 4;
	for (uint32_t i = 0; i < count && i < PROPERTIES_MOST && at < set->bytes.len; i++) {
		const size_t len = span32(set->bytes, at + 4);

		flow_at(set->flow, "%s, names of custom properties", set->place);
		(void)put_string(set, at + 4, set->wide);
		at += 8 + (set->wide ? (len * 2 + 3) / 4 * 4 : len);
	}
}

/* The picture of the first page, in a clipboard format. */
static void read_clip(struct set *set, size_t at)
{
	const struct span data = span_cut(set->bytes, at + 4, span32(set->bytes, at));

	cover_add(set->cover, at, data.len + 4);
	reader_observe(set->reader, OBSERVED_THUMBNAIL, "%s", set->place);
	object_picture_read(set->reader, set->place, data);
}

/* One value; returns the bytes used, 0: its kind holds no text and has no length here. */
static size_t read_value(struct set *set, unsigned type, size_t at)
{
	switch (type) {
	case VT_BSTR:
	case VT_LPSTR:
		/* where the code page is UTF-16 a narrow string is wide and its length still counts bytes */
		if (set->wide) {
			const struct span text = span_cut(set->bytes, at + 4, span32(set->bytes, at));

			cover_add(set->cover, at, text.len + 4);
			utf16_put(set->flow, span_cut(text, 0, utf16_until_nul(text)));
			flow_break(set->flow);
			return string_end(set->bytes, at, 4 + text.len) - at;
		}
		return put_string(set, at, false);
	case VT_LPWSTR:
		return put_string(set, at, true);
	case VT_CF:
		read_clip(set, at);
		return 0;
	default:
		return 0;
	}
}

/* Several values, of one kind or each with its own. */
static void read_vector(struct set *set, unsigned type, size_t at)
{
	const uint32_t count = span32(set->bytes, at);

	at += 4;
	for (uint32_t i = 0; i < count && i < PROPERTIES_MOST && at < set->bytes.len; i++) {
		unsigned each = type;
		size_t used;

		if (type == VT_VARIANT) {
			each = span16(set->bytes, at);
			at += 4;
		}
		used = read_value(set, each, at);
		at += used > 0 ? used : 4; /* in vectors of offices: numbers of 4 bytes */
	}
}

static void read_property(struct set *set, uint32_t id, size_t at)
{
	const unsigned type = span16(set->bytes, at);

	if (id == PROPERTY_DICTIONARY) {
		read_dictionary(set, at);
		return;
	}
	if (id < set->name_count && set->names[id] != NULL)
		flow_at(set->flow, "%s, %s", set->place, set->names[id]);
	else
		flow_at(set->flow, "%s, property %u", set->place, (unsigned)id);
	if ((type & VT_VECTOR) != 0)
		read_vector(set, type & (VT_VECTOR - 1), at + 4);
	else
		(void)read_value(set, type, at + 4);
}

static void name_set(struct set *set, size_t id_at)
{
	if (is_id(set->bytes, id_at, summary_id)) {
		set->names = summary_names;
		set->name_count = sizeof(summary_names) / sizeof(summary_names[0]);
	} else if (is_id(set->bytes, id_at, document_id)) {
		set->names = document_names;
		set->name_count = sizeof(document_names) / sizeof(document_names[0]);
	}
}

static void read_set(struct set *set)
{
	const struct span bytes = set->bytes;
	const uint32_t count = span32(bytes, set->start + 4);
	const size_t list = set->start + 8;

	if (set->start + 8 > bytes.len || count > PROPERTIES_MOST || count > (bytes.len - list) / 8) {
		reader_undecided(set->reader, "%s: damaged properties", set->place);
		return;
	}
	for (uint32_t i = 0; i < count; i++)
		if (span32(bytes, list + i * 8) == PROPERTY_CODEPAGE)
			set->narrow.page = span16(bytes, set->start + span32(bytes, list + i * 8 + 4) + 4);
	set->wide = set->narrow.page == 1200;
	for (uint32_t i = 0; i < count && !reader_stopped(set->reader); i++)
		read_property(set, span32(bytes, list + i * 8), set->start + span32(bytes, list + i * 8 + 4));
}

/* Room for properties nobody wrote. */
static bool is_blank(struct span bytes)
{
	return bytes.len == 0 || (bytes.bytes[0] == 0 && memcmp(bytes.bytes, bytes.bytes + 1, bytes.len - 1) == 0);
}

void properties_read(struct reader *reader, const char *place, struct span bytes)
{
	const uint32_t sets = span32(bytes, 24);
	struct cover *cover = cover_new(bytes);
	char *rest = mem_format("%s, rest", place);

	if ((span16(bytes, 0) != 0xFFFE && !is_blank(bytes)) || sets > SETS_MOST)
		reader_undecided(reader, "%s: damaged properties", place);
	for (uint32_t i = 0; i < sets && i < SETS_MOST; i++) {
		const size_t at = HEAD + i * 20;
		struct set set = {.reader = reader, .place = place, .bytes = bytes, .cover = cover, .start = span32(bytes, at + 16),
		                  .narrow = {.reader = reader}, .flow = flow_open(reader, FLOW_METADATA, "%s", place)};

		name_set(&set, at);
		read_set(&set);
		if (set.custom)
			reader_observe(reader, OBSERVED_CUSTOM_DATA, "%s, custom properties", place);
		flow_close(set.flow);
		narrow_close(&set.narrow, FLOW_METADATA, place);
	}
	(void)cover_tell(cover, reader, rest);
	free(rest);
}
