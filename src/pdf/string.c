/* string.c - text strings of a PDF (ISO 32000-2, 7.9.2), and telling them.
 *
 * Chinese producers put GBK where PDFDocEncoding should be.  A string without a mark and with bytes
 * beyond ASCII is told as the standard reads it and then under every charset it is valid in. */
#include "pdf_inside.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "reader/reader.h"
#include "text/decode.h"

#include <stdint.h>
#include <string.h>

enum { FLOW_ENOUGH = 1024 * 1024 };

/* PDFDocEncoding where it is not Latin-1 (annex D.2); 0: no character. */
static const uint16_t low[8] = {0x02D8, 0x02C7, 0x02C6, 0x02D9, 0x02DD, 0x02DB, 0x02DA, 0x02DC};
static const uint16_t high[33] = {
	0x2022, 0x2020, 0x2021, 0x2026, 0x2014, 0x2013, 0x0192, 0x2044, 0x2039, 0x203A, 0x2212, 0x2030, 0x201E, 0x201C,
	0x201D, 0x2018, 0x2019, 0x201A, 0x2122, 0xFB01, 0xFB02, 0x0141, 0x0152, 0x0160, 0x0178, 0x017D, 0x0131, 0x0142,
	0x0153, 0x0161, 0x017E, 0,      0x20AC,
};

static uint32_t doc_character(unsigned char c)
{
	if (c >= 0x18 && c < 0x20)
		return low[c - 0x18];
	if (c >= 0x80 && c <= 0xA0)
		return high[c - 0x80];
	return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F || c == 0xAD ? 0 : c;
}

static void put(struct buf *out, uint32_t c)
{
	char bytes[4];

	buf_add(out, bytes, utf8_encode(c, bytes));
}

static uint32_t unit(const unsigned char *at, bool big)
{
	return big ? (uint32_t)(at[0] << 8 | at[1]) : (uint32_t)(at[1] << 8 | at[0]);
}

/* ESC, two or four letters and ESC: the language of what follows, and how long that is. */
static size_t language_at(const unsigned char *at, size_t len, bool big)
{
	for (size_t n = 6; n <= 10; n += 4)
		if (len >= n && unit(at, big) == 0x1B && unit(at + n - 2, big) == 0x1B)
			return n;
	return 0;
}

static void put_utf16(const unsigned char *at, size_t len, bool big, struct buf *out)
{
	for (size_t i = language_at(at, len, big); i + 1 < len; i += 2) {
		const size_t language = language_at(at + i, len - i, big);
		uint32_t c = unit(at + i, big);

		if (language > 0) {
			i += language - 2;
			continue;
		}
		if (c >= 0xD800 && c < 0xDC00 && i + 3 < len && unit(at + i + 2, big) >> 10 == 0xDC00 >> 10) {
			c = 0x10000 + ((c & 0x3FF) << 10) + (unit(at + i + 2, big) & 0x3FF);
			i += 2;
		}
		put(out, c >= 0xD800 && c < 0xE000 ? 0xFFFD : c);
	}
}

bool string_decode(const char *bytes, size_t len, struct buf *out)
{
	const unsigned char *at = (const unsigned char *)bytes;
	bool sure = true;

	if (len >= 2 && ((at[0] == 0xFE && at[1] == 0xFF) || (at[0] == 0xFF && at[1] == 0xFE))) {
		put_utf16(at + 2, len - 2, at[0] == 0xFE, out);
		return true;
	}
	if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 && utf8_valid(bytes + 3, len - 3, NULL)) {
		buf_add(out, bytes + 3, len - 3);
		return true;
	}
	for (size_t i = 0; i < len; i++) {
		const uint32_t c = doc_character(at[i]);

		sure = sure && at[i] < 0x80 && c != 0;
		put(out, c != 0 ? c : 0xFFFD);
	}
	return sure;
}

/* Are these bytes a text at all, or a digest, a colour table, a glyph? */
static bool is_text(const char *bytes, size_t len)
{
	const unsigned char *at = (const unsigned char *)bytes;
	const bool marked = len >= 2 && ((at[0] == 0xFE && at[1] == 0xFF) || (at[0] == 0xFF && at[1] == 0xFE));

	for (size_t i = 0; i < len && !marked; i++)
		if (at[i] < 0x20 && at[i] != '\t' && at[i] != '\n' && at[i] != '\r' && at[i] != '\f')
			return false;
	return true;
}

static struct flow_out *flow_for(struct pdf *pdf, enum flow_kind kind)
{
	struct flow_out **flow = &pdf->flows[kind];

	if (*flow != NULL && flow_len(*flow) > FLOW_ENOUGH) {
		flow_close(*flow);
		*flow = NULL;
	}
	if (*flow == NULL)
		*flow = flow_open(pdf->reader, kind, "%s", "");
	return *flow;
}

static void put_readings(struct flow_out *flow, const char *bytes, size_t len)
{
	struct readings readings = {0};
	struct err err = {0};

	if (!text_decode(bytes, len, &readings, &err))
		return;
	for (size_t i = 0; i < readings.count; i++) {
		flow_put(flow, readings.items[i].text, readings.items[i].len);
		flow_break(flow);
	}
	readings_release(&readings);
}

void string_tell(struct pdf *pdf, enum flow_kind kind, const char *place, const char *bytes, size_t len)
{
	struct buf text = {0};
	struct flow_out *flow;

	if (len == 0)
		return;
	if (!is_text(bytes, len)) {
		reader_binary(pdf->reader, place, &(struct part){.name = "", .bytes = (const unsigned char *)bytes, .len = len});
		return;
	}
	flow = flow_for(pdf, kind);
	flow_at(flow, "%s", place);
	if (!string_decode(bytes, len, &text))
		put_readings(flow, bytes, len);
	flow_put(flow, text.data, text.len);
	flow_break(flow);
	buf_release(&text);
}

void string_tell_end(struct pdf *pdf)
{
	for (size_t i = 0; i < FLOW_KINDS; i++) {
		if (pdf->flows[i] != NULL)
			flow_close(pdf->flows[i]);
		pdf->flows[i] = NULL;
	}
}
