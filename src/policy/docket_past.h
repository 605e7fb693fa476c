#ifndef POLICY_DOCKET_PAST_H
#define POLICY_DOCKET_PAST_H

#include "docket_inside.h"
#include "policy/docket_image.h"

/* So many cases lie together: the fewer, the less is read for one; the more, the fewer places to remember. */
enum { PART_CASES = 16 };

struct past_part {
	char *bytes; /* NULL: not asked for yet */
	size_t len;
};

/* Where the first cases of a docket come from. */
struct docket_past {
	struct docket_keeper keeper;
	size_t count;          /* of cases */
	unsigned char *closed; /* of each; holds as long as nobody asked for it */
	struct past_part *parts;
	struct err lost; /* why a part could not be had */
};

/* The docket has no cases before; then it has `count`, all of them past. */
void past_begin(struct docket *docket, const struct docket_keeper *keeper, const unsigned char *closed, size_t count);
void past_end(struct docket_past *past); /* NULL allowed */

/* A part that was never asked for, and has not become longer, is as it was: appended to `out`.  False: it has to be made.
 * Where it cannot be had nothing is appended, and the docket is not whole. */
bool past_copy_part(const struct docket *docket, size_t number, struct buf *out);

/* docket_image.c: the `count` cases of a part, which they go on pointing into. */
bool docket_part_settle(char *bytes, size_t len, size_t count, const struct review_case **cases);
struct review_case *docket_case_copy(const struct review_case *c); /* all of it the heap's */

#endif
