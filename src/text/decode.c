/* decode.c - bytes as text, in every way they can be read.
 *
 * Detectors guess wrong on short Chinese text (four bytes of GBK are anything), so nothing here
 * guesses: every charset in which the bytes are valid gives a reading, and all readings are scanned.
 * One byte that does not fit must not hide the rest: a charset in which only a part is valid gives a
 * reading as well.  Where none of the valid ones looks like text, the file is undecided. */
#include "text/decode.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "text/charset.h"
#include "text/doubled.h"
#include "text/fold.h"
#include "text/wide.h"

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

/* What it is called when only a part of the bytes is valid in it. */
struct charset {
	const char *name, *part;
	bool wide, single;
};
static const struct charset utf8 = {"UTF-8", "UTF-8 in part", false, false};
static const struct charset charsets[] = {
	{"GB18030", "GB18030 in part", false, false},
	{"BIG5-HKSCS", "BIG5-HKSCS in part", false, false},
	{"EUC-TW", "EUC-TW in part", false, false},
	{"SHIFT_JIS", "SHIFT_JIS in part", false, false},
	{"EUC-JP", "EUC-JP in part", false, false},
	{"EUC-KR", "EUC-KR in part", false, false},
	{"WINDOWS-1252", "WINDOWS-1252 in part", false, true},
	{"WINDOWS-1250", "WINDOWS-1250 in part", false, true},
	{"WINDOWS-1251", "WINDOWS-1251 in part", false, true},
	{"WINDOWS-1253", "WINDOWS-1253 in part", false, true},
	{"WINDOWS-1254", "WINDOWS-1254 in part", false, true},
	{"WINDOWS-1255", "WINDOWS-1255 in part", false, true},
	{"WINDOWS-1256", "WINDOWS-1256 in part", false, true},
	{"WINDOWS-1257", "WINDOWS-1257 in part", false, true},
	{"WINDOWS-1258", "WINDOWS-1258 in part", false, true},
	{"UTF-16LE", "UTF-16LE in part", true, false},
	{"UTF-16BE", "UTF-16BE in part", true, false},
	{"UTF-32LE", "UTF-32LE in part", true, false},
	{"UTF-32BE", "UTF-32BE in part", true, false},
};
enum { CHARSETS = sizeof(charsets) / sizeof(charsets[0]) };

static void add(struct readings *out, const char *charset, char *text, size_t len, bool loose)
{
	out->items = mem_grow(out->items, out->count, sizeof(*out->items));
	out->items[out->count++] = (struct reading){.charset = charset, .text = text, .len = len, .owned = text, .loose = loose};
}

/* Text that needs no converting. */
static void add_part(struct readings *out, const char *text, size_t len)
{
	out->items = mem_grow(out->items, out->count, sizeof(*out->items));
	out->items[out->count++] = (struct reading){.charset = "UTF-8", .text = text, .len = len};
}

void readings_release(struct readings *readings)
{
	for (size_t i = 0; i < readings->count; i++) {
		free(readings->items[i].owned);
		free(readings->items[i].lines);
	}
	free(readings->items);
	*readings = (struct readings){0};
}

/* Controls no text has, and noncharacters. */
static bool has_no_controls(const char *text, size_t len)
{
	for (size_t i = 0; i < len;) {
		uint32_t c = 0;
		const size_t n = utf8_decode(text + i, len - i, &c);

		if (n == 0 || (c < 0x20 && !(c >= 0x09 && c <= 0x0D)) || c == 0x7F || (c & 0xFFFE) == 0xFFFE)
			return false;
		i += n;
	}
	return true;
}

/* Of the scripts that are written in these charsets; private use and C1 controls are a sign of a wrong
 * reading, but one of them proves nothing. */
static bool is_plausible(uint32_t c)
{
	static const struct {
		uint32_t from, to;
	} ranges[] = {{0, 0x7F}, {0xA0, 0x24F}, {0x300, 0x6FF}, {0xF00, 0xFFF}, {0x1800, 0x18AF}, {0x1E00, 0x33FF}, {0x3400, 0x9FFF},
	              {0xA000, 0xA4CF}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFF00, 0xFFEF}, {0x20000, 0x323AF}};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (c <= ranges[i].to)
			return c >= ranges[i].from;
	return false;
}

static bool looks_like_text(const char *text, size_t len)
{
	size_t plausible = 0, all = 0;

	for (size_t i = 0; i < len; all++) {
		uint32_t c = 0;
		const size_t n = utf8_decode(text + i, len - i, &c);

		plausible += is_plausible(c) ? 1 : 0;
		i += n > 0 ? n : 1;
	}
	return plausible * 10 >= all * 7;
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
	if (text != NULL && has_no_controls(text, text_len))
		add(out, "HZ", text, text_len, false);
	else
		free(text);
}

static bool is_there(const struct readings *all, const char *text, size_t len)
{
	for (size_t i = 0; i < all->count; i++)
		if (all->items[i].len == len && memcmp(all->items[i].text, text, len) == 0)
			return true;
	return false;
}

/* All of it; true: and it looks like text.  A charset of single bytes fits nearly anything, so of those
 * only the one that most text is in says so; and it has no controls but those of the bytes, which has_control()
 * has seen. */
static bool try_charset(struct readings *out, const struct charset *c, const char *bytes, size_t len)
{
	const bool telling = !c->single || strcmp(c->name, "WINDOWS-1252") == 0;
	size_t text_len = 0;
	char *text = charset_convert(c->name, bytes, len, &text_len);
	const bool clean = text != NULL && (c->single || has_no_controls(text, text_len));
	const bool plausible = clean && telling && looks_like_text(text, text_len);

	if (!clean || is_there(out, text, text_len) || (c->wide && !plausible)) {
		free(text);
		return false;
	}
	add(out, c->name, text, text_len, c->single);
	return plausible;
}

/* What fits, where not all does. */
static void try_part(struct readings *out, const struct charset *c, const char *bytes, size_t len)
{
	size_t text_len = 0, lost = 0, found = 0, all = 0;
	char *text = charset_convert_part(c->name, bytes, len, &text_len, &lost);

	for (size_t i = 0; text != NULL && i < text_len; all++) {
		uint32_t u = 0;
		const size_t n = utf8_decode(text + i, text_len - i, &u);

		found += u >= 0x80 && u != 0xFFFD ? 1 : 0;
		i += n > 0 ? n : 1;
	}
	if (text != NULL && lost > 0 && found > 0 && has_no_controls(text, text_len) &&
	    (!c->wide || (lost * 10 < all && looks_like_text(text, text_len))))
		add(out, c->part, text, text_len, true);
	else
		free(text);
}

static bool try_marked(struct readings *out, const char *name, const char *bytes, size_t len)
{
	size_t text_len = 0;
	char *text = charset_convert(name, bytes, len, &text_len);

	if (text == NULL || !has_no_controls(text, text_len)) {
		free(text);
		return false;
	}
	add(out, name, text, text_len, false);
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
			return try_marked(out, marks[i].name, bytes + skip, len - skip);
		if (!utf8_valid(bytes + skip, len - skip, NULL) || !has_no_controls(bytes + skip, len - skip))
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

/* True when it is text in one of them. */
static bool read_charsets(const char *bytes, size_t len, bool wide, struct readings *out)
{
	bool text = false;

	for (size_t i = 0; i < CHARSETS; i++)
		if (charsets[i].wide == wide)
			text = try_charset(out, &charsets[i], bytes, len) || text;
	return text;
}

static void read_parts(const char *bytes, size_t len, struct readings *out)
{
	try_part(out, &utf8, bytes, len);
	for (size_t i = 0; i < CHARSETS; i++)
		if (!charsets[i].single)
			try_part(out, &charsets[i], bytes, len);
}

/* Which line of the bytes each run is from: `runs` stand in lines that `taken` says where they were taken from. */
static void number_lines(struct reading *reading, const struct line_index *index, const struct doubled_places *runs,
                         const struct doubled_places *taken)
{
	size_t from = 0;

	reading->lines = mem_alloc(runs->count, sizeof(*reading->lines));
	reading->line_count = runs->count;
	for (size_t i = 0; i < runs->count; i++) {
		const size_t at = runs->items[i].in_bytes;

		while (from + 1 < taken->count && taken->items[from + 1].in_text <= at)
			from++;
		reading->lines[i] = line_index_line(index, taken->items[from].in_bytes + at - taken->items[from].in_text);
	}
}

/* Runs, a line each, and where each begins in the bytes. */
struct runs {
	struct buf text;
	struct doubled_places places;
};

static void keep_run(void *context, size_t at, const char *text, size_t len)
{
	struct runs *runs = context;

	if (runs->text.len == 0 || runs->text.data[runs->text.len - 1] == '\n')
		doubled_place_add(&runs->places, 0, at);
	buf_add(&runs->text, text, len);
}

/* Words of UTF-16 that somebody put into a text of another charset. */
static void read_wide_runs(const char *bytes, size_t len, struct readings *out)
{
	struct doubled_place first = {0, 0};
	const struct doubled_places all = {&first, 1}; /* nothing was left out */
	struct runs runs = {0};

	wide_runs((const unsigned char *)bytes, len, true, keep_run, &runs);
	if (runs.text.len > 0) {
		const size_t text_len = runs.text.len;
		struct line_index index;

		add(out, "UTF-16 in part", buf_take(&runs.text), text_len, true);
		out->items[out->count - 1].pieces = true;
		line_index_build(bytes, len, &index);
		number_lines(&out->items[out->count - 1], &index, &runs.places, &all);
		line_index_release(&index);
	}
	free(runs.places.items);
	buf_release(&runs.text);
}

/* Words of one charset directly behind those of another. */
static void read_mixed_lines(const char *bytes, size_t len, struct readings *out)
{
	static const char *const names[DOUBLED_CHARSETS] = {"GB18030 in pieces", "BIG5-HKSCS in pieces", "EUC-TW in pieces", "SHIFT_JIS in pieces"};
	struct buf lines = {0};
	struct doubled_places taken = {0};
	struct line_index index;

	doubled_mixed_lines((const unsigned char *)bytes, len, &lines, &taken);
	if (lines.len == 0)
		return;
	line_index_build(bytes, len, &index);
	for (size_t i = 0; i < DOUBLED_CHARSETS; i++) {
		struct buf runs = {0};
		struct doubled_places places = {0};
		size_t runs_len;

		doubled_runs(i, (const unsigned char *)lines.data, lines.len, &runs, &places);
		runs_len = runs.len;
		if (runs_len > 0) {
			add(out, names[i], buf_take(&runs), runs_len, true);
			out->items[out->count - 1].pieces = true;
			number_lines(&out->items[out->count - 1], &index, &places, &taken);
		}
		free(places.items);
		buf_release(&runs);
	}
	line_index_release(&index);
	free(taken.items);
	buf_release(&lines);
}

/* Without a control and without NULs.  True: it is text. */
static bool read_plain(const char *bytes, size_t len, struct readings *out)
{
	bool text;

	if (utf8_valid(bytes, len, NULL)) {
		add_part(out, bytes, len);
		if (has_escape(bytes, len))
			try_hz(out, bytes, len);
		return true;
	}
	text = read_charsets(bytes, len, false, out);
	text = read_charsets(bytes, len, true, out) || text || doubled_text_end((const unsigned char *)bytes, len) == len;
	if (text) {
		read_parts(bytes, len, out);
		read_wide_runs(bytes, len, out);
		read_mixed_lines(bytes, len, out);
	}
	return text;
}

/* Bytes with NULs are wide text or no text; but who opens them as plain text sees the rest, so that
 * is scanned as well. */
static bool read_with_nuls(const char *bytes, size_t len, struct readings *out)
{
	char *rest = mem_alloc(len + 1, 1);
	const bool text = read_charsets(bytes, len, true, out);
	size_t kept = 0;

	for (size_t i = 0; i < len; i++)
		if (bytes[i] != '\0')
			rest[kept++] = bytes[i];
	if (text && kept > 0 && !has_control(rest, kept))
		(void)read_plain(rest, kept, out);
	if (text)
		read_wide_runs(bytes, len, out);
	for (size_t i = 0; i < out->count; i++)
		if (out->items[i].text == rest) {
			out->items[i].owned = rest;
			rest = NULL;
		}
	free(rest);
	return text;
}

static bool read_all(const char *bytes, size_t len, struct readings *out)
{
	if (memchr(bytes, '\0', len) != NULL)
		return read_with_nuls(bytes, len, out);
	return !has_control(bytes, len) && read_plain(bytes, len, out);
}

/* No text, and where it stops being some: a person may be able to mend it there. */
static bool refuse(const char *bytes, size_t len, struct err *err)
{
	const bool marked = len >= marks[0].mark_len && memcmp(bytes, marks[0].mark, marks[0].mark_len) == 0;
	size_t end = len, line = 1;

	if (!marked || utf8_valid(bytes, len, &end))
		end = doubled_text_end((const unsigned char *)bytes, len);
	for (size_t i = 0; i < end; i++)
		line += bytes[i] == '\n' ? 1 : 0;
	if (end == 0 || end == len)
		return err_set(err, ERR_INPUT, "not text in any known charset");
	return err_set(err, ERR_INPUT, "not text in any known charset, from byte %zu in line %zu on", end + 1, line);
}

/* Some fifteen readings are held at once, each up to twice as long. */
static const size_t AMBIGUOUS_MOST = (size_t)64 * 1024 * 1024;

bool text_decode(const void *bytes, size_t len, struct readings *out, struct err *err)
{
	struct readings all = {0};
	bool marked = false, text = len == 0 || read_marked(bytes, len, &all, &marked);

	if (!marked && len > AMBIGUOUS_MOST && !utf8_valid(bytes, len, NULL))
		return err_set(err, ERR_INPUT, "longer than 64 MiB and not UTF-8, so not read in every charset it fits; convert it to UTF-8");
	if (!marked && len > 0)
		text = read_all(bytes, len, &all);
	if (!text) {
		readings_release(&all);
		return refuse(bytes, len, err);
	}
	*out = all;
	return true;
}
