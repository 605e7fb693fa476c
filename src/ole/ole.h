#ifndef OLE_OLE_H
#define OLE_OLE_H

struct part;
struct reader;

/* An OLE2 compound file: doc, xls, ppt, wps, et, dps, msg, or one nobody knows. */
void ole_read(struct reader *reader, const struct part *part);

/* A winmail.dat. */
void tnef_read(struct reader *reader, const struct part *part);

#endif
