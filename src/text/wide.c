/* wide.c - UTF-16 in the midst of other bytes. */
#include "text/wide.h"

#include "base/utf8.h"

enum { ASCII_SHORTEST = 4, WIDE_SHORTEST = 2, BESIDE = 4, PIECE = 1024 };

/* Bytes as characters of one order, from the first byte on. */
struct units {
	const unsigned char *bytes;
	size_t count, high; /* where the high byte of each stands: 0 or 1 */
	bool in_text;
	size_t odd; /* where in all bytes these begin */
	void (*put)(void *context, size_t at, const char *text, size_t len);
	void *context;
};

static uint32_t unit(const struct units *u, size_t at)
{
	return (uint32_t)u->bytes[at * 2 + u->high] << 8 | u->bytes[at * 2 + 1 - u->high];
}

/* Nobody sees it, or it stands over another one; in noise it would be taken for a disguise. */
static bool is_invisible(uint32_t c)
{
	return c == 0xAD || (c >= 0x300 && c < 0x370) || (c >= 0x2028 && c < 0x2030) || (c >= 0x205F && c < 0x2070) || (c >= 0x20D0 && c < 0x2100) || c == 0xFFA0;
}

bool wide_is_likely(uint32_t c)
{
	if (is_invisible(c))
		return false;
	return (c >= 0x20 && c < 0x7F) || c == '\t' || (c >= 0xA0 && c < 0x530) || (c >= 0x2010 && c < 0x2700) ||
	       (c >= 0x3000 && c < 0x3100) || (c >= 0x4E00 && c < 0xA000) || (c >= 0xFF01 && c < 0xFFEF);
}

static bool is_ascii(uint32_t byte)
{
	return (byte >= 0x20 && byte < 0x7F) || (byte >= 0x09 && byte <= 0x0D);
}

/* Two letters of a text. */
static bool is_pair(const struct units *u, uint32_t c)
{
	return u->in_text && is_ascii(c >> 8) && is_ascii(c & 0xFF);
}

static void put_line(const struct units *u, size_t from, size_t to)
{
	const size_t at = u->odd + from * 2;
	char piece[PIECE + 4];
	size_t len = 0;

	for (size_t i = from; i < to; i++) {
		len += utf8_encode(unit(u, i), piece + len);
		if (len >= PIECE) {
			u->put(u->context, at, piece, len);
			len = 0;
		}
	}
	piece[len++] = '\n';
	u->put(u->context, at, piece, len);
}

/* Also without the pairs of letters around it: a mark may stand alone. */
static void put_run(const struct units *u, size_t from, size_t to)
{
	size_t first = from, last = to;
	bool wide = false;

	for (size_t i = from; i < to && !wide; i++)
		wide = unit(u, i) >= 0x80;
	if (to - from < (wide ? WIDE_SHORTEST : ASCII_SHORTEST))
		return;
	while (first < last && is_pair(u, unit(u, first)))
		first++;
	while (first < last && is_pair(u, unit(u, last - 1)))
		last--;
	if (first == last)
		return;
	put_line(u, from, to);
	if (last - first >= WIDE_SHORTEST && (first > from || last < to))
		put_line(u, first, last);
}

static void find_runs(const struct units *u)
{
	size_t from = 0, pairs = 0; /* the run; how many pairs of letters end it */

	for (size_t at = 0; at < u->count; at++) {
		const uint32_t c = unit(u, at);

		if (!wide_is_likely(c)) {
			put_run(u, from, at);
			from = at + 1;
			pairs = 0;
			continue;
		}
		pairs = is_pair(u, c) ? pairs + 1 : 0;
		if (pairs > BESIDE && at + 1 - from == pairs) {
			from++; /* nothing but letters so far */
			pairs--;
		} else if (pairs > BESIDE) {
			put_run(u, from, at);
			from = at + 1 - BESIDE;
			pairs = BESIDE;
		}
	}
	put_run(u, from, u->count);
}

void wide_runs(const unsigned char *bytes, size_t len, bool in_text,
               void (*put)(void *context, size_t at, const char *text, size_t len), void *context)
{
	for (size_t odd = 0; odd < 2 && odd < len; odd++)
		for (size_t high = 0; high < 2; high++)
			find_runs(&(struct units){bytes + odd, (len - odd) / 2, high, in_text, odd, put, context});
}
