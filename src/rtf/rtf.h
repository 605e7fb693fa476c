#ifndef RTF_RTF_H
#define RTF_RTF_H

struct part;
struct reader;

/* An RTF document. */
void rtf_read(struct reader *reader, const struct part *part);

#endif
