#ifndef READER_READER_INSIDE_H
#define READER_READER_INSIDE_H

#include "base/buf.h"
#include "reader/reader.h"
#include "reader/run.h"

#include <stdarg.h>

struct message;

struct reader {
	const struct reader_run *run;
	struct buf place; /* of the part being read: "a.zip > b.docx" */
	const char *name; /* of the part being read, as its container calls it */
	struct buf out;   /* the message being made; memory kept */
	uint64_t unpacked, told;
	unsigned depth, entries;
	bool stopped;
	enum observation observed; /* the last one, which is told once: a container and its part may both see it */
	char *observed_at;
};

/* "a.zip > b.docx > " and `place`, cut where it would be longer than a place may be.  Caller frees. */
char *reader_place(const struct reader *r, const char *place);
/* Made valid UTF-8; caller frees. */
char *reader_format(const char *format, va_list args) __attribute__((format(printf, 1, 0)));
bool reader_may_tell(struct reader *r, size_t len); /* counts text; false: too much, undecided was said */
void reader_tell(struct reader *r, const struct message *message);

#endif
