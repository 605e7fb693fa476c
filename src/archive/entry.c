/* entry.c - one entry: what is in it, and everything that is written beside it. */
#include "archive_inside.h"

#include "base/buf.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* Texts come as the archive has them, or, where the library already knows their charset, in UTF-8. */
static const char *text_of(struct archive_entry *entry, const char *(*raw)(struct archive_entry *),
                           const char *(*utf8)(struct archive_entry *))
{
	const char *text = raw(entry);

	return text != NULL ? text : utf8(entry);
}

static void tell_text(struct reader *reader, enum flow_kind kind, const char *what, const char *name, const char *text)
{
	char *place;

	if (text == NULL || text[0] == '\0')
		return;
	place = mem_format("%s of %s", what, name);
	reader_bytes(reader, kind, place, "UTF-8", (const unsigned char *)text, strlen(text));
	free(place);
}

/* ---- What is written beside it. */

/* "root" is what nobody in particular is called. */
static void tell_owner(struct reading *reading, const char *owner)
{
	char *name;

	if (owner == NULL || owner[0] == '\0' || strcmp(owner, "root") == 0)
		return;
	name = name_read(reading->reader, owner);
	flow_put_string(reading->owners, name);
	flow_break(reading->owners);
	reading->owned = true;
	free(name);
}

static void tell_attribute(struct reader *reader, const char *entry, const char *name, const void *value, size_t len)
{
	const struct part part = {"", value, len};
	char *place = mem_format("attribute %s of %s", name, entry);

	reader_observe(reader, OBSERVED_CUSTOM_DATA, "%s", place);
	reader_text(reader, FLOW_METADATA, place, name, strlen(name));
	if (len > 0)
		reader_part(reader, place, &part);
	free(place);
}

static void tell_attributes(struct reader *reader, struct archive_entry *entry, const char *name)
{
	const char *attribute = NULL;
	const void *value = NULL;
	size_t len = 0;
	char *acl;

	(void)archive_entry_xattr_reset(entry);
	while (archive_entry_xattr_next(entry, &attribute, &value, &len) == ARCHIVE_OK)
		if (attribute != NULL)
			tell_attribute(reader, name, attribute, value, len);
	value = archive_entry_mac_metadata(entry, &len);
	if (value != NULL)
		tell_attribute(reader, name, "of the Finder", value, len);
	if (archive_entry_acl_types(entry) == 0)
		return;
	acl = archive_entry_acl_to_text(entry, NULL, 0);
	if (acl == NULL)
		reader_undecided(reader, "%s: rights that cannot be told", name);
	tell_text(reader, FLOW_METADATA, "rights", name, acl);
	free(acl);
}

static void tell_besides(struct reading *reading, struct archive_entry *entry, const char *name)
{
	const char *symlink = text_of(entry, archive_entry_symlink, archive_entry_symlink_utf8);
	const char *hardlink = text_of(entry, archive_entry_hardlink, archive_entry_hardlink_utf8);

	tell_text(reading->reader, FLOW_FILENAME, "target", name, symlink);
	tell_text(reading->reader, FLOW_FILENAME, "target", name, hardlink);
	tell_owner(reading, text_of(entry, archive_entry_uname, archive_entry_uname_utf8));
	tell_owner(reading, text_of(entry, archive_entry_gname, archive_entry_gname_utf8));
	tell_text(reading->reader, FLOW_METADATA, "flags", name, archive_entry_fflags_text(entry));
	tell_attributes(reading->reader, entry, name);
}

/* ---- What is in it. */

static bool fill_to(struct buf *out, int64_t len)
{
	static const char zeros[4096];

	if (len < 0 || len > ENTRY_MOST)
		return false;
	while (out->len < (size_t)len)
		buf_add(out, zeros, (size_t)len - out->len < sizeof(zeros) ? (size_t)len - out->len : sizeof(zeros));
	return true;
}

/* Holes of sparse files are zeros, as they are when it is unpacked. */
static bool read_piece(struct reading *reading, const char *name, struct buf *out, int *status)
{
	const void *bytes = NULL;
	size_t len = 0;
	la_int64_t offset = 0;

	*status = archive_read_data_block(reading->archive, &bytes, &len, &offset);
	if (*status != ARCHIVE_OK && *status != ARCHIVE_WARN)
		return false;
	if (*status == ARCHIVE_WARN)
		reader_undecided(reading->reader, "%s: %s", name, archive_error_string(reading->archive));
	if (offset < (int64_t)out->len || len > ENTRY_MOST || !fill_to(out, offset) || out->len + len > ENTRY_MOST) {
		reader_undecided(reading->reader, "%s: larger than can be read, or damaged", name);
		*status = ARCHIVE_WARN;
		return false;
	}
	buf_add(out, bytes, len);
	return true;
}

/* Everything that can be unpacked of it; what cannot was said. */
static void unpack(struct reading *reading, struct archive_entry *entry, const char *name, struct buf *out)
{
	int status = ARCHIVE_OK;
	const char *why;

	while (!reader_stopped(reading->reader) && read_piece(reading, name, out, &status))
		;
	if (status == ARCHIVE_EOF && archive_entry_size_is_set(entry) && !fill_to(out, archive_entry_size(entry)))
		reader_undecided(reading->reader, "%s: larger than can be read, or damaged", name);
	if (status == ARCHIVE_EOF || status == ARCHIVE_OK || status == ARCHIVE_WARN)
		return;
	why = archive_error_string(reading->archive);
	reading->broken = true;
	if (archive_entry_is_encrypted(entry))
		reader_undecided(reading->reader, "%s: encrypted", name);
	else
		reader_undecided(reading->reader, "%s: could not be unpacked: %s", name, why != NULL ? why : "damaged");
}

static void read_content(struct reading *reading, struct archive_entry *entry, const char *name)
{
	struct buf out = {0};
	struct part part = {.name = name};

	unpack(reading, entry, name, &out);
	if (out.len > 0 && !reader_may_unpack(reading->reader, out.len, reading->part->len)) {
		buf_release(&out);
		return;
	}
	if (reading->kind->finish == image_finish)
		sectors_add(&reading->sectors, out.data, out.len);
	part.bytes = (const unsigned char *)(out.data != NULL ? out.data : "");
	part.len = out.len;
	reader_part(reading->reader, name, &part);
	buf_release(&out);
}

void entry_read(struct reading *reading, struct archive_entry *entry)
{
	const char *raw = text_of(entry, archive_entry_pathname, archive_entry_pathname_utf8);
	const bool file = archive_entry_filetype(entry) == AE_IFREG || archive_entry_filetype(entry) == 0;
	const bool linked = archive_entry_hardlink(entry) != NULL && archive_entry_size(entry) == 0;
	char *name;

	if (raw == NULL)
		reader_undecided(reading->reader, "an entry whose name is no text");
	name = name_read(reading->reader, raw != NULL ? raw : "?");
	if (reading->kind->walk != ar_walk || name[0] != '/') /* "/" and "//" are lists of ar's own */
		name_judge(reading->reader, name);
	if (file) {
		reading->names = mem_grow(reading->names, reading->count, sizeof(*reading->names));
		reading->names[reading->count++] = mem_copy_string(name);
	}
	tell_besides(reading, entry, name);
	if (file && archive_entry_is_encrypted(entry))
		reader_undecided(reading->reader, "%s: encrypted", name);
	if (file && !linked && !archive_entry_is_encrypted(entry))
		read_content(reading, entry, name);
	else if (reader_may_enter(reading->reader))
		reader_text(reading->reader, FLOW_FILENAME, "", name, strlen(name));
	free(name);
}
