/* compound.c - a compound file opened, and its streams given whole.
 *
 * The walk is our own because what libraries give is the files that are listed; what matters here is as much
 * what is not: free sectors, slack, entries no storage has. */
#include "compound_inside.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool compound_open(struct reader *reader, const void *bytes, size_t len, struct compound **out)
{
	struct compound *compound = mem_alloc(1, sizeof(*compound));

	compound->reader = reader;
	compound->file = (struct span){bytes, len};
	if (!sectors_open(compound) || !directory_open(compound)) {
		compound_free(compound);
		return false;
	}
	leftover_tell(compound);
	*out = compound;
	return true;
}

size_t compound_count(const struct compound *compound)
{
	return compound->count;
}

const struct compound_entry *compound_entry(const struct compound *compound, size_t index)
{
	return &compound->entries[index];
}

size_t compound_find(const struct compound *compound, size_t storage, const char *name)
{
	for (size_t i = 1; i < compound->count; i++) {
		const struct compound_entry *entry = &compound->entries[i];

		if (entry->parent == storage && !entry->unlisted && strcasecmp(entry->name, name) == 0)
			return i;
	}
	return compound->count;
}

bool compound_has(const struct compound *compound, size_t storage, const char *name)
{
	return compound_find(compound, storage, name) < compound->count;
}

bool compound_within(const struct compound *compound, size_t storage, size_t index)
{
	while (index != storage && index != COMPOUND_ROOT)
		index = compound->entries[index].parent;
	return index == storage;
}

bool compound_read(struct compound *compound, size_t index, char **out, size_t *len)
{
	struct compound_entry *entry = &compound->entries[index];
	const struct sectors *sectors = compound->slots[index].small ? &compound->mini : &compound->big;
	struct buf bytes = {0};

	if (entry->storage || !reader_may_unpack(compound->reader, (size_t)entry->len, (size_t)entry->len))
		return false;
	sectors_copy(sectors, compound->slots[index].start, entry->len, &bytes);
	entry->read = true;
	*len = bytes.len;
	*out = buf_take(&bytes);
	return true;
}

bool compound_read_named(struct compound *compound, size_t storage, const char *name, char **out, size_t *len)
{
	const size_t index = compound_find(compound, storage, name);

	return index < compound->count && compound_read(compound, index, out, len);
}

void compound_pass(struct compound *compound, size_t index)
{
	compound->entries[index].read = true;
}

void compound_free(struct compound *compound)
{
	if (compound == NULL)
		return;
	for (size_t i = 0; i < compound->count; i++) {
		free(compound->entries[i].name);
		free(compound->entries[i].path);
	}
	free(compound->entries);
	free(compound->slots);
	sectors_release(compound);
	buf_release(&compound->slack);
	free(compound);
}
