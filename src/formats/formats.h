#ifndef FORMATS_FORMATS_H
#define FORMATS_FORMATS_H

struct part;
struct reader;

/* Read `part` by what its bytes are and tell `reader` everything; parts inside come back here through
 * reader_part().  Never fails: what cannot be read is undecided, by name. */
void formats_read(struct reader *reader, const struct part *part);

/* Whatever the libraries of formats need files or first calls for.  Once, before formats_read(). */
void formats_warm(void);

#endif
