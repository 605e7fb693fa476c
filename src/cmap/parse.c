/* parse.c - a CMap program, read.  PostScript is not run: the operators that define codes are looked for,
 * each with the tokens up to its end, and the rest is passed over, as every reader of PDF does.
 *
 * What a document may make us keep is bounded: ranges and code points beyond the bounds are left out and
 * the map is odd. */
#include "cmap/cmap.h"

#include "cmap/collection.h"
#include "cmap/glyph.h"
#include "cmap_inside.h"
#include "token.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { RANGES_MOST = 262144, SPACES_MOST = 256, POOL_MOST = 1048576 };

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The bytes of a hexadecimal string, at most `most`; a last single digit is followed by 0. */
static size_t hex_bytes(const struct token *token, unsigned char *out, size_t most)
{
	size_t digits = 0;

	for (size_t i = 0; i < token->len && digits < 2 * most; i++) {
		const int value = hex_value(token->text[i]);

		if (value < 0)
			continue;
		if (digits % 2 == 0)
			out[digits / 2] = (unsigned char)(value << 4);
		else
			out[digits / 2] |= (unsigned char)value;
		digits++;
	}
	return (digits + 1) / 2;
}

struct code {
	uint32_t value;
	uint8_t len;
};

static bool code_of(const struct token *token, struct code *out)
{
	unsigned char bytes[4] = {0};
	const size_t len = hex_bytes(token, bytes, sizeof(bytes));

	if (token->kind != TOKEN_HEX || len == 0)
		return false;
	*out = (struct code){0, (uint8_t)len};
	for (size_t i = 0; i < len; i++)
		out->value = out->value << 8 | bytes[i];
	return true;
}

/* UTF-16BE; a lone surrogate stays what it is. */
static size_t utf16_points(const unsigned char *bytes, size_t len, uint32_t *out)
{
	size_t count = 0;

	if (len == 1)
		out[count++] = bytes[0];
	for (size_t i = 0; i + 1 < len && count < CMAP_TEXT_MOST; i += 2) {
		const uint32_t unit = (uint32_t)bytes[i] << 8 | bytes[i + 1];

		if (count > 0 && unit >= 0xDC00 && unit < 0xE000 && out[count - 1] >= 0xD800 && out[count - 1] < 0xDC00)
			out[count - 1] = 0x10000 + ((out[count - 1] - 0xD800) << 10) + (unit - 0xDC00);
		else
			out[count++] = unit;
	}
	return count;
}

static void add_range(struct cmap_draft *d, struct cmap_range **ranges, uint32_t *count, const struct cmap_range *range)
{
	if (*count >= RANGES_MOST) {
		d->cmap.odd = true;
		return;
	}
	*ranges = mem_grow(*ranges, *count, sizeof(**ranges));
	(*ranges)[(*count)++] = *range;
}

static void add_cids(struct cmap_draft *d, struct code from, uint32_t last, uint32_t cid)
{
	if (last < from.value || last - from.value > 0xFFFF) {
		d->cmap.odd = true;
		return;
	}
	add_range(d, &d->cids, &d->cmap.cid_count,
	          &(struct cmap_range){from.value, cid, (uint16_t)(last - from.value), from.len});
}

static uint32_t pool_put(struct cmap_draft *d, const uint32_t *points, size_t count)
{
	const uint32_t at = d->pool_count;

	if (count == 1)
		return points[0];
	if (at + count + 1 > POOL_MOST) {
		d->cmap.odd = true;
		return 0xFFFD;
	}
	for (size_t i = 0; i <= count; i++) {
		d->pool = mem_grow(d->pool, d->pool_count, sizeof(*d->pool));
		d->pool[d->pool_count++] = i == 0 ? (uint32_t)count : points[i - 1];
	}
	return CMAP_POOL | at;
}

/* `target`: a string, or the name of a glyph. */
static void add_texts(struct cmap_draft *d, uint32_t first, uint32_t last, const struct token *target)
{
	unsigned char bytes[2 * CMAP_TEXT_MOST + 2];
	uint32_t points[CMAP_TEXT_MOST];
	size_t count = 0;

	if (target->kind == TOKEN_HEX) {
		const size_t len = hex_bytes(target, bytes, sizeof(bytes));

		count = utf16_points(bytes, len, points);
		if (len > 2 * CMAP_TEXT_MOST)
			d->cmap.odd = true;
	} else if (target->kind == TOKEN_NAME && target->len < sizeof(bytes)) {
		memcpy(bytes, target->text, target->len);
		bytes[target->len] = '\0';
		count = glyph_text((const char *)bytes, points);
	}
	if (last < first || last - first > 0xFFFF)
		d->cmap.odd = true;
	else if (count > 0)
		add_range(d, &d->texts, &d->cmap.text_count,
		          &(struct cmap_range){first, pool_put(d, points, count), (uint16_t)(last - first), 0});
}

/* The next token before the end of a block. */
static bool block_next(struct tokens *in, struct token *out)
{
	return cmap_token_next(in, out) && out->kind != TOKEN_WORD;
}

static void read_spaces(struct cmap_draft *d, struct tokens *in)
{
	struct token low, high;
	struct code from, to;

	while (block_next(in, &low) && block_next(in, &high)) {
		if (!code_of(&low, &from) || !code_of(&high, &to) || from.len != to.len)
			continue;
		if (d->cmap.space_count >= SPACES_MOST) {
			d->cmap.odd = true;
			continue;
		}
		d->spaces = mem_grow(d->spaces, d->cmap.space_count, sizeof(*d->spaces));
		d->spaces[d->cmap.space_count++] = (struct cmap_space){from.value, to.value, from.len};
	}
}

static void read_cids(struct cmap_draft *d, struct tokens *in, bool ranges)
{
	struct token low, high, cid;
	struct code from, to;

	while (block_next(in, &low)) {
		high = low;
		if ((ranges && !block_next(in, &high)) || !block_next(in, &cid))
			return;
		if (code_of(&low, &from) && code_of(&high, &to) && cid.kind == TOKEN_NUMBER && cid.number >= 0)
			add_cids(d, from, to.value, (uint32_t)cid.number);
	}
}

/* [<..> <..>]: one text for each code in turn. */
static bool read_list(struct cmap_draft *d, struct tokens *in, uint32_t first)
{
	struct token target;

	for (uint32_t i = 0; block_next(in, &target); i++) {
		if (target.kind == TOKEN_CLOSE)
			return true;
		add_texts(d, first + i, first + i, &target);
	}
	return false;
}

static void read_texts(struct cmap_draft *d, struct tokens *in, bool ranges)
{
	struct token low, high, target;
	struct code from, to;

	while (block_next(in, &low)) {
		high = low;
		if ((ranges && !block_next(in, &high)) || !block_next(in, &target))
			return;
		if (!code_of(&low, &from) || !code_of(&high, &to))
			continue;
		if (target.kind != TOKEN_OPEN)
			add_texts(d, from.value, to.value, &target);
		else if (!read_list(d, in, from.value))
			return;
	}
}

/* `key` and then `value`, in the dictionary of the CMap. */
static void read_entry(struct cmap_draft *d, const struct token *key, const struct token *value)
{
	if (key->kind != TOKEN_NAME)
		return;
	if (key->len == 5 && memcmp(key->text, "WMode", 5) == 0 && value->kind == TOKEN_NUMBER)
		d->cmap.vertical = value->number == 1;
	if (key->len == 8 && memcmp(key->text, "Ordering", 8) == 0 && value->kind == TOKEN_STRING && d->ordering == NULL)
		d->ordering = mem_copy_bytes(value->text, value->len);
}

static void read_use(struct cmap_draft *d, const struct token *name)
{
	char text[64] = "";

	if (name->kind != TOKEN_NAME || name->len >= sizeof(text))
		return;
	memcpy(text, name->text, name->len);
	(void)cmap_use(&d->cmap, cmap_predefined(text));
}

struct cmap *cmap_parse(const char *bytes, size_t len)
{
	struct cmap_draft *d = mem_alloc(1, sizeof(*d));
	struct tokens in = {bytes, bytes + len};
	struct token token, before = {TOKEN_END, "", 0, 0};

	while (cmap_token_next(&in, &token)) {
		if (cmap_token_is(&token, "begincodespacerange"))
			read_spaces(d, &in);
		else if (cmap_token_is(&token, "begincidrange") || cmap_token_is(&token, "begincidchar"))
			read_cids(d, &in, cmap_token_is(&token, "begincidrange"));
		else if (cmap_token_is(&token, "beginbfrange") || cmap_token_is(&token, "beginbfchar"))
			read_texts(d, &in, cmap_token_is(&token, "beginbfrange"));
		else if (cmap_token_is(&token, "usecmap"))
			read_use(d, &before);
		else
			read_entry(d, &before, &token);
		before = token;
	}
	draft_settle(d);
	return &d->cmap;
}

void cmap_free(struct cmap *cmap)
{
	struct cmap_draft *d = (struct cmap_draft *)cmap; /* its first member */

	if (d == NULL)
		return;
	free(d->spaces);
	free(d->cids);
	free(d->texts);
	free(d->pool);
	free(d->ordering);
	free(d);
}
