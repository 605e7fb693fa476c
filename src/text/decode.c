/* decode.c - bytes as text, in every way they can strictly be read.
 *
 * Detectors guess wrong on short Chinese text (four bytes of GBK are anything), so nothing here
 * guesses: every charset in which the bytes are valid and look like text gives a reading, and all
 * readings are scanned.  What is text in none of them is undecided. */
#include "text/decode.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "text/charset.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

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

/* Charsets in which every byte below 0x30 is the ASCII character; and those in which it is not. */
static const char *const ascii_like[] = {"GB18030", "BIG5-HKSCS", "EUC-TW", "SHIFT_JIS", "WINDOWS-1252"};
static const char *const wide[] = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"};

static void add(struct readings *out, const char *charset, char *text, size_t len)
{
	out->items = mem_grow(out->items, out->count, sizeof(*out->items));
	out->items[out->count++] = (struct reading){.charset = charset, .text = text, .len = len, .owned = text};
}

/* Text that needs no converting. */
static void add_part(struct readings *out, const char *text, size_t len)
{
	out->items = mem_grow(out->items, out->count, sizeof(*out->items));
	out->items[out->count++] = (struct reading){.charset = "UTF-8", .text = text, .len = len};
}

void readings_release(struct readings *readings)
{
	for (size_t i = 0; i < readings->count; i++)
		free(readings->items[i].owned);
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
		plausible += c < 0x250 || (c >= 0x370 && c <= 0x52F) || (c >= 0x2000 && c <= 0x33FF) || (c >= 0x4E00 && c <= 0x9FFF) ||
		             (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x20000 && c <= 0x2FFFF);
		all++;
		i += n;
	}
	return !guessed || plausible * 10 >= all * 7;
}

/* HZ (RFC 1843): between ~{ and ~} pairs of seven-bit bytes are GB 2312; ~~ is ~.  Few C libraries
 * convert it, so the escapes are taken out here and the rest is GB18030.  NULL: it is not HZ. */
static char *unescape_hz(const char *bytes, size_t len, size_t *out_len)
{
	char *out = mem_alloc(len + 1, 1);
	bool chinese = false;
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		const char c = bytes[i], next = i + 1 < len ? bytes[i + 1] : '\0';

		if (c == '~' && next == (chinese ? '}' : '{')) {
			chinese = !chinese;
			i++;
		} else if (c == '~' && !chinese && (next == '~' || next == '\n')) {
			if (next == '~')
				out[n++] = '~';
			i++;
		} else if (chinese && c >= 0x21 && next >= 0x21 && next < 0x7F) {
			out[n++] = (char)(c | 0x80);
			out[n++] = (char)(next | 0x80);
			i++;
		} else if (chinese && c == '\n') {
			chinese = false; /* a line end closes what was left open */
			out[n++] = c;
		} else if (chinese) {
			free(out);
			return NULL;
		} else {
			out[n++] = c;
		}
	}
	*out_len = n;
	return out;
}

static void try_hz(struct readings *out, const char *bytes, size_t len)
{
	size_t plain_len = 0, text_len = 0;
	char *plain = unescape_hz(bytes, len, &plain_len);
	char *text = plain != NULL ? charset_convert("GB18030", plain, plain_len, &text_len) : NULL;

	free(plain);
	if (text != NULL && looks_like_text(text, text_len, true))
		add(out, "HZ", text, text_len);
	else
		free(text);
}

static bool try_charset(struct readings *out, const char *charset, const char *bytes, size_t len, bool guessed)
{
	size_t text_len = 0;
	char *text = charset_convert(charset, bytes, len, &text_len);

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
		add_part(out, bytes + skip, len - skip);
		return true;
	}
	*marked = false;
	return false;
}

static bool is_control(unsigned char c)
{
	return (c != 0 && c < 0x09) || (c > 0x0D && c < 0x20) || c == 0x7F;
}

/* A control no text has.  Multi-byte charsets never use these bytes inside a character, so in all
 * of them, and in UTF-8, this is no text; only UTF-16 and UTF-32 could still make one of it. */
static bool has_control(const char *bytes, size_t len)
{
	size_t i = 0;

#if defined(__SSE2__)
	for (; i + 16 <= len; i += 16) {
		const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(bytes + i));
		const __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x1F)), v);
		const __m128i from = _mm_sub_epi8(v, _mm_set1_epi8(0x09));
		const __m128i white = _mm_cmpeq_epi8(_mm_min_epu8(from, _mm_set1_epi8(0x0D - 0x09)), from);
		const __m128i odd = _mm_or_si128(_mm_andnot_si128(white, low), _mm_cmpeq_epi8(v, _mm_set1_epi8(0x7F)));

		if (_mm_movemask_epi8(_mm_andnot_si128(_mm_cmpeq_epi8(v, _mm_setzero_si128()), odd)) != 0)
			return true;
	}
#endif
	while (i < len && !is_control((unsigned char)bytes[i]))
		i++;
	return i < len;
}

/* HZ's way into Chinese. */
static bool has_escape(const char *bytes, size_t len)
{
	const char *at = bytes, *const end = bytes + len;

	while ((at = memchr(at, '~', (size_t)(end - at))) != NULL)
		if (++at < end && *at == '{')
			return true;
	return false;
}

/* True when it is UTF-8. */
static bool read_ascii_like(const char *bytes, size_t len, struct readings *out)
{
	if (utf8_valid(bytes, len, NULL)) {
		add_part(out, bytes, len);
		if (has_escape(bytes, len))
			try_hz(out, bytes, len);
		return true;
	}
	for (size_t i = 0; i < sizeof(ascii_like) / sizeof(ascii_like[0]); i++)
		(void)try_charset(out, ascii_like[i], bytes, len, true);
	return false;
}

static void read_wide(const char *bytes, size_t len, struct readings *out)
{
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		(void)try_charset(out, wide[i], bytes, len, true);
}

/* Bytes with NULs are wide text or no text; but who opens them as plain text sees the rest, so that
 * is scanned as well. */
static void read_with_nuls(const char *bytes, size_t len, struct readings *out)
{
	char *rest = mem_alloc(len + 1, 1);
	size_t kept = 0;

	read_wide(bytes, len, out);
	for (size_t i = 0; i < len; i++)
		if (bytes[i] != '\0')
			rest[kept++] = bytes[i];
	if (out->count > 0 && kept > 0 && !has_control(rest, kept))
		(void)read_ascii_like(rest, kept, out);
	for (size_t i = 0; i < out->count; i++)
		if (out->items[i].text == rest) {
			out->items[i].owned = rest;
			rest = NULL;
		}
	free(rest);
}

static void read_all(const char *bytes, size_t len, struct readings *out)
{
	if (memchr(bytes, '\0', len) != NULL) {
		read_with_nuls(bytes, len, out);
	} else if (!has_control(bytes, len)) {
		const bool utf8 = read_ascii_like(bytes, len, out);

		if (!utf8)
			read_wide(bytes, len, out);
	}
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
