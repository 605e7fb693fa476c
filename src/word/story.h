#ifndef WORD_STORY_H
#define WORD_STORY_H

#include "word_inside.h"

enum { STORY_FIELDS_DEEPEST = 64 };

struct flow_out;

/* A story being told. */
struct story {
	struct word *word;
	const char *label; /* "": the main text, whose places are paragraphs */
	struct flow_out *shown, *hidden, *fields;
	struct buf seen, all, field; /* of this paragraph, of this field */
	bool differs;
	size_t number;     /* of the paragraph */
	size_t noticed_at[2], notices[2];
	struct marks marks;
	uint32_t high;     /* the first half of a character */
	unsigned char in_result[STORY_FIELDS_DEEPEST]; /* of each open field: is its instruction over? */
	size_t field_depth;
};

/* Characters `from` to `to` of the document, as one story. */
void story_tell(struct word *word, enum flow_kind kind, const char *label, uint32_t from, uint32_t to);

/* picture.c: what the data stream has for a character that stands for it; each once. */
void picture_tell(struct word *word, const struct marks *marks);

/* parts.c: all stories in their order. */
void parts_tell(struct word *word);

#endif
