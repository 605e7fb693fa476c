#ifndef CLI_CHOICES_H
#define CLI_CHOICES_H

#include "base/err.h"

/* Fixed words as the tables of commands and options write them, "json|csv" or "[new|list] [PERSON]": small letters
 * with a bar between them, up to the first space or bracket.  The help shows them, completion offers them, and
 * no other word is taken. */
bool is_choices(const char *text);

/* ERR_USAGE unless `word` (NULL: none) is one of them; the hint is the one that was perhaps meant.  `what` is
 * what wants it: "--format", "review rules". */
bool choices_have(const char *choices, const char *word, const char *what, struct err *err) MUST_CHECK;

#endif
