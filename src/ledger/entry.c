/* entry.c - asking an entry what it says. */
#include "ledger/entry.h"

#include "base/buf.h"
#include "base/mem.h"
#include "grammar.h"
#include "seal/key.h"

#include <stdlib.h>
#include <string.h>

void entry_release(struct entry *entry)
{
	for (size_t i = 0; entry->text == NULL && i < entry->line_count; i++)
		free(entry->lines[i].value);
	for (size_t i = 0; i < entry->body_count; i++) {
		free(entry->bodies[i].name);
		free(entry->bodies[i].bytes);
	}
	free(entry->lines);
	free(entry->bodies);
	free(entry->text != NULL ? entry->text : entry->person);
	public_key_free(entry->key);
	*entry = (struct entry){0};
}

const char *entry_get(const struct entry *entry, const char *key)
{
	for (size_t i = 0; i < entry->line_count; i++)
		if (strcmp(entry->lines[i].key, key) == 0)
			return entry->lines[i].value;
	return NULL;
}

struct digest entry_get_digest(const struct entry *entry, const char *key)
{
	const char *value = entry_get(entry, key);
	struct digest digest = {{0}};

	if (value != NULL && strlen(value) >= 64 && !digest_from_hex(&digest, value, 64))
		digest = (struct digest){{0}};
	return digest;
}

uint32_t entry_get_number(const struct entry *entry, const char *key)
{
	const char *value = entry_get(entry, key);

	return value != NULL ? (uint32_t)strtoul(value, NULL, 10) : 0;
}

const struct entry_body *entry_get_body(const struct entry *entry, const char *key)
{
	const struct digest digest = entry_get_digest(entry, key);

	for (size_t i = 0; i < entry->body_count; i++)
		if (digest_equal(&entry->bodies[i].digest, &digest))
			return &entry->bodies[i];
	return NULL;
}

void file_refs_release(struct file_refs *refs)
{
	for (size_t i = 0; i < refs->count; i++)
		free(refs->items[i].path);
	free(refs->items);
	*refs = (struct file_refs){0};
}

/* Kept sorted: each new one sinks to its place. */
void file_refs_add(struct file_refs *refs, const struct digest *digest, uint64_t size, unsigned mode, const char *path)
{
	size_t at = refs->count;

	refs->items = mem_grow(refs->items, refs->count, sizeof(*refs->items));
	for (; at > 0 && strcmp(refs->items[at - 1].path, path) > 0; at--)
		refs->items[at] = refs->items[at - 1];
	refs->items[at] = (struct file_ref){.digest = *digest, .size = size, .mode = mode, .path = mem_copy_string(path)};
	refs->count++;
}

bool file_refs_equal(const struct file_refs *a, const struct file_refs *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (!digest_equal(&a->items[i].digest, &b->items[i].digest) || a->items[i].size != b->items[i].size ||
		    a->items[i].mode != b->items[i].mode || strcmp(a->items[i].path, b->items[i].path) != 0)
			return false;
	return true;
}

void entry_files(const struct entry *entry, struct file_refs *out)
{
	for (size_t i = 0; i < entry->line_count; i++) {
		const char *value = entry->lines[i].value;
		struct digest digest;
		char *end = NULL;
		uint64_t size;
		unsigned long mode;

		if (strcmp(entry->lines[i].key, "file") != 0 || !digest_from_hex(&digest, value, 64))
			continue;
		size = strtoull(value + 65, &end, 10);
		mode = strtoul(end, &end, 8);
		file_refs_add(out, &digest, size, (unsigned)mode, end + 1);
	}
}

bool clearance_read(const char *value, struct clearance *out)
{
	struct clearance c = {0};
	const char *rest;

	if (strlen(value) < 68 || !digest_from_hex(&c.finding, value, 64) || value[64] != ' ')
		return false;
	rest = value + 65;
	if (rest[0] == '-' && rest[1] == ' ')
		rest += 2;
	else if (strlen(rest) > 65 && digest_from_hex(&c.evidence, rest, 64) && rest[64] == ' ')
		rest += 65;
	else
		return false;
	c.reason = mem_copy_string(rest);
	*out = c;
	return true;
}
