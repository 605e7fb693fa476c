#ifndef PDF_OPERAND_H
#define PDF_OPERAND_H

#include "base/buf.h"

#include <stddef.h>

/* The tokens of a content stream (32000-1, 7.8.2): operands, and then the operator they are for. */
enum operand_kind { OPERAND_NUMBER = 0, OPERAND_STRING, OPERAND_NAME, OPERAND_ARRAY, OPERAND_ARRAY_END, OPERAND_DICT,
	            OPERAND_DICT_END, OPERAND_WORD /* true, false, null */ };

struct operand {
	enum operand_kind kind;
	double number;
	size_t at, len; /* strings, names (without slash) and words: their bytes in `bytes`, a NUL behind them */
};

struct operands {
	struct operand *items;
	size_t count, room;
	size_t strings, open; /* how many of them are strings; arrays that are not closed */
	struct buf bytes;
	char operator[8];
	struct buf comments; /* all met so far, a line each */
};

/* Reads operands up to the next operator and moves `*at` behind it.  False: the end, what was before it
 * without an operator stays in `items`. */
bool operands_read(struct operands *o, const unsigned char *bytes, size_t len, size_t *at);
void operands_release(struct operands *o);

/* Number `i`; 0 when it is none. */
double operand_number(const struct operands *o, size_t i);
const char *operand_name(const struct operands *o, size_t i); /* "" when it is none */

#endif
