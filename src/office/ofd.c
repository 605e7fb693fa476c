/* ofd.c - an OFD container (GB/T 33190-2016): which part is which page, template, attachment or seal.
 *
 * Parts may lie anywhere and be called anything, so what a part is, its root element says; the document's
 * list of pages is only used to number them.  What nothing names is read like the rest, and told. */
#include "ofd.h"

#include "office_inside.h"

#include "base/mem.h"
#include "reader/reader.h"
#include "xml/xml.h"
#include "zip/zip.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *base_name(const char *path, size_t len)
{
	while (len > 0 && path[len - 1] != '/')
		len--;
	return path + len;
}

void ofd_name(struct ofd *ofd, const char *path, size_t len)
{
	const char *base = base_name(path, len);

	if (len > 0 && len < 1024)
		(void)values_add(&ofd->named, base, len - (size_t)(base - path));
}

size_t ofd_find(const struct ofd *ofd, size_t from, const char *path)
{
	const char *name = zip_entry(ofd->zip, from)->name, *base = base_name(name, strlen(name));
	char *whole;
	size_t found;

	if (path[0] == '/')
		return zip_find(ofd->zip, path);
	whole = mem_format("%.*s%s", (int)(base - name), name, path + (strncmp(path, "./", 2) == 0 ? 2 : 0));
	found = zip_find(ofd->zip, whole);
	free(whole);
	return found < zip_count(ofd->zip) ? found : zip_find(ofd->zip, path);
}

/* ---- The lists of a document: pages, templates, attachments. */

struct listing {
	struct ofd *ofd;
	size_t index, pages, templates;
	struct buf text;
	bool box;
};

static void set_label(struct listing *listing, const char *path, bool *flags, char *label)
{
	struct ofd *ofd = listing->ofd;
	const size_t found = path != NULL ? ofd_find(ofd, listing->index, path) : zip_count(ofd->zip);

	if (found == zip_count(ofd->zip) || ofd->labels[found] != NULL) {
		free(label);
		return;
	}
	ofd->labels[found] = label;
	if (flags != NULL)
		flags[found] = true;
}

static void on_start(void *context, const char *name, const char *const *attributes)
{
	struct listing *listing = context;
	const char *local = xml_local(name), *base = xml_attribute(attributes, "BaseLoc");

	if (strcmp(local, "Page") == 0 && base != NULL)
		set_label(listing, base, NULL, mem_format("page %zu", ++listing->pages));
	else if (strcmp(local, "TemplatePage") == 0 && base != NULL)
		set_label(listing, base, listing->ofd->templates, mem_format("template %zu", ++listing->templates));
	buf_clear(&listing->text);
}

static void on_end(void *context, const char *name)
{
	struct listing *listing = context;
	struct ofd_box box = {0};
	const char *text = listing->text.len > 0 ? listing->text.data : "";
	char *at = NULL;

	if (strcmp(xml_local(name), "PhysicalBox") == 0) {
		box.x = strtod(text, &at);
		box.y = strtod(at, &at);
		box.width = strtod(at, &at);
		box.height = strtod(at, &at);
		listing->ofd->box = box;
	} else if (strcmp(xml_local(name), "FileLoc") == 0 && listing->text.len > 0) {
		set_label(listing, text, listing->ofd->attachments, mem_format("attachment %s", base_name(text, strlen(text))));
	}
	buf_clear(&listing->text);
}

static void on_text(void *context, const char *text, size_t len)
{
	buf_add(&((struct listing *)context)->text, text, len);
}

/* Of documents and lists of attachments; those of annotations name XML parts that say themselves what they are. */
static void read_list(struct ofd *ofd, size_t index)
{
	static const struct xml_events events = {on_start, on_end, on_text, NULL};
	struct listing listing = {.ofd = ofd, .index = index};
	char *bytes = NULL, root[64];
	size_t len = 0;

	if (zip_entry(ofd->zip, index)->folder || !zip_unpack(ofd->zip, index, &bytes, &len))
		return;
	generic_root(bytes, len, root, sizeof(root));
	if (generic_is_xml(bytes, len) && (strcmp(root, "Document") == 0 || strcmp(root, "Attachments") == 0))
		(void)xml_read(ofd->reader, &events, &listing, bytes, len);
	buf_release(&listing.text);
	free(bytes);
}

/* ---- Parts that are no XML. */

static bool is_font(const char *bytes, size_t len)
{
	static const char *const starts[] = {"OTTO", "\0\1\0\0", "ttcf", "true"};

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (len > 4 && memcmp(bytes, starts[i], 4) == 0)
			return true;
	return len > 4 && bytes[0] == 1 && bytes[1] == 0 && (unsigned char)bytes[3] <= 4; /* CFF */
}

/* What a part is called besides its bytes. */
static enum observation observation_of(const struct ofd *ofd, size_t index, const char *bytes, size_t len)
{
	static const struct {
		const char *ending;
		enum observation observation;
	} endings[] = {{".dat", OBSERVED_SIGNATURE}, {".esl", OBSERVED_SIGNATURE}, {".png", OBSERVED_PICTURE},
	               {".jpg", OBSERVED_PICTURE}, {".jpeg", OBSERVED_PICTURE}, {".bmp", OBSERVED_PICTURE},
	               {".tif", OBSERVED_PICTURE}, {".gif", OBSERVED_PICTURE}, {".jb2", OBSERVED_PICTURE},
	               {".gbig2", OBSERVED_PICTURE}, {".mp3", OBSERVED_MEDIA}, {".mp4", OBSERVED_MEDIA}};
	const char *name = zip_entry(ofd->zip, index)->name;

	if (ofd->attachments[index])
		return OBSERVED_ATTACHMENT;
	if (is_font(bytes, len))
		return OBSERVED_BINARY_DATA;
	if (strstr(name, "humb") != NULL)
		return OBSERVED_THUMBNAIL;
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (strlen(name) > strlen(endings[i].ending) &&
		    strcasecmp(name + strlen(name) - strlen(endings[i].ending), endings[i].ending) == 0)
			return endings[i].observation;
	return OBSERVED_NOTHING;
}

static void read_binary(struct ofd *ofd, size_t index, const char *bytes, size_t len)
{
	const char *name = zip_entry(ofd->zip, index)->name;
	const char *place = ofd->labels[index] != NULL ? ofd->labels[index] : name;
	const enum observation observation = observation_of(ofd, index, bytes, len);
	const struct part part = {ofd->attachments[index] ? base_name(name, strlen(name)) : "", (const unsigned char *)bytes, len};

	if (observation != OBSERVED_NOTHING)
		reader_observe(ofd->reader, observation, "%s", place);
	if (observation == OBSERVED_SIGNATURE || observation == OBSERVED_BINARY_DATA)
		reader_binary(ofd->reader, place, &part);
	else
		reader_part(ofd->reader, place, &part);
}

static void read_part(struct ofd *ofd, size_t index)
{
	const struct zip_entry *entry = zip_entry(ofd->zip, index);
	char *bytes = NULL, root[64];
	size_t len = 0;

	if (entry->folder || !reader_may_enter(ofd->reader) || !zip_unpack(ofd->zip, index, &bytes, &len))
		return;
	generic_root(bytes, len, root, sizeof(root));
	if (len > 0 && generic_is_xml(bytes, len) && !ofd->attachments[index])
		ofd_text(ofd, index, root, bytes, len);
	else if (len > 0)
		read_binary(ofd, index, bytes, len);
	free(bytes);
}

static void tell_unnamed(const struct ofd *ofd)
{
	for (size_t i = 0; i < zip_count(ofd->zip); i++) {
		const struct zip_entry *entry = zip_entry(ofd->zip, i);
		const char *base = base_name(entry->name, strlen(entry->name));

		if (!entry->folder && !entry->unlisted && strcasecmp(entry->name, "OFD.xml") != 0 && !values_has(&ofd->named, base, strlen(base)))
			reader_observe(ofd->reader, OBSERVED_UNLISTED_DATA, "part %s", entry->name);
	}
}

void ofd_read(struct reader *reader, struct zip *zip)
{
	const size_t count = zip_count(zip);
	struct ofd ofd = {.reader = reader, .zip = zip};

	ofd.labels = mem_alloc(count + 1, sizeof(*ofd.labels));
	ofd.templates = mem_alloc(count + 1, sizeof(*ofd.templates));
	ofd.attachments = mem_alloc(count + 1, sizeof(*ofd.attachments));
	for (size_t i = 0; i < count && !reader_stopped(reader); i++)
		read_list(&ofd, i);
	for (size_t i = 0; i < count && !reader_stopped(reader); i++)
		read_part(&ofd, i);
	tell_unnamed(&ofd);
	for (size_t i = 0; i < count; i++)
		free(ofd.labels[i]);
	free(ofd.labels);
	free(ofd.templates);
	free(ofd.attachments);
	values_release(&ofd.told);
	values_release(&ofd.named);
}
