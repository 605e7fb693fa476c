#ifndef FIELD_FIELD_H
#define FIELD_FIELD_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* Fields of Word, as docx, doc and RTF all have them: an instruction, and mostly what came of it.  Texts are UTF-8. */

/* Does this instruction fetch something from elsewhere (INCLUDETEXT, DDE, DATABASE ...)? */
bool field_fetches(const char *instruction);

/* What Word shows where a field has this instruction and no result: an equation (EQ), a text (QUOTE), a character by its number
 * (SYMBOL).  Added to `out`; nothing for other fields. */
void field_draw(const char *instruction, size_t len, struct buf *out);

#endif
