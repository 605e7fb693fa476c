#ifndef SLIDES_SLIDES_INSIDE_H
#define SLIDES_SLIDES_INSIDE_H

#include "slides.h"

#include "art/art.h"
#include "base/buf.h"
#include "base/flow.h"
#include "base/little.h"

#include <stdbool.h>
#include <stdint.h>

/* Types of records ([MS-PPT] 2.13.24). */
enum slide_record {
	RECORD_DOCUMENT = 0x03E8,
	RECORD_SLIDE = 0x03EE,
	RECORD_NOTES = 0x03F0,
	RECORD_NOTES_ATOM = 0x03F1,
	RECORD_PERSIST = 0x03F3,
	RECORD_MASTER = 0x03F8,
	RECORD_SHOW = 0x03F9,
	RECORD_SOUND = 0x07E7,
	RECORD_TEXT_WIDE = 0x0FA0,
	RECORD_TEXT_NARROW = 0x0FA8,
	RECORD_STRING = 0x0FBA,
	RECORD_HANDOUT = 0x0FC9,
	RECORD_LINK = 0x0FD7,
	RECORD_HEADERS = 0x0FD9,
	RECORD_LIST = 0x0FF0,
	RECORD_EDIT = 0x0FF5,
	RECORD_OBJECT = 0x1011,
	RECORD_TAGS = 0x1388,
	RECORD_TAG_DATA = 0x138B, /* no container by its head, but one */
	RECORD_DIRECTORY = 0x1772,
	RECORD_COMMENT = 0x2EE0,
	RECORD_ENCRYPTION = 0x2F14,
};

/* A slide as the document lists it. */
struct listed_slide {
	uint32_t persist, id;
};

struct slide_list {
	struct listed_slide *items;
	size_t count;
};

struct show {
	struct reader *reader;
	struct span stream;
	uint32_t *where;     /* the newest place of each persistent object, by its number; 0: none */
	size_t where_count;
	struct slide_list slides, masters;
	bool damaged, encrypted;
	size_t told, pictures, objects;
};

/* edits.c: the chain of edits, from the last to the first, and the list of slides. */
void edits_open(struct show *show, uint32_t last);
bool edits_has(const struct show *show, size_t at); /* does the newest edit have the record there? */
size_t edits_number(const struct show *show, const struct slide_list *list, size_t at); /* from 1; 0: not in it */

/* tree.c: one record of the stream, and everything in it. */
void tree_tell(struct show *show, const struct art_record *record, size_t at);

#endif
