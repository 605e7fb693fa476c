#ifndef POLICY_DOCKET_IMAGE_H
#define POLICY_DOCKET_IMAGE_H

#include "base/err.h"

#include <stddef.h>

struct buf;
struct docket;
struct review_case;

/* A docket put away and taken up again, so that a long ledger need not be replayed to be looked at.
 * This door judges nothing: an image is a memory, and whoever keeps it has to make sure that it is
 * the one he put away (cli/state_cache.c).  Read by the program that wrote it, or by none. */

/* Append the image; `docket` has a policy. */
void docket_freeze(const struct docket *docket, struct buf *out);

/* `image` (from malloc) is taken over, whatever comes of it: released with the docket, or at once. */
bool docket_thaw(char *image, size_t len, struct docket *out, struct err *err) MUST_CHECK;

/* Appended: a text that differs where another program would lay an image out differently. */
void docket_image_layout(struct buf *out);

#endif
