/* leftover.c - what is in the file and in nothing the file lists.
 *
 * Programs that save into old files leave what was deleted in free sectors and behind the ends of streams;
 * somebody who wants to carry text out puts it there.  No program shows it, so it is told as hidden text. */
#include "compound_inside.h"

#include "binary/put.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

static bool is_blank(struct span bytes)
{
	const unsigned char first = (unsigned char)span8(bytes, 0);

	return bytes.len == 0 || ((first == 0 || first == 0xFF) && memcmp(bytes.bytes, bytes.bytes + 1, bytes.len - 1) == 0);
}

void leftover_add(struct compound *compound, struct span bytes)
{
	if (is_blank(bytes))
		return;
	buf_add(&compound->slack, bytes.bytes, bytes.len);
	buf_add(&compound->slack, "\0\0\0", 4); /* no text runs from one piece into the next */
}

/* A directory that was moved elsewhere, and has no name in it that the new one has not. */
static bool is_old_directory(const struct compound *compound, struct span bytes)
{
	for (size_t at = 0; at < bytes.len; at += ENTRY_LEN) {
		const struct span slot = span_cut(bytes, at, ENTRY_LEN);
		char *name = utf16_text(span_cut(slot, 0, ENTRY_NAME_LEN));
		bool known = is_blank(span_cut(slot, 0, ENTRY_NAME_LEN));

		for (size_t i = 0; i < compound->count && !known; i++)
			known = strcmp(compound->entries[i].name, name) == 0;
		free(name);
		if (!known)
			return false;
	}
	return true;
}

/* Bytes that no text can be found in are noted only. */
static void tell(struct compound *compound, enum observation what, const char *place, struct span bytes)
{
	const struct part part = {"", bytes.bytes, bytes.len};

	if (is_blank(bytes))
		return;
	if (reader_binary(compound->reader, place, &part) == 0 || is_old_directory(compound, bytes))
		what = OBSERVED_BINARY_DATA;
	reader_observe(compound->reader, what, "%zu bytes %s", bytes.len, place);
}

static void tell_sectors(struct compound *compound, const struct sectors *sectors, const char *place)
{
	for (size_t at = 0, end = 0; at < sectors->count; at = end + 1) {
		for (; at < sectors->count && sectors->claimed[at]; at++)
			;
		for (end = at; end < sectors->count && !sectors->claimed[end]; end++)
			;
		if (at < sectors->count)
			tell(compound, end < sectors->count || sectors == &compound->mini ? OBSERVED_UNLISTED_DATA : OBSERVED_APPENDED_DATA,
			     end < sectors->count || sectors == &compound->mini ? place : "behind the last thing in the file",
			     span_cut(sectors->bytes, at * sectors->size, (end - at) * sectors->size));
	}
}

void leftover_tell(struct compound *compound)
{
	tell_sectors(compound, &compound->big, "in sectors nothing lists");
	tell_sectors(compound, &compound->mini, "in small sectors nothing lists");
	tell(compound, OBSERVED_UNLISTED_DATA, "behind the ends of streams",
	     (struct span){(unsigned char *)compound->slack.data, compound->slack.len});
}
