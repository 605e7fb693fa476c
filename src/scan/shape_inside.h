#ifndef SCAN_SHAPE_INSIDE_H
#define SCAN_SHAPE_INSIDE_H

#include "need.h"

#include <stdint.h>

enum { GROUPS_MOST = 64 };

/* One part of a pattern. */
struct part {
	size_t longest;
	bool crosses;
	bool listed;        /* it is one of `words`, and nothing else */
	bool number;        /* digits, at least `digits`, and separators, nothing else */
	bool capital;       /* one of A-Z */
	bool grouped;       /* of more than one part */
	bool empty;         /* matches nothing: an anchor, a look around */
	unsigned digits;
	struct words words;
	struct need need;
};

struct reader {
	const char *at;
	bool caseless, dotall;
	size_t behind, ahead;
	bool reaches;       /* a look around may reach over a line end */
	const char *unclear;
	struct {
		size_t longest;
		bool crosses;
	} groups[GROUPS_MOST];
	unsigned group_count, depth;
};

/* What the walk over one class has seen. */
struct class {
	bool negated, ascii, digits, separators, capitals, line_end, open; /* open: too many to list */
	struct words words;
	size_t members;
};

void pattern_give_up(struct reader *r, const char *why);
struct part part_of(size_t longest, bool crosses);
struct part part_literal(const struct reader *r, uint32_t c);

/* The next character, taken. */
uint32_t pattern_take(struct reader *r);

/* An escape that stands for one character, its letter taken already. */
bool pattern_escape(struct reader *r, char name, uint32_t *c);

/* \p{Han}, \P{L}, \pL: behind the letter.  True for properties no line end has. */
bool pattern_property(struct reader *r);

/* One of the classes by name. */
void class_name(struct class *k, char name, bool property_of_letters);

/* [...]: behind the bracket. */
struct part pattern_class(struct reader *r);

#endif
