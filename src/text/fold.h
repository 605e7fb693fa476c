#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a person sees, as bytes a rule can match: NFKC (UAX #15); CJK Radicals Supplement and other
 * equivalent ideographs to the unified one; traditional and variant forms to simplified, one
 * character at a time; the star family (★☆⭐✩...) to ★; default-ignorable and bidi control
 * characters dropped; Latin look-alikes inside a word that also has Latin letters to Latin; U+3000
 * and other spaces to one space; end-of-line hyphens inside words joined; CR LF to LF.
 *
 * line     keeps line ends; spaces beside a CJK character dropped, other runs are one space
 * running  also joins lines: a single line end is a space (nothing beside CJK), two or more are two LF
 *          both: no spaces at the edges of a line
 * verbatim the text as decoded, unfolded
 *
 * Folding is idempotent: fold(fold(x)) == fold(x).  Case is kept. */
enum text_view { VIEW_LINE = 0, VIEW_RUNNING, VIEW_VERBATIM };

#define VIEW_COUNT 3

/* Something in the source that hides what it says. */
enum disguise_kind { DISGUISE_INVISIBLE = 1, DISGUISE_MIXED_SCRIPT, DISGUISE_BIDI };
struct disguise {
	enum disguise_kind kind;
	uint32_t start, end; /* bytes of the source: the word that hides it */
};

/* Folded text and the way back: byte i of `text` comes from the character at source byte
 * origin[i]; origin[len] is the source's length.  The map never decreases. */
struct folded {
	char *text;
	size_t len;
	uint32_t *origin;
	struct disguise *disguises; /* at most one a word, in order; zero-width characters that break
	                               no word (an emoji's joiner, a leading mark) are not listed */
	size_t disguise_count;
};

/* `text` is valid UTF-8 of less than 2^31 bytes.  Cannot fail.  Caller releases. */
void fold_text(const char *text, size_t len, enum text_view view, struct folded *out);
void folded_release(struct folded *folded);

/* Source bytes [*start, *end) that produced folded bytes [from, to), from < to. */
void folded_span(const struct folded *folded, const char *source, size_t source_len, size_t from,
                 size_t to, size_t *start, size_t *end);

/* A key under which two file names that a person or a file system would take for each other are
 * equal: full case folding and canonical decomposition (UAX #15, NFD).  Caller frees. */
char *text_name_key(const char *name, size_t len);

/* Where lines begin, to turn an offset into what an editor shows. */
struct line_index {
	uint32_t *starts;
	size_t count;
};
void line_index_build(const char *text, size_t len, struct line_index *out);
void line_index_release(struct line_index *index);

/* Line and column from 1, the column in characters. */
void line_index_find(const struct line_index *index, const char *text, size_t offset, unsigned *line,
                     unsigned *column);

#endif
