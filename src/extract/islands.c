/* islands.c - base64, hexadecimal and letter-spaced words in a text.
 *
 * Whoever wants a mark to pass encodes it, and a reader's program decodes it again.  What decodes to
 * text is text; what does not is left alone: identifiers, digests and pictures are everywhere. */
#include "islands.h"

#include "base/utf8.h"
#include "islands_inside.h"
#include "text/decode.h"

#include <stdlib.h>
#include <string.h>

enum { BASE64_LEAST = 12, HEX_LEAST = 12, DECODED_LEAST = 6, FOREIGN_LEAST = 24, SPACED_LEAST = 4, SLASHES_MOST = 4 };
static const size_t BLOB_MOST = (size_t)8 * 1024 * 1024;

static const char *const names[ISLANDS] = {
	[ISLAND_ESCAPES] = "with escapes decoded",
	[ISLAND_BASE64] = "decoded from base64",
	[ISLAND_HEXADECIMAL] = "decoded from hexadecimal",
	[ISLAND_SPACED] = "with spaced letters joined",
};

const char *island_name(enum island island)
{
	return names[island];
}

/* -1: not of the alphabet.  Both alphabets of RFC 4648. */
static int value64(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
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
		if (strcmp(readings.items[i].charset, "WINDOWS-1252") == 0) /* fits nearly anything */
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

/* Text shows in its first bytes; most runs are names and paths, and stop here. */
static bool begins_as_text(const char *text, size_t from, size_t to)
{
	uint32_t bits = 0;

	for (size_t i = from; i < from + 4 && i < to; i++)
		bits = bits << 6 | ((uint32_t)value64(text[i]) & 0x3F);
	for (int shift = 16; shift >= 0; shift -= 8) {
		const unsigned c = bits >> shift & 0xFF;

		if (c < 0x09 || (c > 0x0D && c < 0x20) || c == 0x7F)
			return c == 0; /* perhaps UTF-16 */
	}
	return true;
}

static void try_run(const char *text, size_t from, size_t to, bool hex, struct made *out)
{
	struct made decoded = {0};

	if (to - from > BLOB_MOST)
		to = from + BLOB_MOST;
	if (hex)
		decode_hex(text, from, to, &decoded);
	else if (begins_as_text(text, from, to))
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

/* Look at every `least`th byte only: a run that long cannot lie between two of them. */
static void find_runs(const char *text, size_t len, bool hex, struct made *out)
{
	const size_t least = hex ? HEX_LEAST : BASE64_LEAST;

	for (size_t at = 0; at + least <= len;) {
		size_t last = at + least, end;

		while (last > at && (hex ? island_hex(text[last - 1]) : value64(text[last - 1])) >= 0)
			last--;
		if (last > at) {
			at = last; /* behind a byte that is not of the alphabet */
			continue;
		}
		end = run_end(text, len, at, hex);
		if (hex)
			try_run(text, at, end, true, out);
		else
			try_base64(text, at, end, out);
		at = end > at ? end : at + 1;
	}
}

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_word_byte(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* S E C R E T at `at`: how many bytes; 0: not so.  Single letters, single spaces; two or more part words. */
static size_t spaced_word(const char *text, size_t len, size_t at)
{
	size_t letters = 1, end = at + 1;

	if (!is_letter(text[at]) || (at > 0 && is_word_byte(text[at - 1])))
		return 0;
	while (end + 1 < len && text[end] == ' ' && is_letter(text[end + 1]) && (end + 2 >= len || !is_word_byte(text[end + 2]))) {
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
	for (size_t at = 3; at + 4 <= len; at += 4) { /* a word of four has a space at one of four places in a row */
		size_t from, to, i = at - 3;
		bool found = false;

		if (text[at] != ' ' && text[at - 1] != ' ')
			continue;
		for (; i <= at && !found; i++)
			found = spaced_word(text, len, i) > 0;
		if (!found)
			continue;
		island_line(text, len, i, &from, &to);
		join_spaced(text, from, to, out);
		at = to > at ? to : at;
	}
}

void islands_find(enum island island, const char *text, size_t len, struct made *out)
{
	if (island == ISLAND_ESCAPES)
		escapes_find(text, len, out);
	else if (island == ISLAND_SPACED)
		find_spaced(text, len, out);
	else
		find_runs(text, len, island == ISLAND_HEXADECIMAL, out);
}
