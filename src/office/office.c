/* office.c - what a ZIP container is: by what is in it, not by what it is called.
 *
 * A container that fits two families is read as the first and said to fit two; each reader sees all
 * entries, so nothing is lost by the choice. */
#include "office/office.h"

#include "office_inside.h"

#include "reader/reader.h"
#include "xml/xml.h"
#include "zip/zip.h"

#include <stdlib.h>
#include <string.h>

enum { MIMETYPE_MOST = 256 };

static bool has(const struct zip *zip, const char *name)
{
	return zip_find(zip, name) < zip_count(zip);
}

/* Does the entry `mimetype` say so?  It is read again with the others. */
static bool has_mimetype(struct zip *zip, const char *start)
{
	const size_t index = zip_find(zip, "mimetype");
	char *bytes = NULL;
	size_t len = 0;
	bool says;

	if (index == zip_count(zip) || zip_entry(zip, index)->unpacked > MIMETYPE_MOST || !zip_unpack(zip, index, &bytes, &len))
		return false;
	says = strncmp(bytes, start, strlen(start)) == 0;
	free(bytes);
	return says;
}

static bool is_ooxml(struct zip *zip)
{
	return has(zip, "[Content_Types].xml") || has(zip, "_rels/.rels");
}

static bool is_odf(struct zip *zip)
{
	return has_mimetype(zip, "application/vnd.oasis.opendocument") || has_mimetype(zip, "application/vnd.sun.xml") ||
	       (has(zip, "META-INF/manifest.xml") && has(zip, "content.xml"));
}

static bool is_epub(struct zip *zip)
{
	return has_mimetype(zip, "application/epub") || has(zip, "META-INF/container.xml");
}

static bool is_ofd(struct zip *zip)
{
	return has(zip, "OFD.xml") || has(zip, "ofd.xml");
}

static const struct {
	bool (*is)(struct zip *zip);
	void (*read)(struct reader *reader, struct zip *zip);
	const char *title;
} families[] = {
	{is_ooxml, ooxml_read, "Office Open XML"},
	{is_odf, odf_read, "OpenDocument"},
	{is_ofd, ofd_read, "OFD"},
	{is_epub, epub_read, "EPUB"},
};

static void tell_names(struct reader *reader, const struct zip *zip)
{
	struct flow_out *names = flow_open(reader, FLOW_FILENAME, "names of the parts");

	for (size_t i = 0; i < zip_count(zip); i++) {
		flow_put_string(names, zip_entry(zip, i)->name);
		flow_break(names);
	}
	flow_close(names);
}

/* An archive: each entry is a document of its own. */
static void read_archive(struct reader *reader, struct zip *zip)
{
	for (size_t i = 0; i < zip_count(zip) && !reader_stopped(reader); i++) {
		const struct zip_entry *entry = zip_entry(zip, i);
		struct part part = {.name = entry->name};
		char *bytes = NULL;

		if (entry->folder || !zip_unpack(zip, i, &bytes, &part.len)) {
			reader_text(reader, FLOW_FILENAME, "", entry->name, strlen(entry->name));
			continue;
		}
		part.bytes = (const unsigned char *)bytes;
		reader_part(reader, entry->name, &part);
		free(bytes);
	}
}

void office_read(struct reader *reader, const struct part *part)
{
	const size_t all = sizeof(families) / sizeof(families[0]);
	struct zip *zip = NULL;
	size_t family = all;

	if (!zip_open(reader, part->bytes, part->len, &zip))
		return;
	for (size_t i = all; i > 0; i--) {
		if (!families[i - 1].is(zip))
			continue;
		if (family < all)
			reader_observe(reader, OBSERVED_POLYGLOT, "%s and %s", families[i - 1].title, families[family].title);
		family = i - 1;
	}
	if (family == all) {
		read_archive(reader, zip);
	} else {
		tell_names(reader, zip);
		families[family].read(reader, zip);
	}
	zip_free(zip);
}

void office_warm(void)
{
	xml_warm();
}
