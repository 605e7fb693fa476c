#ifndef SCAN_NUMBERS_H
#define SCAN_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>

/* Digits with at most two separators (space, hyphen, U+2010 to U+2015) between two of them. */
struct number {
	size_t from, to;
	unsigned digits;
	bool code; /* two capitals before it, perhaps with separators between */
};

/* Every one with at least `least` digits, or that is a code with two digits or more. */
typedef void numbers_visit(const struct number *number, void *context);
void numbers_find(const char *text, size_t len, unsigned least, numbers_visit *visit, void *context);

#endif
