/* pieces.c - where the text is: the piece table ([MS-DOC] 2.8.35).
 *
 * A document saved quickly is the old text, the new text, and a list of pieces of both; what no piece has was
 * deleted and is still there. */
#include "word_inside.h"

#include "base/mem.h"
#include "reader/reader.h"

#include <stdlib.h>

enum { PART_CHANGES = 1, PART_PIECES = 2, PIECE_LEN = 8, NARROW = 0x40000000, CHANGES_MOST = 0x8000 };

struct lists {
	struct span *changes;
	size_t count;
	struct span pieces;
};

/* Lists of changes first, then the pieces. */
static bool read_lists(struct word *word, struct lists *lists)
{
	const struct span all = word_table(word, TABLE_PIECES);
	size_t at = 0;

	while (span8(all, at) == PART_CHANGES && lists->count < CHANGES_MOST) {
		lists->changes = mem_grow(lists->changes, lists->count, sizeof(*lists->changes));
		lists->changes[lists->count] = span_cut(all, at + 3, span16(all, at + 1));
		at += 3 + lists->changes[lists->count++].len;
	}
	lists->pieces = span_cut(all, at + 5, span32(all, at + 1));
	return span8(all, at) == PART_PIECES && lists->pieces.len >= 4 + PIECE_LEN + 4;
}

/* A piece names a list of changes, or is one small change itself: of those the marks here come from lists. */
static struct span changes_of(const struct lists *lists, unsigned name)
{
	return (name & 1) != 0 && name >> 1 < lists->count ? lists->changes[name >> 1] : (struct span){0};
}

static bool add_piece(struct word *word, const struct lists *lists, uint32_t from, uint32_t to, struct span info)
{
	const uint32_t at = span32(info, 2);
	struct piece piece = {.from = from, .to = to, .at = at & ~(uint32_t)NARROW, .narrow = (at & NARROW) != 0};
	size_t len = (size_t)(to - from);

	if (piece.narrow)
		piece.at /= 2;
	else
		len *= 2;
	if (to < from || piece.at > word->main.len || len > word->main.len - piece.at)
		return false;
	piece.changes = changes_of(lists, span16(info, 6));
	cover_add(word->main_cover, piece.at, len);
	word->pieces = mem_grow(word->pieces, word->piece_count, sizeof(*word->pieces));
	word->pieces[word->piece_count++] = piece;
	return true;
}

/* The same bytes may be several pieces, but a document of many times its own bytes is none. */
static bool add_pieces(struct word *word, const struct lists *lists)
{
	const size_t count = (lists->pieces.len - 4) / (4 + PIECE_LEN);

	for (size_t i = 0; i < count; i++) {
		const uint32_t from = span32(lists->pieces, i * 4), to = span32(lists->pieces, i * 4 + 4);
		const struct span info = span_cut(lists->pieces, (count + 1) * 4 + i * PIECE_LEN, PIECE_LEN);

		if ((i == 0 ? from != 0 : from != word->pieces[i - 1].to) || to > word->main.len ||
		    !add_piece(word, lists, from, to, info))
			return false;
	}
	return true;
}

bool pieces_open(struct word *word)
{
	struct lists lists = {0};
	const bool ok = read_lists(word, &lists) && add_pieces(word, &lists);

	if (!ok)
		reader_undecided(word->reader, "damaged: where the text is");
	free(lists.changes);
	return ok;
}
