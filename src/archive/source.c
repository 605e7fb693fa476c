/* source.c - the bytes of an archive as the library asks for them, and which it never asked for. */
#include "archive_inside.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { AT_ONCE = 64 * 1024 };

static la_ssize_t on_read(struct archive *archive, void *context, const void **bytes)
{
	struct source *source = context;
	const size_t most = source->looked != NULL ? SOURCE_PIECE - source->at % SOURCE_PIECE : AT_ONCE;
	const size_t n = source->len - source->at < most ? source->len - source->at : most;

	(void)archive;
	*bytes = source->bytes + source->at;
	if (source->looked != NULL)
		source->looked[source->at / SOURCE_PIECE] = 1;
	source->at += n;
	return (la_ssize_t)n;
}

static la_int64_t on_skip(struct archive *archive, void *context, la_int64_t wanted)
{
	struct source *source = context;
	const size_t left = source->len - source->at;
	const size_t n = wanted < 0 ? 0 : ((uint64_t)wanted < left ? (size_t)wanted : left);

	(void)archive;
	source->at += n;
	return (la_int64_t)n;
}

static la_int64_t on_seek(struct archive *archive, void *context, la_int64_t offset, int whence)
{
	struct source *source = context;
	const int64_t base = whence == SEEK_SET ? 0 : (int64_t)(whence == SEEK_CUR ? source->at : source->len);

	(void)archive;
	if (offset < -base || offset > (int64_t)source->len - base)
		return ARCHIVE_FATAL;
	source->at = (size_t)(base + offset);
	return (la_int64_t)source->at;
}

int source_open(struct archive *archive, struct source *source)
{
	if (archive_read_set_read_callback(archive, on_read) != ARCHIVE_OK ||
	    archive_read_set_skip_callback(archive, on_skip) != ARCHIVE_OK ||
	    archive_read_set_seek_callback(archive, on_seek) != ARCHIVE_OK ||
	    archive_read_set_callback_data(archive, source) != ARCHIVE_OK)
		return ARCHIVE_FATAL;
	return archive_read_open1(archive);
}

/* Pieces the library had no use for belong to no entry it knows. */
void source_tell_unseen(struct reading *reading)
{
	const struct source *source = &reading->source;
	size_t from = 0, to;

	for (; from * SOURCE_PIECE < source->len; from = to + 1) {
		const size_t start = from * SOURCE_PIECE;

		for (to = from; to * SOURCE_PIECE < source->len && source->looked[to] == 0; to++)
			;
		if (to > from) {
			const size_t end = to * SOURCE_PIECE < source->len ? to * SOURCE_PIECE : source->len;
			char *place = mem_format("%zu bytes no entry needs", end - start);

			tell_appended(reading->reader, place, source->bytes + start, end - start);
			free(place);
		}
	}
}
