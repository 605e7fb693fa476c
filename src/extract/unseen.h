#ifndef EXTRACT_UNSEEN_H
#define EXTRACT_UNSEEN_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* Is `tag`, behind its `<`, of the element `name` (small letters)? */
bool tag_is(const char *tag, size_t len, const char *name);

/* What the style sheets in a page hide, by selectors of one class, one id or one element, added to `out`: " .a #b i ". */
void unseen_selectors(const char *text, size_t len, struct buf *out);

/* The same of one that is a file of its own. */
void unseen_sheet(const char *text, size_t len, struct buf *out);

/* Is what the tag from its `<` at `at` to its `>` at `end` opens not shown where it stands: a template, a note, an element
 * that says of itself that it is hidden or is one of `selectors`? */
bool unseen_tag(const char *text, size_t at, size_t end, const struct buf *selectors);

#endif
