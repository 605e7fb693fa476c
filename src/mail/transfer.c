/* transfer.c - bytes made fit for mail, back again.
 *
 * All of it is lenient and none of it is silent: what does not belong is skipped or kept as it stands,
 * and the caller is told that another program may read it otherwise. */
#include "mail_inside.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static int base64_digit(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Padding ends a group; whatever follows begins a new one, so that nothing behind it is lost. */
bool mail_base64(struct slice encoded, struct buf *out)
{
	uint32_t bits = 0;
	unsigned have = 0;
	bool clean = true, padded = false;

	for (size_t i = 0; i < encoded.len; i++) {
		const char c = encoded.text[i];
		const int digit = base64_digit(c);

		if (digit >= 0) {
			clean = clean && !padded;
			bits = (bits << 6 | (uint32_t)digit) & 0xFFFF;
			have += 6;
			if (have >= 8) {
				have -= 8;
				buf_add_byte(out, (char)(bits >> have & 0xFF));
			}
		} else if (c == '=') {
			clean = clean && (padded || have == 2 || have == 4);
			padded = true;
			have = 0;
		} else {
			clean = clean && strchr(" \t\r\n", c) != NULL && c != '\0';
		}
	}
	return clean && have != 6;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* How long the end of a line is at `at`, with the white space before it; 0: there is none. */
static size_t soft_break(struct slice s, size_t at)
{
	size_t end = at;

	while (end < s.len && (s.text[end] == ' ' || s.text[end] == '\t' || s.text[end] == '\r'))
		end++;
	if (end == s.len)
		return end - at;
	return s.text[end] == '\n' ? end + 1 - at : 0;
}

bool mail_quoted(struct slice encoded, bool word, struct buf *out)
{
	bool clean = true;

	for (size_t i = 0; i < encoded.len; i++) {
		const char c = encoded.text[i];
		const int high = c == '=' && encoded.len - i > 2 ? hex_digit(encoded.text[i + 1]) : -1;
		const int low = high >= 0 ? hex_digit(encoded.text[i + 2]) : -1;

		if (low >= 0) {
			buf_add_byte(out, (char)(high << 4 | low));
			i += 2;
		} else if (c == '=' && !word && (i + 1 == encoded.len || soft_break(encoded, i + 1) > 0)) {
			i += soft_break(encoded, i + 1);
		} else {
			clean = clean && c != '=';
			buf_add_byte(out, word && c == '_' ? ' ' : c);
		}
	}
	return clean;
}

/* One line of uuencode: a length, and four characters for three bytes; fewer are common and mean zeros. */
static bool uu_line(struct slice line, struct buf *out)
{
	size_t want = line.len > 0 ? (size_t)((line.text[0] - ' ') & 63) : 0, made = 0;
	bool clean = line.len == 0 || (line.text[0] >= ' ' && line.text[0] <= '`');

	for (size_t i = 1; made < want; i += 4) {
		uint32_t bits = 0;

		clean = clean && i < line.len;
		for (size_t k = i; k < i + 4; k++) {
			const char c = k < line.len ? line.text[k] : ' ';

			clean = clean && c >= ' ' && c <= '`';
			bits = bits << 6 | ((uint32_t)(c - ' ') & 63);
		}
		for (int shift = 16; shift >= 0 && made < want; shift -= 8, made++)
			buf_add_byte(out, (char)(bits >> shift & 0xFF));
	}
	return clean;
}

bool mail_uu(struct slice lines, struct buf *out)
{
	struct slice line;
	bool clean = true;

	while (slice_line(&lines, &line))
		clean = uu_line(line, out) && clean;
	return clean;
}

bool mail_yenc(struct slice lines, struct buf *out)
{
	for (size_t i = 0; i < lines.len; i++) {
		unsigned char c = (unsigned char)lines.text[i];

		if (c == '\r' || c == '\n')
			continue;
		if (c == '=' && i + 1 == lines.len)
			return false;
		if (c == '=')
			c = (unsigned char)((unsigned char)lines.text[++i] - 64);
		buf_add_byte(out, (char)(unsigned char)(c - 42));
	}
	return true;
}
