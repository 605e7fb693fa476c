#ifndef TEXT_DOUBLED_H
#define TEXT_DOUBLED_H

#include <stddef.h>

struct buf;

/* Chinese and Japanese of two bytes a character, in bytes of which nobody knows that they are text. */
enum { DOUBLED_CHARSETS = 4 };
const char *doubled_charset(size_t which); /* "GB18030", ...: a name iconv(3) knows */

/* Where lines that were added to a text came from: each begins at `in_text` there, and at `in_bytes`. */
struct doubled_places {
	struct doubled_place {
		size_t in_text, in_bytes;
	} *items;
	size_t count;
};

/* Runs of two common characters or more, with the ASCII beside them, as UTF-8, a line each, added to `out`.  A run
 * may begin at any byte.  `places`: one for each run, in order, where `in_text` says nothing; or NULL. */
void doubled_runs(size_t which, const unsigned char *bytes, size_t len, struct buf *out, struct doubled_places *places);

/* The lines of a text that are of more than one charset: those no single one explains, as they are, added to `out`.
 * One is explained by a charset when its characters are common ones there, but for a rare one here and there.
 * `places`: one for each stretch of bytes added; or NULL. */
void doubled_mixed_lines(const unsigned char *bytes, size_t len, struct buf *out, struct doubled_places *places);
void doubled_place_add(struct doubled_places *places, size_t in_text, size_t in_bytes); /* NULL: nothing is done */

/* How far the bytes are text made of characters of UTF-8, GB 2312, Big5 and Shift-JIS, in any order and without
 * controls, with here and there a single letter of another charset: `len`, or where the last one begins that nothing follows. */
size_t doubled_text_end(const unsigned char *bytes, size_t len);

#endif
