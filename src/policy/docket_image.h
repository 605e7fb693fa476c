#ifndef POLICY_DOCKET_IMAGE_H
#define POLICY_DOCKET_IMAGE_H

#include "base/buf.h"
#include "base/err.h"

#include <stddef.h>

struct docket;
struct review_case;

/* A docket put away and taken up again, so that a long ledger need not be replayed to be looked at.
 * This door judges nothing: an image is a memory, and whoever keeps it has to make sure that it is
 * the one he put away (cli/state_cache.c).  Read by the program that wrote it, or by none.
 *
 * Most of a docket is past: cases that nobody will ask for again.  So cases lie in parts of their own, some
 * together, and a part is asked for when one of its cases is; behind them, parts of the names by which cases are found.
 * The head has all else, and how many parts there are. */
struct docket_image {
	struct buf head, parts; /* parts: one behind the other */
	size_t *ends;           /* of each part */
	size_t part_count;
};
void docket_image_release(struct docket_image *image);

/* Whoever has the parts. */
struct docket_keeper {
	/* The bytes of one part, from malloc, as docket_freeze() gave them.  `tried`: so many answers before this
	 * one were no such part.  NULL: there is no better one, and `err` says why; the docket is not whole from then on
	 * (docket_is_whole()), and nothing more is asked for. */
	char *(*part)(void *context, size_t number, unsigned tried, size_t *len, struct err *err);
	void (*end)(void *context);
	void *context;
};

/* `docket` has a policy; *out is empty before, and worth something only if the docket is whole afterwards. */
void docket_freeze(const struct docket *docket, struct docket_image *out);

/* `head` (aligned as malloc does) is changed and not needed afterwards.  True: the keeper is the docket's, and is told to
 * end when that is released. */
bool docket_thaw(char *head, size_t len, const struct docket_keeper *keeper, struct docket *out, struct err *err) MUST_CHECK;

/* Appended: a text that differs where another program would lay an image out differently. */
void docket_image_layout(struct buf *out);

#endif
