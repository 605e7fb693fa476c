#ifndef SCAN_CANDIDATES_H
#define SCAN_CANDIDATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct need;
struct number;

/* Where in a window rules may match.  A number is kept once for all the rules that look for numbers: in
 * tables and anchors of web pages there are hundreds of thousands. */
struct candidate {
	uint32_t from, to;           /* of a keyword, all of it; else a match begins before `to`, and, but for what its
	                                rule may have before it, not before `from` */
	uint32_t line_from, line_to; /* the same in the line view, once told */
};

struct candidates;

struct candidates *candidates_new(size_t rules);
void candidates_free(struct candidates *c);
void candidates_clear(struct candidates *c);

/* False: there are too many. */
bool candidates_add(struct candidates *c, uint32_t rule, uint32_t from, uint32_t to);
bool candidates_add_number(struct candidates *c, const struct number *number);

/* All of it is added: from here on the candidates are sorted by rule. */
void candidates_close(struct candidates *c);

/* Those added for `rule` alone; those of all numbers.  They may be written to. */
struct candidate *candidates_own(struct candidates *c, uint32_t rule, size_t *count);
struct candidate *candidates_numbers(struct candidates *c, size_t *count);

/* Those of `rule`, and of the numbers that `need` (NULL: none) takes, from left to right, the shorter first.  They
 * hold until the next call. */
struct candidate *candidates_of(struct candidates *c, uint32_t rule, const struct need *need, size_t *count);

#endif
