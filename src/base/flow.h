#ifndef BASE_FLOW_H
#define BASE_FLOW_H

#include <stdbool.h>
#include <stddef.h>

/* Where in a document a piece of text was found; the names rules use in `where`. */
enum flow_kind {
	FLOW_BODY = 0,
	FLOW_HEADER,
	FLOW_FOOTER,
	FLOW_FILENAME, /* the candidate's own path, the name of an entry or an attachment */
	FLOW_METADATA, /* properties, tags, settings */
	FLOW_COMMENT,  /* comments, annotations, notes of a speaker */
	FLOW_HIDDEN,   /* what a reader does not see: deleted, hidden, covered, left over */
	FLOW_MESSAGE,  /* a commit message */
	FLOW_KINDS
};
const char *flow_kind_name(enum flow_kind kind); /* "body", "filename", ...; people are shown its _() */

#endif
