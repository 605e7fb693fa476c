#ifndef PDF_PDF_H
#define PDF_PDF_H

struct part;
struct reader;

/* A PDF document, every revision and object of it. */
void pdf_read(struct reader *reader, const struct part *part);

#endif
