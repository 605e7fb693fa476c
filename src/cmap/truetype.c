/* truetype.c - what TrueType and OpenType say of their glyphs: the tables cmap and post (OpenType 1.9).
 * A Unicode character map is turned round once; symbol and Macintosh maps give the glyphs of one-byte
 * codes. */
#include "program_inside.h"

#include "base/mem.h"
#include "cmap/glyph.h"

#include <string.h>

enum { GLYPHS_MOST = 65536, TABLES_MOST = 64, MAC_NAMES = 258 };

static struct slice table(const struct slice *all, const char *tag)
{
	const size_t start = all->len > 16 && memcmp(all->bytes, "ttcf", 4) == 0 ? big32(all, 12) : 0;
	const uint32_t count = big16(all, start + 4);

	for (uint32_t i = 0; i < count && i < TABLES_MOST; i++) {
		const size_t at = start + 12 + 16 * (size_t)i;

		if (at + 16 <= all->len && memcmp(all->bytes + at, tag, 4) == 0)
			return slice_of(all, big32(all, at + 8), big32(all, at + 12));
	}
	return (struct slice){all->bytes, 0};
}

/* What is done with each pair of a character map. */
typedef void pair_fn(struct program *p, uint32_t code, uint32_t glyph);

static void take_text(struct program *p, uint32_t code, uint32_t glyph)
{
	/* where several characters share a glyph, the first is the plainest */
	if (glyph < p->glyph_count && p->glyph_texts[glyph] == 0)
		p->glyph_texts[glyph] = code;
}

static void take_code(struct program *p, uint32_t code, uint32_t glyph)
{
	if ((code & 0xFF00) == 0xF000 || code < 0x100)
		p->code_glyphs[code & 0xFF] = glyph;
}

static void map_segments(struct program *p, const struct slice *t, pair_fn *take)
{
	const uint32_t segments = big16(t, 6) / 2;

	for (uint32_t i = 0; i < segments && 16 + 8 * (size_t)i <= t->len; i++) {
		const size_t at = 14 + 2 * (size_t)i, pitch = 2 * (size_t)segments, offset_at = at + 2 + 3 * pitch;
		const uint32_t end = big16(t, at), start = big16(t, at + 2 + pitch), delta = big16(t, at + 2 + 2 * pitch);
		const uint32_t offset = big16(t, offset_at);

		for (uint32_t c = start; c <= end && c != 0xFFFF; c++) {
			const uint32_t listed = offset != 0 ? big16(t, offset_at + offset + 2 * (size_t)(c - start)) : c;

			if (offset == 0 || listed != 0)
				take(p, c, (listed + delta) & 0xFFFF);
		}
	}
}

static void map_groups(struct program *p, const struct slice *t, pair_fn *take)
{
	const uint32_t groups = big32(t, 12);
	uint32_t pairs = 0;

	for (uint32_t i = 0; i < groups && 28 + 12 * (size_t)i <= t->len; i++) {
		const size_t at = 16 + 12 * (size_t)i;
		const uint32_t start = big32(t, at), end = big32(t, at + 4), glyph = big32(t, at + 8);

		for (uint32_t c = start; c <= end && c <= 0x10FFFF && pairs < 2 * GLYPHS_MOST; c++, pairs++)
			take(p, c, glyph + (c - start));
	}
}

static void map_list(struct program *p, const struct slice *t, pair_fn *take)
{
	const bool bytes = big16(t, 0) == 0;
	const uint32_t first = bytes ? 0 : big16(t, 6), count = bytes ? 256 : big16(t, 8);

	for (uint32_t i = 0; i < count; i++) {
		const size_t at = bytes ? 6 + (size_t)i : 10 + 2 * (size_t)i;
		const uint32_t glyph = bytes ? (at < t->len ? t->bytes[at] : 0) : big16(t, at);

		if (glyph != 0)
			take(p, first + i, glyph);
	}
}

static void map_read(struct program *p, const struct slice *t, pair_fn *take)
{
	switch (big16(t, 0)) {
	case 0:
	case 6:
		map_list(p, t, take);
		break;
	case 4:
		map_segments(p, t, take);
		break;
	case 12:
		map_groups(p, t, take);
		break;
	default:
		break;
	}
}

static void read_maps(struct program *p, const struct slice *cmap)
{
	const uint32_t count = big16(cmap, 2);

	for (uint32_t i = 0; i < count && i < TABLES_MOST; i++) {
		const size_t at = 4 + 8 * (size_t)i;
		const uint32_t platform = big16(cmap, at), coding = big16(cmap, at + 2);
		const struct slice map = slice_of(cmap, big32(cmap, at + 4), cmap->len);

		if ((platform == 3 && (coding == 1 || coding == 10)) || (platform == 0 && coding != 5))
			map_read(p, &map, take_text);
		else if ((platform == 3 && coding == 0) || (platform == 1 && coding == 0))
			map_read(p, &map, take_code);
	}
}

bool truetype_open(struct program *p, const struct slice *all)
{
	const struct slice cmap = table(all, "cmap"), maxp = table(all, "maxp"), cff = table(all, "CFF ");

	if (cff.len > 4)
		(void)cff_open(p, &cff);
	p->kind = p->charset != NULL ? PROGRAM_CFF : PROGRAM_TRUETYPE;
	p->post = table(all, "post");
	if (p->glyph_texts == NULL) {
		p->glyph_count = maxp.len >= 6 ? big16(&maxp, 4) : GLYPHS_MOST;
		p->glyph_texts = mem_alloc((size_t)p->glyph_count + 1, sizeof(*p->glyph_texts));
	}
	read_maps(p, &cmap);
	return true;
}

/* The names every Macintosh font had: those of its encoding, in order, and 32 more. */
static uint32_t mac_text(uint32_t name)
{
	static const uint16_t more[] = {0x141, 0x142, 0x160, 0x161, 0x17D, 0x17E, 0xA6,  0xD0,  0xF0,  0xDD,  0xFD,
	                                0xDE,  0xFE,  0x2212, 0xD7, 0xB9,  0xB2,  0xB3,  0xBD,  0xBC,  0xBE,  0x20A3,
	                                0x11E, 0x11F, 0x130, 0x15E, 0x15F, 0x106, 0x107, 0x10C, 0x10D, 0x111};

	if (name < 3)
		return 0;
	if (name < 226)
		return encoding_text(ENCODING_MAC_ROMAN, (unsigned char)(name < 98 ? 0x20 + name - 3 : 0x80 + name - 98));
	return name < MAC_NAMES ? more[name - 226] : 0;
}

size_t truetype_name_text(const struct program *p, uint32_t glyph, uint32_t out[CMAP_TEXT_MOST])
{
	const uint32_t version = big32(&p->post, 0), count = big16(&p->post, 32);
	uint32_t name;
	size_t at = 34 + 2 * (size_t)count;

	if (version == 0x00010000)
		return text_of_one(mac_text(glyph), out);
	if (version != 0x00020000 || glyph >= count)
		return 0;
	name = big16(&p->post, 34 + 2 * (size_t)glyph);
	if (name < MAC_NAMES)
		return text_of_one(mac_text(name), out);
	for (name -= MAC_NAMES; name > 0 && at < p->post.len; name--)
		at += 1 + (size_t)p->post.bytes[at];
	if (at >= p->post.len)
		return 0;
	const struct slice text = slice_of(&p->post, at + 1, p->post.bytes[at]);

	return slice_name_text(&text, out);
}
