/* docket_index.c - finding a case among ten thousand.
 *
 * Open addressing, linear probing, never more than half full, nothing is ever taken out.  Names come
 * from signed entries, but whoever may submit chooses them, so the hash is keyed by nothing and the
 * worst that a choice can do is the linear search this replaced. */
#include "docket_index.h"

#include "base/mem.h"
#include "image.h"

#include <stdlib.h>

struct slot {
	uint32_t hash, number; /* number + 1; 0: free */
};

struct docket_index {
	struct slot *slots;
	size_t size, count; /* size is a power of two */
};

enum { SMALLEST = 64 };

static const struct shape one_slot = {sizeof(struct slot), NULL, 0};
static const struct piece pieces[] = {
	{PIECE_ARRAY, offsetof(struct docket_index, slots), offsetof(struct docket_index, size), &one_slot}};
const struct shape docket_index_shape = {sizeof(struct docket_index), pieces, 1};

/* FNV-1a, and what is high mixed into what is low. */
static uint32_t hash_of(const char *name)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (; *name != '\0'; name++)
		hash = (hash ^ (unsigned char)*name) * 0x100000001b3u;
	return (uint32_t)(hash ^ hash >> 32);
}

static void put(struct docket_index *index, uint32_t hash, uint32_t number)
{
	size_t at = hash & (index->size - 1);

	while (index->slots[at].number != 0)
		at = (at + 1) & (index->size - 1);
	index->slots[at] = (struct slot){.hash = hash, .number = number};
	index->count++;
}

/* Begins behind a free slot, so that a run that wraps around keeps its order. */
static void grow(struct docket_index *index)
{
	const struct docket_index old = *index;
	size_t first = 0;

	index->size = old.size > 0 ? old.size * 2 : SMALLEST;
	index->slots = mem_alloc(index->size, sizeof(*index->slots));
	index->count = 0;
	while (first < old.size && old.slots[first].number != 0)
		first++;
	for (size_t i = 0; i < old.size; i++) {
		const struct slot *slot = &old.slots[(first + i) & (old.size - 1)];

		if (slot->number != 0)
			put(index, slot->hash, slot->number);
	}
	free(old.slots);
}

void docket_index_free(struct docket_index *index)
{
	if (index != NULL)
		free(index->slots);
	free(index);
}

void docket_index_add(struct docket_index **index, const char *name, size_t number)
{
	if (*index == NULL)
		*index = mem_alloc(1, sizeof(**index));
	if ((*index)->count * 2 >= (*index)->size)
		grow(*index);
	put(*index, hash_of(name), (uint32_t)number + 1);
}

size_t docket_index_next(const struct docket_index *index, const char *name, size_t *cursor)
{
	const uint32_t hash = hash_of(name);

	if (index == NULL)
		return SIZE_MAX;
	for (;; ++*cursor) {
		const struct slot *slot = &index->slots[(hash + *cursor) & (index->size - 1)];

		if (slot->number == 0)
			return SIZE_MAX;
		if (slot->hash == hash) {
			++*cursor;
			return slot->number - 1;
		}
	}
}
