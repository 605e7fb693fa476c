#define _GNU_SOURCE /* memrchr */
/* hosts.c - names of hosts in Punycode (RFC 3492), which browsers show decoded: xn--fsqu00a is 例子. */
#include "islands_inside.h"

#include "base/utf8.h"

#include <string.h>

/* RFC 3492, 5; a label of a name has 63 bytes at most (RFC 1034, 3.1). */
enum { BASE = 36, T_MIN = 1, T_MAX = 26, SKEW = 38, DAMP = 700, FIRST_BIAS = 72, FIRST = 0x80, LABEL_MOST = 59, PREFIX = 4 };

struct label {
	uint32_t codes[LABEL_MOST];
	size_t count;
};

static int digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0' + 26;
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' ? (c | 0x20) - 'a' : -1;
}

/* RFC 3492, 6.1. */
static uint32_t adapted(uint32_t delta, uint32_t points, bool first)
{
	uint32_t k = 0;

	delta = first ? delta / DAMP : delta / 2;
	for (delta += delta / points; delta > (BASE - T_MIN) * T_MAX / 2; k += BASE)
		delta /= BASE - T_MIN;
	return k + (BASE - T_MIN + 1) * delta / (delta + SKEW);
}

/* One number of variable length, from *at on (6.2); false: there is none. */
static bool read_number(const char *p, size_t len, size_t *at, uint32_t bias, uint32_t *out)
{
	uint64_t weight = 1, value = 0;

	for (uint32_t k = BASE; *at < len; k += BASE) {
		const int digit = digit_of(p[(*at)++]);
		const uint32_t t = k <= bias ? T_MIN : k - bias >= T_MAX ? T_MAX : k - bias;

		if (digit < 0)
			return false;
		value += (uint64_t)digit * weight;
		weight *= BASE - t;
		if (value > UINT32_MAX || weight > UINT32_MAX)
			return false;
		if ((uint32_t)digit < t) {
			*out = (uint32_t)value;
			return true;
		}
	}
	return false;
}

/* What stands behind "xn--". */
static bool decode(const char *p, size_t len, struct label *out)
{
	const char *last = memrchr(p, '-', len);
	size_t at = last != NULL ? (size_t)(last - p) + 1 : 0;
	uint64_t code = FIRST, place = 0;
	uint32_t bias = FIRST_BIAS, delta = 0;

	out->count = at > 0 ? at - 1 : 0;
	for (size_t i = 0; i < out->count; i++)
		out->codes[i] = (unsigned char)p[i];
	while (at < len) {
		const uint32_t points = (uint32_t)out->count + 1;

		if (!read_number(p, len, &at, bias, &delta))
			return false;
		bias = adapted(delta, points, place == 0);
		place += delta;
		code += place / points;
		place %= points;
		if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
			return false;
		memmove(out->codes + place + 1, out->codes + place, (out->count - (size_t)place) * sizeof(out->codes[0]));
		out->codes[place++] = (uint32_t)code;
		out->count++;
	}
	return code > FIRST;
}

static bool is_label(char c)
{
	return digit_of(c) >= 0 || c == '-';
}

/* The length of the label at `at` that begins with "xn--", decoded into `out`; 0: there is none. */
static size_t label_at(const char *text, size_t len, size_t at, struct label *out)
{
	const char *p = text + at;
	const size_t left = len - at;
	size_t n = PREFIX;

	if (left <= PREFIX || (p[0] | 0x20) != 'x' || (p[1] | 0x20) != 'n' || p[2] != '-' || p[3] != '-' || (at > 0 && is_label(p[-1])))
		return 0;
	while (n < left && is_label(p[n]))
		n++;
	return n - PREFIX <= LABEL_MOST && decode(p + PREFIX, n - PREFIX, out) ? n : 0;
}

static void put_line(const char *text, size_t from, size_t to, struct made *out)
{
	while (from < to) {
		struct label label;
		const size_t n = label_at(text, to, from, &label);
		char c[4];

		for (size_t i = 0; n > 0 && i < label.count; i++)
			made_put(out, c, utf8_encode(label.codes[i], c), from);
		if (n == 0)
			made_copy(out, text + from, 1, from);
		from += n > 0 ? n : 1;
	}
	made_put(out, "\n", 1, to);
}

/* Behind a row of dashes: there are long ones, and no name has more than two. */
static size_t behind_dashes(const char *text, size_t len, size_t at)
{
	while (at < len && text[at] == '-')
		at++;
	return at;
}

void hosts_find(const char *text, size_t len, struct made *out)
{
	size_t done = 0;

	for (size_t at = 0; (at = island_pair(text, len, at, '-', '-')) < len;) {
		const size_t start = at - (at >= 2 ? 2 : 0);
		struct label label;
		size_t from, to;

		at = behind_dashes(text, len, at);
		if (start < done || label_at(text, len, start, &label) == 0)
			continue;
		island_line(text, len, start, &from, &to);
		put_line(text, from > done ? from : done, to, out);
		done = at = to > at ? to : at;
	}
}
