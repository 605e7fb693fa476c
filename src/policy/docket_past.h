#ifndef POLICY_DOCKET_PAST_H
#define POLICY_DOCKET_PAST_H

#include "docket_inside.h"
#include "policy/docket_image.h"

/* So many cases lie together: the fewer, the less is read for one; the more, the fewer places to remember. */
enum { PART_CASES = 16 };

struct past_part {
	char *bytes; /* NULL: not asked for yet */
	size_t len;
	struct review_case *cases; /* in the bytes, if it is one of cases */
};

/* What a docket is searched by: cases by their number, by public paths they ever had. */
enum filed { FILED_IDS, FILED_PATHS, FILED_KINDS };

/* Where the first cases of a docket come from. */
struct docket_past {
	struct docket_keeper keeper;
	size_t count;          /* of cases */
	unsigned char *closed; /* of each; holds as long as nobody asked for it */
	struct past_part *parts;
	struct past_part *shards[FILED_KINDS]; /* of each index (docket_index.h); parts as well, behind those of the cases */
	size_t shard_counts[FILED_KINDS];
	struct err lost; /* why a part could not be had */
};

enum { SHARDS_MOST = 1 << 20 };

/* The docket has no cases before; then it has `count`, all of them past.  At most SHARDS_MOST shards of each. */
void past_begin(struct docket *docket, const struct docket_keeper *keeper, const unsigned char *closed, size_t count,
                const size_t shard_counts[FILED_KINDS]);
void past_end(struct docket_past *past); /* NULL allowed */

/* A part that was never asked for, and has not become longer, is as it was: appended to `out`.  False: it has to be made.
 * Where it cannot be had nothing is appended, and the docket is not whole. */
bool past_copy_part(const struct docket *docket, size_t number, struct buf *out);

size_t past_count(const struct docket *docket);  /* so many cases are past */
size_t past_case_parts(size_t cases);            /* how many parts `cases` make */

/* The bytes of part `number`, from malloc; `tried` as docket_keeper.part() has it.  NULL: the docket is not whole. */
char *past_bytes(struct docket_past *past, size_t number, unsigned tried, size_t *len);

/* docket_filed.c: the number of each case that may be filed under `name`, in the order of filing: start with *cursor 0;
 * SIZE_MAX is the end. */
size_t filed_next(const struct docket *docket, enum filed filed, const char *name, size_t *cursor);

/* Append the shards of an index as it is now, each a part; gives their number. */
size_t filed_freeze(const struct docket *docket, enum filed filed, struct docket_image *out);

/* docket_image.c: what was appended to the parts is one. */
void docket_image_part_ends(struct docket_image *image);

/* docket_image.c: the `count` cases of a part, which they go on pointing into. */
bool docket_part_settle(char *bytes, size_t len, size_t count, struct review_case **cases);
struct review_case *docket_case_copy(const struct review_case *c); /* all of it the heap's */

#endif
