/* doubled.c - Chinese and Japanese of two bytes a character, in bytes nobody has a reader for.
 *
 * Two common characters one after the other are a run, with the ASCII beside them.  Common are those of the first
 * level of each charset, which is what is written; so that of bytes that are no text hardly one in ten is told.
 * A run may begin in the middle of what looks like a character, so each is also read one byte further on. */
#include "reader_inside.h"

#include "text/charset.h"

#include <stdlib.h>
#include <string.h>

enum { PAIRS_SHORTEST = 2, ASCII_BESIDE = 32 };

/* Which first bytes; which second bytes, all of the first range and of the other. */
static const struct doubled {
	const char *charset;
	unsigned char first, last;
	unsigned char low, low_last, high, high_last;
	unsigned char signs; /* a first byte more: stars, brackets */
} charsets[] = {
	{"GB18030", 0xB0, 0xD7, 1, 0, 0xA1, 0xFE, 0xA1},
	{"BIG5-HKSCS", 0xA4, 0xC6, 0x40, 0x7E, 0xA1, 0xFE, 0xA1},
	{"EUC-TW", 0xC4, 0xFD, 1, 0, 0xA1, 0xFE, 0xA1},
	{"SHIFT_JIS", 0x88, 0x97, 0x40, 0x7E, 0x80, 0xFC, 0x82},
};

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

/* From `at` on: pairs and ASCII, up to what is neither.  Returns its end; *told: it is worth telling. */
static size_t run_end(const struct doubled *set, const struct span *all, size_t at, bool *told)
{
	size_t pairs = 0, ascii = 0;

	*told = false;
	while (at < all->len && ascii <= ASCII_BESIDE) {
		const bool pair = is_pair(set, all, at);

		if (!pair && !is_ascii(all->bytes[at]))
			break;
		pairs = pair ? pairs + 1 : 0;
		ascii = pair ? 0 : ascii + 1;
		*told = *told || pairs >= PAIRS_SHORTEST;
		at += pair ? 2 : 1;
	}
	return at;
}

static void add_run(const struct doubled *set, const struct span *all, size_t at, struct buf *out)
{
	size_t before = at;
	bool told;
	const size_t end = run_end(set, all, at, &told);

	while (before > 0 && at - before < ASCII_BESIDE && is_ascii(all->bytes[before - 1]))
		before--;
	if (!told)
		return;
	buf_add(out, all->bytes + before, end - before);
	buf_add_byte(out, '\n');
}

static void find_runs(const struct doubled *set, const struct span *all, struct buf *out)
{
	for (size_t at = 0; at < all->len;) {
		bool told;

		if (!is_pair(set, all, at)) {
			at++;
			continue;
		}
		add_run(set, all, at, out);
		if (is_pair(set, all, at + 1))
			add_run(set, all, at + 1, out);
		at = run_end(set, all, at, &told);
	}
}

void doubled_put(struct flow_out *flow, const unsigned char *bytes, size_t len)
{
	const struct span all = {bytes, len};
	struct buf runs = {0};

	for (size_t i = 0; i < sizeof(charsets) / sizeof(charsets[0]); i++) {
		size_t text_len = 0, lost = 0;
		char *text;

		buf_clear(&runs);
		find_runs(&charsets[i], &all, &runs);
		text = runs.len > 0 ? charset_convert_part(charsets[i].charset, runs.data, runs.len, &text_len, &lost) : NULL;
		if (text != NULL)
			flow_put(flow, text, text_len);
		flow_break(flow);
		free(text);
	}
	buf_release(&runs);
}
