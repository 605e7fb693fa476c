#ifndef EXTRACT_DOCUMENT_H
#define EXTRACT_DOCUMENT_H

#include "base/flow.h"
#include "base/observation.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/* Bytes of a flow's text. */
struct extent {
	size_t start, end;
};

/* What stands from `start` on in a flow's text, up to the next one: "page 3", "Sheet2!B14". */
struct flow_span {
	size_t start;
	const char *place; /* owned by this flow or another one of the document */
	unsigned line;     /* of the document's own bytes, where all of it is from that one; 0: not known */
};

/* The same text once more: of a page, in another order; pieces of several flows side by side, where only what
 * runs across two of them is new; of a document, as a second reader has it. */
enum flow_again { AGAIN_NOT = 0, AGAIN_ORDERED, AGAIN_ACROSS, AGAIN_SECOND };

/* Text a reader or a thief could find in the document. */
struct flow {
	enum flow_kind kind;
	char *place;      /* for people: "", "read as GB18030", "with entities decoded" */
	const char *text; /* valid UTF-8 */
	size_t len;
	char *owned;      /* `text`, or NULL: it is part of the document's bytes */
	struct extent *blobs; /* long base64 in it that is no text: what it holds, nobody has seen */
	size_t blob_count;
	uint32_t *origin; /* NULL: text is its own bytes; else len + 1 offsets into what it was made from */
	uint64_t at;      /* where its bytes begin: 0 in the document's own; what was taken out of a document
	                     stands behind its bytes, one flow after the other */
	bool extracted;   /* taken out of a document: a line and a column of its text say nothing to people */
	bool reading;     /* read under a charset that is one of several possible; others have the same `at` */
	struct flow_span *spans; /* ascending; only where it was extracted */
	size_t span_count;
	char *places;            /* the text of their places */
	enum flow_again again; /* what flows of a lesser one show too is one thing */
	bool derived;     /* made from the flow directly before it: lines are counted there */
	bool supposed;    /* one of several readings, or decoded from inside another text: nobody need ever
	                     see it so, and disguises in it are none */
};

/* What it has besides text (base/observation.h), and where. */
struct observed {
	enum observation what;
	char *place;
};

struct document {
	struct flow *flows;
	size_t flow_count;
	struct observed *observed;
	size_t observed_count;
	uint64_t extent; /* behind the last byte any flow stands at */
	size_t joined;   /* bytes of all flows AGAIN_ACROSS */
	struct buf *hiding; /* what the style sheets among its parts hide; NULL: none was read */
	char *undecided; /* NULL, or why it could not be read in full; then it must not be published */
};

/* All text of a document.  `path` is the name it will be known by: it decides nothing that the
 * bytes decide, and is itself a flow.  Never fails: what cannot be read is `undecided`, by name.  An
 * empty document has no body flow and is decided.  Plain text, Markdown, CSV, HTML and XML are read
 * here; HTML and XML give a second flow with tags removed and entities decoded.  Everything else is
 * read by the worker (extract/worker.h), which is believed nothing but what it says.  Caller releases,
 * and keeps `bytes` until then. */
void document_read(const char *path, const void *bytes, size_t len, struct document *out);

/* A commit message as a document of one flow. */
void document_from_message(const char *text, size_t len, struct document *out);
void document_release(struct document *doc);

#endif
