#ifndef EXTRACT_DOCUMENT_H
#define EXTRACT_DOCUMENT_H

#include "base/flow.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of a flow's text. */
struct extent {
	size_t start, end;
};

/* Text a reader or a thief could find in the document. */
struct flow {
	enum flow_kind kind;
	char *place;      /* for people: "", "read as GB18030", "with entities decoded" */
	const char *text; /* valid UTF-8 */
	size_t len;
	char *owned;      /* `text`, or NULL: it is part of the document's bytes */
	struct extent *blobs; /* long base64 in it that is no text: what it holds, nobody has seen */
	size_t blob_count;
	uint32_t *origin; /* NULL: text is the document's own bytes; else len + 1 offsets into them */
	bool derived;     /* made from the flow directly before it: lines are counted there */
	bool supposed;    /* one of several readings, or decoded from inside another text: nobody need ever
	                     see it so, and disguises in it are none */
};

struct document {
	struct flow *flows;
	size_t flow_count;
	char *undecided; /* NULL, or why it could not be read in full; then it must not be published */
};

/* All text of a document.  `path` is the name it will be known by: it decides nothing that the
 * bytes decide, and is itself a flow.  Never fails: what cannot be read is `undecided`, by name
 * ("not readable yet: PDF").  An empty document has no body flow and is decided.  Plain text,
 * Markdown, CSV and HTML are read; HTML gives a second flow with tags removed and entities
 * decoded.  Caller releases, and keeps `bytes` until then. */
void document_read(const char *path, const void *bytes, size_t len, struct document *out);

/* A commit message as a document of one flow. */
void document_from_message(const char *text, size_t len, struct document *out);
void document_release(struct document *doc);

#endif
