/* vba.c - programs in documents ([MS-OVBA]): their source, unpacked.
 *
 * A module's stream has what was compiled from it first and its source behind; either may have been changed
 * without the other, so the strings of the first are told as well. */
#include "ole_inside.h"

#include "base/buf.h"
#include "base/mem.h"
#include "binary/put.h"
#include "compound/compound.h"
#include "reader/reader.h"
#include "text/charset.h"

#include <stdlib.h>
#include <string.h>

enum {
	CHUNK = 4096,
	RECORD_CODEPAGE = 0x03,
	RECORD_VERSION = 0x09,
	RECORD_MODULE_STREAM = 0x1A,
	RECORD_MODULE_OFFSET = 0x31,
	RECORD_MODULE_STREAM_WIDE = 0x32,
	RECORD_MODULE_END = 0x2B,
};

/* A copy of earlier bytes of this chunk: how many bits say where from depends on how far it is (2.4.1.3.19.1). */
static bool copy_back(struct buf *out, size_t chunk_start, unsigned token)
{
	const size_t here = out->len - chunk_start;
	unsigned bits = 4;
	size_t offset, len;

	while (((size_t)1 << bits) < here)
		bits++;
	offset = (token >> (16 - bits)) + 1;
	len = (token & (0xFFFFU >> bits)) + 3;
	if (offset > here || here + len > CHUNK)
		return false;
	for (; len > 0; len--)
		buf_add_byte(out, out->data[out->len - offset]);
	return true;
}

static bool unpack_chunk(struct span chunk, struct buf *out)
{
	const size_t start = out->len;

	for (size_t at = 0; at < chunk.len;) {
		const unsigned flags = chunk.bytes[at++];

		for (unsigned bit = 0; bit < 8 && at < chunk.len; bit++) {
			if ((flags >> bit & 1) == 0) {
				if (out->len - start >= CHUNK)
					return false;
				buf_add_byte(out, (char)chunk.bytes[at++]);
				continue;
			}
			if (at + 2 > chunk.len || !copy_back(out, start, span16(chunk, at)))
				return false;
			at += 2;
		}
	}
	return true;
}

/* A compressed container (2.4.1).  False: damaged; what could be unpacked is in `out`. */
static bool unpack(struct reader *reader, struct span bytes, struct buf *out)
{
	if (span8(bytes, 0) != 1)
		return false;
	for (size_t at = 1; at < bytes.len;) {
		const unsigned head = span16(bytes, at);
		const size_t len = (head & 0xFFF) + 1;
		const struct span chunk = span_cut(bytes, at + 2, len);

		if ((head >> 12 & 7) != 3 || chunk.len == 0 || !reader_may_unpack(reader, CHUNK, chunk.len))
			return false;
		if ((head & 0x8000) == 0)
			buf_add(out, chunk.bytes, chunk.len);
		else if (!unpack_chunk(chunk, out))
			return false;
		at += 2 + chunk.len;
	}
	return true;
}

struct project {
	struct reader *reader;
	struct compound *compound;
	size_t storage;
	struct narrow narrow;
	char *stream; /* of the module being described */
	uint32_t offset;
};

static void read_module(struct project *project)
{
	struct buf source = {0};
	char *bytes = NULL, *place = mem_format("macro %s", project->stream);
	struct span span = {0};

	if (!compound_read_named(project->compound, project->storage, project->stream, &bytes, &span.len)) {
		reader_undecided(project->reader, "damaged: no stream of %s", place);
	} else {
		struct part compiled;

		span.bytes = (const unsigned char *)bytes;
		compiled = (struct part){"", span.bytes, span_cut(span, 0, project->offset).len};
		if (!unpack(project->reader, span_from(span, project->offset), &source))
			reader_undecided(project->reader, "damaged: source of %s", place);
		reader_observe(project->reader, OBSERVED_MACRO, "%s", place);
		reader_bytes(project->reader, FLOW_HIDDEN, place, charset_of_codepage(project->narrow.page),
		             (const unsigned char *)source.data, source.len);
		reader_binary(project->reader, place, &compiled);
	}
	buf_release(&source);
	free(bytes);
	free(place);
}

static void read_record(struct project *project, unsigned id, struct span data)
{
	if (id == RECORD_CODEPAGE)
		project->narrow.page = span16(data, 0);
	if (id == RECORD_MODULE_STREAM && project->stream == NULL)
		project->stream = narrow_text(&project->narrow, data);
	if (id == RECORD_MODULE_STREAM_WIDE) {
		free(project->stream);
		project->stream = utf16_text(data);
	}
	if (id == RECORD_MODULE_OFFSET)
		project->offset = span32(data, 0);
	if (id == RECORD_MODULE_END && project->stream != NULL) {
		read_module(project);
		free(project->stream);
		project->stream = NULL;
		project->offset = 0;
	}
}

/* The list of modules (2.3.4.2).  One record says it is shorter than it is. */
static bool read_list(struct project *project, struct span list)
{
	for (size_t at = 0; at < list.len;) {
		const unsigned id = span16(list, at);
		const size_t len = id == RECORD_VERSION ? 6 : span32(list, at + 2);
		const struct span data = span_cut(list, at + 6, len);

		if (data.len < len || reader_stopped(project->reader))
			return false;
		read_record(project, id, data);
		at += 6 + len;
	}
	return true;
}

void vba_read(struct reader *reader, struct compound *compound, size_t storage)
{
	struct project project = {.reader = reader, .compound = compound, .storage = storage, .narrow = {.reader = reader}};
	struct buf list = {0};
	struct part part = {.name = ""};
	char *bytes = NULL;
	size_t len = 0;

	reader_observe(reader, OBSERVED_MACRO, "VBA project");
	if (!compound_read_named(compound, storage, "dir", &bytes, &len)) {
		reader_undecided(reader, "damaged: macros without a list of them");
		return;
	}
	if (!unpack(reader, (struct span){(const unsigned char *)bytes, len}, &list) ||
	    !read_list(&project, (struct span){(const unsigned char *)list.data, list.len}))
		reader_undecided(reader, "damaged: list of macros");
	part.bytes = (const unsigned char *)list.data;
	part.len = list.len;
	reader_binary(reader, "macros, list of modules and references", &part);
	narrow_close(&project.narrow, FLOW_HIDDEN, "macros, names of modules");
	free(project.stream);
	buf_release(&list);
	free(bytes);
}
