/* directory.c - the entries, and the tree of them.
 *
 * Each storage has its entries in a binary tree of its own ([MS-CFB] 2.6).  Trees are walked once, with every
 * entry placed at most once; what no tree reaches is unlisted, but there. */
#include "compound_inside.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

enum {
	AT_NAME_LEN = ENTRY_NAME_LEN,
	AT_TYPE = 66,
	AT_LEFT = 68,
	AT_RIGHT = 72,
	AT_CHILD = 76,
	AT_CLSID = 80,
	AT_START = 116,
	AT_LEN = 120,
	TYPE_UNUSED = 0,
	TYPE_STORAGE = 1,
	TYPE_ROOT = 5,
	PATH_MOST = 1000,
};

/* Which directory slot is which entry, and the entries whose trees are still to be walked. */
struct walk {
	struct compound *compound;
	uint32_t *index_of_slot;
	size_t slot_count;
	bool *placed;
	uint32_t *todo;
	size_t todo_count;
};

static char *name_of(struct compound *compound, struct span slot)
{
	size_t units = span16(slot, AT_NAME_LEN) / 2;
	struct buf name = {0};
	char bytes[4];

	units = units > 32 ? 32 : units;
	for (size_t i = 0; i < units && span16(slot, i * 2) != 0; i++) {
		uint32_t c = span16(slot, i * 2);
		const uint32_t low = i + 1 < units ? span16(slot, i * 2 + 2) : 0;

		if (c >= 0xD800 && c < 0xDC00 && low >= 0xDC00 && low < 0xE000) {
			c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
			i++;
		} else if (c >= 0xD800 && c < 0xE000) {
			compound_damaged(compound, "a name with characters that do not exist");
			c = 0xFFFD;
		}
		buf_add(&name, bytes, utf8_encode(c, bytes));
	}
	leftover_add(compound, span_cut(slot, units * 2, AT_NAME_LEN - units * 2));
	return buf_take(&name);
}

static void add_entry(struct compound *compound, struct span slot)
{
	const size_t index = compound->count;
	struct compound_entry *entry;

	compound->entries = mem_grow(compound->entries, index, sizeof(*compound->entries));
	compound->slots = mem_grow(compound->slots, index, sizeof(*compound->slots));
	entry = &compound->entries[compound->count++];
	entry->name = name_of(compound, slot);
	entry->storage = index == COMPOUND_ROOT || span8(slot, AT_TYPE) == TYPE_STORAGE;
	entry->unlisted = index != COMPOUND_ROOT;
	memcpy(entry->clsid, slot.bytes + AT_CLSID, sizeof(entry->clsid));
	entry->len = entry->storage && index != COMPOUND_ROOT ? 0 : span64(slot, AT_LEN);
	if (compound->big.size == HEADER_LEN)
		entry->len &= UINT32_MAX; /* above it older programs leave anything */
	compound->slots[index] = (struct directory_slot){span32(slot, AT_LEFT), span32(slot, AT_RIGHT), span32(slot, AT_CHILD),
	                                                 span32(slot, AT_START), entry->len < SMALL_BELOW};
}

/* Every slot in use, whether a tree has it or not; slot 0 is the root. */
static bool take_slots(struct walk *walk, struct span bytes)
{
	struct compound *compound = walk->compound;

	walk->slot_count = bytes.len / ENTRY_LEN;
	walk->index_of_slot = mem_alloc(walk->slot_count + 1, sizeof(*walk->index_of_slot));
	for (size_t i = 0; i < walk->slot_count; i++) {
		const struct span slot = span_cut(bytes, i * ENTRY_LEN, ENTRY_LEN);

		walk->index_of_slot[i] = ENTRY_NONE;
		if (span8(slot, AT_TYPE) == TYPE_UNUSED) {
			leftover_add(compound, span_cut(slot, 0, AT_LEFT));
			leftover_add(compound, span_from(slot, AT_CLSID));
			continue;
		}
		if (!reader_may_enter(compound->reader))
			break;
		walk->index_of_slot[i] = (uint32_t)compound->count;
		add_entry(compound, slot);
	}
	if (walk->slot_count == 0 || walk->index_of_slot[0] != COMPOUND_ROOT || span8(bytes, AT_TYPE) != TYPE_ROOT) {
		reader_undecided(compound->reader, "damaged: no root storage");
		return false;
	}
	return true;
}

/* A control character as a number in brackets, so that it can be seen. */
static char *path_of(const struct compound *compound, const struct compound_entry *entry)
{
	const char *parent = compound->entries[entry->parent].path;
	struct buf path = {0};

	buf_add_string(&path, strlen(parent) < PATH_MOST ? parent : "...");
	if (path.len > 0)
		buf_add_byte(&path, '/');
	for (const char *at = entry->name; *at != '\0'; at++) {
		if ((unsigned char)*at < 0x20)
			buf_addf(&path, "[%d]", *at);
		else
			buf_add_byte(&path, *at);
	}
	return buf_take(&path);
}

/* Place one entry, once. */
static void visit(struct walk *walk, uint32_t slot, size_t storage)
{
	const uint32_t index = slot < walk->slot_count ? walk->index_of_slot[slot] : ENTRY_NONE;

	if (slot == ENTRY_NONE)
		return;
	if (index == ENTRY_NONE || walk->placed[index]) {
		compound_damaged(walk->compound, "the directory leads to no entry, or twice to one");
		return;
	}
	walk->placed[index] = true;
	walk->compound->entries[index].parent = storage;
	walk->todo[walk->todo_count++] = index;
}

/* From the root down: an entry is placed before what is beside and below it. */
static void walk_trees(struct walk *walk)
{
	struct compound *compound = walk->compound;

	walk->placed[COMPOUND_ROOT] = true;
	visit(walk, compound->slots[COMPOUND_ROOT].child, COMPOUND_ROOT);
	while (walk->todo_count > 0) {
		const uint32_t index = walk->todo[--walk->todo_count];
		struct compound_entry *entry = &compound->entries[index];

		entry->unlisted = false;
		entry->path = path_of(compound, entry);
		visit(walk, compound->slots[index].left, entry->parent);
		visit(walk, compound->slots[index].right, entry->parent);
		if (entry->storage)
			visit(walk, compound->slots[index].child, index);
	}
}

static void name_unlisted(struct compound *compound)
{
	for (size_t i = 1; i < compound->count; i++) {
		struct compound_entry *entry = &compound->entries[i];

		if (!entry->unlisted)
			continue;
		entry->path = path_of(compound, entry);
		reader_observe(compound->reader, OBSERVED_UNLISTED_DATA, "%s, which no storage lists", entry->path);
	}
}

/* From here on each length is what there is. */
static void claim_streams(struct compound *compound)
{
	for (size_t i = 1; i < compound->count; i++) {
		struct compound_entry *entry = &compound->entries[i];
		struct sectors *sectors = compound->slots[i].small ? &compound->mini : &compound->big;
		uint64_t have;

		if (entry->storage || entry->len == 0)
			continue;
		have = sectors_claim(compound, sectors, compound->slots[i].start, entry->len);
		if (have < entry->len)
			reader_undecided(compound->reader, "damaged: %s ends early", entry->path);
		entry->len = have;
	}
}

bool directory_open(struct compound *compound)
{
	struct walk walk = {.compound = compound};
	struct buf bytes = {0};
	const uint64_t len = sectors_claim(compound, &compound->big, compound->directory_start, UINT64_MAX);
	bool ok = false;

	if (!reader_may_unpack(compound->reader, (size_t)len, (size_t)len))
		return false;
	sectors_copy(&compound->big, compound->directory_start, len, &bytes);
	if (take_slots(&walk, (struct span){(unsigned char *)bytes.data, bytes.len})) {
		walk.placed = mem_alloc(compound->count, sizeof(*walk.placed));
		walk.todo = mem_alloc(compound->count, sizeof(*walk.todo));
		compound->entries[COMPOUND_ROOT].path = mem_copy_string("");
		walk_trees(&walk);
		name_unlisted(compound);
		sectors_open_mini(compound, compound->slots[COMPOUND_ROOT].start, compound->entries[COMPOUND_ROOT].len);
		claim_streams(compound);
		ok = true;
	}
	free(walk.index_of_slot);
	free(walk.placed);
	free(walk.todo);
	buf_release(&bytes);
	return ok;
}
