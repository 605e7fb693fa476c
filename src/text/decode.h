#ifndef TEXT_DECODE_H
#define TEXT_DECODE_H

#include "base/err.h"

#include <stddef.h>

/* One way to read bytes as text. */
struct reading {
	const char *charset; /* "UTF-8", "GB18030", ...: a name iconv(3) knows */
	const char *text;    /* UTF-8, valid; NULs inside are possible only for UTF-16/32 */
	size_t len;
	char *owned;         /* `text`, or NULL: `text` is part of the bytes read */
};
struct readings {
	struct reading *items;
	size_t count;
};

/* Every strictly valid reading of `bytes`.  A byte order mark decides alone; else valid UTF-8 is
 * the one reading (with `~{` in it, HZ may be a second one); else all of GB18030, Big5-HKSCS, EUC-TW,
 * Shift-JIS, Windows-1252, UTF-16LE/BE, UTF-32LE/BE that are valid: detectors guess wrong on short
 * Chinese text, so nothing here guesses.  Bytes with NULs are read as UTF-16 and UTF-32, and, if one
 * of these fits, without the NULs as well.
 *
 * False with ERR_INPUT: no reading is text, because no charset fits, or because there is a control
 * byte no text has (C0 but HT, LF, VT, FF, CR): such bytes could only be wide text by accident.  The
 * caller must treat that as undecided, never as empty.  Caller releases, and keeps `bytes` until then. */
bool text_decode(const void *bytes, size_t len, struct readings *out, struct err *err) MUST_CHECK;
void readings_release(struct readings *readings);

#endif
