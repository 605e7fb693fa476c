/* named.c - what a message calls its own properties: the names of fields people made up are text, too. */
#include "named.h"

#include "outlook_inside.h"

#include "base/mem.h"
#include "compound/compound.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

enum { ENTRY = 8, NAMES_MOST = 0x7FFF };

static char *name_at(struct span strings, size_t at)
{
	return utf16_text(span_cut(strings, at + 4, span32(strings, at)));
}

static void add_entries(struct named *out, struct span entries, struct span strings)
{
	for (size_t at = 0; at + ENTRY <= entries.len && at / ENTRY < NAMES_MOST; at += ENTRY) {
		const uint32_t offset = span32(entries, at);
		const size_t index = span16(entries, at + 6);
		const bool string = (span16(entries, at + 4) & 1) != 0;

		while (out->count <= index && out->count < NAMES_MOST) {
			out->names = mem_grow(out->names, out->count, sizeof(*out->names));
			out->count++;
		}
		if (index >= out->count || out->names[index] != NULL)
			continue;
		out->names[index] = string ? name_at(strings, offset) : mem_format("0x%04X", (unsigned)offset);
	}
}

/* Also those no property has any more. */
static void tell_names(struct reader *reader, struct span strings)
{
	struct flow_out *flow = flow_open(reader, FLOW_METADATA, "names of properties");

	for (size_t at = 0, len; at + 4 <= strings.len; at += 4 + (len + 3) / 4 * 4) {
		char *name = name_at(strings, at);

		len = span32(strings, at);
		flow_put_string(flow, name);
		flow_break(flow);
		free(name);
	}
	flow_close(flow);
}

/* The streams that only say where in the others to look. */
static void pass_rest(struct compound *compound, size_t storage)
{
	for (size_t i = 1; i < compound_count(compound); i++)
		if (compound_entry(compound, i)->parent == storage && strncmp(compound_entry(compound, i)->name, "__substg1.0_1", 13) == 0)
			compound_pass(compound, i);
}

void named_read(struct reader *reader, struct compound *compound, size_t storage, struct named *out)
{
	const size_t names = compound_find(compound, storage, "__nameid_version1.0");
	char *guids = NULL, *entries = NULL, *strings = NULL;
	struct span guid_span = {0}, entry_span = {0}, string_span = {0};

	if (names == compound_count(compound))
		return;
	if (compound_read_named(compound, names, "__substg1.0_00020102", &guids, &guid_span.len))
		guid_span.bytes = (const unsigned char *)guids;
	if (compound_read_named(compound, names, "__substg1.0_00030102", &entries, &entry_span.len))
		entry_span.bytes = (const unsigned char *)entries;
	if (compound_read_named(compound, names, "__substg1.0_00040102", &strings, &string_span.len))
		string_span.bytes = (const unsigned char *)strings;
	outlook_strings(reader, "names of properties", guid_span);
	add_entries(out, entry_span, string_span);
	tell_names(reader, string_span);
	pass_rest(compound, names);
	free(guids);
	free(entries);
	free(strings);
}

const char *named_find(const struct named *named, unsigned id)
{
	return id >= ID_NAMED && id - ID_NAMED < named->count ? named->names[id - ID_NAMED] : NULL;
}

void named_release(struct named *named)
{
	for (size_t i = 0; i < named->count; i++)
		free(named->names[i]);
	free(named->names);
}
