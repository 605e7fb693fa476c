#ifndef READER_RUN_H
#define READER_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct part;
struct reader;

/* How much one document may be.  Every limit reached makes it undecided. */
struct reader_limits {
	uint64_t unpacked;     /* bytes in all: 1 GiB */
	unsigned ratio;        /* unpacked to packed, beyond the first MiB of a thing: 200 */
	uint64_t text;         /* bytes told in all: 256 MiB */
	unsigned depth;        /* documents within documents: 8 */
	unsigned entries;      /* 10,000 */
};
extern const struct reader_limits reader_limits_usual;

struct reader_run {
	void (*tell)(void *context, const char *bytes, size_t len); /* one message, wire/wire.h */
	void *context;
	void (*read)(struct reader *reader, const struct part *part); /* what knows the formats */
	struct reader_limits limits;
	bool pictures; /* they are told whole, for somebody who can read them */
};

/* Read one document and tell all of it; the last message is the end. */
void reader_run(const struct reader_run *run, const struct part *part);

#endif
