#ifndef BASE_HTML_H
#define BASE_HTML_H

#include <stddef.h>

struct buf;

/* Append `text` as HTML text or the value of a quoted attribute: what HTML would read is plain, and what
 * cannot be seen is visible (utf8_add_printable). */
void html_add(struct buf *out, const char *text);
void html_add_bytes(struct buf *out, const char *text, size_t len);

#endif
