/* edits.c - which records are the presentation now, and which are what it was before.
 *
 * Each save adds records at the end and a list of where the changed objects now are ([MS-PPT] 2.3.3 to 2.3.6);
 * what was there before stays.  The newest list that names an object says where it is. */
#include "slides_inside.h"

#include "base/mem.h"
#include "reader/reader.h"

enum { PERSIST_MOST = 0x100000, EDITS_MOST = 10000, EDIT_LIST = 12, EDIT_DOCUMENT = 16, EDIT_BEFORE = 8, EDIT_LEN_ENCRYPTED = 32 };
enum { LIST_SLIDES = 0, LIST_MASTERS = 1 };

static struct span record_at(const struct show *show, size_t at, unsigned type)
{
	struct art_record record = {0};

	if (art_next(span_from(show->stream, at), &record) == 0 || record.type != type)
		return (struct span){0};
	return record.data;
}

/* A number in 20 bits and how many follow in 12, then where each is. */
static void take_directory(struct show *show, struct span list)
{
	for (size_t at = 0; at + 4 <= list.len;) {
		const uint32_t head = span32(list, at);
		const uint32_t first = head & (PERSIST_MOST - 1), count = head >> 20;

		at += 4;
		for (uint32_t i = 0; i < count && at + 4 <= list.len; i++, at += 4) {
			const size_t number = (size_t)first + i;

			while (show->where_count <= number && show->where_count < PERSIST_MOST) {
				show->where = mem_grow(show->where, show->where_count, sizeof(*show->where));
				show->where_count++;
			}
			if (number < show->where_count && show->where[number] == 0)
				show->where[number] = span32(list, at);
		}
	}
}

/* One record in a list of slides, or of masters, names each. */
static void take_list(struct span document, unsigned instance, struct slide_list *out)
{
	struct art_record list, entry;

	for (size_t at = 0, taken; (taken = art_next(span_from(document, at), &list)) > 0; at += taken) {
		if (list.type != RECORD_LIST || list.instance != instance)
			continue;
		for (size_t in = 0, used; (used = art_next(span_from(list.data, in), &entry)) > 0; in += used)
			if (entry.type == RECORD_PERSIST) {
				out->items = mem_grow(out->items, out->count, sizeof(*out->items));
				out->items[out->count++] = (struct listed_slide){span32(entry.data, 0), span32(entry.data, 12)};
			}
	}
}

void edits_open(struct show *show, uint32_t last)
{
	uint32_t document = 0;

	for (size_t i = 0; last != 0 || i == 0; i++) {
		const struct span edit = record_at(show, last, RECORD_EDIT);
		const uint32_t before = span32(edit, EDIT_BEFORE);

		if (edit.len == 0 || i > EDITS_MOST || (before >= last && before != 0)) {
			show->damaged = true;
			break;
		}
		show->encrypted = show->encrypted || edit.len >= EDIT_LEN_ENCRYPTED;
		document = document == 0 ? span32(edit, EDIT_DOCUMENT) : document;
		take_directory(show, record_at(show, span32(edit, EDIT_LIST), RECORD_DIRECTORY));
		last = before;
	}
	if (document < show->where_count) {
		const struct span list = record_at(show, show->where[document], RECORD_DOCUMENT);

		take_list(list, LIST_SLIDES, &show->slides);
		take_list(list, LIST_MASTERS, &show->masters);
	}
}

bool edits_has(const struct show *show, size_t at)
{
	for (size_t i = 0; i < show->where_count; i++)
		if (show->where[i] == at)
			return true;
	return at == 0 && show->where_count == 0;
}

size_t edits_number(const struct show *show, const struct slide_list *list, size_t at)
{
	for (size_t i = 0; i < list->count; i++) {
		const uint32_t number = list->items[i].persist;

		if (number < show->where_count && show->where[number] == at)
			return i + 1;
	}
	return 0;
}
