#ifndef ARCHIVE_ARCHIVE_INSIDE_H
#define ARCHIVE_ARCHIVE_INSIDE_H

#include "reader/reader.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What one thing in an archive may be: the memory of the process holds it, what it is packed in and what is
 * in it at once. */
enum { ENTRY_MOST = 64 * 1024 * 1024, STREAM_MOST = 96 * 1024 * 1024 };

/* Where our own walk of an archive's headers found entries, to be held against what the library finds. */
struct starts {
	size_t *at;
	size_t count;
};

/* Sectors whose bytes were told as part of a file. */
struct sectors {
	uint64_t *seen;
	size_t count, room;
};

/* An archive being read. */
struct reading {
	struct reader *reader;
	const struct part *part;
	const struct kind *kind;
	struct archive *archive;
	struct starts starts;
	struct sectors sectors;
	char **names;           /* of entries */
	size_t count;
	struct flow_out *owners;
	bool owned;             /* somebody is named */
	bool broken;            /* an entry could not be unpacked; that was said */
};

/* One of these for each format.  `walk`, where there is one, tells what the library passes over in silence. */
struct kind {
	size_t at, len;
	const char *magic;
	const char *title;
	int (*support)(struct archive *archive);
	void (*walk)(struct reading *reading);
	void (*finish)(struct reading *reading); /* after the last entry */
	bool compare;                            /* `walk` fills `starts` */
};

/* archive.c */
bool bytes_are_zero(const unsigned char *bytes, size_t len);
void starts_add(struct starts *starts, size_t at);
/* Bytes nobody owns: strings of them, or where they are a whole document that. */
void tell_slack(struct reader *reader, const char *place, const unsigned char *bytes, size_t len);
void tell_appended(struct reader *reader, const char *place, const unsigned char *bytes, size_t len);

/* entry.c: everything about the entry the library stands at. */
void entry_read(struct reading *reading, struct archive_entry *entry);

/* names.c: the name as people know it; told besides where its charset is not sure, and judged.  Caller frees. */
char *name_read(struct reader *reader, const char *raw);
void name_judge(struct reader *reader, const char *name);
void names_compare(struct reading *reading);

/* Walks and finishes of formats. */
void tar_walk(struct reading *reading);
void pax_tell(struct reader *reader, const unsigned char *bytes, size_t len, uint64_t *size);
void cpio_walk(struct reading *reading);
void ar_walk(struct reading *reading);
void rar4_walk(struct reading *reading);
void rar5_walk(struct reading *reading);
void seven_walk(struct reading *reading);
void cabinet_walk(struct reading *reading);
void image_walk(struct reading *reading);
void image_finish(struct reading *reading);
void sectors_add(struct sectors *sectors, const char *bytes, size_t len);

/* gzip.c and frames.c: one compressed stream without the library, or what it passes over. */
void gzip_read(struct reader *reader, const struct part *part);
size_t frames_walk(struct reader *reader, const struct part *part); /* how many bytes are frames */
char *stream_name(const char *name); /* "a.tar.gz" -> "a.tar"; caller frees */

static inline unsigned get16(const unsigned char *at)
{
	return (unsigned)at[0] | (unsigned)at[1] << 8;
}

static inline uint32_t get32(const unsigned char *at)
{
	return (uint32_t)get16(at) | (uint32_t)get16(at + 2) << 16;
}

static inline uint64_t get64(const unsigned char *at)
{
	return (uint64_t)get32(at) | (uint64_t)get32(at + 4) << 32;
}

#endif
