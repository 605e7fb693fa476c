/* zip.c - the door of the room: entries, found by name or number, unpacked and checked.
 *
 * Programs disagree about damaged or crafted containers: some believe the directory at the end, some the
 * headers before each entry, some whatever they meet first.  So that nobody can see what was not read
 * here, both must agree and every byte must have an owner; what has none is read as well and told. */
#include "zip_inside.h"

#include "base/mem.h"
#include "reader/reader.h"
#include "zip/inflate.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

void zip_add(struct zip *zip, const struct record *record, bool unlisted)
{
	struct zip_entry *entry;
	size_t name_len;

	zip->entries = mem_grow(zip->entries, zip->count, sizeof(*zip->entries));
	zip->records = mem_grow(zip->records, zip->count, sizeof(*zip->records));
	zip->records[zip->count] = *record;
	entry = &zip->entries[zip->count++];
	entry->name = name_of(zip, record);
	entry->packed = record->packed;
	entry->unpacked = record->unpacked;
	entry->method = record->method;
	entry->encrypted = (record->flags & (FLAG_ENCRYPTED | FLAG_STRONG | FLAG_MASKED)) != 0;
	entry->unlisted = unlisted;
	name_len = strlen(entry->name);
	entry->folder = name_len > 0 && entry->name[name_len - 1] == '/' && entry->packed == 0 &&
	                entry->unpacked == 0;
}

/* qsort(3) has no context; names and indexes are sorted together. */
struct named {
	const char *name;
	size_t index;
};

static const char *without_root(const char *name)
{
	return name + strspn(name, "/");
}

static int by_name(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	const int order = strcmp(x->name, y->name);

	return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

/* Two entries of one name: which one is unpacked depends on the program. */
static void sort_names(struct zip *zip)
{
	struct named *named = mem_alloc(zip->count + 1, sizeof(*named));

	zip->by_name = mem_alloc(zip->count + 1, sizeof(*zip->by_name));
	for (size_t i = 0; i < zip->count; i++)
		named[i] = (struct named){without_root(zip->entries[i].name), i};
	qsort(named, zip->count, sizeof(*named), by_name);
	for (size_t i = 0; i < zip->count; i++) {
		zip->by_name[i] = named[i].index;
		if (i > 0 && strcmp(named[i - 1].name, named[i].name) == 0)
			reader_undecided(zip->reader, "two entries of one name: %s", named[i].name);
	}
	free(named);
}

bool zip_open(struct reader *reader, const void *bytes, size_t len, struct zip **out)
{
	struct zip *zip = mem_alloc(1, sizeof(*zip));

	zip->reader = reader;
	zip->bytes = bytes;
	zip->len = len;
	if (!directory_read(zip)) {
		zip_free(zip);
		return false;
	}
	for (size_t i = 0; i < zip->count; i++)
		local_check(zip, i);
	cover_check(zip);
	sort_names(zip);
	*out = zip;
	return true;
}

size_t zip_count(const struct zip *zip)
{
	return zip->count;
}

const struct zip_entry *zip_entry(const struct zip *zip, size_t index)
{
	return &zip->entries[index];
}

size_t zip_find(const struct zip *zip, const char *name)
{
	size_t low = 0, high = zip->count;

	name = without_root(name);
	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (strcmp(without_root(zip->entries[zip->by_name[middle]].name), name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == zip->count || strcmp(without_root(zip->entries[zip->by_name[low]].name), name) != 0)
		return zip->count;
	return zip->by_name[low];
}

static const char *method_name(unsigned method)
{
	static const struct {
		unsigned method;
		const char *name;
	} methods[] = {{1, ", shrink"}, {2, ", reduce"},  {3, ", reduce"},    {4, ", reduce"},
	               {5, ", reduce"}, {6, ", implode"}, {9, ", deflate64"}, {12, ", bzip2"},
	               {14, ", lzma"},  {93, ", zstd"},   {95, ", xz"},       {97, ", wavpack"},
	               {98, ", ppmd"}};

	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if (methods[i].method == method)
			return methods[i].name;
	return "";
}

/* The packed bytes turned into `out`, which has room for what the headers promise. */
static bool unpack(struct zip *zip, size_t index, char *out)
{
	const struct record *record = &zip->records[index];
	const unsigned char *data = zip->bytes + record->data;
	size_t used = (size_t)record->packed;

	if (record->method == 0)
		memcpy(out, data, used);
	else if (!inflate_exact(data, used, out, (size_t)record->unpacked, &used))
		return false;
	if (used < record->packed) {
		const struct part rest = {"", data + used, (size_t)record->packed - used};

		reader_observe(zip->reader, OBSERVED_APPENDED_DATA, "behind the packed data of %s",
		               zip->entries[index].name);
		reader_part(zip->reader, "data behind a packed entry", &rest);
	}
	return crc32_z(0, (const unsigned char *)out, (size_t)record->unpacked) == record->crc;
}

static bool may_unpack(struct zip *zip, size_t index)
{
	const struct zip_entry *entry = &zip->entries[index];
	const struct record *record = &zip->records[index];

	if (entry->encrypted || record->method == 99)
		reader_undecided(zip->reader, "%s: encrypted", entry->name);
	else if (record->method != 0 && record->method != 8)
		reader_undecided(zip->reader, "%s: compressed in a way not known (method %u%s)", entry->name,
		                 record->method, method_name(record->method));
	else if (record->end == 0 || (record->method == 0 && record->packed != record->unpacked))
		reader_undecided(zip->reader, "%s: damaged, its sizes disagree", entry->name);
	else
		return reader_may_unpack(zip->reader, (size_t)record->unpacked, (size_t)record->packed);
	return false;
}

bool zip_unpack(struct zip *zip, size_t index, char **out, size_t *len)
{
	const struct zip_entry *entry = &zip->entries[index];
	char *bytes;

	if (!may_unpack(zip, index))
		return false;
	bytes = mem_resize(NULL, (size_t)entry->unpacked + 1, 1);
	bytes[entry->unpacked] = '\0';
	if (!unpack(zip, index, bytes)) {
		reader_undecided(zip->reader, "%s: damaged, it does not unpack to what its headers promise",
		                 entry->name);
		free(bytes);
		return false;
	}
	*out = bytes;
	*len = (size_t)entry->unpacked;
	return true;
}

void zip_free(struct zip *zip)
{
	if (zip == NULL)
		return;
	for (size_t i = 0; i < zip->count; i++)
		free(zip->entries[i].name);
	free(zip->entries);
	free(zip->records);
	free(zip->by_name);
	free(zip);
}
