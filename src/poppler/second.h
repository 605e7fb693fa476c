#ifndef POPPLER_SECOND_H
#define POPPLER_SECOND_H

#include <stdbool.h>

struct part;
struct reader;

/* The text of each page of a PDF as Poppler has it, all layers shown, in flows called "page 3".  A document
 * it does not take is undecided. */
void second_read(struct reader *reader, const struct part *part);

/* Whether it can read Chinese at all, tried on a page whose characters only Poppler's data package
 * (poppler-data) tells.  Once, before second_read(). */
bool second_warm(void);

/* The directory that data is in. */
const char *second_data(void);

#endif
