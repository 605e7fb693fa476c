/* stream.c - one compressed stream: gzip by ourselves (it has texts the library drops), the others by the
 * library, held to how many of the bytes it had use for. */
#include "archive/archive.h"

#include "archive_inside.h"

#include "base/buf.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct stream {
	size_t len;
	const char *magic;
	int (*support)(struct archive *archive);
} streams[] = {
	{3, "BZh", archive_read_support_filter_bzip2},
	{6, "\xFD" "7zXZ\0", archive_read_support_filter_xz},
	{4, "\x28\xB5\x2F\xFD", archive_read_support_filter_zstd},
	{4, "\x04\x22\x4D\x18", archive_read_support_filter_lz4},
	{5, "LZIP\1", archive_read_support_filter_lzip},
	{2, "\x1F\x9D", archive_read_support_filter_compress},
	{2, "\x5D\0", archive_read_support_filter_lzma},
};

char *stream_name(const char *name)
{
	static const struct {
		const char *ending, *instead;
	} endings[] = {{".tgz", ".tar"}, {".tbz2", ".tar"}, {".txz", ".tar"}, {".gz", ""}, {".bz2", ""}, {".xz", ""},
	               {".zst", ""}, {".lz4", ""}, {".lz", ""}, {".lzma", ""}, {".Z", ""}, {".svgz", ".svg"}, {".emz", ".emf"},
	               {".wmz", ".wmf"}};
	const size_t len = strlen(name);

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		const size_t n = strlen(endings[i].ending);

		if (len > n && strcasecmp(name + len - n, endings[i].ending) == 0)
			return mem_format("%.*s%s", (int)(len - n), name, endings[i].instead);
	}
	return mem_copy_string("unpacked");
}

static bool open_stream(struct archive *archive, const struct stream *stream, const struct part *part)
{
	return archive != NULL && stream->support(archive) == ARCHIVE_OK &&
	       archive_read_support_format_raw(archive) == ARCHIVE_OK &&
	       archive_read_support_format_empty(archive) == ARCHIVE_OK &&
	       archive_read_open_memory(archive, part->bytes, part->len) == ARCHIVE_OK;
}

/* All that can be unpacked.  False: not to its end. */
static bool unpack(struct reader *reader, struct archive *archive, struct buf *out)
{
	struct archive_entry *entry = NULL;
	const void *bytes = NULL;
	size_t len = 0;
	la_int64_t offset = 0;
	int status = archive_read_next_header(archive, &entry);

	if (status == ARCHIVE_EOF)
		return true;
	while (status == ARCHIVE_OK && !reader_stopped(reader)) {
		status = archive_read_data_block(archive, &bytes, &len, &offset);
		if (status != ARCHIVE_OK)
			break;
		if (len > STREAM_MOST - out->len) {
			reader_undecided(reader, "larger than can be read");
			return false;
		}
		buf_add(out, bytes, len);
	}
	if (status == ARCHIVE_EOF)
		return true;
	reader_undecided(reader, "damaged or cut short: %s", archive_error_string(archive));
	return false;
}

/* Looking for another frame the library takes four bytes of what is none: `framed`, where it is known, is right. */
static void tell_rest(struct reader *reader, struct archive *archive, const struct part *part, size_t framed)
{
	int64_t used = archive_filter_bytes(archive, -1);

	if (framed > 0 && used > (int64_t)framed)
		used = (int64_t)framed;
	if (archive_filter_count(archive) > 2)
		reader_undecided(reader, "compressed more than once");
	if (used >= 0 && (uint64_t)used < part->len)
		tell_appended(reader, "behind the end of the stream", part->bytes + used, part->len - (size_t)used);
}

static void read_stream(struct reader *reader, const struct stream *stream, const struct part *part)
{
	struct archive *archive = archive_read_new();
	struct buf out = {0};
	char *name = stream_name(part->name);
	size_t framed;

	framed = frames_walk(reader, part);
	if (!open_stream(archive, stream, part))
		reader_undecided(reader, "not readable: %s",
		                 archive_error_string(archive) != NULL ? archive_error_string(archive) : "damaged");
	else if (unpack(reader, archive, &out))
		tell_rest(reader, archive, part, framed);
	if (out.len > 0 && reader_may_unpack(reader, out.len, part->len))
		reader_part(reader, name, &(struct part){name, (const unsigned char *)out.data, out.len});
	(void)archive_read_free(archive);
	buf_release(&out);
	free(name);
}

void compressed_read(struct reader *reader, const struct part *part)
{
	if (part->len >= 2 && part->bytes[0] == 0x1F && part->bytes[1] == 0x8B) {
		gzip_read(reader, part);
		return;
	}
	for (size_t i = 0; i < sizeof(streams) / sizeof(streams[0]); i++)
		if (part->len >= streams[i].len && memcmp(part->bytes, streams[i].magic, streams[i].len) == 0) {
			read_stream(reader, &streams[i], part);
			return;
		}
	reader_undecided(reader, "compressed in a way not known");
}
