#ifndef POLICY_DOCKET_INDEX_H
#define POLICY_DOCKET_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/* From a name to the numbers filed under it: which case has this id, which cases published under
 * this path.  It only narrows: whoever asks compares the name itself. */
struct docket_index;

void docket_index_free(struct docket_index *index); /* NULL allowed */

/* *index may be NULL, and is made then. */
void docket_index_add(struct docket_index **index, const char *name, size_t number);

/* Each number that may be filed under `name`, in the order of filing: start with *cursor 0; SIZE_MAX is the end. */
size_t docket_index_next(const struct docket_index *index, const char *name, size_t *cursor);

/* An index put away is in shards, of which one is read for one name. */
size_t docket_index_count(const struct docket_index *index); /* of numbers filed; NULL: 0 */

/* Append to each of `count` shards what belongs there. */
void docket_index_split(const struct docket_index *index, struct buf *shards, size_t count);

/* File what is in a sound shard. */
void docket_index_join(struct docket_index **index, const char *shard, size_t len);

size_t docket_shard_of(const char *name, size_t count); /* the shard `name` is in */

/* Is it one, and is every number in it below `below`? */
bool docket_shard_is_sound(const char *shard, size_t len, size_t below);

/* As docket_index_next(), in a sound shard, which `name` is in; at the end *cursor is `len`. */
size_t docket_shard_next(const char *shard, size_t len, const char *name, size_t *cursor);

#endif
