/* value.c - the values of a ledger line: one spelling each.
 *
 * Free text keeps its spaces, so that `git log` can be read; what could deceive a reader (controls,
 * bidi, zero-width characters) is percent-encoded, and so is what would make two spellings of one
 * value (a space at an end, a lone "-"). */
#include "value.h"

#include "base/buf.h"
#include "base/calendar.h"
#include "base/digest.h"
#include "base/percent.h"
#include "ledger/entry.h"

#include <string.h>

/* How many words stand before the free text; -1: there is no free text. */
static int leading_words(enum value_kind kind)
{
	switch (kind) {
	case VALUE_TEXT:
	case VALUE_TEXT_OPT:
		return 0;
	case VALUE_NAMED_BODY:
	case VALUE_CLEAR:
		return 2;
	case VALUE_FILE:
		return 3;
	case VALUE_ID:
	case VALUE_NUMBER:
	case VALUE_NUMBER_OPT:
	case VALUE_DIGEST:
	case VALUE_KEY:
	case VALUE_DATE_OPT:
	case VALUE_WORD:
	case VALUE_WORD_OPT:
	case VALUE_BODY:
		break;
	}
	return -1;
}

/* Length of the words before the free text, their spaces included. */
static size_t prefix_length(enum value_kind kind, const char *text, size_t len)
{
	size_t at = 0;

	for (int words = leading_words(kind); words > 0; words--) {
		const char *space = memchr(text + at, ' ', len - at);

		if (space == NULL)
			return len;
		at = (size_t)(space - text) + 1;
	}
	return leading_words(kind) < 0 ? len : at;
}

void value_encode(enum value_kind kind, const char *value, struct buf *out)
{
	const size_t len = strlen(value), prefix = prefix_length(kind, value, len);

	if (len == 0) {
		buf_add_byte(out, '-');
		return;
	}
	buf_add(out, value, prefix);
	percent_encode(value + prefix, len - prefix, out);
}

bool id_is_valid(const char *text, size_t len)
{
	if (len == 0 || len > 64 || text[0] == '.' || text[0] == '_' || text[0] == '-')
		return false;
	for (size_t i = 0; i < len; i++)
		if (text[i] == '\0' || strchr("abcdefghijklmnopqrstuvwxyz0123456789._-", text[i]) == NULL)
			return false;
	return true;
}

/* Canonical decimal of at most `digits` digits; `least` is 0 or 1. */
static bool number(const char *text, size_t len, size_t digits, uint64_t least, uint64_t most)
{
	uint64_t value = 0;

	if (len == 0 || len > digits || (len > 1 && text[0] == '0'))
		return false;
	for (size_t i = 0; i < len; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		value = value * 10 + (uint64_t)(text[i] - '0');
	}
	return value >= least && value <= most;
}

static bool is_digest(const char *text, size_t len)
{
	struct digest d;

	return digest_from_hex(&d, text, len);
}

/* 43 characters carry 258 bits: the last one has two to spare, which are zero. */
static bool is_fingerprint(const char *text, size_t len)
{
	static const char head[] = "SHA256:";
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const size_t front = sizeof(head) - 1;

	if (len != front + 43 || memcmp(text, head, front) != 0)
		return false;
	for (size_t i = front; i < len; i++)
		if (text[i] == '\0' || strchr(letters, text[i]) == NULL)
			return false;
	return (strchr(letters, text[len - 1]) - letters) % 4 == 0;
}

/* "<sha-256> <size>" at the front; *rest is what follows. */
static bool digest_and_size(const char *text, size_t len, const char **rest)
{
	const char *size = text + 65, *end;

	if (len < 66 || text[64] != ' ' || !is_digest(text, 64))
		return false;
	end = memchr(size, ' ', len - 65);
	if (end == NULL)
		end = text + len;
	*rest = end;
	return number(size, (size_t)(end - size), SIZE_DIGITS, 0, (uint64_t)1 << 40);
}

static bool is_plain_name(const char *name, size_t len)
{
	struct err ignored = {0};

	return len <= 255 && memchr(name, '/', len) == NULL && path_check(name, len, &ignored);
}

static bool is_file(const char *text, size_t len, struct err *err)
{
	const char *rest, *end = text + len;

	if (!digest_and_size(text, len, &rest) || end - rest < 9 ||
	    (memcmp(rest, " 100644 ", 8) != 0 && memcmp(rest, " 100755 ", 8) != 0))
		return err_set(err, ERR_INPUT, "not \"<sha-256> <size> <mode> <path>\"");
	return path_check(rest + 8, (size_t)(end - rest) - 8, err);
}

static bool is_clear(const char *text, size_t len)
{
	const bool none = len >= 68 && text[65] == '-' && text[66] == ' ';

	if (len < 68 || text[64] != ' ' || !is_digest(text, 64))
		return false;
	return none || (len > 130 && is_digest(text + 65, 64) && text[129] == ' ');
}

static bool is_word(const char *text, size_t len, const char *const words[])
{
	for (; words != NULL && *words != NULL; words++)
		if (strlen(*words) == len && memcmp(*words, text, len) == 0)
			return true;
	return false;
}

static bool means(enum value_kind kind, const char *const words[], const char *text, size_t len, struct err *err)
{
	const char *rest;
	int32_t day;

	switch (kind) {
	case VALUE_TEXT:
	case VALUE_TEXT_OPT:
		return true;
	case VALUE_ID:
		return id_is_valid(text, len);
	case VALUE_NUMBER:
		return number(text, len, 10, 1, INT32_MAX);
	case VALUE_NUMBER_OPT:
		return number(text, len, 2, 1, 15);
	case VALUE_DIGEST:
		return is_digest(text, len);
	case VALUE_KEY:
		return is_fingerprint(text, len);
	case VALUE_DATE_OPT:
		return date_from_text(&day, text, len);
	case VALUE_WORD:
	case VALUE_WORD_OPT:
		return is_word(text, len, words);
	case VALUE_BODY:
		return digest_and_size(text, len, &rest) && rest == text + len;
	case VALUE_NAMED_BODY:
		return digest_and_size(text, len, &rest) && rest < text + len &&
		       is_plain_name(rest + 1, (size_t)(text + len - rest) - 1);
	case VALUE_FILE:
		return is_file(text, len, err);
	case VALUE_CLEAR:
		return is_clear(text, len);
	}
	return false;
}

/* How long the free text of a line may be, encoded; a path is held by path_check() and the line. */
static size_t most_text(enum value_kind kind)
{
	return kind == VALUE_FILE ? LINE_LIMIT : TEXT_LIMIT;
}

static bool may_be_none(enum value_kind kind)
{
	return kind == VALUE_TEXT_OPT || kind == VALUE_NUMBER_OPT || kind == VALUE_DATE_OPT || kind == VALUE_WORD_OPT;
}

bool value_decode(enum value_kind kind, const char *const words[], const char *text, size_t len,
                  struct buf *out, struct err *err)
{
	const size_t prefix = prefix_length(kind, text, len), before = out->len;

	if (len == 1 && text[0] == '-') {
		buf_add(out, "", 0);
		return may_be_none(kind) ? true : err_set(err, ERR_INPUT, "a value is missing");
	}
	if (len == 0)
		return err_set(err, ERR_INPUT, "an empty value");
	if (len - prefix > most_text(kind))
		return err_set(err, ERR_LIMIT, "longer than %zu bytes", most_text(kind));
	buf_add(out, text, prefix);
	if (!percent_decode(text + prefix, len - prefix, out))
		return err_set(err, ERR_INPUT, "a value is not well encoded");
	if (!means(kind, words, out->data + before, out->len - before, err))
		return err_set(err, ERR_INPUT, "a value is malformed");
	return true;
}
