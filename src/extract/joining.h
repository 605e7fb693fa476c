#ifndef EXTRACT_JOINING_H
#define EXTRACT_JOINING_H

#include "base/buf.h"
#include "extract/document.h"

/* Pieces of other flows, put side by side as a reader's eye may: what a rule finds across two of them counts. */
struct joining {
	enum flow_kind kind;
	bool supposed, full; /* full: there is more than is looked at, and the document is undecided */
	size_t before; /* bytes the document has of such flows already */
	struct buf text;
	struct flow_span *spans;
	size_t span_count;
};

/* The last, the first bytes of `within`, not many more than `most` and no piece of a character. */
struct extent joining_end(const char *text, struct extent within, size_t most);
struct extent joining_start(const char *text, struct extent within, size_t most);

/* One more piece, on a line of its own.  `place` is borrowed from the document. */
void joining_put(struct joining *joining, const char *place, const char *text, struct extent piece);
void joining_break(struct joining *joining); /* what comes next does not follow on */

/* As a flow of the document, if there is anything; `joining` is empty then. */
void joining_tell(struct joining *joining, struct document *doc, const char *place);

#endif
