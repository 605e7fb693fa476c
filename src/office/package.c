/* package.c - an Office Open XML package: every entry once, in an order that lets places be named.
 *
 * Relationships first, then what others refer to (styles, shared strings, people), then the main part (it
 * names the sheets and numbers the slides), then the rest as it comes. */
#include "package.h"

#include "office_inside.h"

#include "base/mem.h"
#include "reader/reader.h"
#include "zip/zip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LABEL_ROUNDS = 3 };

const char *package_label(const struct package *package, size_t index)
{
	return package->parts[index].label != NULL ? package->parts[index].label : "";
}

void package_set_label(struct package *package, size_t index, bool hidden, char *label)
{
	if (index >= package->count || package->parts[index].label != NULL) {
		free(label);
		return;
	}
	package->parts[index].label = label;
	package->parts[index].hidden = hidden;
}

const char *package_author(const struct package *package, const char *id)
{
	for (size_t i = 0; i < package->author_count; i++)
		if (strcmp(package->authors[i].id, id) == 0)
			return package->authors[i].name;
	return "";
}

void package_tell(struct package *package, struct flow_out *rest, const char *text, size_t len)
{
	if (!values_matter(text, len) || !values_add(&package->values, text, len))
		return;
	flow_put(rest, text, len);
	flow_break(rest);
}

void package_tell_element(struct package *package, struct flow_out *rest, const char *name, const char *const *attributes)
{
	package_tell(package, rest, name, strlen(name));
	for (; attributes[0] != NULL; attributes += 2) {
		package_tell(package, rest, attributes[0], strlen(attributes[0]));
		package_tell(package, rest, attributes[1], strlen(attributes[1]));
	}
}

static bool ends(const char *name, const char *ending)
{
	const size_t a = strlen(name), b = strlen(ending);

	return a >= b && strcmp(name + a - b, ending) == 0;
}

/* When a part is read: what names or explains others comes before them. */
static int turn_of(const struct package *package, size_t index)
{
	static const struct {
		const char *type;
		int turn;
	} turns[] = {{"styles", 0}, {"numbering", 0}, {"sharedStrings", 0}, {"commentAuthors", 0}, {"authors", 0}, {"person", 0},
	             {"officeDocument", 1}};

	for (size_t i = 0; i < sizeof(turns) / sizeof(turns[0]); i++)
		if (strcmp(package->parts[index].type, turns[i].type) == 0)
			return turns[i].turn;
	return 2;
}

/* Parts that belong to more than one other. */
static bool is_shared(const char *type)
{
	static const char *const types[] = {"slide", "slideLayout", "slideMaster", "notesMaster", "theme"};

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strcmp(type, types[i]) == 0)
			return true;
	return false;
}

/* What belongs to a sheet or a slide is called by it. */
static void spread_labels(struct package *package)
{
	for (int round = 0; round < LABEL_ROUNDS; round++)
		for (size_t i = 0; i < package->relation_count; i++) {
			const struct relation *relation = &package->relations[i];
			const char *from = relation->from < package->count ? package_label(package, relation->from) : "";
			const bool hidden = relation->from < package->count && package->parts[relation->from].hidden;
			const bool notes = strcmp(relation->type, "notesSlide") == 0;

			if (from[0] == '\0' || relation->to == package->count || is_shared(relation->type) ||
			    strcmp(package->parts[relation->from].type, "officeDocument") == 0)
				continue;
			package_set_label(package, relation->to, hidden,
			                  mem_format("%s%s%s", from, notes ? " " : ", ", notes ? "notes" : relation->type));
		}
}

static void read_turn(struct package *package, int turn)
{
	for (size_t i = 0; i < package->count && !reader_stopped(package->reader); i++)
		if (!package->parts[i].done && turn_of(package, i) == turn) {
			package->parts[i].done = true;
			part_read(package, i);
		}
}

static void tell_orphans(const struct package *package)
{
	for (size_t i = 0; i < package->count; i++) {
		const struct zip_entry *entry = zip_entry(package->zip, i);

		if (!package->parts[i].reached && !entry->folder && !entry->unlisted && strcmp(entry->name, "[Content_Types].xml") != 0)
			reader_observe(package->reader, OBSERVED_UNLISTED_DATA, "part %s", entry->name);
	}
}

/* Pictures alone may be a scan: a page somebody has to read. */
static void judge_pictures(const struct package *package)
{
	if (package->pictures > 0 && package->characters == 0)
		reader_observe(package->reader, OBSERVED_PAGE_WITHOUT_TEXT, "the whole document");
}

static void release(struct package *package)
{
	for (size_t i = 0; i < package->count; i++)
		free(package->parts[i].label);
	for (size_t i = 0; i < package->relation_count; i++) {
		free(package->relations[i].id);
		free(package->relations[i].type);
		free(package->relations[i].target);
	}
	for (size_t i = 0; i < package->author_count; i++) {
		free(package->authors[i].id);
		free(package->authors[i].name);
	}
	free(package->parts);
	free(package->relations);
	free(package->authors);
	free(package->shared);
	free(package->looks);
	buf_release(&package->strings);
	values_release(&package->values);
	values_release(&package->hidden_styles);
	labels_release(&package->labels);
}

void ooxml_read(struct reader *reader, struct zip *zip)
{
	struct package package = {.reader = reader, .zip = zip, .count = zip_count(zip)};

	package.parts = mem_alloc(package.count + 1, sizeof(*package.parts));
	for (size_t i = 0; i < package.count; i++)
		package.parts[i].type = "";
	for (size_t i = 0; i < package.count && !reader_stopped(reader); i++)
		if (ends(zip_entry(zip, i)->name, ".rels"))
			relations_read(&package, i);
	relations_reach(&package);
	read_turn(&package, 0);
	read_turn(&package, 1);
	spread_labels(&package);
	read_turn(&package, 2);
	strings_tell_unused(&package);
	tell_orphans(&package);
	judge_pictures(&package);
	release(&package);
}
