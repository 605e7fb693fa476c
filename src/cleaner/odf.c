/* odf.c - OpenDocument files without their past (OASIS ODF 1.3): deleted text lives in one element and
 * goes with it, insertions are in place already. */
#include "cleaner_inside.h"

#include "xml/xml.h"

#include <stdlib.h>
#include <string.h>

static const char *const gone[] = {"thumbnails/*", "versions/*", "versionlist.xml", "layout-cache", "meta-inf/documentsignatures.xml", NULL};
static const char *const changes[] = {"tracked-changes", "change", "change-start", "change-end", NULL};
static const char *const annotations[] = {"annotation", "annotation-end", NULL};
static const char no_meta[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-meta "
	"xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" office:version=\"1.3\"><office:meta/></office:document-meta>";

/* Settings that tell of a machine or its work, by the beginning of their names; `context`: which were there, as bits. */
static const char *const setting_starts[] = {"Printer", "CurrentDatabaseDataSource", "Rsid"},
                  *const setting_words[] = {"the printer", "data base", "session numbers", NULL};

static bool drops_setting(void *context, const char *local, const char *const *attributes)
{
	const char *name = xml_attribute(attributes, "name");
	uint64_t *which = context;

	if (strcmp(local, "config-item") != 0 || name == NULL)
		return false;
	for (unsigned i = 0; i < sizeof(setting_starts) / sizeof(setting_starts[0]); i++)
		if (strncmp(name, setting_starts[i], strlen(setting_starts[i])) == 0) {
			*which |= UINT64_C(1) << i;
			return true;
		}
	return false;
}

static bool drops_entry(void *context, const char *local, const char *const *attributes)
{
	const char *path = xml_attribute(attributes, "full-path");

	(void)context;
	return strcmp(local, "file-entry") == 0 && path != NULL && name_matches(path, gone);
}

/* One list after the other, so that each is counted by itself. */
static bool filter_twice(struct repack *p, const char *name, const char *bytes, size_t len, struct buf *out)
{
	const struct filter first = {.drop = changes}, second = {.drop = annotations};
	struct filtered f = {0}, g = {0};
	struct buf between = {0};
	const bool ok = filter_xml(p->reader, &first, bytes, len, &between, &f) &&
	                filter_xml(p->reader, &second, between.data, between.len, out, &g);

	if (ok && f.dropped > 0)
		reader_removed(p->reader, "%s: tracked changes, all accepted (%zu marks)", name, f.dropped);
	if (ok && g.dropped > 0)
		reader_removed(p->reader, "%s: comments (%zu marks)", name, g.dropped);
	buf_release(&between);
	return ok;
}

static bool filter_settings(struct repack *p, const char *bytes, size_t len, struct buf *out)
{
	uint64_t which = 0;
	const struct filter filter = {.drops = drops_setting, .context = &which};

	if (!filter_xml(p->reader, &filter, bytes, len, out, &(struct filtered){0}))
		return false;
	say_removed(p->reader, "settings", setting_words, which);
	return true;
}

static void clean_entry(struct repack *p, size_t index)
{
	static const char *const texts[] = {"content.xml", "styles.xml", "*/content.xml", "*/styles.xml", NULL};
	const char *name = zip_entry(p->zip, index)->name;
	struct buf out = {0};
	char *bytes = NULL, *names;
	size_t len = 0;
	bool ok = true;

	if (!repack_unpack(p, index, &bytes, &len))
		return;
	if (name_matches(name, texts)) {
		ok = filter_twice(p, name, bytes, len, &out);
	} else if (strcmp(name, "settings.xml") == 0) {
		ok = filter_settings(p, bytes, len, &out);
	} else if (strcmp(name, "META-INF/manifest.xml") == 0) {
		ok = filter_xml(p->reader, &(struct filter){.drops = drops_entry}, bytes, len, &out, &(struct filtered){0});
	} else if (strcmp(name, "meta.xml") == 0) {
		names = names_with_text(p->reader, bytes, len, 3);
		if (names[0] != '\0')
			reader_removed(p->reader, "properties: %s", names);
		free(names);
		buf_add_string(&out, no_meta);
	} else {
		buf_add(&out, bytes, len);
	}
	if (ok)
		repack_add(p, index, out.data != NULL ? out.data : "", out.len);
	else
		p->failed = true;
	buf_release(&out);
	free(bytes);
}

void odf_clean(struct repack *p)
{
	static const char *const macros[] = {"basic/*", "scripts/*", NULL}, *const objects[] = {"object */content.xml", NULL},
	                         *const pictures[] = {"pictures/*.jp*g", "pictures/*.png", "pictures/*.tif*", NULL};

	for (size_t i = 0; i < zip_count(p->zip); i++) {
		const char *name = zip_entry(p->zip, i)->name;

		if (!p->dropped[i] && name_matches(name, gone)) {
			p->dropped[i] = true;
			reader_removed(p->reader, "%s", name);
		} else if (name_matches(name, macros)) {
			reader_kept(p->reader, "%s: macros: a document without them is another document", name);
		} else if (name_matches(name, objects)) {
			reader_kept(p->reader, "%s: an embedded document: clean it where it comes from", name);
		} else if (name_matches(name, pictures)) {
			reader_kept(p->reader, "%s: a picture: its own hidden data stays", name);
		}
	}
	for (size_t i = 0; i < zip_count(p->zip) && !p->failed; i++)
		if (!p->dropped[i])
			clean_entry(p, i);
}
