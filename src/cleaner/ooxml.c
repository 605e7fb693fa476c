/* ooxml.c - Word, Excel and PowerPoint documents without their past (ECMA-376).
 *
 * Comments, properties, custom data and thumbnails go with their relationships and content types; tracked
 * changes are accepted; hidden runs go.  What a formula, a macro or an animation may need stays, and is
 * said to. */
#include "cleaner_inside.h"

#include "base/mem.h"
#include "xml/xml.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *what;
	const char *const patterns[8];
} removed_parts[] = {
	{"comments and who wrote them",
	 {"word/comments*.xml", "word/people.xml", "xl/comments*.xml", "xl/comments/*.xml", "xl/threadedcomments/*",
	  "xl/persons/*", "ppt/comments/*"}},
	{"a thumbnail", {"docprops/thumbnail.*"}},
	{"custom properties", {"docprops/custom.xml"}},
	{"custom XML data", {"customxml/*"}},
	{"printer settings", {"*/printersettings/*"}},
	{"the revision log", {"xl/revisions/*"}},
};

static const struct {
	const char *what;
	const char *const patterns[5];
} kept_parts[] = {
	{"macros: a document without them is another document", {"*vbaproject.bin", "*vbadata.xml", "*/macrosheets/*"}},
	{"an embedded document: clean it where it comes from", {"*/embeddings/*", "*/activex/*"}},
	{"a link to another workbook, with values from it", {"*/externallinks/externallink*.xml"}},
	{"speaker's notes", {"ppt/notesslides/notesslide*.xml"}},
	{"authors of comments", {"ppt/commentauthors.xml", "ppt/authors.xml"}},
	{"cached data of a pivot table", {"*/pivotcache/pivotcacherecords*.xml"}},
	{"a picture: its own hidden data stays", {"*/media/*.jp*g", "*/media/*.png", "*/media/*.tif*"}},
};

static const char *const dropped_elements[] = {
	"del", "moveFrom", "cellDel", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "tcPrChange",
	"trPrChange", "tblGridChange", "numberingChange", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart",
	"moveToRangeEnd", "cellIns", "cellMerge", "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart",
	"customXmlDelRangeEnd", NULL};
static const char *const comment_elements[] = {"commentRangeStart", "commentRangeEnd", NULL};
static const char *const unwrapped_elements[] = {"ins", "moveTo", NULL};
static const char *const settings_elements[] = {"rsids", "attachedTemplate", "mailMerge", "docVars", "trackRevisions", NULL};
static const char *const settings_words[] = {"session numbers", "the template", "mail merge", "document variables", "tracking of changes", NULL};
static const char *const sheet_elements[] = {"fileSharing", "customWorkbookViews", "customSheetViews", "rPh", "phoneticPr", NULL};
static const char *const sheet_words[] = {"who reserved it for writing", "saved views", "saved views", "phonetic text", "settings of phonetic text", NULL};

static const char core_none[] = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<cp:coreProperties "
	"xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\"/>";
static const char app_none[] = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Properties "
	"xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"/>";

/* The part a relationship of `from` ("word/_rels/document.xml.rels") points to.  Caller frees. */
static char *target_of(const char *from, const char *target)
{
	const char *rels = strstr(from, "_rels/");
	char *whole = target[0] == '/' || rels == NULL ? mem_copy_string(target + (target[0] == '/' ? 1 : 0))
	                                               : mem_format("%.*s%s", (int)(rels - from), from, target);
	char *up;

	while ((up = strstr(whole, "/../")) != NULL) {
		char *before = up;

		while (before > whole && before[-1] != '/')
			before--;
		memmove(before, up + 4, strlen(up + 4) + 1);
	}
	return whole;
}

/* Relationships and content types of parts that are not there any more. */
struct references {
	struct repack *p;
	const char *from;
};

static bool is_dropped(const struct repack *p, const char *name)
{
	const size_t index = zip_find(p->zip, name);

	return index < zip_count(p->zip) && p->dropped[index];
}

static bool drops_reference(void *context, const char *local, const char *const *attributes)
{
	const struct references *r = context;
	const char *part = xml_attribute(attributes, "PartName"), *target = xml_attribute(attributes, "Target");
	const char *type = xml_attribute(attributes, "Type");
	bool dropped = false;

	if (strcmp(local, "Override") == 0 && part != NULL)
		return is_dropped(r->p, part);
	if (strcmp(local, "Relationship") == 0 && target != NULL) {
		char *name = target_of(r->from, target);

		dropped = is_dropped(r->p, name) || (type != NULL && strstr(type, "/attachedTemplate") != NULL);
		free(name);
	}
	return dropped;
}

/* The drawing that holds the boxes of a sheet's comments goes with them. */
struct boxes {
	bool go, found;
};

static bool drops_of_sheet(void *context, const char *local, const char *const *attributes)
{
	struct boxes *boxes = context;
	const bool dropped = boxes->go && strcmp(local, "legacyDrawing") == 0;

	(void)attributes;
	boxes->found = boxes->found || dropped;
	return dropped;
}

static bool sheet_has_comments(const struct repack *p, const char *name)
{
	const char *slash = strrchr(name, '/');
	char *rels = mem_format("%.*s/_rels/%s.rels", slash != NULL ? (int)(slash - name) : 0, name, slash != NULL ? slash + 1 : name);
	const size_t index = zip_find(p->zip, rels);
	char *bytes = NULL;
	size_t len = 0;
	bool has = index < zip_count(p->zip) && zip_unpack(p->zip, index, &bytes, &len) && strstr(bytes, "comments") != NULL;

	free(bytes);
	free(rels);
	return has;
}

static void say_count(struct repack *p, const char *name, size_t count, const char *one, const char *more)
{
	if (count == 1)
		reader_removed(p->reader, "%s: %s", name, one);
	else if (count > 1)
		reader_removed(p->reader, "%s: %zu %s", name, count, more);
}

static void say_filtered(struct repack *p, const char *name, const struct filtered *f)
{
	say_count(p, name, f->dropped + f->unwrapped, "a mark of tracked changes, accepted", "marks of tracked changes, all accepted");
	say_count(p, name, f->hidden_runs, "a piece of hidden text", "pieces of hidden text");
	say_count(p, name, f->attributes, "a mark of an editing session", "marks of editing sessions");
	say_count(p, name, f->asides, "an XML comment", "XML comments");
}

static bool filter_part(struct repack *p, size_t index, const struct filter *filter, struct filtered *f)
{
	struct buf out = {0};
	char *bytes = NULL;
	size_t len = 0;
	bool ok = repack_unpack(p, index, &bytes, &len);

	if (ok && !filter_xml(p->reader, filter, bytes, len, &out, f)) {
		p->failed = true;
		ok = false;
	}
	if (ok)
		repack_add(p, index, out.data, out.len);
	buf_release(&out);
	free(bytes);
	return ok;
}

/* Twice: first the marks of comments, then those of changes, so that each is counted by itself. */
static void clean_word(struct repack *p, size_t index)
{
	const char *name = zip_entry(p->zip, index)->name;
	const char *const *drops = strstr(name, "settings") != NULL ? settings_elements : comment_elements;
	const struct filter first = {.drop = drops}, second = {.drop = dropped_elements, .unwrap = unwrapped_elements,
	                                                       .attribute_start = "rsid", .runs = true};
	struct filtered f = {0}, g = {0};
	struct buf between = {0}, out = {0};
	char *bytes = NULL;
	size_t len = 0;

	if (repack_unpack(p, index, &bytes, &len) && filter_xml(p->reader, &first, bytes, len, &between, &g) &&
	    filter_xml(p->reader, &second, between.data, between.len, &out, &f)) {
		f.asides += g.asides;
		say_filtered(p, name, &f);
		if (drops == settings_elements)
			say_removed(p->reader, name, settings_words, g.which);
		repack_add(p, index, out.data, out.len);
	} else {
		p->failed = true;
	}
	buf_release(&between);
	buf_release(&out);
	free(bytes);
}

static void clean_sheet(struct repack *p, size_t index)
{
	const char *name = zip_entry(p->zip, index)->name;
	struct boxes boxes = {.go = sheet_has_comments(p, name)};
	const struct filter filter = {.drop = sheet_elements, .drops = drops_of_sheet, .context = &boxes};
	struct filtered f = {0};

	if (!filter_part(p, index, &filter, &f))
		return;
	say_removed(p->reader, name, sheet_words, f.which);
	if (boxes.found)
		reader_removed(p->reader, "%s: boxes of comments", name);
}

static void clean_references(struct repack *p, size_t index)
{
	struct references r = {p, zip_entry(p->zip, index)->name};
	const struct filter filter = {.drops = drops_reference, .context = &r};
	struct filtered f = {0};

	(void)filter_part(p, index, &filter, &f);
}

static void clean_properties(struct repack *p, size_t index, const char *none)
{
	char *bytes = NULL, *names;
	size_t len = 0;

	if (!repack_unpack(p, index, &bytes, &len))
		return;
	names = names_with_text(p->reader, bytes, len, 2);
	if (names[0] != '\0')
		reader_removed(p->reader, "properties: %s", names);
	repack_add(p, index, none, strlen(none));
	free(names);
	free(bytes);
}

static void copy_part(struct repack *p, size_t index)
{
	char *bytes = NULL;
	size_t len = 0;

	if (repack_unpack(p, index, &bytes, &len))
		repack_add(p, index, bytes, len);
	free(bytes);
}

static void clean_entry(struct repack *p, size_t index)
{
	static const char *const references[] = {"*.rels", "[[]content_types].xml", NULL}, *const core[] = {"docprops/core.xml", NULL},
	                         *const app[] = {"docprops/app.xml", NULL}, *const words[] = {"word/*.xml", NULL},
	                         *const sheets[] = {"xl/workbook.xml", "xl/worksheets/*.xml", "xl/sharedstrings.xml", NULL};
	const char *name = zip_entry(p->zip, index)->name;

	if (name_matches(name, references))
		clean_references(p, index);
	else if (name_matches(name, core))
		clean_properties(p, index, core_none);
	else if (name_matches(name, app))
		clean_properties(p, index, app_none);
	else if (name_matches(name, words))
		clean_word(p, index);
	else if (name_matches(name, sheets))
		clean_sheet(p, index);
	else
		copy_part(p, index);
}

/* Sheets and slides that are not shown: nobody here can say whether something shown needs them. */
static void say_hidden(struct repack *p)
{
	static const char *const places[] = {"xl/workbook.xml", "ppt/slides/slide*.xml", NULL};

	for (size_t i = 0; i < zip_count(p->zip); i++) {
		const char *name = zip_entry(p->zip, i)->name;
		char *bytes = NULL;
		size_t len = 0;

		if (!name_matches(name, places) || !zip_unpack(p->zip, i, &bytes, &len))
			continue;
		if (strstr(bytes, "state=\"hidden\"") != NULL || strstr(bytes, "state=\"veryHidden\"") != NULL)
			reader_kept(p->reader, "%s: a hidden sheet: show it and decide", name);
		if (strstr(bytes, "show=\"0\"") != NULL)
			reader_kept(p->reader, "%s: a hidden slide: show it and decide", name);
		free(bytes);
	}
}

void ooxml_clean(struct repack *p)
{
	for (size_t k = 0; k < sizeof(removed_parts) / sizeof(removed_parts[0]); k++) {
		size_t count = 0;

		for (size_t i = 0; i < zip_count(p->zip); i++)
			if (!p->dropped[i] && name_matches(zip_entry(p->zip, i)->name, removed_parts[k].patterns)) {
				p->dropped[i] = true;
				count++;
			}
		if (count > 0)
			reader_removed(p->reader, count == 1 ? "%s (%zu part)" : "%s (%zu parts)", removed_parts[k].what, count);
	}
	for (size_t k = 0; k < sizeof(kept_parts) / sizeof(kept_parts[0]); k++)
		for (size_t i = 0; i < zip_count(p->zip); i++)
			if (!p->dropped[i] && name_matches(zip_entry(p->zip, i)->name, kept_parts[k].patterns))
				reader_kept(p->reader, "%s: %s", zip_entry(p->zip, i)->name, kept_parts[k].what);
	say_hidden(p);
	for (size_t i = 0; i < zip_count(p->zip) && !p->failed; i++)
		if (!p->dropped[i])
			clean_entry(p, i);
}
