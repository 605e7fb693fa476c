#define _GNU_SOURCE /* memmem */
/* decode.c - bytes as text, in every way they can strictly be read.
 *
 * Detectors guess wrong on short Chinese text (four bytes of GBK are anything), so nothing here
 * guesses: every charset in which the bytes are valid and look like text gives a reading, and all
 * readings are scanned.  What is text in none of them is undecided. */
#include "text/decode.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name, *mark;
	size_t mark_len;
} marks[] = {
	{"UTF-8", "\xEF\xBB\xBF", 3},
	{"UTF-32LE", "\xFF\xFE\0\0", 4},
	{"UTF-32BE", "\0\0\xFE\xFF", 4},
	{"UTF-16LE", "\xFF\xFE", 2},
	{"UTF-16BE", "\xFE\xFF", 2},
};

static const char *const charsets[] = {"GB18030",  "BIG5-HKSCS", "EUC-TW",   "SHIFT_JIS", "UTF-16LE",
                                       "UTF-16BE", "UTF-32LE",   "UTF-32BE", "WINDOWS-1252"};

static void add(struct readings *out, const char *charset, char *text, size_t len)
{
	out->items = mem_grow(out->items, out->count, sizeof(*out->items));
	out->items[out->count++] = (struct reading){.charset = charset, .text = text, .len = len};
}

void readings_release(struct readings *readings)
{
	for (size_t i = 0; i < readings->count; i++)
		free(readings->items[i].text);
	free(readings->items);
	*readings = (struct readings){0};
}

/* Controls no text has, private use and noncharacters: signs of a wrong reading or of a binary. */
static bool looks_like_text(const char *text, size_t len, bool guessed)
{
	size_t plausible = 0, all = 0;

	for (size_t i = 0; i < len;) {
		uint32_t c = 0;
		const size_t n = utf8_decode(text + i, len - i, &c);

		if (n == 0 || (c < 0x20 && !(c >= 0x09 && c <= 0x0D)) || c == 0x7F || (c & 0xFFFE) == 0xFFFE)
			return false;
		if (guessed && ((c >= 0x80 && c <= 0x9F) || (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000))
			return false;
		plausible += c < 0x250 || (c >= 0x2000 && c <= 0x33FF) || (c >= 0x4E00 && c <= 0x9FFF) ||
		             (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x20000 && c <= 0x2FFFF);
		all++;
		i += n;
	}
	return !guessed || plausible * 10 >= all * 7;
}

/* The whole of `bytes`, strictly; NULL when the charset does not fit. */
static char *convert(const char *charset, const char *bytes, size_t len, size_t *out_len)
{
	iconv_t cd = iconv_open("UTF-8", charset);
	const size_t capacity = len * 4 + 16;
	char *text, *to, *from = NULL;
	size_t left = len, room = capacity;
	bool ok;

	if (cd == (iconv_t)-1)
		return NULL;
	text = mem_alloc(capacity + 1, 1);
	to = text;
	from = mem_copy_bytes(bytes, len);
	bytes = from;
	ok = iconv(cd, &from, &left, &to, &room) != (size_t)-1 && left == 0 &&
	     iconv(cd, NULL, NULL, &to, &room) != (size_t)-1;
	(void)iconv_close(cd);
	*out_len = capacity - room;
	free((void *)(uintptr_t)bytes);
	if (ok)
		return text;
	free(text);
	return NULL;
}

static bool try_charset(struct readings *out, const char *charset, const char *bytes, size_t len, bool guessed)
{
	size_t text_len = 0;
	char *text = convert(charset, bytes, len, &text_len);

	if (text == NULL)
		return false;
	if (!looks_like_text(text, text_len, guessed)) {
		free(text);
		return false;
	}
	add(out, charset, text, text_len);
	return true;
}

/* A byte order mark decides alone. */
static bool read_marked(const char *bytes, size_t len, struct readings *out, bool *marked)
{
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		const size_t skip = marks[i].mark_len;

		if (len < skip || memcmp(bytes, marks[i].mark, skip) != 0)
			continue;
		*marked = true;
		if (i > 0)
			return try_charset(out, marks[i].name, bytes + skip, len - skip, false);
		if (!utf8_valid(bytes + skip, len - skip, NULL) || !looks_like_text(bytes + skip, len - skip, false))
			return false;
		add(out, marks[i].name, mem_copy_bytes(bytes + skip, len - skip), len - skip);
		return true;
	}
	*marked = false;
	return false;
}

static void read_all(const char *bytes, size_t len, struct readings *out)
{
	const bool tilde = memmem(bytes, len, "~{", 2) != NULL;

	if (utf8_valid(bytes, len, NULL) && looks_like_text(bytes, len, false)) {
		add(out, "UTF-8", mem_copy_bytes(bytes, len), len);
		if (tilde)
			(void)try_charset(out, "HZ", bytes, len, true);
		return;
	}
	for (size_t i = 0; i < sizeof(charsets) / sizeof(charsets[0]); i++)
		(void)try_charset(out, charsets[i], bytes, len, true);
}

bool text_decode(const void *bytes, size_t len, struct readings *out, struct err *err)
{
	struct readings all = {0};
	bool marked = false;

	if (len > 0 && !read_marked(bytes, len, &all, &marked) && !marked)
		read_all(bytes, len, &all);
	if (len > 0 && all.count == 0)
		return err_set(err, ERR_INPUT, "not text in any known charset");
	*out = all;
	return true;
}
