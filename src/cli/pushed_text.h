#ifndef CLI_PUSHED_TEXT_H
#define CLI_PUSHED_TEXT_H

#include <stddef.h>

struct object_id;
struct scan;
struct session;

/* Scan text that is pushed beside files, as a message is; what is found or undecided is added to `out` under `name`. */
void pushed_text_scan(struct session *s, const char *name, const char *text, size_t len, struct scan *out);

/* The same of what stands in a commit in front of its message, but for the names of its tree and parents. */
void pushed_header_scan(struct session *s, const struct object_id *commit, const char *header, size_t len, struct scan *out);

#endif
