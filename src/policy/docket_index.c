/* docket_index.c - finding a case among ten thousand.
 *
 * Open addressing, linear probing, never more than half full, nothing is ever taken out.  Names come
 * from signed entries, but whoever may submit chooses them, so the hash is keyed by nothing and the
 * worst that a choice can do is the linear search this replaced. */
#include "docket_index.h"

#include "base/buf.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct slot {
	uint32_t hash, number; /* number + 1; 0: free */
};

struct docket_index {
	struct slot *slots;
	size_t size, count; /* size is a power of two */
};

enum { SMALLEST = 64 };

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

/* Where to begin, so that a run that wraps around keeps its order: at a free slot. */
static size_t beginning(const struct docket_index *index)
{
	size_t first = 0;

	while (first < index->size && index->slots[first].number != 0)
		first++;
	return first;
}

static const struct slot *slot_behind(const struct docket_index *index, size_t first, size_t i)
{
	return &index->slots[(first + i) & (index->size - 1)];
}

static void grow(struct docket_index *index)
{
	const struct docket_index old = *index;
	const size_t first = beginning(&old);

	index->size = old.size > 0 ? old.size * 2 : SMALLEST;
	index->slots = mem_alloc(index->size, sizeof(*index->slots));
	index->count = 0;
	for (size_t i = 0; i < old.size; i++) {
		const struct slot *slot = slot_behind(&old, first, i);

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

static void file(struct docket_index **index, uint32_t hash, uint32_t number)
{
	if (*index == NULL)
		*index = mem_alloc(1, sizeof(**index));
	if ((*index)->count * 2 >= (*index)->size)
		grow(*index);
	put(*index, hash, number);
}

void docket_index_add(struct docket_index **index, const char *name, size_t number)
{
	file(index, hash_of(name), (uint32_t)number + 1);
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

size_t docket_index_count(const struct docket_index *index)
{
	return index != NULL ? index->count : 0;
}

void docket_index_split(const struct docket_index *index, struct buf *shards, size_t count)
{
	const size_t size = index != NULL ? index->size : 0, first = index != NULL ? beginning(index) : 0;

	for (size_t i = 0; i < size; i++) {
		const struct slot *slot = slot_behind(index, first, i);

		if (slot->number != 0)
			buf_add(&shards[slot->hash % count], slot, sizeof(*slot));
	}
}

static struct slot slot_in(const char *shard, size_t i)
{
	struct slot slot;

	memcpy(&slot, shard + i * sizeof(slot), sizeof(slot));
	return slot;
}

void docket_index_join(struct docket_index **index, const char *shard, size_t len)
{
	for (size_t i = 0; i < len / sizeof(struct slot); i++) {
		const struct slot slot = slot_in(shard, i);

		file(index, slot.hash, slot.number);
	}
}

size_t docket_shard_of(const char *name, size_t count)
{
	return hash_of(name) % count;
}

bool docket_shard_is_sound(const char *shard, size_t len, size_t below)
{
	bool sound = len % sizeof(struct slot) == 0;

	for (size_t i = 0; sound && i < len / sizeof(struct slot); i++)
		sound = slot_in(shard, i).number > 0 && slot_in(shard, i).number <= below;
	return sound;
}

size_t docket_shard_next(const char *shard, size_t len, const char *name, size_t *cursor)
{
	const uint32_t hash = hash_of(name);

	while (*cursor < len) {
		const struct slot slot = slot_in(shard, *cursor / sizeof(slot));

		*cursor += sizeof(slot);
		if (slot.hash == hash)
			return slot.number - 1;
	}
	return SIZE_MAX;
}
