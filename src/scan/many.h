#ifndef SCAN_MANY_H
#define SCAN_MANY_H

struct buf;
struct scan;
struct scanned_file;
struct scanner;

/* Documents scanned by all processors while the next ones are read; what comes of it does not depend on how many
 * there are. */
struct scan_many;

/* `scanner` is borrowed until scan_many_end(). */
struct scan_many *scan_many_begin(struct scanner *scanner);

/* scan_bytes() of this, some time; `bytes` is taken over.  Waits while too many bytes do. */
void scan_many_add(struct scan_many *many, const char *path, unsigned mode, struct buf *bytes);

/* One that needs no scanning, in its turn; taken over. */
void scan_many_put(struct scan_many *many, struct scanned_file *file);

/* All are scanned, and put into *out in the order in which they were added (scan_add()). */
void scan_many_end(struct scan_many *many, struct scan *out);

#endif
