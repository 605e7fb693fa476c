/* doubled.c - Chinese and Japanese of two bytes a character, in bytes nobody has a reader for.
 *
 * Two common characters one after the other are a run, with the ASCII beside them.  Common are those of the first
 * level of each charset, which is what is written; so that of bytes that are no text hardly one in ten is told.
 * A run may begin in the middle of what looks like a character, so each byte no run has as its first one is asked. */
#include "text/doubled.h"

#include "base/buf.h"
#include "base/mem.h"
#include "text/charset.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { PAIRS_SHORTEST = 2, ASCII_BESIDE = 32, WINDOW = 1024 * 1024 };

/* Which first bytes; which second bytes, all of the first range and of the other. */
static const struct doubled {
	const char *charset;
	unsigned char first, last;
	unsigned char low, low_last, high, high_last;
	unsigned char signs; /* a first byte more: stars, brackets */
} charsets[DOUBLED_CHARSETS] = {
	{"GB18030", 0xB0, 0xD7, 1, 0, 0xA1, 0xFE, 0xA1},
	{"BIG5-HKSCS", 0xA4, 0xC6, 0x40, 0x7E, 0xA1, 0xFE, 0xA1},
	{"EUC-TW", 0xC4, 0xFD, 1, 0, 0xA1, 0xFE, 0xA1},
	{"SHIFT_JIS", 0x88, 0x97, 0x40, 0x7E, 0x80, 0xFC, 0x82},
};

const char *doubled_charset(size_t which)
{
	return charsets[which].charset;
}

struct span {
	const unsigned char *bytes;
	size_t len;
};

static bool is_ascii(unsigned char c)
{
	return (c >= 0x20 && c < 0x7F) || c == '\t';
}

static bool is_pair(const struct doubled *set, const struct span *all, size_t at)
{
	const unsigned char first = at + 1 < all->len ? all->bytes[at] : 0, second = first > 0 ? all->bytes[at + 1] : 0;

	return ((first >= set->first && first <= set->last) || (first == set->signs && first > 0)) &&
	       ((second >= set->low && second <= set->low_last) || (second >= set->high && second <= set->high_last));
}

/* Which bytes of a window began a character of a run. */
struct met {
	size_t from;
	unsigned char *bits;
};

static void meet(struct met *met, size_t at)
{
	if (at >= met->from && at - met->from < WINDOW)
		met->bits[(at - met->from) / 8] |= (unsigned char)(1U << (at - met->from) % 8);
}

static bool is_met(const struct met *met, size_t at)
{
	return (met->bits[(at - met->from) / 8] >> (at - met->from) % 8 & 1) != 0;
}

/* From `at` on: pairs and ASCII, up to what is neither.  Returns its end; *told: it is worth telling. */
static size_t run_end(const struct doubled *set, const struct span *all, size_t at, struct met *met, bool *told)
{
	size_t pairs = 0, ascii = 0;

	*told = false;
	while (at < all->len && ascii <= ASCII_BESIDE) {
		const bool pair = is_pair(set, all, at);

		if (!pair && !is_ascii(all->bytes[at]))
			break;
		if (pair)
			meet(met, at);
		pairs = pair ? pairs + 1 : 0;
		ascii = pair ? 0 : ascii + 1;
		*told = *told || pairs >= PAIRS_SHORTEST;
		at += pair ? 2 : 1;
	}
	return at;
}

void doubled_place_add(struct doubled_places *places, size_t in_text, size_t in_bytes)
{
	if (places == NULL)
		return;
	places->items = mem_grow(places->items, places->count, sizeof(*places->items));
	places->items[places->count++] = (struct doubled_place){in_text, in_bytes};
}

/* Runs of a text: as bytes, a line each. */
struct runs {
	struct buf bytes;
	struct doubled_places *places; /* NULL: nobody asks */
};

static void add_run(const struct doubled *set, const struct span *all, size_t at, struct met *met, struct runs *out)
{
	size_t before = at;
	bool told;
	const size_t end = run_end(set, all, at, met, &told);

	while (before > 0 && at - before < ASCII_BESIDE && is_ascii(all->bytes[before - 1]))
		before--;
	if (!told)
		return;
	doubled_place_add(out->places, out->bytes.len, at);
	buf_add(&out->bytes, all->bytes + before, end - before);
	buf_add_byte(&out->bytes, '\n');
}

static void find_runs(const struct doubled *set, const struct span *all, struct runs *out)
{
	const size_t room = (all->len < WINDOW ? all->len : WINDOW) / 8 + 1;
	struct met met = {.bits = mem_alloc(room, 1)};

	for (; met.from < all->len; met.from += WINDOW) {
		memset(met.bits, 0, room);
		for (size_t at = met.from; at < all->len && at - met.from < WINDOW; at++)
			if (is_pair(set, all, at) && !is_met(&met, at))
				add_run(set, all, at, &met, out);
	}
	free(met.bits);
}

void doubled_runs(size_t which, const unsigned char *bytes, size_t len, struct buf *out, struct doubled_places *places)
{
	struct runs runs = {.places = places};
	size_t text_len = 0, lost = 0;
	char *text;

	find_runs(&charsets[which], &(struct span){bytes, len}, &runs);
	text = runs.bytes.len > 0 ? charset_convert_part(charsets[which].charset, runs.bytes.data, runs.bytes.len, &text_len, &lost) : NULL;
	if (text != NULL)
		buf_add(out, text, text_len);
	free(text);
	buf_release(&runs.bytes);
}
