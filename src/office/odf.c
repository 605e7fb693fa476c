/* odf.c - an OpenDocument container (ODF 1.3 part 2): its parts, by what its manifest and their names say.
 *
 * The manifest says which parts are encrypted and which there should be; one it does not name is read like
 * the others, and named.  What is XML of an office document is walked by odf_text.c, other XML as any. */
#include "odf.h"

#include "office_inside.h"

#include "base/mem.h"
#include "reader/reader.h"
#include "xml/xml.h"
#include "zip/zip.h"

#include <stdlib.h>
#include <string.h>

/* What a part is by the folder it lies in. */
static const struct place {
	const char *folder, *title;
	enum observation observation;
	bool settled; /* known to hold no text but strings */
} places[] = {
	{"Thumbnails/", "thumbnail", OBSERVED_THUMBNAIL, false},
	{"Pictures/", "picture", OBSERVED_PICTURE, false},
	{"ObjectReplacements/", "picture of an object", OBSERVED_CACHED_DATA, false},
	{"Basic/", "macros", OBSERVED_MACRO, false},
	{"Scripts/", "macros", OBSERVED_MACRO, false},
	{"Dialogs/", "macros", OBSERVED_MACRO, false},
	{"Versions/", "earlier version", OBSERVED_EARLIER_VERSION, false},
	{"Configurations2/", "settings", OBSERVED_NOTHING, false},
	{"Media/", "sound or video", OBSERVED_MEDIA, false},
	{"Fonts/", "font", OBSERVED_BINARY_DATA, true},
	{"layout-cache", "layout", OBSERVED_BINARY_DATA, true},
	{"Object ", "embedded object", OBSERVED_EMBEDDED_OBJECT, false},
	{"", "part", OBSERVED_NOTHING, false},
};

static bool begins(const char *name, const char *start)
{
	return strncmp(name, start, strlen(start)) == 0;
}

static const struct place *place_of(const char *name)
{
	const struct place *place = places;

	while (!begins(name, place->folder))
		place++;
	return place;
}

/* ---- The manifest. */

struct listing {
	struct odf *odf;
	char *path;
};

static void on_start(void *context, const char *name, const char *const *attributes)
{
	struct listing *listing = context;
	const char *path = xml_attribute(attributes, "full-path");

	if (strcmp(xml_local(name), "file-entry") == 0 && path != NULL) {
		free(listing->path);
		listing->path = mem_copy_string(path);
		(void)values_add(&listing->odf->listed, path, strlen(path));
	} else if (strcmp(xml_local(name), "encryption-data") == 0 && listing->path != NULL) {
		(void)values_add(&listing->odf->encrypted, listing->path, strlen(listing->path));
	}
}

static void read_manifest(struct odf *odf)
{
	static const struct xml_events events = {.start = on_start};
	struct listing listing = {.odf = odf};
	const size_t index = zip_find(odf->zip, "META-INF/manifest.xml");
	char *bytes = NULL;
	size_t len = 0;

	if (index < zip_count(odf->zip) && zip_unpack(odf->zip, index, &bytes, &len))
		(void)xml_read(odf->reader, &events, &listing, bytes, len);
	free(bytes);
	free(listing.path);
}

/* ---- Parts. */

static void tell_unlisted(const struct odf *odf, const struct zip_entry *entry)
{
	if (!entry->folder && strcmp(entry->name, "mimetype") != 0 && !begins(entry->name, "META-INF/") && !entry->unlisted &&
	    !values_has(&odf->listed, entry->name, strlen(entry->name)))
		reader_observe(odf->reader, OBSERVED_UNLISTED_DATA, "part %s", entry->name);
}

static void read_binary(struct odf *odf, const char *name, const char *bytes, size_t len)
{
	const struct place *place = place_of(name);
	const struct part part = {"", (const unsigned char *)bytes, len};

	odf->pictures += place->observation == OBSERVED_PICTURE;
	if (place->settled)
		reader_binary(odf->reader, name, &part);
	else
		reader_part(odf->reader, name, &part);
}

static void read_xml(struct odf *odf, const char *name, const char *bytes, size_t len)
{
	static const char *const roots[] = {"document-content", "document-styles", "document-meta", "document-settings", "document"};
	char root[64];

	generic_root(bytes, len, root, sizeof(root));
	for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++)
		if (strcmp(root, roots[i]) == 0) {
			odf_text(odf, name, bytes, len);
			return;
		}
	if (strcmp(root, "document-signatures") == 0)
		reader_observe(odf->reader, OBSERVED_SIGNATURE, "%s", name);
	generic_xml(odf->reader, FLOW_METADATA, name, bytes, len);
}

static void read_part(struct odf *odf, size_t index)
{
	const struct zip_entry *entry = zip_entry(odf->zip, index);
	const struct place *place = place_of(entry->name);
	char *bytes = NULL;
	size_t len = 0;

	tell_unlisted(odf, entry);
	if (values_has(&odf->encrypted, entry->name, strlen(entry->name))) {
		reader_undecided(odf->reader, "%s: encrypted", entry->name);
		return;
	}
	if (entry->folder || !reader_may_enter(odf->reader) || !zip_unpack(odf->zip, index, &bytes, &len))
		return;
	/* "Object 1/" is one object of many parts */
	if (len > 0 && place->observation != OBSERVED_NOTHING &&
	    (!begins(entry->name, "Object ") || strchr(entry->name, '/') == NULL || strstr(entry->name, "content.xml") != NULL))
		reader_observe(odf->reader, place->observation, "%s %s", place->title, entry->name);
	if (len > 0 && generic_is_xml(bytes, len))
		read_xml(odf, entry->name, bytes, len);
	else if (len > 0)
		read_binary(odf, entry->name, bytes, len);
	free(bytes);
}

/* Styles first: they say what content shows. */
void odf_read(struct reader *reader, struct zip *zip)
{
	struct odf odf = {.reader = reader, .zip = zip};
	const size_t styles = zip_find(zip, "styles.xml");

	read_manifest(&odf);
	if (styles < zip_count(zip))
		read_part(&odf, styles);
	for (size_t i = 0; i < zip_count(zip) && !reader_stopped(reader); i++)
		if (i != styles)
			read_part(&odf, i);
	if (odf.pictures > 0 && odf.characters == 0)
		reader_observe(reader, OBSERVED_PAGE_WITHOUT_TEXT, "the whole document");
	values_release(&odf.listed);
	values_release(&odf.encrypted);
	values_release(&odf.told);
	values_release(&odf.hidden);
	labels_release(&odf.labels);
}
