#ifndef TEXT_DECODE_H
#define TEXT_DECODE_H

#include "base/err.h"

#include <stddef.h>

/* One way to read bytes as text. */
struct reading {
	const char *charset; /* "UTF-8", "GB18030", ...: a name iconv(3) knows; or "GB18030 in part" */
	const char *text;    /* UTF-8, valid; NULs inside are possible only for UTF-16/32 */
	size_t len;
	char *owned;         /* `text`, or NULL: `text` is part of the bytes read */
	bool loose;          /* valid in part only, or of a charset that nearly any bytes are valid in */
	bool pieces;         /* words from here and there, a line each: its lines are not those of the bytes */
	unsigned *lines;     /* of such: the line of the bytes each of its lines is from; NULL: not known */
	size_t line_count;
};
struct readings {
	struct reading *items;
	size_t count;
};

/* Every reading of `bytes`.  A byte order mark decides alone; else valid UTF-8 is the one reading
 * (with `~{` in it, HZ may be a second one); else all of GB18030, Big5-HKSCS, EUC-TW, Shift-JIS,
 * EUC-JP, EUC-KR, Windows-125x and UTF-16 and -32 of both orders that are valid: detectors guess wrong
 * on short Chinese text, so nothing here guesses.  What is valid in part (UTF-8 with one byte of
 * another charset, lines in two charsets) is read as well, U+FFFD for each byte that does not fit.
 * Words of UTF-16 that stand in it are a reading of their own.
 * Bytes with NULs are read as UTF-16 and UTF-32, and, if one of these fits, without the NULs too.
 *
 * Text that is valid in none, because it is of several (a mark in GBK in a text in UTF-8), is read in the parts that are.
 *
 * False with ERR_INPUT: no valid reading is text, because no charset fits, nor several by turns, or because there is a
 * control byte no text has (C0 but HT, LF, VT, FF, CR): such bytes could only be wide text by accident;
 * or because it is longer than 64 MiB, neither UTF-8 nor marked: all its readings would take gigabytes.
 * The caller must treat that as undecided, never as empty.  Caller releases, and keeps `bytes` until
 * then. */
bool text_decode(const void *bytes, size_t len, struct readings *out, struct err *err) MUST_CHECK;
void readings_release(struct readings *readings);

#endif
