/* glyph.c - the name of a glyph, as text (Adobe Glyph List Specification 1.7, section 2). */
#include "cmap/glyph.h"

#include "cmap_inside.h"

#include <stdlib.h>
#include <string.h>

/* The glyphs of ITC Zapf Dingbats by the number in their names, a1 ... a206: the code each has in the
 * font's own encoding, 0 for a number that is not used. */
static const unsigned char dingbat_codes[] = {
	0, 0x21, 0x22, 0x24, 0x25, 0x26, 0x3D, 0x3E, 0x3F, 0x40, 0x41, 0x2A, 0x2B, 0x2C, 0x2D, 0x2E, 0x2F,
	0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3A, 0x3B, 0x3C, 0x42, 0x43, 0x44, 0x45, 0x46,
	0x47, 0x48, 0x49, 0x4A, 0x4B, 0x4C, 0x4D, 0x4E, 0x4F, 0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57,
	0x58, 0x59, 0x5A, 0x5B, 0x5C, 0x5D, 0x5E, 0x5F, 0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68,
	0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F, 0x71, 0x73, 0x74, 0x75, 0x76, 0, 0x77, 0x78, 0x79, 0x7A,
	0x87, 0x89, 0x8A, 0x8B, 0x80, 0x81, 0x84, 0x85, 0x82, 0x83, 0x8C, 0x8D, 0x7B, 0x7C, 0x7D, 0x7E, 0xA1,
	0xA2, 0xA3, 0xA4, 0x30, 0xA5, 0xA6, 0xA7, 0xAB, 0xAA, 0xA9, 0xA8, 0, 0, 0, 0, 0x29, 0x28,
	0x27, 0xAC, 0xAD, 0xAE, 0xAF, 0xB0, 0xB1, 0xB2, 0xB3, 0xB4, 0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xBA, 0xBB,
	0xBC, 0xBD, 0xBE, 0xBF, 0xC0, 0xC1, 0xC2, 0xC3, 0xC4, 0xC5, 0xC6, 0xC7, 0xC8, 0xC9, 0xCA, 0xCB, 0xCC,
	0xCD, 0xCE, 0xCF, 0xD0, 0xD1, 0xD2, 0xD3, 0xD4, 0xD5, 0xE3, 0xD6, 0xD7, 0xD9, 0xDB, 0xDC, 0xDD, 0xDE,
	0xDF, 0xE0, 0xE1, 0xE2, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEB, 0xED, 0xEF, 0xF2, 0xF3, 0xF5, 0xF8,
	0xFA, 0xFB, 0xFC, 0xFD, 0xFE, 0xDA, 0xEA, 0xF6, 0xF9, 0xD8, 0xF4, 0xF7, 0xEC, 0xEE, 0xF1, 0x23, 0x70,
	0x72, 0x86, 0x88,
};

struct found {
	const char *name;
	size_t len;
	uint32_t *out;
	size_t count;
};

static void put(struct found *f, uint32_t c)
{
	if (c != 0 && f->count < CMAP_TEXT_MOST)
		f->out[f->count++] = c;
}

static bool in_list(const char *name, size_t len, uint32_t *text)
{
	size_t low = 0, high = glyph_name_count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		const char *have = glyph_names[middle].name;
		const int order = strncmp(have, name, len);

		if (order == 0 && have[len] == '\0') {
			*text = glyph_names[middle].text;
			return true;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

static bool hex(const char *digits, size_t len, uint32_t *out)
{
	*out = 0;
	for (size_t i = 0; i < len; i++) {
		const char c = digits[i];

		if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'F')))
			return false;
		*out = *out << 4 | (uint32_t)(c <= '9' ? c - '0' : c - 'A' + 10);
	}
	return *out <= 0x10FFFF && (*out < 0xD800 || *out > 0xDFFF);
}

/* uniXXXX..., uXXXX to uXXXXXX */
static bool by_number(struct found *f, const char *name, size_t len)
{
	uint32_t c;

	if (len >= 7 && (len - 3) % 4 == 0 && memcmp(name, "uni", 3) == 0) {
		for (size_t i = 3; i < len; i += 4)
			if (!hex(name + i, 4, &c))
				return false;
		for (size_t i = 3; i < len; i += 4)
			put(f, hex(name + i, 4, &c) ? c : 0);
		return true;
	}
	if (len < 5 || len > 7 || name[0] != 'u' || !hex(name + 1, len - 1, &c))
		return false;
	put(f, c);
	return true;
}

/* The number behind the letters of a name that is letters and a number; 0: it is not. */
static size_t number_of(const char *name)
{
	size_t number = 0;

	while ((*name >= 'a' && *name <= 'z') || (*name >= 'A' && *name <= 'Z'))
		name++;
	for (; *name >= '0' && *name <= '9' && number < 100000; name++)
		number = number * 10 + (size_t)(*name - '0');
	return *name == '\0' ? number : 0;
}

uint32_t glyph_dingbat(const char *name)
{
	const size_t number = name[0] == 'a' ? number_of(name) : 0;

	return number < sizeof(dingbat_codes) && dingbat_codes[number] != 0
	               ? encoding_text(ENCODING_DINGBATS, dingbat_codes[number])
	               : 0;
}

uint32_t glyph_guess(const char *name)
{
	const size_t number = number_of(name);

	return number > 0 && number < 256 ? encoding_text(ENCODING_WIN_ANSI, (unsigned char)number) : 0;
}

static void component(struct found *f, const char *name, size_t len)
{
	uint32_t text, points[CMAP_TEXT_MOST];

	if (len == 0)
		return;
	if (in_list(name, len, &text)) {
		const size_t n = pool_text(glyph_pool, text, 0, points);

		for (size_t i = 0; i < n; i++)
			put(f, points[i]);
	} else {
		(void)by_number(f, name, len);
	}
}

size_t glyph_text(const char *name, uint32_t out[CMAP_TEXT_MOST])
{
	const size_t end = strcspn(name, ".");
	struct found f = {.out = out};

	for (size_t at = 0; at < end;) {
		const size_t part = strcspn(name + at, "_.");

		component(&f, name + at, part);
		at += part + 1;
	}
	return f.count;
}
