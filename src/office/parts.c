/* parts.c - who reads which part, by what is in it.
 *
 * XML by its root element, whatever the part is called and wherever it lies (names of other vocabularies
 * are the same but for the prefix, strict or transitional).  Anything else by its bytes; the relationship
 * to it only says what to call it. */
#include "package.h"

#include "office_inside.h"

#include "base/mem.h"
#include "reader/reader.h"
#include "zip/zip.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Sorted by nothing: the first of a name counts; the last line is for all others. */
static const struct kind kinds[] = {
	{"document", "", FLOW_BODY, OBSERVED_NOTHING, false, story_read},
	{"hdr", "header", FLOW_HEADER, OBSERVED_NOTHING, false, story_read},
	{"ftr", "footer", FLOW_FOOTER, OBSERVED_NOTHING, false, story_read},
	{"footnotes", "footnotes", FLOW_BODY, OBSERVED_NOTHING, false, story_read},
	{"endnotes", "endnotes", FLOW_BODY, OBSERVED_NOTHING, false, story_read},
	{"comments", "comments", FLOW_COMMENT, OBSERVED_NOTHING, false, story_read},
	{"cmLst", "comments", FLOW_COMMENT, OBSERVED_NOTHING, false, story_read},
	{"ThreadedComments", "comments", FLOW_COMMENT, OBSERVED_NOTHING, false, story_read},
	{"glossaryDocument", "building blocks", FLOW_HIDDEN, OBSERVED_HIDDEN_TEXT, false, story_read},
	{"settings", "settings", FLOW_METADATA, OBSERVED_NOTHING, true, story_read},
	{"numbering", "lists", FLOW_METADATA, OBSERVED_NOTHING, true, numbering_read},
	{"styles", "styles", FLOW_METADATA, OBSERVED_NOTHING, true, story_read},
	{"coreProperties", "properties", FLOW_METADATA, OBSERVED_NOTHING, true, story_read},
	{"Properties", "properties", FLOW_METADATA, OBSERVED_NOTHING, true, story_read},
	{"workbook", "workbook", FLOW_METADATA, OBSERVED_NOTHING, true, workbook_read},
	{"sst", "shared strings", FLOW_HIDDEN, OBSERVED_NOTHING, false, strings_read},
	{"styleSheet", "styles", FLOW_METADATA, OBSERVED_NOTHING, true, looks_read},
	{"worksheet", "sheet", FLOW_BODY, OBSERVED_NOTHING, false, sheet_read},
	{"dialogsheet", "sheet", FLOW_BODY, OBSERVED_NOTHING, false, sheet_read},
	{"chartsheet", "sheet", FLOW_BODY, OBSERVED_NOTHING, false, sheet_read},
	{"macrosheet", "macro sheet", FLOW_BODY, OBSERVED_MACRO, false, sheet_read},
	{"wsDr", "drawing", FLOW_BODY, OBSERVED_NOTHING, false, story_read},
	{"chartSpace", "chart", FLOW_BODY, OBSERVED_CACHED_DATA, true, story_read},
	{"userShapes", "drawing", FLOW_BODY, OBSERVED_NOTHING, false, story_read},
	{"dataModel", "diagram", FLOW_BODY, OBSERVED_NOTHING, true, story_read},
	{"pivotCacheDefinition", "pivot cache", FLOW_HIDDEN, OBSERVED_CACHED_DATA, true, story_read},
	{"pivotCacheRecords", "pivot cache", FLOW_HIDDEN, OBSERVED_CACHED_DATA, true, story_read},
	{"externalLink", "external link", FLOW_HIDDEN, OBSERVED_CACHED_DATA, true, story_read},
	{"connections", "connections", FLOW_METADATA, OBSERVED_EXTERNAL_LINK, true, story_read},
	{"queryTable", "query", FLOW_METADATA, OBSERVED_CACHED_DATA, true, story_read},
	{"headers", "revisions", FLOW_HIDDEN, OBSERVED_TRACKED_CHANGE, true, story_read},
	{"revisions", "revisions", FLOW_HIDDEN, OBSERVED_TRACKED_CHANGE, true, story_read},
	{"presentation", "presentation", FLOW_METADATA, OBSERVED_NOTHING, true, presentation_read},
	{"sld", "slide", FLOW_BODY, OBSERVED_NOTHING, false, story_read},
	{"notes", "notes", FLOW_COMMENT, OBSERVED_NOTHING, false, story_read},
	{"sldLayout", "slide layout", FLOW_HEADER, OBSERVED_NOTHING, false, story_read},
	{"sldMaster", "slide master", FLOW_HEADER, OBSERVED_NOTHING, false, story_read},
	{"notesMaster", "notes master", FLOW_HEADER, OBSERVED_NOTHING, false, story_read},
	{"handoutMaster", "handout master", FLOW_HEADER, OBSERVED_NOTHING, false, story_read},
	{"cmAuthorLst", "authors of comments", FLOW_METADATA, OBSERVED_NOTHING, true, authors_read},
	{"authorLst", "authors of comments", FLOW_METADATA, OBSERVED_NOTHING, true, authors_read},
	{"personList", "authors of comments", FLOW_METADATA, OBSERVED_NOTHING, true, authors_read},
	{"people", "authors of changes", FLOW_METADATA, OBSERVED_NOTHING, true, story_read},
	{"tagLst", "tags", FLOW_METADATA, OBSERVED_CUSTOM_DATA, true, story_read},
	{"Signature", "signature", FLOW_METADATA, OBSERVED_SIGNATURE, true, story_read},
	{"ocx", "control", FLOW_HIDDEN, OBSERVED_MACRO, true, story_read},
	{"FixedPage", "page", FLOW_BODY, OBSERVED_NOTHING, true, story_read},
	{"", "part", FLOW_METADATA, OBSERVED_NOTHING, true, story_read},
};

static const struct kind *kind_of(const char *root)
{
	size_t i = 0;

	while (kinds[i].root[0] != '\0' && strcmp(kinds[i].root, root) != 0)
		i++;
	return &kinds[i];
}

/* Parts that are no XML: what a relationship to one (its end of it) says it is. */
static const struct binary {
	const char *type;   /* the last word of the relationship, or a piece of the part's name */
	const char *title;
	enum observation observation;
	bool settled;       /* known to hold no text but strings */
} binaries[] = {
	{"thumbnail", "thumbnail", OBSERVED_THUMBNAIL, false},
	{"image", "picture", OBSERVED_PICTURE, false},
	{"media", "picture or sound", OBSERVED_MEDIA, false},
	{"vbaProjectSignature", "signature of macros", OBSERVED_SIGNATURE, true},
	{"vbaProject", "macros", OBSERVED_MACRO, false},
	{"[trash]/", "what is left of a part", OBSERVED_NOTHING, true}, /* an open packaging is changed in place */
	{"attachedToolbars", "toolbars", OBSERVED_BINARY_DATA, true},
	{"activeX", "control", OBSERVED_MACRO, true},
	{"control", "control", OBSERVED_MACRO, true},
	{"printerSettings", "printer settings", OBSERVED_BINARY_DATA, true},
	{"font", "font", OBSERVED_BINARY_DATA, true},
	{"oleObject", "embedded object", OBSERVED_EMBEDDED_OBJECT, false},
	{"package", "embedded document", OBSERVED_EMBEDDED_OBJECT, false},
	{"embeddings", "embedded document", OBSERVED_EMBEDDED_OBJECT, false},
	{"aFChunk", "embedded document", OBSERVED_EMBEDDED_OBJECT, false},
	{"audio", "sound", OBSERVED_MEDIA, false},
	{"video", "video", OBSERVED_MEDIA, false},
	{"", "part", OBSERVED_NOTHING, false},
};

static const struct binary *binary_of(const char *type, const char *name)
{
	const struct binary *last = &binaries[sizeof(binaries) / sizeof(binaries[0]) - 1];

	for (const struct binary *b = binaries; b < last; b++)
		if (strcmp(type, b->type) == 0)
			return b;
	for (const struct binary *b = binaries; b < last; b++)
		if (strstr(name, b->type) != NULL)
			return b;
	return last;
}

static const char *base_name(const char *name)
{
	const char *slash = strrchr(name, '/');

	return slash != NULL ? slash + 1 : name;
}

static bool is_ole(const char *bytes, size_t len)
{
	return len >= 8 && memcmp(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0;
}

static void read_binary(struct package *package, size_t index, const char *bytes, size_t len)
{
	const char *name = zip_entry(package->zip, index)->name, *label = package_label(package, index);
	const struct binary *binary = binary_of(package->parts[index].type, name);
	/* Of a page pasted in, the name may be all that says it is one. */
	const bool pasted = strcmp(package->parts[index].type, "aFChunk") == 0;
	const struct part part = {pasted ? base_name(name) : "", (const unsigned char *)bytes, len};
	char *place = mem_format("%s%s%s %s", label, label[0] != '\0' ? ": " : "", binary->title, base_name(name));

	if (binary->observation != OBSERVED_NOTHING)
		reader_observe(package->reader, binary->observation, "%s", place);
	package->pictures += binary->observation == OBSERVED_PICTURE;
	if (binary->settled && !is_ole(bytes, len))
		reader_binary(package->reader, place, &part);
	else
		reader_part(package->reader, place, &part);
	free(place);
}

/* VML as Office writes it has line breaks that do not end, and conditions that are no XML: the first are
 * ended, the second become instructions. */
static char *mend_vml(const char *bytes, size_t len, size_t *out_len)
{
	struct buf out = {0};
	const char *at = bytes, *end = bytes + len, *found, *close;

	for (; (found = strchr(at, '<')) != NULL; at = close + 1) {
		close = strchr(found, '>');
		buf_add(&out, at, (size_t)(found - at));
		at = found;
		if (close == NULL)
			break;
		if (strncmp(found, "<br>", 4) == 0)
			buf_add_string(&out, "<br/>");
		else if (strncmp(found, "<![", 3) == 0 && strncmp(found, "<![CDATA[", 9) != 0)
			buf_addf(&out, "<?vml %.*s?>", (int)(close - found - 2), found + 2);
		else
			buf_add(&out, found, (size_t)(close + 1 - found));
	}
	buf_add(&out, at, (size_t)(end - at));
	*out_len = out.len;
	return buf_take(&out);
}

/* "header" of word/header2.xml: "header 2". */
static void label_by_name(struct package *package, size_t index, const struct kind *kind)
{
	const char *name = base_name(zip_entry(package->zip, index)->name);
	const size_t digits = strcspn(name, "0123456789");

	if (kind->title[0] == '\0')
		return;
	if (kind->root[0] == '\0')
		package_set_label(package, index, false, mem_copy_string(zip_entry(package->zip, index)->name));
	else if (name[digits] != '\0' && strncmp(name + digits + strspn(name + digits, "0123456789"), ".xml", 5) == 0)
		package_set_label(package, index, false, mem_format("%s %d", kind->title, atoi(name + digits)));
	else
		package_set_label(package, index, false, mem_copy_string(kind->title));
}

static void read_xml(struct package *package, size_t index, const char *root, const char *bytes, size_t len)
{
	const struct kind *kind = kind_of(root);
	char *mended = NULL;

	label_by_name(package, index, kind);
	if (kind->observation != OBSERVED_NOTHING)
		reader_observe(package->reader, kind->observation, "%s", package_label(package, index));
	if (strcmp(root, "xml") == 0 && strlen(bytes) == len)
		mended = mend_vml(bytes, len, &len);
	kind->read(package, index, kind, mended != NULL ? mended : bytes, len);
	free(mended);
}

/* Pages and pictures that are XML, or nearly, have readers of their own. */
static bool is_foreign(const char *type, const char *root)
{
	return strcmp(type, "aFChunk") == 0 || strcasecmp(root, "html") == 0 || strcmp(root, "svg") == 0;
}

void part_read(struct package *package, size_t index)
{
	const struct zip_entry *entry = zip_entry(package->zip, index);
	char *bytes = NULL, root[64];
	size_t len = 0;

	if (entry->folder || !reader_may_enter(package->reader) || !zip_unpack(package->zip, index, &bytes, &len))
		return;
	if (len == 0) {
		free(bytes);
		return;
	}
	generic_root(bytes, len, root, sizeof(root));
	if (is_foreign(package->parts[index].type, root) || !generic_is_xml(bytes, len)) {
		if (!biff12_read(package, index, bytes, len))
			read_binary(package, index, bytes, len);
	} else {
		read_xml(package, index, root, bytes, len);
	}
	free(bytes);
}
