#ifndef CLEANER_CLEANER_H
#define CLEANER_CLEANER_H

struct part;
struct reader;

/* Write a copy of a document without what nobody meant to publish, where that can be done safely: told are
 * the new bytes (reader_cleaned()), what was removed and what was kept and why.  Undecided: it cannot be
 * cleaned, and the bytes told until then are worth nothing. */
void clean_part(struct reader *reader, const struct part *part);

#endif
