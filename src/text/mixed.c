/* mixed.c - which lines of a text are of more than one charset.
 *
 * A mark in one charset directly behind text of another is read in none: who reads on from the text takes the bytes two
 * and two as they come, and may be one byte off where the mark begins.  To read each text once more at every byte
 * would cost as much as all the other readings; so a line is asked first whether one charset explains it. */
#include "text/doubled.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { NEAR = 4, SHORTEST = 4, PIECE = 4096, BESIDE = 64, LONGEST = 4 };

/* How ordinary a character is; RARE ones stand alone. */
enum likely { NONE = 0, RARE, COMMON };

static bool is_within(unsigned char c, unsigned char first, unsigned char last)
{
	return c >= first && c <= last;
}

/* GB 2312: signs, frames and the first level, then kana, Greek, Cyrillic and the second level. */
static enum likely likely_gb(unsigned char first, unsigned char second)
{
	if (second < 0xA1 || second == 0xFF)
		return NONE;
	if (is_within(first, 0xA1, 0xA3) || first == 0xA9 || is_within(first, 0xB0, 0xD7))
		return COMMON;
	return is_within(first, 0xA4, 0xA8) || is_within(first, 0xD8, 0xF7) ? RARE : NONE;
}

static enum likely likely_big5(unsigned char first, unsigned char second)
{
	if (!is_within(second, 0x40, 0x7E) && !is_within(second, 0xA1, 0xFE))
		return NONE;
	return is_within(first, 0xA1, 0xC6) ? COMMON : is_within(first, 0xC9, 0xF9) ? RARE : NONE;
}

static enum likely likely_sjis(unsigned char first, unsigned char second)
{
	if (!is_within(second, 0x40, 0x7E) && !is_within(second, 0x80, 0xFC))
		return NONE;
	return is_within(first, 0x81, 0x83) || is_within(first, 0x88, 0x97) ? COMMON
	       : is_within(first, 0x98, 0x9F) || is_within(first, 0xE0, 0xEA) ? RARE
	                                                                     : NONE;
}

static enum likely (*const likely_pair[])(unsigned char first, unsigned char second) = {likely_gb, likely_big5, likely_sjis};
enum { PAIRED = sizeof(likely_pair) / sizeof(likely_pair[0]) };

/* Is all of the line one charset's?  `paired`: which. */
static bool explains(size_t paired, const unsigned char *line, size_t len)
{
	size_t rare = 0; /* characters since the last rare one, from NEAR down */

	for (size_t at = 0; at < len;) {
		enum likely likely;

		if (line[at] < 0x80) {
			at++;
			rare -= rare > 0;
			continue;
		}
		likely = at + 1 < len ? likely_pair[paired](line[at], line[at + 1]) : NONE;
		if (likely == NONE || (likely == RARE && rare > 0))
			return false;
		rare = likely == RARE ? NEAR : rare - (rare > 0);
		at += 2;
	}
	return true;
}

/* Bytes beyond ASCII that could be two characters: letters of Latin words stand alone or two and two. */
static bool has_row(const unsigned char *line, size_t len)
{
	size_t row = 0, longest = 0;

	for (size_t at = 0; at < len && longest < SHORTEST; at++) {
		row = line[at] >= 0x80 || (row > 0 && line[at - 1] >= 0x80 && line[at] >= 0x40) ? row + 1 : 0;
		longest = row > longest ? row : longest;
	}
	return longest >= SHORTEST;
}

static bool is_mixed(const unsigned char *line, size_t len)
{
	if (!has_row(line, len) || utf8_valid((const char *)line, len, NULL))
		return false;
	for (size_t i = 0; i < PAIRED; i++)
		if (explains(i, line, len))
			return false;
	return true;
}

void doubled_mixed_lines(const unsigned char *bytes, size_t len, struct buf *out, struct doubled_places *places)
{
	for (size_t at = 0, end; at < len; at = end) {
		const size_t most = len - at < PIECE ? len - at : PIECE, before = at < BESIDE ? at : BESIDE;
		const unsigned char *line_end = memchr(bytes + at, '\n', most);
		size_t behind;

		end = line_end != NULL ? (size_t)(line_end - bytes) + 1 : at + most;
		behind = line_end != NULL ? 0 : len - end < BESIDE ? len - end : BESIDE;
		if (!is_mixed(bytes + at, end - at))
			continue;
		doubled_place_add(places, out->len, at - before);
		buf_add(out, bytes + at - before, before + (end - at) + behind); /* a long line is cut anywhere */
		buf_add_byte(out, '\n');
	}
}

static bool is_control(unsigned char c)
{
	return c < 0x09 || (c > 0x0D && c < 0x20) || c == 0x7F;
}

static bool is_pair(const unsigned char *bytes, size_t left)
{
	for (size_t i = 0; i < PAIRED && left >= 2; i++)
		if (likely_pair[i](bytes[0], bytes[1]) != NONE)
			return true;
	return false;
}

/* A letter of a Latin word: what it is nobody can say, and nothing stands in one byte. */
static bool is_odd_one(const unsigned char *bytes, size_t len, size_t at)
{
	return bytes[at] >= 0xA0 && (at == 0 || bytes[at - 1] < 0x80) && (at + 1 == len || bytes[at + 1] < 0x80);
}

/* Each place a character can end at is one another can begin at, whatever the charsets: of the places ahead, a bit each. */
size_t doubled_text_end(const unsigned char *bytes, size_t len)
{
	unsigned ahead = 1;
	size_t end = 0;

	for (size_t at = 0; at < len && ahead != 0; at++, ahead >>= 1) {
		uint32_t c = 0;
		size_t n;

		if ((ahead & 1U) == 0)
			continue;
		end = at;
		n = is_control(bytes[at]) ? 0 : utf8_decode((const char *)bytes + at, len - at < LONGEST ? len - at : LONGEST, &c);
		ahead |= n > 0 ? 1U << n : 0;
		ahead |= is_pair(bytes + at, len - at) ? 1U << 2 : 0;
		ahead |= is_odd_one(bytes, len, at) ? 1U << 1 : 0;
	}
	return (ahead & 1U) != 0 ? len : end;
}
