#ifndef BINARY_COVER_H
#define BINARY_COVER_H

#include "base/little.h"

#include <stdbool.h>

struct reader;

/* Which bytes of a stream somebody has read, so that the strings of all others can be told.  Start with
 * cover_new(), end with cover_tell(), which frees. */
struct cover;
struct cover *cover_new(struct span bytes); /* borrowed */
void cover_add(struct cover *cover, size_t from, size_t len); /* what is beyond the stream is left out */

bool cover_has(const struct cover *cover, size_t at);
size_t cover_missing(const struct cover *cover, size_t from, size_t to); /* bytes that are not, nor zero */

/* The rest, as hidden text at `place`, in its order.  Returns how many bytes of it are not zero. */
size_t cover_tell(struct cover *cover, struct reader *reader, const char *place);

#endif
