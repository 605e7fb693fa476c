/* relations.c - what leads where in a package.
 *
 * Relationships are hints, never a filter: a part nothing leads to is read like the others, and named.  A
 * relationship to the outside is a link the office may not know its document has. */
#include "package.h"

#include "base/mem.h"
#include "reader/reader.h"
#include "xml/xml.h"
#include "zip/zip.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { RELATIONS_MOST = 50000 };

struct listing {
	struct package *package;
	size_t from;
	char *folder; /* of the source part, with its slash; "" the root */
};

/* The entry `target` names, seen from `folder`; the count: none.  Names are compared as written first,
 * then without regard to case, as Office does. */
static size_t find_part(const struct package *package, const char *folder, const char *target)
{
	struct buf path = {0};
	size_t found;

	if (target[0] != '/')
		buf_add_string(&path, folder);
	for (const char *at = target; *at != '\0';) {
		const size_t n = strcspn(at, "/#?");

		if (n == 2 && at[0] == '.' && at[1] == '.') {
			if (path.len > 0)
				path.len--;
			while (path.len > 0 && path.data[path.len - 1] != '/')
				path.len--;
		} else if (n > 0 && !(n == 1 && at[0] == '.')) {
			buf_add(&path, at, n);
			if (at[n] == '/')
				buf_add_byte(&path, '/');
		}
		if (at[n] == '#' || at[n] == '?' || at[n] == '\0')
			break;
		at += n + 1;
	}
	buf_add_byte(&path, '\0');
	found = zip_find(package->zip, path.data);
	for (size_t i = 0; found == package->count && i < package->count && package->count < 1000; i++)
		if (strcasecmp(zip_entry(package->zip, i)->name, path.data) == 0)
			found = i;
	buf_release(&path);
	return found;
}

static const char *last_word(const char *type)
{
	const char *slash = strrchr(type, '/');

	return slash != NULL ? slash + 1 : type;
}

/* A link a reader of the page sees and may follow; others are fetched, or name a place inside the office. */
static bool is_plain_link(const struct relation *relation)
{
	return strcmp(relation->type, "hyperlink") == 0 &&
	       (strncasecmp(relation->target, "http://", 7) == 0 || strncasecmp(relation->target, "https://", 8) == 0 ||
	        strncasecmp(relation->target, "mailto:", 7) == 0 || relation->target[0] == '#');
}

static void tell_external(const struct listing *listing, const struct relation *relation)
{
	struct reader *reader = listing->package->reader;

	if (!is_plain_link(relation))
		reader_observe(reader, OBSERVED_EXTERNAL_LINK, "%s: %s", relation->type, relation->target);
}

static void on_start(void *context, const char *name, const char *const *attributes)
{
	const struct listing *listing = context;
	struct package *package = listing->package;
	const char *id = xml_attribute(attributes, "Id"), *type = xml_attribute(attributes, "Type");
	const char *target = xml_attribute(attributes, "Target"), *mode = xml_attribute(attributes, "TargetMode");
	struct relation relation = {.from = listing->from};

	if (strcmp(xml_local(name), "Relationship") != 0 || target == NULL || package->relation_count >= RELATIONS_MOST)
		return;
	relation.id = mem_copy_string(id != NULL ? id : "");
	relation.type = mem_copy_string(last_word(type != NULL ? type : ""));
	relation.target = mem_copy_string(target);
	relation.external = mode != NULL && strcasecmp(mode, "External") == 0;
	relation.to = relation.external ? package->count : find_part(package, listing->folder, target);
	if (relation.external)
		tell_external(listing, &relation);
	package->relations = mem_grow(package->relations, package->relation_count, sizeof(*package->relations));
	package->relations[package->relation_count++] = relation;
}

/* "word/_rels/document.xml.rels" belongs to "word/document.xml". */
static size_t source_of(const struct package *package, const char *name, char **folder)
{
	const char *rels = strstr(name, "_rels/");
	char *source;
	size_t found;

	*folder = mem_copy_bytes(name, rels != NULL ? (size_t)(rels - name) : 0);
	if (rels == NULL)
		return package->count;
	source = mem_format("%s%s", *folder, rels + 6);
	if (strlen(source) >= 5)
		source[strlen(source) - 5] = '\0'; /* ".rels" */
	found = source[0] == '\0' ? package->count : zip_find(package->zip, source);
	free(source);
	return found;
}

void relations_read(struct package *package, size_t index)
{
	static const struct xml_events events = {.start = on_start};
	struct listing listing = {.package = package};
	char *bytes = NULL;
	size_t len = 0;

	listing.from = source_of(package, zip_entry(package->zip, index)->name, &listing.folder);
	if (zip_unpack(package->zip, index, &bytes, &len)) {
		/* Told as any part is, besides: names and ids are text too. */
		story_read(package, index, NULL, bytes, len);
		(void)xml_read(package->reader, &events, &listing, bytes, len);
	}
	free(bytes);
	free(listing.folder);
	package->parts[index].done = package->parts[index].reached = true;
}

/* Round by round, as deep as packages are. */
void relations_reach(struct package *package)
{
	bool more = true;

	for (int round = 0; more && round < 32; round++) {
		more = false;
		for (size_t i = 0; i < package->relation_count; i++) {
			const struct relation *relation = &package->relations[i];
			const bool here = relation->from == package->count || package->parts[relation->from].reached;

			if (relation->to == package->count)
				continue;
			package->parts[relation->to].type = relation->type;
			if (here && !package->parts[relation->to].reached)
				more = package->parts[relation->to].reached = true;
		}
	}
}

size_t relation_target(const struct package *package, size_t from, const char *id)
{
	for (size_t i = 0; i < package->relation_count; i++)
		if (package->relations[i].from == from && strcmp(package->relations[i].id, id) == 0)
			return package->relations[i].to;
	return package->count;
}
