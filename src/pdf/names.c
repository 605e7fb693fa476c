/* names.c - names are text too: layers of colour, fonts, private keys, properties somebody invented.
 * Those of the standard are left out, the rest is told once each. */
#include "walk.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "reader/reader.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_MOST = 1024 * 1024, SHORT = 2 };

/* Names nearly every file has, sorted (strcmp). */
static const char *const standard[] = {
#include "standard_names.inc"
};

static int compare(const void *key, const void *item)
{
	return strcmp(key, *(const char *const *)item);
}

static uint32_t hash(const char *text)
{
	uint32_t h = 2166136261u;

	for (; *text != '\0'; text++)
		h = (h ^ (unsigned char)*text) * 16777619u;
	return h;
}

static size_t slot_of(char *const *names, size_t room, const char *name)
{
	size_t at = hash(name) & (room - 1);

	while (names[at] != NULL && strcmp(names[at], name) != 0)
		at = (at + 1) & (room - 1);
	return at;
}

static void grow(struct walk *walk)
{
	const size_t room = walk->name_room > 0 ? walk->name_room * 2 : 256;
	char **names = mem_alloc(room, sizeof(*names));

	for (size_t i = 0; i < walk->name_room; i++)
		if (walk->names[i] != NULL)
			names[slot_of(names, room, walk->names[i])] = walk->names[i];
	free(walk->names);
	walk->names = names;
	walk->name_room = room;
}

void names_add(struct walk *walk, const char *name)
{
	size_t slot;

	if (name[0] != '/' || strlen(name) <= SHORT || walk->name_count >= NAMES_MOST ||
	    bsearch(name + 1, standard, sizeof(standard) / sizeof(standard[0]), sizeof(standard[0]), compare) != NULL)
		return;
	if (walk->name_count * 2 >= walk->name_room)
		grow(walk);
	slot = slot_of(walk->names, walk->name_room, name);
	if (walk->names[slot] != NULL)
		return;
	walk->names[slot] = mem_copy_string(name);
	walk->name_count++;
	if (!utf8_valid(name + 1, strlen(name + 1), NULL)) {
		string_tell(walk->pdf, FLOW_METADATA, "names", name + 1, strlen(name + 1));
		return;
	}
	buf_add_string(&walk->name_lines, name + 1);
	buf_add_byte(&walk->name_lines, '\n');
}

void names_tell(struct walk *walk)
{
	if (walk->name_lines.len > 0)
		reader_text(walk->pdf->reader, FLOW_METADATA, "names", walk->name_lines.data, walk->name_lines.len);
}
