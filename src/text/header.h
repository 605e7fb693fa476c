#ifndef TEXT_HEADER_H
#define TEXT_HEADER_H

#include <stddef.h>

struct buf;

/* A header or footer of a sheet is text with codes between: &B, &14, &"Arial,Bold", &KFF0000, &L.  Adds to `out` what is
 * printed of each of its parts that no one piece of `text` shows whole, a line each; often nothing.
 * (ECMA-376 part 1, 18.3.1.46; [MS-XLS] 2.5.60.) */
void header_add_printed(const char *text, size_t len, struct buf *out);

#endif
