#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a person sees, as bytes a rule can match: NFKC (UAX #15); CJK Radicals Supplement and other
 * equivalent ideographs to the unified one; traditional and variant forms to simplified, one
 * character at a time; the star family (★☆⭐✩...) to ★; letters drawn as other signs (small
 * capitals, squared, Lisu) to letters; default-ignorable and bidi control characters dropped, and
 * combining marks that join no character; look-alikes inside a Latin word to Latin; U+3000 and other
 * spaces to one space; end-of-line hyphens inside words joined; CR LF to LF.
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
enum disguise_kind { DISGUISE_INVISIBLE = 1, DISGUISE_MIXED_SCRIPT, DISGUISE_BIDI, DISGUISE_STYLED };
struct disguise {
	enum disguise_kind kind;
	size_t start, end; /* bytes of the source: the word that hides it */
};

/* The way back, in stretches: from folded byte `folded` on, byte folded + i comes from source byte
 * source + i; or, with FOLD_ONE, every byte comes from the one character at `source`. */
#define FOLD_ONE 0x80000000u
struct fold_run {
	uint32_t folded, source;
};

/* White space of the source with `count` line ends in it, between folded bytes at - 1 and at (of the
 * running view, where `width` bytes stand for it).  `hyphen`: one was dropped before it, which stood
 * at source byte `dropped`.  `star_before`, `star_behind`: an asterisk there is a star in the running
 * view only, where the Chinese character and the period beside it are on other lines. */
struct fold_break {
	uint32_t at, source, dropped, count;
	uint8_t width;
	bool hyphen, star_before, star_behind;
};

/* Folded text and the way back.  Offsets in `runs` count from source byte `base`. */
struct folded {
	char *text;
	size_t len, base, source_len; /* source_len: bytes of the source, from its beginning */
	struct fold_run *runs;
	struct fold_break *breaks;    /* of the running view only */
	size_t run_count, break_count;
	struct disguise *disguises;   /* at most one a word, in order; zero-width characters that break
	                                 no word (an emoji's joiner, a leading mark) are not listed */
	size_t disguise_count;
	size_t capacity, run_capacity;
};

/* `text` is valid UTF-8 of less than 2^31 bytes.  Cannot fail.  Caller releases. */
void fold_text(const char *text, size_t len, enum text_view view, struct folded *out);
void folded_release(struct folded *folded);

/* By itself, `c` folds to itself; false: fold_text() knows. */
bool fold_keeps(uint32_t c);

/* The source byte from which folded byte `at` comes; the source's length for at == len.  Never
 * decreases with `at`; inside a character it may be any byte of the one it comes from.  O(log n). */
size_t folded_origin(const struct folded *folded, size_t at);

/* Source bytes [*start, *end) that produced folded bytes [from, to), from < to. */
void folded_span(const struct folded *folded, const char *source, size_t source_len, size_t from,
                 size_t to, size_t *start, size_t *end);

/* A long text, folded (running view) window by window, as if all at once.  `text` is borrowed. */
struct folder;
struct folder *folder_new(const char *text, size_t len);
void folder_free(struct folder *folder);

/* Forget folded bytes before `keep`, then fold on until the window holds about `size` bytes.  The
 * result belongs to the folder and changes with the next call; its disguises are those found since
 * the last one.  Of the last FOLD_UNSETTLED bytes a later call may still change some, unless
 * *last: the text has ended. */
enum { FOLD_UNSETTLED = 1024 };
const struct folded *folder_next(struct folder *folder, size_t keep, size_t size, bool *last);

/* The line view of a running view.  out->breaks are those of `running`, one by one, with `at` where
 * the line ends begin in the line view.  Caller releases. */
void folded_lines(const struct folded *running, struct folded *out);

/* A key under which two file names that a person or a file system would take for each other are
 * equal: full case folding and canonical decomposition (UAX #15, NFD).  Caller frees. */
char *text_name_key(const char *name, size_t len);

/* Is there a letter and behind it a mark, in this name, that are one character in NFC (UAX #15)?  Korean syllables are not looked at. */
bool text_name_is_apart(const char *name, size_t len);

/* Where lines begin, to turn an offset into what an editor shows. */
struct line_index {
	size_t *starts;
	size_t count;
};
void line_index_build(const char *text, size_t len, struct line_index *out);
void line_index_release(struct line_index *index);

/* Line and column from 1, the column in characters. */
void line_index_find(const struct line_index *index, const char *text, size_t offset, unsigned *line,
                     unsigned *column);
unsigned line_index_line(const struct line_index *index, size_t offset); /* the line alone, however long it is */

#endif
