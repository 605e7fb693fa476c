/* archive.c - archives other than ZIP, entry by entry.
 *
 * The library (libarchive) unpacks.  It was made to give back files and passes over in silence whatever is
 * none: comments, padding, headers it does not know, bytes behind the end.  So each format also has a walk
 * of its own over the headers, which tells those, and where the format is simple enough (tar, cpio, ar) says
 * where entries begin: two readers that see different entries make the archive undecided.  Only the format
 * the bytes begin with is switched on; no filter, no format that opens files (mtree) or needs a parser of
 * another library (xar). */
#include "archive/archive.h"

#include "archive_inside.h"

#include "base/mem.h"
#include "reader/reader.h"
#include "text/charset.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* What the library had no use for at the end, past the zero that is one. */
static void tell_tail(struct reading *reading)
{
	const struct part *part = reading->part;
	const int64_t used = archive_filter_bytes(reading->archive, -1);
	size_t at = used < 0 || (uint64_t)used > part->len ? part->len : (size_t)used;

	while (at < part->len && part->bytes[at] == 0)
		at++;
	tell_appended(reading->reader, "behind the end of the archive", part->bytes + at, part->len - at);
}

static const struct kind kinds[] = {
	{0, 6, "7z\xBC\xAF\x27\x1C", "7z archive", archive_read_support_format_7zip, seven_walk, NULL, false},
	{0, 8, "Rar!\x1A\x07\x01", "rar archive", archive_read_support_format_rar5, rar5_walk, NULL, false},
	{0, 7, "Rar!\x1A\x07", "rar archive", archive_read_support_format_rar, rar4_walk, NULL, false},
	{0, 4, "MSCF", "cabinet", archive_read_support_format_cab, cabinet_walk, NULL, false},
	{0, 8, "!<arch>\n", "ar archive", archive_read_support_format_ar, ar_walk, NULL, true},
	{0, 5, "07070", "cpio archive", archive_read_support_format_cpio, cpio_walk, NULL, true},
	{0, 2, "\xC7\x71", "cpio archive", archive_read_support_format_cpio, cpio_walk, NULL, true},
	{0, 2, "\x71\xC7", "cpio archive", archive_read_support_format_cpio, cpio_walk, NULL, true},
	{32769, 5, "CD001", "ISO 9660 image", archive_read_support_format_iso9660, image_walk, image_finish, false},
	{2, 3, "-lh", "lha archive", archive_read_support_format_lha, NULL, tell_tail, false},
	{0, 0, "", "tar archive", archive_read_support_format_tar, tar_walk, NULL, true}, /* the others were not it */
};

bool bytes_are_zero(const unsigned char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (bytes[i] != 0)
			return false;
	return true;
}

void starts_add(struct starts *starts, size_t at)
{
	starts->at = mem_grow(starts->at, starts->count, sizeof(*starts->at));
	starts->at[starts->count++] = at;
}

void tell_slack(struct reader *reader, const char *place, const unsigned char *bytes, size_t len)
{
	const struct part part = {"", bytes, len};

	if (bytes_are_zero(bytes, len))
		return;
	reader_observe(reader, OBSERVED_UNLISTED_DATA, "%s", place);
	reader_binary(reader, place, &part);
}

void tell_appended(struct reader *reader, const char *place, const unsigned char *bytes, size_t len)
{
	const struct part part = {"", bytes, len};

	if (bytes_are_zero(bytes, len))
		return;
	reader_observe(reader, OBSERVED_APPENDED_DATA, "%s", place);
	reader_part(reader, place, &part);
}

static const struct kind *kind_of(const struct part *part)
{
	const struct kind *kind = kinds;

	while (kind->len > 0 && (part->len < kind->at + kind->len || memcmp(part->bytes + kind->at, kind->magic, kind->len) != 0))
		kind++;
	return kind;
}

/* Both walks in the order of the bytes: entry for entry at the same place. */
static void compare_start(const struct reading *reading, size_t number)
{
	const int64_t at = archive_read_header_position(reading->archive);

	if (reading->kind->compare &&
	    (number >= reading->starts.count || at < 0 || (size_t)at != reading->starts.at[number]))
		reader_undecided(reading->reader, "two ways of reading it see different entries");
}

static void tell_failure(const struct reading *reading)
{
	const char *why = archive_error_string(reading->archive);

	/* Where no format was found, asking the library for more than that ends in a crash (3.6.2). */
	if (archive_format(reading->archive) != 0 && archive_read_has_encrypted_entries(reading->archive) > 0)
		reader_undecided(reading->reader, "encrypted");
	else
		reader_undecided(reading->reader, "not readable to its end: %s", why != NULL ? why : "damaged");
}

/* False: that was the last one. */
static bool next_entry(struct reading *reading, size_t number)
{
	struct archive_entry *entry = NULL;
	const int status = archive_read_next_header(reading->archive, &entry);

	if (status == ARCHIVE_EOF) {
		if (reading->kind->compare && number != reading->starts.count)
			reader_undecided(reading->reader, "two ways of reading it see different entries");
		return false;
	}
	if (status != ARCHIVE_OK)
		tell_failure(reading);
	if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
		return false;
	compare_start(reading, number);
	entry_read(reading, entry);
	return true;
}

/* Behind a file of a cabinet that could not be unpacked the library may crash (3.6.2). */
static bool may_go_on(const struct reading *reading)
{
	return !reader_stopped(reading->reader) && !(reading->broken && reading->kind->walk == cabinet_walk);
}

static bool open_archive(struct reading *reading)
{
	return reading->archive != NULL && reading->kind->support(reading->archive) == ARCHIVE_OK &&
	       archive_read_open_memory(reading->archive, reading->part->bytes, reading->part->len) == ARCHIVE_OK;
}

static void release(struct reading *reading)
{
	(void)archive_read_free(reading->archive);
	for (size_t i = 0; i < reading->count; i++)
		free(reading->names[i]);
	free(reading->names);
	free(reading->starts.at);
	free(reading->sectors.seen);
}

void archive_room_read(struct reader *reader, const struct part *part)
{
	struct reading reading = {.reader = reader, .part = part, .kind = kind_of(part), .archive = archive_read_new()};
	size_t number = 0;

	reading.owners = flow_open(reader, FLOW_METADATA, "owners of the entries");
	if (reading.kind->walk != NULL)
		reading.kind->walk(&reading);
	if (!open_archive(&reading))
		tell_failure(&reading);
	else
		while (may_go_on(&reading) && next_entry(&reading, number))
			number++;
	if (reading.kind->finish != NULL && !reader_stopped(reader))
		reading.kind->finish(&reading);
	names_compare(&reading);
	if (reading.owned)
		reader_observe(reader, OBSERVED_PROPERTIES, "owners of the entries");
	flow_close(reading.owners);
	release(&reading);
}

void archive_room_warm(void)
{
	static const char *const pages[] = {"CP932", "CP936", "CP949", "CP950", "CP1252"}; /* lha says in which its names are */
	size_t len = 0;

	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
		free(charset_convert(pages[i], "", 0, &len));
	/* Times of entries are looked up in no file: a zone that is written out needs none. */
	(void)setenv("TZ", "UTC0", 1);
	tzset();
	/* Without it names from formats that keep them in UTF-16 cannot be told, and are undecided. */
	if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
		(void)setlocale(LC_CTYPE, "C");
}
