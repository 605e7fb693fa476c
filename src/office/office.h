#ifndef OFFICE_OFFICE_H
#define OFFICE_OFFICE_H

struct part;
struct reader;

/* A ZIP container: OOXML, ODF, OFD, EPUB, or a plain ZIP archive. */
void office_read(struct reader *reader, const struct part *part);

/* Once, before a process gives up its files. */
void office_warm(void);

#endif
