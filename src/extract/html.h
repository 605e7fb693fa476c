#ifndef EXTRACT_HTML_H
#define EXTRACT_HTML_H

#include <stddef.h>
#include <stdint.h>

struct buf;

/* HTML as a reader sees it: tags removed (a block tag ends a line), entities decoded, and after the first
 * byte whose offset is `len` attribute values, on lines of their own; and where something is said to be
 * hidden in the midst of text, all text once more with that in its place.  `*origin` gets *out_len + 1 offsets
 * into `text`.  `hidden`: selectors of style sheets besides its own (unseen.h), or NULL.  Never fails: what looks like a
 * tag and is none stays text.  Both results are owned by the caller. */
char *html_text(const char *text, size_t len, const struct buf *hidden, size_t *out_len, uint32_t **origin);

#endif
