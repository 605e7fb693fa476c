/* values.c - which attribute values were told already.
 *
 * The hash is keyed by where the process happens to stand in memory, so that nobody can write a value
 * that hides behind another one of the same hash. */
#include "values.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 1024 };

static uint64_t mix(uint64_t h)
{
	h = (h ^ h >> 32) * 0xD6E8FEB86659FD93U;
	h = (h ^ h >> 29) * 0x9E3779B97F4A7C15U;
	return h ^ h >> 32;
}

static uint64_t hash_of(uint64_t key, const char *text, size_t len)
{
	uint64_t h = mix(key + len), word;

	for (; len >= 8; text += 8, len -= 8) {
		memcpy(&word, text, 8);
		h = mix(h ^ word) + word;
	}
	word = 0;
	memcpy(&word, text, len);
	h = mix(h ^ word) + (word << 1);
	return h != 0 ? h : 1;
}

static void place(uint64_t *seen, size_t room, uint64_t hash)
{
	size_t at = (size_t)hash & (room - 1);

	while (seen[at] != 0)
		at = (at + 1) & (room - 1);
	seen[at] = hash;
}

static void grow(struct values *values)
{
	const size_t room = values->room > 0 ? values->room * 2 : FIRST_ROOM;
	uint64_t *seen = mem_alloc(room, sizeof(*seen));

	for (size_t i = 0; i < values->room; i++)
		if (values->seen[i] != 0)
			place(seen, room, values->seen[i]);
	free(values->seen);
	values->seen = seen;
	values->room = room;
}

bool values_add(struct values *values, const char *text, size_t len)
{
	uint64_t hash;

	if (values->room == 0)
		values->key = (uint64_t)(uintptr_t)values;
	if (values->count * 2 >= values->room)
		grow(values);
	hash = hash_of(values->key, text, len);
	for (size_t at = (size_t)hash & (values->room - 1); values->seen[at] != 0; at = (at + 1) & (values->room - 1))
		if (values->seen[at] == hash)
			return false;
	place(values->seen, values->room, hash);
	values->count++;
	return true;
}

bool values_has(const struct values *values, const char *text, size_t len)
{
	const uint64_t hash = hash_of(values->key, text, len);

	if (values->room == 0)
		return false;
	for (size_t at = (size_t)hash & (values->room - 1); values->seen[at] != 0; at = (at + 1) & (values->room - 1))
		if (values->seen[at] == hash)
			return true;
	return false;
}

bool values_matter(const char *text, size_t len)
{
	if (len == 0 || (len == 8 && strspn(text, "0123456789ABCDEFabcdef") >= 8))
		return false;
	return len > 6 || strspn(text, "0123456789.-%") < len;
}

bool values_is_space(const char *text, size_t len)
{
	size_t at = 0;

	while (at < len && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t'))
		at++;
	return at == len;
}

void values_release(struct values *values)
{
	free(values->seen);
	*values = (struct values){0};
}
