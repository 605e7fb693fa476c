/* excel.c - a workbook: one stream of records, sheet after sheet ([MS-XLS] 2.1.4).
 *
 * The first part is about the whole book and names the sheets; each sheet begins where the list says, or nobody
 * lists it.  A record nobody here knows has its strings told, so that there is none that is not. */
#include "excel/excel.h"

#include "excel_inside.h"

#include "compound/compound.h"
#include "reader/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RECORD_HEAD = 4, RECORD_END = 0x0A, RECORD_PASSWORD = 0x2F, RECORD_BEGIN = 0x809 };

static bool next_record(struct book *book, size_t *at, struct record *out)
{
	const struct span data = span_cut(book->stream, *at + RECORD_HEAD, span16(book->stream, *at + 2));

	if (*at + RECORD_HEAD > book->stream.len)
		return false;
	*out = (struct record){span16(book->stream, *at), *at, data};
	if (data.len < span16(book->stream, *at + 2))
		book->damaged = true;
	*at += RECORD_HEAD + data.len;
	return true;
}

static void say_encrypted(struct book *book, const struct record *record)
{
	const unsigned kind = book->version == BIFF8 ? span16(record->data, 0) : 0;
	const char *how = kind == 0 ? "XOR" : span16(record->data, 2) == 1 ? "RC4" : "CryptoAPI";

	reader_undecided(book->reader, "encrypted: %s", how);
	book->encrypted = true;
}

/* A part of the stream begins: the book itself, or a sheet; charts within sheets are part of them. */
static void begin(struct book *book, const struct record *record)
{
	struct listed_sheet *listed = NULL;
	char name[32];

	if (book->sheet != NULL)
		sheet_end(book); /* of what stood before it */
	if (book->version == 0) {
		book->version = span16(record->data, 0);
		book->graph = book->version == BIFF_GRAPH;
		book->version = book->graph ? BIFF8 : book->version;
		sheet_begin(book, NULL, "workbook");
		return;
	}
	for (size_t i = 0; i < book->listed_count && listed == NULL; i++)
		if (book->listed[i].at == record->at)
			listed = &book->listed[i];
	if (listed != NULL) {
		sheet_begin(book, listed, listed->name);
		return;
	}
	(void)snprintf(name, sizeof(name), "sheet at byte %zu", record->at);
	reader_observe(book->reader, OBSERVED_UNLISTED_DATA, "%s, which the workbook does not list", name);
	sheet_begin(book, NULL, name);
}

static void read_record(struct book *book, const struct record *record)
{
	if (record->at < book->reached)
		return; /* it was read as what continues another */
	if (record->type == RECORD_PASSWORD)
		say_encrypted(book, record);
	else if (!cells_read(book, record) && !sheet_record(book, record) && !globals_record(book, record) &&
	         !cells_look(book, record))
		sheet_keep(book, record->data);
}

/* Zeros behind the last record fill its sector. */
static bool is_padding(const struct book *book, size_t at)
{
	const struct span rest = span_from(book->stream, at);

	return rest.len == 0 || (rest.bytes[0] == 0 && memcmp(rest.bytes, rest.bytes + 1, rest.len - 1) == 0);
}

static void read_records(struct book *book)
{
	struct record record;
	unsigned depth = 0;

	for (size_t at = 0; !book->encrypted && !reader_stopped(book->reader);) {
		if ((depth == 0 && is_padding(book, at)) || !next_record(book, &at, &record))
			break;
		if (record.type == RECORD_BEGIN && depth++ == 0)
			begin(book, &record);
		if (depth == 0 && book->sheet == NULL)
			sheet_begin(book, NULL, book->loose_name);
		read_record(book, &record);
		if (record.type == RECORD_END && depth > 0 && --depth == 0)
			sheet_end(book);
	}
	if (book->sheet != NULL)
		sheet_end(book);
	if (depth > 0 && !book->encrypted)
		book->damaged = true;
}

static void release(struct book *book)
{
	for (size_t i = 0; i < book->listed_count; i++)
		free(book->listed[i].name);
	free(book->listed);
	free(book->shared);
	free(book->white_fonts);
	free(book->formats);
	free(book->looks);
	buf_release(&book->strings);
	buf_release(&book->low);
}

/* `loose_name` is what records are part of that are in no part of the stream; `version` is that of a stream that
 * does not say. */
static void read_stream(struct reader *reader, struct span stream, const char *loose_name, unsigned version)
{
	struct book book = {.reader = reader, .stream = stream, .version = version, .loose_name = loose_name,
	                    .narrow = {.reader = reader}};

	read_records(&book);
	globals_tell_unused(&book);
	narrow_close(&book.narrow, FLOW_BODY, "text in a charset that is not known");
	narrow_others(reader, "strings", (struct span){(const unsigned char *)book.low.data, book.low.len});
	if (book.version != BIFF8 && book.version != BIFF5)
		reader_undecided(reader, "not readable: workbook of a version not known");
	if (book.damaged)
		reader_undecided(reader, "damaged: records of the workbook");
	if (book.bad)
		reader_undecided(reader, "text with characters that do not exist");
	if (book.told == 0 && book.pictures > 0)
		reader_observe(reader, OBSERVED_PAGE_WITHOUT_TEXT, "the whole workbook");
	release(&book);
}

static void read_named(struct reader *reader, struct compound *compound, size_t index, const char *name, unsigned version)
{
	char *bytes = NULL;
	struct span stream = {0};

	if (!compound_read(compound, index, &bytes, &stream.len))
		return;
	stream.bytes = (const unsigned char *)bytes;
	read_stream(reader, stream, name, version);
	free(bytes);
}

/* What a pivot table was made from, though its sheet may be gone. */
static void read_caches(struct reader *reader, struct compound *compound, size_t storage)
{
	for (size_t i = 1; i < compound_count(compound); i++) {
		const struct compound_entry *entry = compound_entry(compound, i);

		if (entry->parent != storage || i == storage || entry->storage || entry->unlisted)
			continue;
		reader_observe(reader, OBSERVED_CACHED_DATA, "pivot cache %s", entry->name);
		read_named(reader, compound, i, "pivot cache", BIFF8);
	}
}

void excel_read(struct reader *reader, struct compound *compound, size_t storage)
{
	static const char *const streams[] = {"Workbook", "Book"};
	static const char *const caches[] = {"_SX_DB_CUR", "_SX_DB"};

	for (size_t i = 0; i < sizeof(streams) / sizeof(streams[0]); i++) {
		const size_t index = compound_find(compound, storage, streams[i]);

		if (index < compound_count(compound) && !compound_entry(compound, index)->read)
			read_named(reader, compound, index, "between sheets", 0);
	}
	for (size_t i = 0; i < sizeof(caches) / sizeof(caches[0]); i++) {
		const size_t index = compound_find(compound, storage, caches[i]);

		if (index < compound_count(compound))
			read_caches(reader, compound, index);
	}
}
