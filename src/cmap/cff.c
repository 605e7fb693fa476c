/* cff.c - what a Compact Font Format program says of its glyphs (Adobe Technical Note 5176): the charset
 * and the encoding of its first font. */
#include "program_inside.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "cmap/glyph.h"

#include <string.h>

enum { STANDARD_STRINGS = 391, LATIN_FIRST = 150, LATIN_END = 229, GLYPHS_MOST = 65535 };

/* An INDEX: how many there are, one of them, and where what follows it begins. */
static uint32_t index_count(const struct slice *index)
{
	return big16(index, 0);
}

static size_t index_offset(const struct slice *index, uint32_t i)
{
	const unsigned size = index->len > 2 ? index->bytes[2] : 0;
	const size_t at = 3 + (size_t)i * size;
	size_t offset = 0;

	for (unsigned k = 0; k < size && k < 4; k++)
		offset = offset << 8 | (at + k < index->len ? index->bytes[at + k] : 0);
	return 2 + (size_t)(index_count(index) + 1) * size + offset;
}

static struct slice index_get(const struct slice *index, uint32_t i)
{
	const size_t start = i < index_count(index) ? index_offset(index, i) : index->len;
	const size_t end = i < index_count(index) ? index_offset(index, i + 1) : 0;

	return slice_of(index, start, end > start ? end - start : 0);
}

static struct slice index_behind(const struct slice *index)
{
	return slice_of(index, index_count(index) == 0 ? 2 : index_offset(index, index_count(index)), index->len);
}

/* ---- DICT: operands before operators. */
struct dict {
	size_t charset, encoding, glyphs;
	uint32_t ordering; /* SID, 0 without ROS */
};

static size_t read_operand(const struct slice *d, size_t at, long *value)
{
	const unsigned char b = d->bytes[at];

	if (b >= 32 && b <= 246) {
		*value = (long)b - 139;
		return at + 1;
	}
	if (b >= 247 && b <= 254 && at + 1 < d->len) {
		*value = b <= 250 ? ((long)b - 247) * 256 + d->bytes[at + 1] + 108 : -((long)b - 251) * 256 - d->bytes[at + 1] - 108;
		return at + 2;
	}
	if (b == 28 || b == 29) {
		*value = b == 28 ? (long)big16(d, at + 1) : (long)big32(d, at + 1);
		return at + (b == 28 ? 3 : 5);
	}
	*value = 0;
	at++;
	if (b == 30) /* a real number, in halves of bytes up to one that is F */
		while (at < d->len && (d->bytes[at] & 15) != 15 && d->bytes[at] >> 4 != 15)
			at++;
	return b == 30 ? at + 1 : at;
}

static void take_operator(struct dict *out, unsigned op, const long *operands, size_t count)
{
	const size_t value = count > 0 && operands[count - 1] > 0 ? (size_t)operands[count - 1] : 0;

	if (op == 15)
		out->charset = value;
	else if (op == 16)
		out->encoding = value;
	else if (op == 17)
		out->glyphs = value;
	else if (op == 0x0C1E && count >= 3)
		out->ordering = operands[1] > 0 && operands[1] < 65536 ? (uint32_t)operands[1] : 1;
}

static void read_dict(const struct slice *d, struct dict *out)
{
	long operands[48];
	size_t count = 0;

	for (size_t at = 0; at < d->len;) {
		const unsigned char b = d->bytes[at];

		if (b > 21) {
			long value;

			at = read_operand(d, at, &value);
			if (count < 48)
				operands[count++] = value;
			continue;
		}
		take_operator(out, b == 12 && at + 1 < d->len ? 0x0C00u | d->bytes[at + 1] : b, operands, count);
		at += b == 12 ? 2 : 1;
		count = 0;
	}
}

/* ---- The charset: what each glyph is called. */
static void read_charset(struct program *p, const struct slice *all, size_t at)
{
	const unsigned format = at < all->len ? all->bytes[at] : 255;
	uint32_t glyph = 1;

	p->charset = mem_alloc((size_t)p->glyph_count + 1, sizeof(*p->charset));
	if (at <= 2) { /* ISOAdobe; of the two for experts nothing is said */
		for (; at == 0 && glyph < p->glyph_count && glyph < LATIN_END; glyph++)
			p->charset[glyph] = (uint16_t)glyph;
		return;
	}
	for (at++; glyph < p->glyph_count && at + 2 <= all->len;) {
		const uint32_t first = big16(all, at);
		uint32_t left = 0;

		at += 2;
		if (format == 1)
			left = at < all->len ? all->bytes[at] : 0;
		else if (format == 2)
			left = big16(all, at);
		at += format == 1 ? 1 : format == 2 ? 2 : 0;
		for (uint32_t i = 0; i <= left && glyph < p->glyph_count; i++)
			p->charset[glyph++] = (uint16_t)(first + i);
	}
}

static void read_ranges(struct program *p, const struct slice *all, size_t at, unsigned count)
{
	uint32_t glyph = 1;

	for (unsigned i = 0; i < count && at + 2 <= all->len; i++, at += 2)
		for (unsigned k = 0; k <= all->bytes[at + 1] && all->bytes[at] + k < 256; k++)
			p->code_glyphs[all->bytes[at] + k] = glyph++;
}

/* The font's own encoding: a list of codes, or of ranges of them.  The standard one is found by names. */
static void read_encoding(struct program *p, const struct slice *all, size_t at)
{
	const unsigned format = at < all->len ? all->bytes[at] & 0x7F : 255;
	const unsigned count = at + 1 < all->len ? all->bytes[at + 1] : 0;
	uint32_t code = 0;

	if (at == 0) {
		uint16_t codes[LATIN_END] = {0}; /* names 1 to 149 are in the order of their standard codes */

		for (uint32_t sid = 1; sid < LATIN_FIRST; sid++) {
			do
				code++;
			while (code < 256 && encoding_text(ENCODING_STANDARD, (unsigned char)code) == 0);
			codes[sid] = (uint16_t)(code & 0xFF);
		}
		for (uint32_t glyph = 1; glyph < p->glyph_count; glyph++)
			if (p->charset[glyph] < LATIN_FIRST)
				p->code_glyphs[codes[p->charset[glyph]]] = glyph;
	} else if (format == 0) {
		for (unsigned i = 0; i < count && at + 2 + i < all->len; i++)
			p->code_glyphs[all->bytes[at + 2 + i]] = i + 1;
	} else if (format == 1 && at != 1) {
		read_ranges(p, all, at + 2, count);
	}
}

static struct slice own_string(const struct program *p, uint32_t sid)
{
	return sid >= STANDARD_STRINGS ? index_get(&p->strings, sid - STANDARD_STRINGS) : (struct slice){p->strings.bytes, 0};
}

bool cff_open(struct program *p, const struct slice *all)
{
	const struct slice names = slice_of(all, all->bytes[2], all->len), tops = index_behind(&names);
	const struct slice top = index_get(&tops, 0);
	struct dict dict = {0};

	p->kind = PROGRAM_CFF;
	p->strings = index_behind(&tops);
	read_dict(&top, &dict);
	if (dict.glyphs == 0)
		return false;
	const struct slice glyphs = slice_of(all, dict.glyphs, all->len);

	p->glyph_count = index_count(&glyphs);
	read_charset(p, all, dict.charset);
	p->glyph_texts = mem_alloc((size_t)p->glyph_count + 1, sizeof(*p->glyph_texts));
	if (dict.ordering != 0) {
		const struct slice ordering = own_string(p, dict.ordering);

		p->ordering = mem_copy_bytes(ordering.bytes, ordering.len);
	} else {
		read_encoding(p, all, dict.encoding);
	}
	return true;
}

/* Of the glyphs of expert fonts: old-style digits, ligatures, small capitals. */
static uint32_t expert_text(uint32_t sid)
{
	static const uint32_t ligatures[] = {0xFB00, 0xFB03, 0xFB04};

	if (sid >= 239 && sid < 249)
		return '0' + (sid - 239);
	if (sid >= 266 && sid < 269)
		return ligatures[sid - 266];
	return sid >= 274 && sid < 300 ? 'A' + (sid - 274) : 0;
}

/* Standard strings (appendix A). */
static uint32_t standard_text(uint32_t sid)
{
	static const char latin[] = "¹¬µ™Ð½±Þ¼÷¦°þ¾²®−ð×³©ÁÂÄÀÅÃÇÉÊËÈÍÎÏÌÑÓÔÖÒÕŠÚÛÜÙÝŸŽáâäàåãçéêëèíîïìñóôöòõšúûüùýÿž";
	uint32_t c = 0, code = 0;
	size_t at = 0;

	if (sid >= LATIN_END || sid == 0)
		return expert_text(sid);
	if (sid >= LATIN_FIRST) {
		for (uint32_t i = LATIN_FIRST; i <= sid; i++)
			at += utf8_decode(latin + at, sizeof(latin) - 1 - at, &c);
		return c;
	}
	while (sid > 0 && code < 255) {
		c = encoding_text(ENCODING_STANDARD, (unsigned char)++code);
		sid -= c != 0;
	}
	return c;
}

size_t cff_name_text(const struct program *p, uint32_t glyph, uint32_t out[CMAP_TEXT_MOST])
{
	if (p->kind != PROGRAM_CFF || p->charset == NULL || glyph >= p->glyph_count || p->ordering != NULL)
		return 0;
	if (p->charset[glyph] < STANDARD_STRINGS)
		return text_of_one(standard_text(p->charset[glyph]), out);
	const struct slice name = own_string(p, p->charset[glyph]);

	return slice_name_text(&name, out);
}
