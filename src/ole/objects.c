/* objects.c - what OLE itself keeps in storages: packed files, pictures of objects, links. */
#include "ole_inside.h"

#include "base/mem.h"
#include "binary/put.h"
#include "format/format.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

enum { PRESENTATION_HEAD_MOST = 1024, METAFILE_MARK = 40, LINKED = 1 };

static void tell_strings(struct reader *reader, const char *place, struct span bytes)
{
	const struct part part = {"", bytes.bytes, bytes.len};

	reader_binary(reader, place, &part);
}

void stream_read(struct reader *reader, const char *place, struct span bytes)
{
	const struct part part = {"", bytes.bytes, bytes.len};

	if (bytes.len == 0)
		return;
	if (format_of_bytes(bytes.bytes, bytes.len, NULL) != FORMAT_UNKNOWN || format_is_markup("", bytes.bytes, bytes.len)) {
		reader_part(reader, place, &part);
		return;
	}
	reader_observe(reader, OBSERVED_BINARY_DATA, "%s", place);
	tell_strings(reader, place, bytes);
}

/* One text up to its NUL; told as the name of a file.  `*at` moves behind it.  Caller frees. */
static char *take_name(struct narrow *narrow, struct flow_out *names, struct span bytes, size_t *at)
{
	const struct span rest = span_from(bytes, *at);
	const unsigned char *nul = rest.len > 0 ? memchr(rest.bytes, 0, rest.len) : NULL;
	const struct span name = span_cut(rest, 0, nul != NULL ? (size_t)(nul - rest.bytes) : rest.len);

	*at += name.len + 1;
	narrow_put(narrow, names, name);
	flow_break(names);
	return narrow_text(narrow, name);
}

/* The packager of Windows: a label, the path the file came from, the path it was copied to, the file, and the
 * three names again in UTF-16 ([MS-OLEDS] does not say; so do all its writers). */
static bool read_packed(struct reader *reader, const char *place, struct span bytes)
{
	struct narrow narrow = {.reader = reader, .page = 936};
	struct flow_out *names;
	struct part part = {0};
	char *label, *inside;
	size_t at = 6;
	uint32_t len;

	if (span16(bytes, 4) != 2)
		return false;
	names = flow_open(reader, FLOW_FILENAME, "%s", place);
	label = take_name(&narrow, names, bytes, &at);
	free(take_name(&narrow, names, bytes, &at));
	at += 8; /* what it is, and the length of the next */
	free(take_name(&narrow, names, bytes, &at));
	len = span32(bytes, at);
	narrow_close(&narrow, FLOW_FILENAME, place);
	flow_close(names);
	part.name = label;
	part.bytes = span_cut(bytes, at + 4, len).bytes;
	part.len = span_cut(bytes, at + 4, len).len;
	inside = mem_format("attachment %s", label);
	if (part.len < len)
		reader_undecided(reader, "damaged: %s ends early", inside);
	reader_part(reader, inside, &part);
	tell_strings(reader, place, span_from(bytes, at + 4 + part.len));
	free(inside);
	free(label);
	return true;
}

void native_read(struct reader *reader, const char *place, struct span bytes)
{
	if (!read_packed(reader, place, bytes))
		stream_read(reader, place, span_from(bytes, 4));
}

/* Where an older metafile begins that has the enhanced one at `enhanced` in its comments, in pieces; `enhanced`: none does. */
static size_t older_metafile(struct span bytes, size_t enhanced)
{
	for (size_t at = 0; at + 6 < enhanced; at++)
		if (memcmp(bytes.bytes + at, "\1\0\x09\0\0\3", 6) == 0)
			return at;
	return enhanced;
}

/* An enhanced metafile behind a head of several forms is found by its own mark; of the older ones without it the strings
 * are told. */
void object_picture_read(struct reader *reader, const char *place, struct span bytes)
{
	for (size_t at = 0; at < PRESENTATION_HEAD_MOST && at + METAFILE_MARK + 4 < bytes.len; at++)
		if (span32(bytes, at) == 1 && memcmp(bytes.bytes + at + METAFILE_MARK, " EMF", 4) == 0) {
			const size_t from = older_metafile(bytes, at);
			const struct part part = {"", bytes.bytes + from, bytes.len - from};

			tell_strings(reader, place, span_cut(bytes, 0, from));
			reader_part(reader, place, &part);
			return;
		}
	tell_strings(reader, place, bytes);
}

void link_read(struct reader *reader, const char *place, struct span bytes)
{
	if ((span32(bytes, 4) & LINKED) != 0)
		reader_observe(reader, OBSERVED_EXTERNAL_LINK, "%s", place);
	tell_strings(reader, place, bytes);
}
