#ifndef ARCHIVE_ARCHIVE_H
#define ARCHIVE_ARCHIVE_H

struct part;
struct reader;

/* Any archive but ZIP: each entry is a part of its own; names, link targets, owners, comments and whatever
 * headers hold besides are told.  What no entry and no header accounts for is told as appended data. */
void archive_room_read(struct reader *reader, const struct part *part);

/* One compressed stream: what is in it is a part. */
void compressed_read(struct reader *reader, const struct part *part);

/* Once, before a process gives up its files: the time zone, and a locale in which names are UTF-8. */
void archive_room_warm(void);

#endif
