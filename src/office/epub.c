/* epub.c - an EPUB container (EPUB 3.3, OCF): chapters are web pages, told as such; the package document
 * says who made it and which parts there should be.
 *
 * META-INF/encryption.xml names what is encrypted.  Fonts that are only mangled are still fonts; anything
 * else, and any file of rights, makes the book undecided. */
#include "office_inside.h"

#include "base/mem.h"
#include "format/format.h"
#include "reader/reader.h"
#include "spine.h"
#include "values.h"
#include "xml/xml.h"
#include "zip/zip.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct epub {
	struct reader *reader;
	struct zip *zip;
	struct spine spine;       /* the order of the chapters */
	struct values named;      /* last words of every path anything names */
	struct values encrypted;  /* names of parts */
	bool mangled;             /* the one being listed is only that */
};

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

static bool ends(const char *name, const char *ending)
{
	const size_t a = strlen(name), b = strlen(ending);

	return a > b && strcasecmp(name + a - b, ending) == 0;
}

static void name_part(struct values *names, const char *path)
{
	char *plain = spine_plain(path);

	(void)values_add(names, base_name(plain), strlen(base_name(plain)));
	free(plain);
}

static void on_package(void *context, const char *name, const char *const *attributes)
{
	struct epub *epub = context;
	const char *href = xml_attribute(attributes, "href"), *path = xml_attribute(attributes, "full-path");

	(void)name;
	if (href != NULL)
		name_part(&epub->named, href);
	if (path != NULL)
		name_part(&epub->named, path);
}

/* <EncryptionMethod Algorithm=.../> comes before <CipherReference URI=.../>. */
static void on_encryption(void *context, const char *name, const char *const *attributes)
{
	struct epub *epub = context;
	const char *algorithm = xml_attribute(attributes, "Algorithm"), *uri = xml_attribute(attributes, "URI");

	if (strcmp(xml_local(name), "EncryptionMethod") == 0)
		epub->mangled = algorithm != NULL && (strcmp(algorithm, "http://www.idpf.org/2008/embedding") == 0 ||
		                                      strcmp(algorithm, "http://ns.adobe.com/pdf/enc#RC") == 0);
	if (strcmp(xml_local(name), "CipherReference") != 0 || uri == NULL)
		return;
	(void)values_add(&epub->encrypted, base_name(uri), strlen(base_name(uri)));
	if (!epub->mangled)
		reader_undecided(epub->reader, "%s: encrypted", uri);
}

static void list_parts(struct epub *epub)
{
	static const struct xml_events package = {.start = on_package}, encryption = {.start = on_encryption};

	for (size_t i = 0; i < zip_count(epub->zip) && !reader_stopped(epub->reader); i++) {
		const char *name = zip_entry(epub->zip, i)->name;
		const bool locked = strcmp(name, "META-INF/encryption.xml") == 0;
		char *bytes = NULL;
		size_t len = 0;

		if (!locked && !ends(name, ".opf") && strcmp(name, "META-INF/container.xml") != 0)
			continue;
		if (zip_unpack(epub->zip, i, &bytes, &len))
			(void)xml_read(epub->reader, locked ? &encryption : &package, epub, bytes, len);
		if (bytes != NULL && ends(name, ".opf"))
			spine_read(&epub->spine, epub->reader, name, bytes, len);
		free(bytes);
	}
}

static void tell_kind(const struct epub *epub, const char *name)
{
	static const struct {
		const char *ending;
		enum observation observation;
	} endings[] = {{".jpg", OBSERVED_PICTURE}, {".jpeg", OBSERVED_PICTURE}, {".png", OBSERVED_PICTURE},
	               {".gif", OBSERVED_PICTURE}, {".webp", OBSERVED_PICTURE}, {".mp3", OBSERVED_MEDIA},
	               {".mp4", OBSERVED_MEDIA}, {".m4a", OBSERVED_MEDIA}, {".js", OBSERVED_SCRIPT},
	               {".opf", OBSERVED_PROPERTIES}};

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (ends(name, endings[i].ending))
			reader_observe(epub->reader, endings[i].observation, "%s", name);
}

static bool is_font(const char *name)
{
	return ends(name, ".ttf") || ends(name, ".otf") || ends(name, ".woff") || ends(name, ".woff2");
}

static bool is_chapter(const char *name)
{
	return ends(name, ".xhtml") || ends(name, ".html") || ends(name, ".htm");
}

/* What the name says: part of the book and looked at with it; else it is a file of its own. */
static bool is_picture(const struct part *part)
{
	const enum format format = format_of_bytes(part->bytes, part->len, NULL);

	return format >= FORMAT_PNG && format <= FORMAT_EMF && format == format_of_name(part->name, NULL);
}

static bool is_own_xml(const char *name)
{
	return ends(name, ".opf") || ends(name, ".ncx") || strncmp(name, "META-INF/", 9) == 0;
}

static void read_part(const struct epub *epub, size_t index)
{
	const struct zip_entry *entry = zip_entry(epub->zip, index);
	const size_t number = spine_number(&epub->spine, entry->name);
	struct part part = {.name = base_name(entry->name)};
	char *bytes = NULL, *place;

	if (strcmp(entry->name, "META-INF/rights.xml") == 0)
		reader_undecided(epub->reader, "protected by rights management");
	if (is_own_xml(entry->name)) {
		tell_kind(epub, entry->name);
		generic_entry(epub->reader, FLOW_METADATA, epub->zip, index);
		return;
	}
	if (entry->folder || !zip_unpack(epub->zip, index, &bytes, &part.len))
		return;
	part.bytes = (const unsigned char *)bytes;
	tell_kind(epub, entry->name);
	place = number > 0 ? mem_format("chapter %zu, %s", number, entry->name) : mem_copy_string(entry->name);
	if (is_chapter(entry->name) && chapter_is_pictures(bytes, part.len))
		reader_observe(epub->reader, OBSERVED_PAGE_WITHOUT_TEXT, "%s", place);
	if (is_font(entry->name)) {
		reader_observe(epub->reader, OBSERVED_BINARY_DATA, "%s", entry->name);
		reader_binary(epub->reader, entry->name, &part);
	} else if (!values_has(&epub->encrypted, part.name, strlen(part.name))) {
		if (is_picture(&part))
			part.name = "";
		reader_part(epub->reader, place, &part);
	}
	free(place);
	free(bytes);
}

static void observe_unlisted(const struct epub *epub, const struct zip_entry *entry)
{
	const char *base = base_name(entry->name);

	if (!entry->folder && !entry->unlisted && strncmp(entry->name, "META-INF/", 9) != 0 && strcmp(entry->name, "mimetype") != 0 &&
	    !values_has(&epub->named, base, strlen(base)))
		reader_observe(epub->reader, OBSERVED_UNLISTED_DATA, "part %s", entry->name);
}

/* Style sheets come first: they say what is not shown of the chapters. */
void epub_read(struct reader *reader, struct zip *zip)
{
	struct epub epub = {.reader = reader, .zip = zip};

	list_parts(&epub);
	for (int sheets = 1; sheets >= 0; sheets--)
		for (size_t i = 0; i < zip_count(zip) && !reader_stopped(reader); i++) {
			if (ends(zip_entry(zip, i)->name, ".css") != (sheets == 1))
				continue;
			observe_unlisted(&epub, zip_entry(zip, i));
			read_part(&epub, i);
		}
	spine_release(&epub.spine);
	values_release(&epub.named);
	values_release(&epub.encrypted);
}
