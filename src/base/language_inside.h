#ifndef BASE_LANGUAGE_INSIDE_H
#define BASE_LANGUAGE_INSIDE_H

#include "base/language.h"

#include <stdint.h>

/* NULL: not in the catalogue.  The empty text never is: its translation is the head of the file. */
const char *language_find(const char *text);

/* The catalogue in the order of strcmp(): the first entry that is not before `text`, and what stands there;
 * NULL behind the last. */
uint32_t language_first(const char *text);
const char *language_original(uint32_t i);
const char *language_translation(uint32_t i);

#endif
