#ifndef ARCHIVE_ARCHIVE_H
#define ARCHIVE_ARCHIVE_H

struct part;
struct reader;

/* Any archive but ZIP. */
void archive_room_read(struct reader *reader, const struct part *part);

/* One compressed stream. */
void compressed_read(struct reader *reader, const struct part *part);

#endif
