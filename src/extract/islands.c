/* islands.c - base64, hexadecimal and letter-spaced words in a text.
 *
 * Whoever wants a mark to pass encodes it, and a reader's program decodes it again.  What decodes to
 * text is text; what does not is left alone: identifiers, digests and pictures are everywhere. */
#include "islands.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "blocks.h"
#include "islands_inside.h"
#include "text/decode.h"

#include <stdlib.h>
#include <string.h>

enum { BASE64_LEAST = 12, HEX_LEAST = 12, DECODED_LEAST = 6, FOREIGN_LEAST = 24, SPACED_LEAST = 4, SLASHES_MOST = 4,
       BLOB_LEAST = 400 };
static const size_t BLOB_MOST = (size_t)8 * 1024 * 1024;

static const char *const names[ISLANDS] = {
	[ISLAND_ESCAPES] = "with escapes decoded",
	[ISLAND_STRINGS] = "with strings joined",
	[ISLAND_LINKS] = "with links as shown",
	[ISLAND_FOLDED] = "with folded lines joined",
	[ISLAND_BASE64] = "decoded from base64",
	[ISLAND_HEXADECIMAL] = "decoded from hexadecimal",
	[ISLAND_SPACED] = "with spaced letters joined",
	[ISLAND_DIGITS] = "with single digits joined",
	[ISLAND_MARKS] = "with marks left out",
	[ISLAND_CUES] = "with subtitles joined",
	[ISLAND_HOSTS] = "with host names decoded",
	[ISLAND_QUOTED] = "with quoted lines joined",
	[ISLAND_JOINED] = "with single characters joined",
	[ISLAND_MISREAD] = "with misread characters read again",
};

const char *island_name(enum island island)
{
	return names[island];
}

/* One more than the value of each digit, 0: not of the alphabet.  Both alphabets of RFC 4648. */
static const unsigned char values64[256] = {
	['A'] = 1,  ['B'] = 2,  ['C'] = 3,  ['D'] = 4,  ['E'] = 5,  ['F'] = 6,  ['G'] = 7,  ['H'] = 8,  ['I'] = 9,  ['J'] = 10,
	['K'] = 11, ['L'] = 12, ['M'] = 13, ['N'] = 14, ['O'] = 15, ['P'] = 16, ['Q'] = 17, ['R'] = 18, ['S'] = 19, ['T'] = 20,
	['U'] = 21, ['V'] = 22, ['W'] = 23, ['X'] = 24, ['Y'] = 25, ['Z'] = 26, ['a'] = 27, ['b'] = 28, ['c'] = 29, ['d'] = 30,
	['e'] = 31, ['f'] = 32, ['g'] = 33, ['h'] = 34, ['i'] = 35, ['j'] = 36, ['k'] = 37, ['l'] = 38, ['m'] = 39, ['n'] = 40,
	['o'] = 41, ['p'] = 42, ['q'] = 43, ['r'] = 44, ['s'] = 45, ['t'] = 46, ['u'] = 47, ['v'] = 48, ['w'] = 49, ['x'] = 50,
	['y'] = 51, ['z'] = 52, ['0'] = 53, ['1'] = 54, ['2'] = 55, ['3'] = 56, ['4'] = 57, ['5'] = 58, ['6'] = 59, ['7'] = 60,
	['8'] = 61, ['9'] = 62, ['+'] = 63, ['-'] = 63, ['/'] = 64, ['_'] = 64,
};

static int value64(char c)
{
	return (int)values64[(unsigned char)c] - 1;
}

int island_hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool island_is_text(const char *bytes, size_t len)
{
	if (!utf8_valid(bytes, len, NULL))
		return false;
	for (size_t i = 0; i < len; i++) {
		const unsigned char c = (unsigned char)bytes[i];

		if (c < 0x09 || (c > 0x0D && c < 0x20) || c == 0x7F)
			return false;
	}
	return true;
}

/* What was decoded, when it is text: with `origin` for each byte of it. */
static void add_decoded(struct made *out, const struct made *decoded)
{
	const struct buf *b = &decoded->text;
	struct readings readings = {0};
	struct err err = {0};

	if (b->len < DECODED_LEAST)
		return;
	if (island_is_text(b->data, b->len)) {
		for (size_t i = 0; i < b->len; i++)
			made_put(out, b->data + i, 1, decoded->origin[i]);
		made_put(out, "\n", 1, decoded->origin[b->len]);
		return;
	}
	if (b->len < FOREIGN_LEAST || !text_decode(b->data, b->len, &readings, &err))
		return;
	for (size_t i = 0; i < readings.count; i++) {
		if (readings.items[i].loose)
			continue;
		made_put(out, readings.items[i].text, readings.items[i].len, decoded->origin[0]);
		made_put(out, "\n", 1, decoded->origin[b->len]);
	}
	readings_release(&readings);
}

/* The end of the run that begins at `at`; runs that fill lines go on over one line end. */
static size_t run_end(const char *text, size_t len, size_t at, bool hex)
{
	size_t line = at;

	for (;; at++) {
		if (at < len && (hex ? island_hex(text[at]) >= 0 : value64(text[at]) >= 0))
			continue;
		if (at + 1 < len && at - line >= 32 && text[at] == '\r' && text[at + 1] == '\n')
			at++;
		else if (!(at < len && at - line >= 32 && text[at] == '\n'))
			return at;
		line = at + 1;
		if (line >= len || (hex ? island_hex(text[line]) : value64(text[line])) < 0)
			return at;
	}
}

static void decode64(const char *text, size_t from, size_t to, struct made *out)
{
	uint32_t bits = 0;
	unsigned have = 0;
	size_t quantum = from;

	for (size_t i = from; i < to; i++) {
		const int v = value64(text[i]);
		char byte;

		if (v < 0)
			continue;
		bits = bits << 6 | (uint32_t)v;
		have += 6;
		if (have >= 8) {
			have -= 8;
			byte = (char)(bits >> have & 0xFF);
			made_put(out, &byte, 1, quantum);
			quantum = i;
		}
	}
	if (out->text.len > 0)
		out->origin[out->text.len] = (uint32_t)to;
}

static void decode_hex(const char *text, size_t from, size_t to, struct made *out)
{
	int high = -1;

	for (size_t i = from; i < to; i++) {
		const int v = island_hex(text[i]);
		const char byte = (char)(high * 16 + v);

		if (v < 0)
			continue;
		if (high >= 0)
			made_put(out, &byte, 1, i - 1);
		high = high >= 0 ? -1 : v;
	}
	if (out->text.len > 0)
		out->origin[out->text.len] = (uint32_t)to;
}

enum { SHOWN = 12 }; /* bytes looked at first */

static bool is_plain(unsigned char c)
{
	return (c >= 0x20 && c < 0x7F) || (c >= 0x09 && c <= 0x0D);
}

/* UTF-8, but for what is cut at the end. */
static bool begins_as_utf8(const unsigned char *b, size_t n)
{
	for (size_t i = 0; i < n;) {
		uint32_t c;
		const size_t len = utf8_decode((const char *)b + i, n - i, &c);

		if (len == 0)
			return n - i < 4 && b[i] >= 0xC2;
		if (len == 1 && !is_plain(b[i]))
			return false;
		i += len;
	}
	return true;
}

/* Pairs of GB 2312, or UTF-16 with Chinese or Latin characters. */
static bool begins_as_chinese(const unsigned char *b, size_t n)
{
	size_t wide[2] = {0}, pairs = 0, i = 0;

	while (i + 1 < n && (is_plain(b[i]) || (b[i] >= 0xA1 && b[i] <= 0xF7 && b[i + 1] >= 0xA1))) {
		pairs += b[i] >= 0xA1 ? 1 : 0;
		i += b[i] >= 0xA1 ? 2 : 1;
	}
	if (i + 1 >= n && pairs > 0)
		return true;
	for (i = 0; i < n; i++)
		wide[i % 2] += b[i] == 0 || b[i] == 0x30 || b[i] == 0xFF || (b[i] >= 0x4E && b[i] <= 0x9F) ? 1 : 0;
	return wide[0] * 2 >= n - 1 || wide[1] * 2 >= n - 1;
}

/* Text shows in its first bytes; most runs are names and paths, and stop here. */
static bool begins_as_text(const char *text, size_t from, size_t to, bool hex)
{
	unsigned char bytes[SHOWN];
	uint32_t bits = 0;
	unsigned have = 0, width = hex ? 4 : 6;
	size_t n = 0;

	for (size_t i = from; i < to && n < SHOWN; i++) {
		const int v = hex ? island_hex(text[i]) : value64(text[i]);

		if (v < 0)
			continue;
		bits = bits << width | (uint32_t)v;
		have += width;
		if (have >= 8) {
			have -= 8;
			bytes[n++] = (unsigned char)(bits >> have & 0xFF);
		}
	}
	return begins_as_utf8(bytes, n) || (to - from >= FOREIGN_LEAST && begins_as_chinese(bytes, n));
}

void island_put_bytes(const struct made *bytes, struct made *out)
{
	const unsigned char *b = (const unsigned char *)bytes->text.data;
	const size_t n = bytes->text.len < SHOWN ? bytes->text.len : SHOWN;

	if (begins_as_utf8(b, n) || (bytes->text.len >= FOREIGN_LEAST && begins_as_chinese(b, n)))
		add_decoded(out, bytes);
}

static void try_run(const char *text, size_t from, size_t to, bool hex, struct made *out)
{
	struct made decoded = {0};

	if (to - from > BLOB_MOST || !begins_as_text(text, from, to, hex))
		return; /* what is too long to decode is data nobody has seen */
	if (hex)
		decode_hex(text, from, to, &decoded);
	else
		decode64(text, from, to, &decoded);
	add_decoded(out, &decoded);
	made_release(&decoded);
}

/* A slash is a digit of base64 and what stands before it in an address. */
static void try_base64(const char *text, size_t from, size_t to, struct made *out)
{
	const size_t before = out->text.len;

	for (int n = 0; n <= SLASHES_MOST && to - from >= BASE64_LEAST && out->text.len == before; n++) {
		const char *slash;

		try_run(text, from, to, false, out);
		slash = memchr(text + from, '/', to - from);
		if (slash == NULL)
			break;
		from = (size_t)(slash - text) + 1;
	}
}

static void take_run(const char *text, size_t from, size_t to, bool hex, struct made *out, struct extents *blobs)
{
	const size_t before = out->text.len;

	if (hex)
		try_run(text, from, to, true, out);
	else
		try_base64(text, from, to, out);
	if (hex || out->text.len > before || to - from < BLOB_LEAST)
		return;
	blobs->items = mem_grow(blobs->items, blobs->count, sizeof(*blobs->items));
	blobs->items[blobs->count++] = (struct extent){from, to};
}

static void find_runs(const char *text, size_t len, bool hex, struct made *out, struct extents *blobs)
{
	const enum block kind = hex ? BLOCK_HEXADECIMAL : BLOCK_BASE64;
	const size_t least = hex ? HEX_LEAST : BASE64_LEAST;

	for (size_t at = blocks_next(text, len, 0, kind); at < len; at = blocks_next(text, len, at, kind)) {
		const size_t end = run_end(text, len, at, hex);

		if (end - at >= least)
			take_run(text, at, end, hex, out, blobs);
		at = end > at ? end : at + 1;
	}
}

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* S E C R E T at `at`: how many bytes; 0: not so.  Single letters, and one sign between each two, the same
 * throughout; two spaces or more part words.  A slash is a letter of SECRET//NOFORN. */
static size_t spaced_word(const char *text, size_t len, size_t at)
{
	const char sign = at + 1 < len ? text[at + 1] : '\0';
	size_t letters = 1, end = at + 1;

	if (sign == '\0' || strchr(" .-_*|\n", sign) == NULL || !is_letter(text[at]) || (at > 0 && island_is_word(text[at - 1])))
		return 0;
	while (end + 1 < len && text[end] == sign && (is_letter(text[end + 1]) || (letters >= SPACED_LEAST && text[end + 1] == '/')) &&
	       (end + 2 >= len || !island_is_word(text[end + 2]))) {
		letters++;
		end += 2;
	}
	return letters >= SPACED_LEAST ? end - at : 0;
}

void island_line(const char *text, size_t len, size_t at, size_t *from, size_t *to)
{
	enum { AROUND = 2000 };

	*from = at;
	while (*from > 0 && text[*from - 1] != '\n' && at - *from < AROUND)
		--*from;
	*to = at;
	while (*to < len && text[*to] != '\n' && *to - at < AROUND)
		++*to;
	while (*from < at && ((unsigned char)text[*from] & 0xC0) == 0x80)
		++*from;
	while (*to < len && ((unsigned char)text[*to] & 0xC0) == 0x80)
		++*to;
}

static void join_spaced(const char *text, size_t from, size_t to, struct made *out)
{
	for (size_t i = from; i < to;) {
		const size_t n = spaced_word(text, to, i);

		if (n == 0) {
			made_copy(out, text + i, 1, i);
			i++;
			continue;
		}
		for (size_t k = 0; k < n; k += 2)
			made_copy(out, text + i + k, 1, i + k);
		i += n;
	}
	made_put(out, "\n", 1, to);
}

static void find_spaced(const char *text, size_t len, struct made *out)
{
	for (size_t at = blocks_next(text, len, 0, BLOCK_SPACED); at < len; at = blocks_next(text, len, at, BLOCK_SPACED)) {
		size_t from, to;

		if (at == 0 || spaced_word(text, len, at - 1) == 0) {
			at++;
			continue;
		}
		island_line(text, len, at - 1, &from, &to);
		if (at - 1 + spaced_word(text, len, at - 1) > to) /* one letter a line */
			to = at - 1 + spaced_word(text, len, at - 1);
		join_spaced(text, from, to, out);
		at = to > at ? to : at;
	}
}

void islands_find(enum island island, const char *text, size_t len, struct made *out, struct extents *blobs)
{
	static void (*const finders[ISLANDS])(const char *text, size_t len, struct made *out) = {
		[ISLAND_ESCAPES] = escapes_find, [ISLAND_STRINGS] = strings_find, [ISLAND_LINKS] = links_find,
		[ISLAND_FOLDED] = folds_find,   [ISLAND_SPACED] = find_spaced,   [ISLAND_JOINED] = joined_find,
		[ISLAND_MISREAD] = misread_find, [ISLAND_DIGITS] = digits_find, [ISLAND_MARKS] = marks_find,
		[ISLAND_CUES] = cues_find,       [ISLAND_HOSTS] = hosts_find,     [ISLAND_QUOTED] = quoted_find,
	};

	if (finders[island] != NULL)
		finders[island](text, len, out);
	else
		find_runs(text, len, island == ISLAND_HEXADECIMAL, out, blobs);
	if (island == ISLAND_HEXADECIMAL)
		rows_find(text, len, out);
}
