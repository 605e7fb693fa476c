#ifndef LEDGER_VALUE_H
#define LEDGER_VALUE_H

#include "base/err.h"

#include <stddef.h>

struct buf;

/* How one value of a message line is written (FORMAT.md, "Values"). */
enum value_kind {
	VALUE_TEXT = 1,   /* free text, percent-encoded; not empty */
	VALUE_TEXT_OPT,   /* the same, "-" for none */
	VALUE_ID,         /* [a-z0-9][a-z0-9._-]{0,63} */
	VALUE_NUMBER,     /* 1 .. 2^31-1, canonical decimal */
	VALUE_NUMBER_OPT, /* 1 .. 15, "-" for none */
	VALUE_DIGEST,     /* 64 lower-case hexadecimal digits */
	VALUE_KEY,        /* "SHA256:" and 43 characters of unpadded base64 */
	VALUE_DATE_OPT,   /* YYYY-MM-DD, "-" for none */
	VALUE_WORD,       /* one of the words of the line's rule */
	VALUE_WORD_OPT,   /* the same, "-" for none */
	VALUE_BODY,       /* "<sha-256> <size>" */
	VALUE_NAMED_BODY, /* "<sha-256> <size> <name>" */
	VALUE_FILE,       /* "<sha-256> <size> <mode> <path>" */
	VALUE_CLEAR,      /* "<finding> <evidence or -> <reason>" */
};

enum { TEXT_LIMIT = 3000, LINE_LIMIT = 4096, SIZE_DIGITS = 13 };

/* Encoded form of a value people wrote ("" becomes "-"); only the free text at its end is encoded. */
void value_encode(enum value_kind kind, const char *value, struct buf *out);

/* Back again, and what it means checked.  `out` gets the decoded value.  Not every encoding that
 * decodes is canonical: the caller writes the message again and compares. */
bool value_decode(enum value_kind kind, const char *const words[], const char *text, size_t len,
                  struct buf *out, struct err *err) MUST_CHECK;

bool id_is_valid(const char *text, size_t len);

#endif
