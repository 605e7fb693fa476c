#ifndef BASE_LANGUAGE_H
#define BASE_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* The reader's language.  English is written in the source; a translation is po/<language>.po, compiled
 * in.  Only what people read is translated: nothing that is signed, recorded, compared, or written for
 * machines ever passes through here.
 *
 * A translated format has exactly the conversions of its source; the build refuses any other
 * (msgfmt --check-format), and the compiler checks arguments against the source. */

/* The text in the reader's language, or itself.  Borrowed, for ever. */
const char *language_text(const char *text) __attribute__((format_arg(1)));
const char *language_plural(const char *one, const char *many, unsigned long count) __attribute__((format_arg(1), format_arg(2)));

/* A place or a reason that was recorded in English, "a.zip > b.pdf > page 3: encrypted: it opens with a password
 * only", as far as its parts between " > ", ": ", "; " and ", " are known; the rest stays.  The caller frees. */
char *language_pieces(const char *text);
void language_add_pieces(struct buf *out, const char *text); /* the same, fit for a terminal */

#define _(text) language_text(text)
#define P_(one, many, count) language_plural(one, many, count)
#define N_(text) text /* a text that is looked up later */

/* A word that means something else elsewhere; the context tells the two apart. */
const char *language_word(const char *context_and_text, const char *text);
#define C_(context, text) language_word(context "\004" text, text)

/* Choose from the values of the environment, NULL where unset: LC_ALL, LC_MESSAGES and LANG, the first
 * one that is set, unless LANGUAGE lists others.  "C" and "POSIX" are English whatever LANGUAGE says;
 * C.UTF-8 with LANGUAGE=zh_CN is Chinese, so that no locale has to be generated.  Another charset than
 * UTF-8 is English: what this program writes is UTF-8. */
struct language_wish {
	const char *language, *lc_all, *lc_messages, *lang;
};
void language_choose(const struct language_wish *wish);

/* The source language from now on: for output that machines read. */
void language_choose_source(void);
bool language_is_chinese(void);

/* For language_choose() and tests: a catalogue (.mo), borrowed for ever; NULL: none.  One that is
 * malformed, or of a language with more than one plural form, is refused and nothing changes. */
bool language_use(const void *mo, size_t len, bool chinese);

#endif
