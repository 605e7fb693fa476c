#ifndef TEXT_FOLD_TABLE_H
#define TEXT_FOLD_TABLE_H

#include <stdint.h>

/* The generated table (generate/make_fold_table.c): for each code point a class and what it folds
 * to.  Two stages: page of 256, then the entry. */
enum char_class {
	CLASS_OTHER = 0,
	CLASS_LATIN,  /* letters of the Latin script */
	CLASS_LETTER, /* letters of other scripts, digits excluded */
	CLASS_CJK,    /* Han, kana, bopomofo, their punctuation, and the star */
	CLASS_DIGIT,
	CLASS_SPACE,
	CLASS_BREAK,  /* ends a line */
	CLASS_MARK,   /* combining */
	CLASS_OVERLAY,/* combining, laid over its base: strikes it out without changing what it says */
	CLASS_INVISIBLE,
	CLASS_BIDI,
};

enum { FOLD_PAGE = 256, FOLD_KEEP = 0 };
#define FOLD_SEQUENCE 0x80000000u

/* What a code point folds to: FOLD_KEEP itself, a code point, or FOLD_SEQUENCE | index into
 * fold_sequences, where a length and then that many code points stand. */
extern const uint16_t fold_index[0x110000 / FOLD_PAGE];
extern const uint32_t fold_pages[][FOLD_PAGE];
extern const uint16_t class_index[0x110000 / FOLD_PAGE];
extern const uint8_t class_pages[][FOLD_PAGE];
extern const uint32_t fold_sequences[];

/* For characters of three bytes: the Chinese or ASCII character it folds to, when that is all; else 0. */
extern const uint16_t fold_quick[0x10000];

/* Those that become themselves: bit c % 64 of word c / 64.  Small enough to stay at hand. */
extern const uint64_t fold_plain[0x400];

/* The same for names (canonical decomposition and full case folding). */
extern const uint16_t name_index[0x110000 / FOLD_PAGE];
extern const uint32_t name_pages[][FOLD_PAGE];

/* Canonical composition, sorted by first, then second. */
struct fold_pair {
	uint32_t first, second, composed;
};
extern const struct fold_pair fold_pairs[];
extern const uint32_t fold_pair_count;

/* Letters of other scripts that look like a Latin one, sorted. */
struct fold_lookalike {
	uint32_t from, to;
};
extern const struct fold_lookalike fold_lookalikes[];
extern const uint32_t fold_lookalike_count;

#endif
