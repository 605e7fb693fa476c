#ifndef TEXT_FOLD_TABLE_H
#define TEXT_FOLD_TABLE_H

#include <stddef.h>
#include <stdint.h>

/* The generated table: what each character folds to and what sort of character that is.  Shared by
 * the room and by generate/, which writes it. */
enum kind {
	KIND_PLAIN = 0,   /* punctuation, symbols, emoji, private use */
	KIND_DIGIT,
	KIND_LATIN,
	KIND_FOREIGN,     /* Greek, Cyrillic, Armenian, ...: alphabets that Latin can be mixed with */
	KIND_LETTER,      /* of any other script, and vowel signs that behave like letters */
	KIND_CJK,         /* ideographs, kana, bopomofo */
	KIND_CJK_SIGN,    /* their punctuation */
	KIND_ORDINARY,    /* all of the above need no second look */

	KIND_STAR = KIND_ORDINARY,
	KIND_ASTERISK,    /* a star only behind a CJK character */
	KIND_LOOKALIKE,   /* FOREIGN, and has a Latin twin */
	KIND_FORMULA,     /* the same, but expected beside Latin letters: "rho g h" is not a disguise */
	KIND_SPACE,
	KIND_LINE_END,
	KIND_MARK,        /* reorders or composes with what stands before it */
	KIND_DIACRITIC,   /* the same, and dropped when it composes with nothing */
	KIND_IGNORABLE,
	KIND_SELECTOR,
	KIND_SOFT_HYPHEN,
	KIND_BIDI,
	KIND_OVERRIDE,    /* bidi overrides: never honest */
	KIND_TAG,
};

#define ENTRY_PAYLOAD 0x1FFFFFu /* the one character, or an index into fold_pool */
#define ENTRY_KIND_SHIFT 21
#define ENTRY_KIND_MASK 0x1Fu
#define ENTRY_SEQUENCE (1u << 26)

#define BLOCK_BITS 7
#define BLOCK_SIZE (1u << BLOCK_BITS)
#define CODE_POINTS 0x110000u

struct char_pair {
	uint32_t from, to;
};
struct char_composition {
	uint32_t first, second, composite;
};

extern const uint16_t fold_blocks[CODE_POINTS / BLOCK_SIZE];
extern const uint32_t fold_entries[];
extern const uint32_t fold_pool[]; /* at an index: how many, then the characters */

extern const struct char_pair fold_classes[];      /* character -> canonical combining class > 0 */
extern const size_t fold_classes_count;
extern const struct char_composition fold_compositions[]; /* by first, second */
extern const size_t fold_compositions_count;
extern const struct char_pair fold_decompositions[]; /* canonical, in full -> fold_pool */
extern const size_t fold_decompositions_count;
extern const struct char_pair fold_cases[];        /* full case folding -> fold_pool */
extern const size_t fold_cases_count;
extern const struct char_pair fold_lookalikes[];   /* -> its Latin twin */
extern const size_t fold_lookalikes_count;

static inline uint32_t entry_of(uint32_t c)
{
	return fold_entries[(uint32_t)fold_blocks[c >> BLOCK_BITS] << BLOCK_BITS | (c & (BLOCK_SIZE - 1))];
}

static inline enum kind entry_kind(uint32_t entry)
{
	return (enum kind)(entry >> ENTRY_KIND_SHIFT & ENTRY_KIND_MASK);
}

/* The character's own kind, given that it is one that folding leaves alone. */
static inline enum kind kind_of(uint32_t c)
{
	return entry_kind(entry_of(c));
}

/* Letters of alphabets that make up words together with Latin ones. */
static inline int kind_is_alphabet(enum kind kind)
{
	return kind == KIND_LATIN || kind == KIND_FOREIGN || kind == KIND_LOOKALIKE || kind == KIND_FORMULA;
}

static inline int kind_is_cjk(enum kind kind)
{
	return kind == KIND_CJK || kind == KIND_CJK_SIGN || kind == KIND_STAR;
}

/* Binary search by `from`; NULL when there is none. */
const struct char_pair *pair_find(const struct char_pair *pairs, size_t count, uint32_t from);

#endif
