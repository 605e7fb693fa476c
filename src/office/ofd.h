#ifndef OFFICE_OFD_H
#define OFFICE_OFD_H

#include "base/buf.h"
#include "base/flow.h"
#include "base/observation.h"
#include "values.h"

#include <stdbool.h>
#include <stddef.h>

struct flow_out;
struct reader;
struct zip;

/* A rectangle on a page, in millimetres. */
struct ofd_box {
	double x, y, width, height; /* width 0: not known */
};

/* An OFD container while it is read. */
struct ofd {
	struct reader *reader;
	struct zip *zip;
	char **labels;            /* of parts, of the same index as the entries: "page 3"; NULL: none */
	bool *templates, *attachments;
	struct ofd_box box;       /* of pages that say nothing else */
	struct values told, named; /* attribute values; last words of every path anything names */
};

/* ofd_text.c: an XML part. */
void ofd_text(struct ofd *ofd, size_t index, const char *root, const char *bytes, size_t len);

/* ofd.c: the entry `path` leads to, seen from entry `from`; the count of entries: none. */
size_t ofd_find(const struct ofd *ofd, size_t from, const char *path);
void ofd_name(struct ofd *ofd, const char *path, size_t len); /* something names this */

#endif
