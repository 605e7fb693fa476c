#ifndef CLEANER_CLEANER_INSIDE_H
#define CLEANER_CLEANER_INSIDE_H

#include "base/buf.h"
#include "cleaner/cleaner.h"
#include "reader/reader.h"
#include "zip/write.h"
#include "zip/zip.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What an XML part loses.  Names are local names, NULL-ended lists; NULL: none. */
struct filter {
	const char *const *drop;       /* these elements, with everything in them */
	const char *const *unwrap;     /* these tags; what is between them stays */
	const char *attribute_start;   /* attributes whose names begin so ("rsid"); NULL: none */
	bool runs;                     /* of WordprocessingML: hidden runs, and those that only refer to a comment */
	/* More to drop, or NULL: asked for each element that is still there. */
	bool (*drops)(void *context, const char *local, const char *const *attributes);
	void *context;
};

struct filtered {
	size_t dropped, unwrapped, attributes, hidden_runs, asides;
	uint64_t which; /* bit N: the Nth name of `drop` was there */
};

/* The part without them, in `out`.  False: not well-formed, and undecided was said. */
bool filter_xml(struct reader *reader, const struct filter *filter, const void *bytes, size_t len, struct buf *out,
                struct filtered *counts);

/* "NAME: this, that": of `words`, ended by NULL, those whose bit is set.  None set: nothing is said. */
void say_removed(struct reader *reader, const char *name, const char *const *words, uint64_t which);

/* A package on its way from one container to the other. */
struct repack {
	struct reader *reader;
	struct zip *zip;
	struct zip_writer to;
	bool *dropped; /* of each entry */
	bool failed;
};
bool repack_unpack(struct repack *p, size_t index, char **bytes, size_t *len);
void repack_add(struct repack *p, size_t index, const void *bytes, size_t len);
bool name_matches(const char *name, const char *const patterns[]); /* fnmatch(3) without case; NULL-ended */

/* The names of the properties that hold text: "title, creator".  `properties`: how deep they stand, the root being 1.  Caller
 * frees; "" when there is none. */
char *names_with_text(struct reader *reader, const void *bytes, size_t len, unsigned properties);

void ooxml_clean(struct repack *package);
void odf_clean(struct repack *package);
void jpeg_clean(struct reader *reader, const struct part *part);
void png_clean(struct reader *reader, const struct part *part);

#endif
