#ifndef CLI_PUSHED_TEXT_H
#define CLI_PUSHED_TEXT_H

#include <stddef.h>

struct buf;
struct object_id;
struct scan;
struct session;

/* Scan text that is pushed beside files, as a message is; what is found or undecided is added to `out` under `name`. */
void pushed_text_scan(struct session *s, const char *name, const char *text, size_t len, struct scan *out);

/* The same of a commit: its message, also in each charset that it says it is in, and what stands in front of it, but for
 * the names of its tree and parents. */
void pushed_commit_scan(struct session *s, const struct object_id *commit, const struct buf *raw, struct scan *out);

#endif
