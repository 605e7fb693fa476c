#ifndef WORD_WORD_INSIDE_H
#define WORD_WORD_INSIDE_H

#include "word.h"

#include "art/art.h"
#include "base/buf.h"
#include "base/flow.h"
#include "binary/cover.h"
#include "base/little.h"

#include <stdbool.h>
#include <stdint.h>

/* Places of structures in the table stream: which pair of the file information block says so
 * ([MS-DOC] 2.5.6). */
enum word_table {
	TABLE_NONE = 0,
	TABLE_FOOTNOTE_TEXT = 3,
	TABLE_COMMENT = 4,
	TABLE_COMMENT_TEXT = 5,
	TABLE_HEADER = 11,
	TABLE_RUNS = 12,
	TABLE_BOOKMARKS = 21,
	TABLE_ASSOCIATED = 32,
	TABLE_PIECES = 33,
	TABLE_COMMENT_AUTHORS = 36,
	TABLE_ENDNOTE_TEXT = 47,
	TABLE_DRAWINGS = 50,
	TABLE_REVISION_AUTHORS = 51,
	TABLE_BOXES = 56,
	TABLE_HEADER_BOXES = 58,
	TABLE_VARIABLES = 60,
	TABLE_SAVED_BY = 71,
};

/* Text is in pieces of the main stream, in this order. */
struct piece {
	uint32_t from, to;  /* characters */
	uint32_t at;        /* where in the main stream */
	bool narrow;        /* a byte a character, else two */
	struct span changes; /* of its formatting, since it was typed */
};

enum run_mark {
	RUN_DELETED = 1,
	RUN_INSERTED = 2,
	RUN_HIDDEN = 4,
	RUN_WHITE = 8,
	RUN_TINY = 16,
	RUN_SHADED = 32,
	RUN_SPECIAL = 64, /* its character stands for something */
	RUN_DATA = 128,   /* ... that is no picture */
};

struct marks {
	unsigned is;        /* enum run_mark */
	unsigned inserted_by, deleted_by;
	uint32_t picture;   /* where in the data stream */
};

/* Characters with the same formatting, by where they are in the main stream. */
struct run {
	uint32_t from, to;
	struct marks marks;
};

struct word {
	struct reader *reader;
	struct span main, table, data;
	struct cover *main_cover, *table_cover, *data_cover;
	struct piece *pieces;
	size_t piece_count;
	struct run *runs;
	size_t run_count;
	char **authors, **comment_authors; /* those of revisions, those of comments */
	size_t author_count, comment_author_count;
	struct art art;     /* pictures in the text */
	size_t pictures, characters;
	bool damaged, bad;  /* tables, text: to be said at the end */
};

/* word.c: a structure of the table stream; it counts as read. */
struct span word_table(struct word *word, enum word_table which);
/* How many characters a part of the text has: 0 main, 1 footnotes, 2 headers, 4 comments, ... */
uint32_t word_part_len(const struct word *word, unsigned part);

/* pieces.c */
bool pieces_open(struct word *word); /* false: damaged, undecided was said */

/* runs.c */
void runs_open(struct word *word);
void runs_apply(struct span changes, struct marks *marks); /* property by property */
const struct run *runs_find(const struct word *word, uint32_t at); /* NULL: none is known there */

/* tables.c: lists of names and paths. */
void tables_tell(struct word *word);
char **tables_authors(struct word *word, enum word_table which, size_t *count);

#endif
