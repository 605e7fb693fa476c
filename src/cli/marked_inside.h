#ifndef CLI_MARKED_INSIDE_H
#define CLI_MARKED_INSIDE_H

#include "marked.h"

/* Is this flow one that a person reads? */
bool marked_shows(const struct marked *m, size_t flow);

/* Adds to what is hidden of each flow what a rule found across two of them. */
struct scanner;
void marked_hide_across(struct marked *m, struct scanner *scanner);

/* Bytes [from, to) of a flow with their marks, on one line. */
void marked_add_line(const struct marked *m, size_t flow, size_t from, size_t to, const struct marked_view *view, struct buf *out);

#endif
