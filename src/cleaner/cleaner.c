/* cleaner.c - which document loses what, and how a package is put together again.
 *
 * Nothing is cleaned by halves: what is not understood is carried over as it is, what carries over
 * something hidden is said to, and a document whose cleaning met anything unexpected is not given out. */
#include "cleaner_inside.h"

#include "base/mem.h"
#include "format/format.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

bool name_matches(const char *name, const char *const patterns[])
{
	char small[512];
	size_t n = 0;

	for (; name[n] != '\0' && n < sizeof(small) - 1; n++)
		small[n] = (char)(name[n] >= 'A' && name[n] <= 'Z' ? name[n] - 'A' + 'a' : name[n]);
	small[n] = '\0';
	for (; *patterns != NULL; patterns++)
		if (fnmatch(*patterns, small[0] == '/' ? small + 1 : small, 0) == 0)
			return true;
	return false;
}

bool repack_unpack(struct repack *p, size_t index, char **bytes, size_t *len)
{
	if (zip_unpack(p->zip, index, bytes, len))
		return true;
	p->failed = true;
	return false;
}

void repack_add(struct repack *p, size_t index, const void *bytes, size_t len)
{
	struct err err = {0};
	const struct zip_entry *entry = zip_entry(p->zip, index);

	if (!p->failed && !zip_writer_add(&p->to, entry->name, bytes, len, entry->method == 0, &err)) {
		reader_undecided(p->reader, "%s", err.why);
		p->failed = true;
	}
}

/* Entries only their own header names, and folders, which are nothing by themselves. */
static void drop_unlisted(struct repack *p)
{
	for (size_t i = 0; i < zip_count(p->zip); i++) {
		p->dropped[i] = zip_entry(p->zip, i)->unlisted || zip_entry(p->zip, i)->folder;
		if (zip_entry(p->zip, i)->unlisted)
			reader_removed(p->reader, "%s, which the container did not list", zip_entry(p->zip, i)->name);
	}
}

static void package_clean(struct reader *reader, const struct part *part)
{
	struct repack p = {.reader = reader};
	struct err err = {0};

	if (!zip_open(reader, part->bytes, part->len, &p.zip))
		return;
	p.dropped = mem_alloc(zip_count(p.zip) + 1, sizeof(*p.dropped));
	drop_unlisted(&p);
	if (zip_find(p.zip, "[Content_Types].xml") < zip_count(p.zip)) {
		ooxml_clean(&p);
	} else if (zip_find(p.zip, "META-INF/manifest.xml") < zip_count(p.zip) && zip_find(p.zip, "content.xml") < zip_count(p.zip)) {
		odf_clean(&p);
	} else {
		reader_undecided(reader, "no document this can clean");
		p.failed = true;
	}
	if (!p.failed && !zip_writer_finish(&p.to, &err))
		reader_undecided(reader, "%s", err.why);
	else if (!p.failed)
		reader_cleaned(reader, p.to.out.data, p.to.out.len);
	zip_writer_release(&p.to);
	zip_free(p.zip);
	free(p.dropped);
}

void clean_part(struct reader *reader, const struct part *part)
{
	const char *title = "";
	const enum format format = format_of_bytes(part->bytes, part->len, &title);

	if (format == FORMAT_ZIP)
		package_clean(reader, part);
	else if (format == FORMAT_JPEG)
		jpeg_clean(reader, part);
	else if (format == FORMAT_PNG)
		png_clean(reader, part);
	else if (title[0] != '\0')
		reader_undecided(reader, "nothing here can clean this format: %s", title);
	else
		reader_undecided(reader, "nothing here can clean a text: an editor can");
}
