/* word.c - Word's own format: one stream of text and formatting, one of tables, one of pictures.
 *
 * What is read is marked; at the end the strings of everything that was not are told, so that text a quick save
 * left behind, names of styles and whatever a later version added are there as well. */
#include "word_inside.h"

#include "story.h"

#include "base/mem.h"
#include "compound/compound.h"
#include "reader/reader.h"

#include <stdlib.h>
#include <string.h>

enum {
	MAGIC = 0xA5EC,
	MAGIC_EARLIER = 0xA5DC, /* Word 6 and 95 */
	AT_VERSION = 0x02,
	AT_FLAGS = 0x0A,
	AT_TEXT = 0x18,
	AT_TEXT_END = 0x1C,
	AT_PART_LENS = 0x4C,
	AT_TABLE_COUNT = 0x98,
	AT_TABLES = 0x9A,
	FLAG_ENCRYPTED = 0x0100,
	FLAG_TABLE_1 = 0x0200,
	FLAG_OBFUSCATED = 0x8000,
	VERSION_97 = 0xC1,
	ENCRYPTION_RC4 = 0x00010001,
};

struct span word_table(struct word *word, enum word_table which)
{
	const size_t at = AT_TABLES + (size_t)which * 8;
	const uint32_t from = span32(word->main, at), len = span32(word->main, at + 4);

	if ((unsigned)which >= span16(word->main, AT_TABLE_COUNT) || len == 0)
		return (struct span){0};
	if (from > word->table.len || len > word->table.len - from)
		word->damaged = true;
	cover_add(word->table_cover, from, len);
	return span_cut(word->table, from, len);
}

uint32_t word_part_len(const struct word *word, unsigned part)
{
	return span32(word->main, AT_PART_LENS + part * (size_t)4);
}

/* Shapes beside the text, and pictures of them in the main stream. */
static void tell_drawings(struct word *word)
{
	struct span rest = word_table(word, TABLE_DRAWINGS);
	struct art art;
	struct art_record record;
	size_t taken;

	art_open(&art, word->reader, "drawings");
	art.pictures = word->main;
	art.cover = word->main_cover;
	taken = art_next(rest, &record);
	art_tree(&art, span_cut(rest, 0, taken));
	for (rest = span_from(rest, taken); rest.len > 1; rest = span_from(rest, 1 + taken)) {
		taken = art_next(span_from(rest, 1), &record); /* behind a byte that says which part it is of */
		if (taken == 0)
			break;
		art_tree(&art, span_cut(rest, 1, taken));
	}
	word->pictures += art.told;
	art_close(&art);
}

/* Text of earlier saves: behind the pieces, in front of the formatting. */
static void tell_left_over(struct word *word)
{
	const size_t left = cover_missing(word->main_cover, span32(word->main, AT_TEXT), span32(word->main, AT_TEXT_END));

	if (left > 0)
		reader_observe(word->reader, OBSERVED_EARLIER_VERSION, "%zu bytes of text that is no longer in the document", left);
	(void)cover_tell(word->main_cover, word->reader, "what is not in the text any more");
	(void)cover_tell(word->table_cover, word->reader, "tables");
	(void)cover_tell(word->data_cover, word->reader, "data stream");
}

static void read_document(struct word *word)
{
	word->main_cover = cover_new(word->main);
	word->table_cover = cover_new(word->table);
	word->data_cover = cover_new(word->data);
	cover_add(word->main_cover, 0, AT_TABLES + span16(word->main, AT_TABLE_COUNT) * (size_t)8);
	art_open(&word->art, word->reader, "pictures");
	if (pieces_open(word)) {
		runs_open(word);
		word->authors = tables_authors(word, TABLE_REVISION_AUTHORS, &word->author_count);
		word->comment_authors = tables_authors(word, TABLE_COMMENT_AUTHORS, &word->comment_author_count);
		parts_tell(word);
	}
	tables_tell(word);
	tell_drawings(word);
	art_close(&word->art);
	tell_left_over(word);
	if (word->bad)
		reader_undecided(word->reader, "text with characters that do not exist");
	if (word->damaged)
		reader_undecided(word->reader, "damaged: tables of the document");
	if (word->characters == 0 && word->pictures > 0)
		reader_observe(word->reader, OBSERVED_PAGE_WITHOUT_TEXT, "the whole document");
}

/* One byte a character, or two, and marks of the program between them; in what charset nobody wrote down. */
static void read_earlier(struct word *word)
{
	const struct span text = span_cut(word->main, span32(word->main, AT_TEXT),
	                                  span32(word->main, AT_TEXT_END) - (size_t)span32(word->main, AT_TEXT));
	char *plain = mem_copy_bytes(text.bytes, text.len);

	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)plain[i] < 0x20 && plain[i] != '\t')
			plain[i] = '\n';
	reader_undecided(word->reader, "Word 6 or 95 document: what is deleted or hidden in it is not known");
	reader_bytes(word->reader, FLOW_BODY, "", NULL, (const unsigned char *)plain, text.len);
	reader_binary(word->reader, "around the text", &(struct part){"", word->main.bytes, word->main.len});
	free(plain);
}

static void read_main(struct word *word)
{
	const unsigned magic = span16(word->main, 0), flags = span16(word->main, AT_FLAGS);

	if (magic != MAGIC && magic != MAGIC_EARLIER)
		reader_undecided(word->reader, "damaged: no Word document behind its name");
	else if ((flags & FLAG_ENCRYPTED) != 0 && (flags & FLAG_OBFUSCATED) != 0)
		reader_undecided(word->reader, "encrypted: XOR");
	else if ((flags & FLAG_ENCRYPTED) != 0)
		reader_undecided(word->reader, "encrypted: %s", span32(word->table, 0) == ENCRYPTION_RC4 ? "RC4" : "CryptoAPI");
	else if (magic == MAGIC_EARLIER || span16(word->main, AT_VERSION) < VERSION_97)
		read_earlier(word);
	else
		read_document(word);
}

static char *take(struct compound *compound, size_t storage, const char *name, struct span *out)
{
	char *bytes = NULL;

	if (!compound_read_named(compound, storage, name, &bytes, &out->len))
		return NULL;
	out->bytes = (const unsigned char *)bytes;
	return bytes;
}

static void free_names(char **names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(names[i]);
	free(names);
}

void word_read(struct reader *reader, struct compound *compound, size_t storage)
{
	struct word word = {.reader = reader};
	char *main = take(compound, storage, "WordDocument", &word.main), *table = NULL, *data = NULL;

	if (main == NULL)
		return;
	table = take(compound, storage, (span16(word.main, AT_FLAGS) & FLAG_TABLE_1) != 0 ? "1Table" : "0Table", &word.table);
	data = take(compound, storage, "Data", &word.data);
	read_main(&word);
	free_names(word.authors, word.author_count);
	free_names(word.comment_authors, word.comment_author_count);
	free(word.pieces);
	free(word.runs);
	free(main);
	free(table);
	free(data);
}
