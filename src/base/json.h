#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stddef.h>

struct buf;

/* A JSON string (RFC 8259) with its quotes.  Bytes that are not UTF-8 become U+FFFD; so the output
 * is JSON whatever the input is. */
void json_string(struct buf *out, const char *text, size_t len);
void json_text(struct buf *out, const char *text); /* NULL gives null */

#endif
