#ifndef CLI_CASE_TEXT_H
#define CLI_CASE_TEXT_H

#include <stdbool.h>

struct review_case;
struct scan;
struct session;

/* A case as it is read before deciding, at a terminal a screen at a time: case_view_print(), the text of
 * each document with findings marked where they stand, what changed since the round before, and
 * case_view_verdict().  `scan` NULL: the documents are not here, and no text is shown. */
void case_show(struct session *s, const struct review_case *c, const struct scan *scan, bool reveal);

#endif
