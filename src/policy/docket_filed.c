/* docket_filed.c - which case has this number, which had this public path.
 *
 * What was filed since a docket was taken up is in its indexes; what was filed before is in shards that are asked for
 * like cases of the past: a name costs one shard, however many names there are. */
#include "base/buf.h"
#include "base/mem.h"
#include "docket_index.h"
#include "docket_past.h"

#include <stdint.h>
#include <stdlib.h>

enum { SHARD_NAMES = 256 }; /* in one shard, on average */

/* NULL: it cannot be had, and the docket is not whole. */
static const struct past_part *shard_at(struct docket_past *past, enum filed filed, size_t number)
{
	struct past_part *shard = &past->shards[filed][number];
	const size_t before = past_case_parts(past->count) + (filed == FILED_PATHS ? past->shard_counts[FILED_IDS] : 0);

	for (unsigned tried = 0; shard->bytes == NULL; tried++) {
		shard->bytes = past_bytes(past, before + number, tried, &shard->len);
		if (shard->bytes == NULL)
			return NULL;
		if (!docket_shard_is_sound(shard->bytes, shard->len, past->count)) {
			free(shard->bytes);
			shard->bytes = NULL;
		}
	}
	return shard;
}

static const struct docket_index *index_of(const struct docket *docket, enum filed filed)
{
	return filed == FILED_IDS ? docket->by_id : docket->by_path;
}

/* *cursor runs through the shard, and then through the index. */
size_t filed_next(const struct docket *docket, enum filed filed, const char *name, size_t *cursor)
{
	struct docket_past *past = docket->past;
	const struct past_part *shard = NULL;
	size_t of_shard = 0, behind, at;

	if (past != NULL && past->shard_counts[filed] > 0) {
		shard = shard_at(past, filed, docket_shard_of(name, past->shard_counts[filed]));
		if (shard == NULL)
			return SIZE_MAX;
		at = docket_shard_next(shard->bytes, shard->len, name, cursor);
		if (at != SIZE_MAX)
			return at;
		of_shard = shard->len;
	}
	behind = *cursor - of_shard;
	at = docket_index_next(index_of(docket, filed), name, &behind);
	*cursor = of_shard + behind;
	return at;
}

/* What was filed before, and what since. */
static struct docket_index *whole_index(const struct docket *docket, enum filed filed)
{
	struct docket_past *past = docket->past;
	struct docket_index *whole = NULL;
	struct buf since = {0};

	for (size_t i = 0; past != NULL && i < past->shard_counts[filed]; i++) {
		const struct past_part *shard = shard_at(past, filed, i);

		if (shard != NULL)
			docket_index_join(&whole, shard->bytes, shard->len);
	}
	docket_index_split(index_of(docket, filed), &since, 1);
	docket_index_join(&whole, since.data, since.len);
	buf_release(&since);
	return whole;
}

size_t filed_freeze(const struct docket *docket, enum filed filed, struct docket_image *out)
{
	struct docket_index *whole = whole_index(docket, filed);
	const size_t count = (docket_index_count(whole) + SHARD_NAMES - 1) / SHARD_NAMES;
	struct buf *shards = mem_alloc(count, sizeof(*shards));

	docket_index_split(whole, shards, count);
	for (size_t i = 0; i < count; i++) {
		buf_add(&out->parts, shards[i].data, shards[i].len);
		docket_image_part_ends(out);
		buf_release(&shards[i]);
	}
	free(shards);
	docket_index_free(whole);
	return count;
}
