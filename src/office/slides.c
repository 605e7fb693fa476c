/* slides.c - a presentation's own part: which slide is which, and how large they are; and who wrote the
 * comments. */
#include "package.h"

#include "base/mem.h"
#include "reader/reader.h"
#include "xml/xml.h"

#include <stdlib.h>
#include <string.h>

enum { AUTHORS_MOST = 10000 };

struct listing {
	struct package *package;
	size_t index, slides;
};

static int64_t size_of(const char *text)
{
	const long long size = text != NULL ? strtoll(text, NULL, 10) : 0;

	return size > 0 && size < INT64_C(1) << 40 ? size : 0;
}

/* The relation's id is the attribute with a prefix; the one without is the slide's number in the file. */
static const char *relation_id(const char *const *attributes)
{
	for (; attributes[0] != NULL; attributes += 2)
		if (strchr(attributes[0], ':') != NULL && strcmp(xml_local(attributes[0]), "id") == 0)
			return attributes[1];
	return "";
}

static void on_presentation(void *context, const char *name, const char *const *attributes)
{
	struct listing *listing = context;
	struct package *package = listing->package;
	const char *local = xml_local(name);

	if (strcmp(local, "sldId") == 0) {
		package_set_label(package, relation_target(package, listing->index, relation_id(attributes)), false,
		                  mem_format("slide %zu", ++listing->slides));
	} else if (strcmp(local, "sldSz") == 0) {
		package->slide_width = size_of(xml_attribute(attributes, "cx"));
		package->slide_height = size_of(xml_attribute(attributes, "cy"));
	}
}

void presentation_read(struct package *package, size_t index, const struct kind *kind, const char *bytes, size_t len)
{
	static const struct xml_events events = {.start = on_presentation};
	struct listing listing = {.package = package, .index = index};

	story_read(package, index, kind, bytes, len);
	(void)xml_read(package->reader, &events, &listing, bytes, len);
}

static void on_author(void *context, const char *name, const char *const *attributes)
{
	struct package *package = context;
	const char *id = xml_attribute(attributes, "id"), *called = xml_attribute(attributes, "displayName");

	(void)name;
	called = called != NULL ? called : xml_attribute(attributes, "name");
	if (id == NULL || called == NULL || package->author_count >= AUTHORS_MOST)
		return;
	package->authors = mem_grow(package->authors, package->author_count, sizeof(*package->authors));
	package->authors[package->author_count++] = (struct author){mem_copy_string(id), mem_copy_string(called)};
}

void authors_read(struct package *package, size_t index, const struct kind *kind, const char *bytes, size_t len)
{
	static const struct xml_events events = {.start = on_author};

	story_read(package, index, kind, bytes, len);
	(void)xml_read(package->reader, &events, package, bytes, len);
}
