/* font_text.c - what a code says, and what speaks against it.
 *
 * A page shows glyphs; the text of a code is only what the document claims of it.  ToUnicode is what other
 * programs copy and search, so it is the first reading.  The font's encoding, its collection and its
 * embedded program often say the same in another way; where they do not, theirs is the second reading, and
 * both are told. */
#include "font.h"

#include "base/utf8.h"
#include "cmap/collection.h"
#include "cmap/program.h"
#include "text/fold.h"

#include <string.h>

struct points {
	uint32_t at[CMAP_TEXT_MOST];
	size_t count;
};

uint32_t font_cid(const struct font *font, uint32_t code, size_t code_len)
{
	uint32_t cid = 0;

	return cmap_cid(font->coding, code, code_len, &cid) ? cid : 0;
}

static void put_one(struct points *out, uint32_t c)
{
	out->at[0] = c;
	out->count = c != 0;
}

/* ---- What the font itself says. */
static void simple_own(const struct font *font, uint32_t code, struct points *out)
{
	const unsigned char byte = (unsigned char)code;
	const char *name = font->differences != NULL ? font->differences[byte] : NULL;

	if (name != NULL) {
		out->count = glyph_text(name, out->at);
		if (out->count == 0 && font->dingbats)
			put_one(out, glyph_dingbat(name));
		return;
	}
	/* a symbolic font with a program goes by its own encoding, whatever the document says (9.6.6.4) */
	if (font->program != NULL && (font->encoding == ENCODING_NONE || font->symbolic))
		out->count = program_code_text(font->program, byte, out->at);
	if (out->count == 0 && font->encoding != ENCODING_NONE && !(font->symbolic && font->embedded))
		put_one(out, encoding_text(font->encoding, byte));
}

/* Where nothing says what a code of a simple font is, its bytes may still be letters: better to look
 * through a guess, with a doubt, than through nothing. */
static void simple_guess(const struct font *font, uint32_t code, struct points *out)
{
	const char *name = font->differences != NULL && code < 256 ? font->differences[code] : NULL;

	if (name != NULL)
		put_one(out, glyph_guess(name));
	if (out->count == 0)
		put_one(out, encoding_text(ENCODING_WIN_ANSI, (unsigned char)code));
}

static uint32_t glyph_number(const struct font *font, uint32_t cid)
{
	const unsigned char *map = (const unsigned char *)font->glyph_of_cid.data;

	if (font->glyph_of_cid.len == 0)
		return cid;
	return 2 * (size_t)cid + 1 < font->glyph_of_cid.len ? (uint32_t)map[2 * cid] << 8 | map[2 * cid + 1] : 0;
}

/* Codes of the CMaps for Unicode are UTF-16. */
static bool unicode_code(const struct font *font, const struct code_text *m, struct points *out)
{
	if (strncmp(font->coding->name, "Uni", 3) != 0)
		return false;
	out->count = 1;
	out->at[0] = m->code;
	if (m->code_len == 4)
		out->at[0] = 0x10000 + (((m->code >> 16) & 0x3FF) << 10) + (m->code & 0x3FF);
	return true;
}

static void composite_own(const struct font *font, const struct code_text *m, struct points *out)
{
	const uint32_t cid = font_cid(font, m->code, m->code_len);
	const char *own = "";

	if (unicode_code(font, m, out))
		return;
	out->count = collection_text(font->ordering, cid, out->at);
	if (out->count == 0 && font->program != NULL && !program_has_cids(font->program, &own))
		out->count = program_glyph_text(font->program, glyph_number(font, cid), out->at);
}

/* ---- Comparing. */
static bool is_private(uint32_t c)
{
	return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000 || c == 0xFFFD || c < 0x20 || (c >= 0x7F && c < 0xA0) ||
	       (c >= 0xD800 && c <= 0xDFFF);
}

/* Letters, digits and ideographs: what changes a word. */
static bool is_wordlike(uint32_t c)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
	return c >= 0xC0 && c != 0xD7 && c != 0xF7 && !(c >= 0x2B0 && c < 0x370) && !(c >= 0x2000 && c < 0x2E80) &&
	       !(c >= 0x3000 && c < 0x3040) && !(c >= 0xFE10 && c < 0xFE70) && !(c >= 0xFF00 && c < 0xFF10) && !is_private(c);
}

static bool any_wordlike(const struct points *p)
{
	for (size_t i = 0; i < p->count; i++)
		if (is_wordlike(p->at[i]))
			return true;
	return false;
}

static bool any_private(const struct points *p)
{
	for (size_t i = 0; i < p->count; i++)
		if (is_private(p->at[i]))
			return true;
	return false;
}

static size_t to_utf8(const struct points *p, char out[4 * CMAP_TEXT_MOST])
{
	size_t len = 0;

	for (size_t i = 0; i < p->count; i++) {
		const uint32_t c = p->at[i];

		len += utf8_encode(c == 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF) ? 0xFFFD : c, out + len);
	}
	return len;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Does a person read the same?  Folded, and small capitals are letters. */
static bool reads_same(const struct points *a, const struct points *b)
{
	char one[4 * CMAP_TEXT_MOST], two[4 * CMAP_TEXT_MOST];
	struct folded first = {0}, second = {0};
	bool same;

	fold_text(one, to_utf8(a, one), VIEW_RUNNING, &first);
	fold_text(two, to_utf8(b, two), VIEW_RUNNING, &second);
	same = first.len == second.len;
	for (size_t i = 0; same && i < first.len; i++)
		same = lower(first.text[i]) == lower(second.text[i]);
	folded_release(&first);
	folded_release(&second);
	return same;
}

static bool contradicts(const struct points *claimed, const struct points *own)
{
	if (own->count == 0 || claimed->count == 0 || any_private(own))
		return false;
	if (!any_wordlike(own) || (!any_wordlike(claimed) && !any_private(claimed)))
		return false;
	return !reads_same(claimed, own);
}

/* ---- Shifted: seen in PDFs of Chinese typesetters, whose Latin letters come out as the ideographs of GBK
 * 0xA0xx: the second byte less 0x80 is the letter. */
static uint32_t shifted_letter(uint32_t c)
{
	const struct cmap *gbk = cmap_predefined("GBK-EUC-H");
	uint32_t cid, points[CMAP_TEXT_MOST];

	for (uint32_t low = 0xA1; low < 0xFF; low++)
		if (cmap_cid(gbk, 0xA000 | low, 2, &cid) && collection_text("GB1", cid, points) == 1 && points[0] == c)
			return low - 0x80;
	return 0;
}

static void look_for_shift(const struct font *font, const struct points *text, struct points *other, struct code_text *m)
{
	const uint32_t c = text->count == 1 ? text->at[0] : 0;

	if (c >= 0x7280 && c <= 0x72FF) {
		other->at[0] = shifted_letter(c);
		other->count = other->at[0] != 0;
		m->doubts |= other->count > 0 ? DOUBT_SHIFTED : 0;
	} else if (font->chinese_name && font->composite && c > 0x20 && c < 0x30 && font->to_unicode == NULL &&
	           !collection_known(font->ordering)) {
		m->doubts |= DOUBT_SHIFTED;
	}
}

static bool is_wide(uint32_t c)
{
	return (c >= 0x2E80 && c < 0xA4D0) || (c >= 0xAC00 && c < 0xD7B0) || (c >= 0xF900 && c < 0xFB00) ||
	       (c >= 0xFE30 && c < 0xFE50) || (c >= 0xFF00 && c < 0xFFF0) || (c >= 0x20000 && c < 0x40000);
}

static uint16_t keep(struct font *font, const struct points *p, uint32_t *at)
{
	char text[4 * CMAP_TEXT_MOST];
	const size_t len = to_utf8(p, text);

	*at = (uint32_t)font->texts.len;
	buf_add(&font->texts, text, len);
	return (uint16_t)len;
}

static void add_doubts(const struct font *font, const struct points *text, struct code_text *m)
{
	if (font->drawn)
		m->doubts |= DOUBT_DRAWN;
	if (text->count == 0)
		m->doubts |= DOUBT_UNMAPPED;
	else if (any_private(text))
		m->doubts |= DOUBT_PRIVATE;
	if (font->coding != NULL && !font->composite && m->code > 0x7F)
		m->doubts |= DOUBT_CHINESE_BYTES;
	if ((font->to_unicode != NULL && font->to_unicode->odd) || (font->own_coding != NULL && font->own_coding->odd))
		m->doubts |= DOUBT_AMBIGUOUS;
	if (font->guessed)
		m->doubts |= DOUBT_UNKNOWN_CODES;
}

void code_text_find(struct font *font, struct code_text *m)
{
	struct points claimed = {.count = 0}, own = {.count = 0}, other = {.count = 0};
	const struct points *text = &own;

	if (font->to_unicode != NULL)
		claimed.count = cmap_text(font->to_unicode, m->code, claimed.at);
	if (font->coding != NULL)
		composite_own(font, m, &own);
	else
		simple_own(font, m->code, &own);
	if (claimed.count > 0)
		text = &claimed;
	add_doubts(font, text, m);
	if (contradicts(&claimed, &own)) {
		m->doubts |= DOUBT_CONTRADICTED;
		other = own;
	} else {
		look_for_shift(font, text, &other, m);
	}
	if (text->count == 0 && font->coding == NULL)
		simple_guess(font, m->code, &own);
	m->wide = text->count > 0 && is_wide(text->at[0]);
	m->text_len = text->count > 0 ? keep(font, text, &m->text) : keep(font, &(struct points){{0xFFFD}, 1}, &m->text);
	m->other_len = other.count > 0 ? keep(font, &other, &m->other) : 0;
	m->width = width_of(font, m->code, font->coding != NULL ? font_cid(font, m->code, m->code_len) : 0);
}
