#ifndef POLICY_DOCKET_INDEX_H
#define POLICY_DOCKET_INDEX_H

#include <stddef.h>
#include <stdint.h>

struct shape; /* image.h */

/* From a name to the numbers filed under it: which case has this id, which cases published under
 * this path.  It only narrows: whoever asks compares the name itself. */
struct docket_index;

extern const struct shape docket_index_shape;

void docket_index_free(struct docket_index *index); /* NULL allowed */

/* *index may be NULL, and is made then. */
void docket_index_add(struct docket_index **index, const char *name, size_t number);

/* Each number that may be filed under `name`, in the order of filing: start with *cursor 0; SIZE_MAX is the end. */
size_t docket_index_next(const struct docket_index *index, const char *name, size_t *cursor);

#endif
