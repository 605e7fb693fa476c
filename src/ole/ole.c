/* ole.c - what a compound file is: by the streams in it.
 *
 * A storage is a folder; a document inside a document is a storage within one.  Each storage is given to who
 * knows its main stream; then every stream nobody took is told by what its name or its bytes say, so that
 * there is none that is not. */
#include "ole/ole.h"

#include "ole_inside.h"

#include "compound/compound.h"
#include "excel/excel.h"
#include "format/format.h"
#include "outlook/outlook.h"
#include "reader/reader.h"
#include "slides/slides.h"
#include "word/word.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct storage {
	struct compound *compound;
	size_t index;
};

/* The main streams there are.  A kind without a reader is named: its text may be packed in ways only its
 * program knows. */
static const struct {
	const char *stream;
	void (*read)(struct reader *reader, struct compound *compound, size_t storage);
	const char *undecided;
} kinds[] = {
	{"EncryptedPackage", NULL, "encrypted"},
	{"\tDRMContent", NULL, "encrypted: rights management"},
	{"WordDocument", word_read, NULL},
	{"Workbook", excel_read, NULL},
	{"Book", excel_read, NULL},
	{"PowerPoint Document", slides_read, NULL},
	{"_VBA_PROJECT", vba_read, NULL},
	{"VisioDocument", NULL, "not readable: Visio drawing"},
	{"Quill", NULL, "not readable: Publisher document"},
	{"Props9", NULL, "not readable: Project file"},
	{"Props12", NULL, "not readable: Project file"},
	{"Props14", NULL, "not readable: Project file"},
	{"FileHeader", NULL, "not readable: Hangul document"},
	{"MatOST", NULL, "not readable: Works document"},
	{"PP40", NULL, "not readable: presentation of PowerPoint 95"},
	{"PROJECT", NULL, NULL}, /* only what OLE itself puts there */
	{"\1Ole10Native", NULL, NULL},
	{"Package", NULL, NULL},
	{"EmbeddedOdf", NULL, NULL},
	{"Equation Native", NULL, NULL},
	{"\3LinkInfo", NULL, NULL},
	{"\3OCXNAME", NULL, NULL}, /* controls, and forms of macros */
	{"\3OCXDATA", NULL, NULL},
	{"\3VBFrame", NULL, NULL},
	{"MsoDataStore", NULL, NULL},
	{"__properties_version1.0", outlook_message, NULL},
};

static bool is_named(const struct compound_entry *entry, const char *start)
{
	return strncasecmp(entry->name, start, strlen(start)) == 0;
}

static void read_package(struct reader *reader, const char *place, struct span bytes)
{
	const struct part part = {"", bytes.bytes, bytes.len};

	reader_part(reader, place, &part);
}

static void read_item(struct reader *reader, const char *place, struct span bytes)
{
	reader_observe(reader, OBSERVED_CUSTOM_DATA, "%s", place);
	stream_read(reader, place, bytes);
}

static void read_text(struct reader *reader, const char *place, struct span bytes)
{
	reader_bytes(reader, FLOW_METADATA, place, NULL, bytes.bytes, bytes.len);
}

static void read_strings(struct reader *reader, const char *place, struct span bytes)
{
	const struct part part = {"", bytes.bytes, bytes.len};

	reader_binary(reader, place, &part);
}

/* Streams by the beginning of their name, in any storage. */
static const struct {
	const char *start;
	void (*read)(struct reader *reader, const char *place, struct span bytes);
	enum observation observation;
} streams[] = {
	{"\5", properties_read, OBSERVED_PROPERTIES},
	{"\1Ole10Native", native_read, OBSERVED_ATTACHMENT},
	{"\1Ole10ItemName", read_strings, OBSERVED_NOTHING},
	{"\1Ole", link_read, OBSERVED_NOTHING},
	{"\1CompObj", read_strings, OBSERVED_NOTHING},
	{"\2OlePres", object_picture_read, OBSERVED_CACHED_DATA},
	{"\3ObjInfo", read_strings, OBSERVED_NOTHING},
	{"\3LinkInfo", read_strings, OBSERVED_EXTERNAL_LINK},
	{"\3VBFrame", read_text, OBSERVED_MACRO},
	{"\3OCXNAME", read_strings, OBSERVED_NOTHING},
	{"Package", read_package, OBSERVED_EMBEDDED_OBJECT},
	{"EmbeddedOdf", read_package, OBSERVED_EMBEDDED_OBJECT},
	{"Contents", stream_read, OBSERVED_EMBEDDED_OBJECT},
	{"Item", read_item, OBSERVED_NOTHING},
	{"Properties", read_item, OBSERVED_NOTHING},
	{"Revision Log", read_strings, OBSERVED_TRACKED_CHANGE},
	{"User Names", read_strings, OBSERVED_TRACKED_CHANGE},
	{"PROJECTlk", read_strings, OBSERVED_MACRO},
	{"PROJECTwm", read_strings, OBSERVED_MACRO},
	{"PROJECT", read_text, OBSERVED_MACRO},
};

static void tell_stream(struct reader *reader, struct compound *compound, size_t index)
{
	const struct compound_entry *entry = compound_entry(compound, index);
	char *bytes = NULL;
	struct span span = {0};
	size_t i = 0;

	if (!compound_read(compound, index, &bytes, &span.len))
		return;
	span.bytes = (const unsigned char *)bytes;
	while (i < sizeof(streams) / sizeof(streams[0]) && !is_named(entry, streams[i].start))
		i++;
	if (i == sizeof(streams) / sizeof(streams[0])) {
		stream_read(reader, entry->path, span);
	} else if (span.len > 0) {
		if (streams[i].observation != OBSERVED_NOTHING)
			reader_observe(reader, streams[i].observation, "%s", entry->path);
		streams[i].read(reader, entry->path, span);
	}
	free(bytes);
}

/* True: its main stream is one of those named here.  What is so below the root is a document in a document. */
static bool read_kind(struct reader *reader, const struct storage *storage)
{
	bool known = false;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		const size_t main = compound_find(storage->compound, storage->index, kinds[i].stream);

		if (main == compound_count(storage->compound))
			continue;
		if (storage->index != COMPOUND_ROOT && kinds[i].read != NULL && kinds[i].read != vba_read)
			reader_observe(reader, OBSERVED_EMBEDDED_OBJECT, "%s", "");
		known = true;
		if (kinds[i].undecided != NULL)
			reader_undecided(reader, "%s", kinds[i].undecided);
		else if (kinds[i].read != NULL && !compound_entry(storage->compound, main)->storage)
			kinds[i].read(reader, storage->compound, storage->index);
	}
	return known;
}

/* An object of some program: what OLE puts beside its data says so.  A frame within a form of macros has its strings as they are
 * ([MS-OFORMS] 2.1.2), and what has nothing in it has no data. */
static bool is_object(const struct storage *storage)
{
	const struct compound *compound = storage->compound;

	if (compound_has(compound, storage->index, "f") && compound_has(compound, storage->index, "o"))
		return false;
	return (storage->index == COMPOUND_ROOT && compound_count(compound) > 1) || compound_has(compound, storage->index, "\1CompObj") ||
	       compound_has(compound, storage->index, "\3ObjInfo");
}

/* Its data may still be a file of a known format: told either way. */
static bool read_contents(struct reader *reader, const struct storage *storage)
{
	const size_t index = compound_find(storage->compound, storage->index, "CONTENTS");
	char *bytes = NULL;
	struct span span = {0};
	bool known;

	if (index == compound_count(storage->compound) || !compound_read(storage->compound, index, &bytes, &span.len))
		return false;
	span.bytes = (const unsigned char *)bytes;
	known = format_of_bytes(bytes, span.len, NULL) != FORMAT_UNKNOWN;
	reader_observe(reader, OBSERVED_EMBEDDED_OBJECT, "%s", compound_entry(storage->compound, index)->path);
	stream_read(reader, compound_entry(storage->compound, index)->path, span);
	free(bytes);
	return known;
}

static void read_storage(struct reader *reader, void *context)
{
	const struct storage *storage = context;
	struct compound *compound = storage->compound;

	if (!read_kind(reader, storage) && is_object(storage) && !read_contents(reader, storage))
		reader_undecided(reader, "not readable: compound file of a kind not known");
	for (size_t i = 1; i < compound_count(compound) && !reader_stopped(reader); i++) {
		const struct compound_entry *entry = compound_entry(compound, i);
		struct storage inner = {compound, i};

		if (entry->parent != storage->index || entry->read || i == storage->index)
			continue;
		if (!entry->storage) {
			tell_stream(reader, compound, i);
			continue;
		}
		compound_pass(compound, i);
		reader_inside(reader, entry->name, read_storage, &inner);
	}
}

static void tell_names(struct reader *reader, const struct compound *compound)
{
	struct flow_out *names = flow_open(reader, FLOW_FILENAME, "names of the parts");

	for (size_t i = 1; i < compound_count(compound); i++) {
		flow_put_string(names, compound_entry(compound, i)->path);
		flow_break(names);
	}
	flow_close(names);
}

void ole_read(struct reader *reader, const struct part *part)
{
	struct storage root = {.index = COMPOUND_ROOT};

	if (!compound_open(reader, part->bytes, part->len, &root.compound))
		return;
	tell_names(reader, root.compound);
	read_storage(reader, &root);
	compound_free(root.compound);
}
