#ifndef ZIP_WRITE_H
#define ZIP_WRITE_H

#include "base/buf.h"
#include "base/err.h"

#include <stddef.h>

/* A ZIP container being made: the same entries give the same bytes.  No dates (1980-01-01, the first there
 * is), no comments, no extra fields; names are UTF-8.  Start zeroed. */
struct zip_writer {
	struct buf out, directory;
	size_t count;
};

/* ERR_LIMIT: more than a container without ZIP64 can hold. */
bool zip_writer_add(struct zip_writer *zip, const char *name, const void *bytes, size_t len, bool stored, struct err *err) MUST_CHECK;

/* The directory behind the entries; then `zip->out` is the container. */
bool zip_writer_finish(struct zip_writer *zip, struct err *err) MUST_CHECK;
void zip_writer_release(struct zip_writer *zip);

#endif
