/* scan_recall_test.c - every marking in every printed form after every disguise.
 *
 * The forms are the match examples of the rules that block; each is disguised in each way that can be
 * done to it, put between ordinary lines, and scanned as a document.  All must be found. */
#include "scan_fixture.h"

#include "base/utf8.h"

#include <iconv.h>

static const char *const marked_packs[] = {"cn-classified", "us-classified", "allied-classified", "tlp"};

/* Characters of one text. */
struct chars {
	uint32_t at[600];
	size_t count;
};

static void to_chars(const char *text, struct chars *out)
{
	const size_t len = strlen(text);

	out->count = 0;
	for (size_t i = 0; i < len && out->count < 300;)
		i += utf8_decode(text + i, len - i, &out->at[out->count++]);
}

static void add_char(struct buf *out, uint32_t c)
{
	char bytes[4];

	buf_add(out, bytes, utf8_encode(c, bytes));
}

static bool is_han(uint32_t c)
{
	return c >= 0x4E00 && c <= 0x9FFF;
}

static bool is_latin(uint32_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* `between` two Chinese characters, or two Latin letters of one word. */
static void put_between(const struct chars *t, uint32_t between, bool latin, struct buf *out)
{
	for (size_t i = 0; i < t->count; i++) {
		const bool pair = i + 1 < t->count && ((is_han(t->at[i]) && is_han(t->at[i + 1])) ||
		                                       (latin && is_latin(t->at[i]) && is_latin(t->at[i + 1])));

		add_char(out, t->at[i]);
		if (pair)
			add_char(out, between);
	}
}

static uint32_t mapped(uint32_t c, const uint32_t (*map)[2], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (map[i][0] == c)
			return map[i][1];
	return c;
}

static const uint32_t traditional[][2] = {{0x673A, 0x6A5F}, {0x7EDD, 0x7D55}, {0x7EA7, 0x7D1A}, {0x957F, 0x9577}, {0x5185, 0x5167},
                                          {0x7535, 0x96FB}, {0x4F1A, 0x6703}, {0x4F20, 0x50B3}, {0x53F7, 0x865F}, {0x4EF6, 0x4EF6},
                                          {0x79D8, 0x7955}, {0x53D1, 0x767C}, {0x5BC6, 0x5BC6}, {0x62A5, 0x5831}};
static const uint32_t radicals[][2] = {{0x957F, 0x2ED3}, {0x6C11, 0x2EA0}, {0x79D8, 0x3299}, {0x65E5, 0x2F47}, {0x6708, 0x2F49}, {0x5DE5, 0x2F2F}};
static const uint32_t compatible[][2] = {{0x79D8, 0x3299}, {0x65E5, 0x3290}, {0x6708, 0x328A}};
static const uint32_t stars[][2] = {{0x2605, 0x2606}};
static const uint32_t cyrillic[][2] = {{'E', 0x415}, {'T', 0x422}, {'O', 0x41E}, {'C', 0x421}, {'A', 0x410}, {'e', 0x435}, {'o', 0x43E}};
static const uint32_t greek[][2] = {{'E', 0x395}, {'T', 0x3A4}, {'O', 0x39F}, {'I', 0x399}, {'N', 0x39D}, {'o', 0x3BF}};

/* One letter of each word is another script's; the others stay. */
static void put_alike(const struct chars *t, const uint32_t (*map)[2], size_t count, struct buf *out)
{
	for (size_t i = 0; i < t->count; i++) {
		const bool inside = i > 0 && i + 1 < t->count && is_latin(t->at[i - 1]) && is_latin(t->at[i + 1]);
		const bool kept = i > 0 && out->len > 0 && (unsigned char)out->data[out->len - 1] >= 0x80;

		add_char(out, inside && !kept ? mapped(t->at[i], map, count) : t->at[i]);
	}
}

static void put_mapped(const struct chars *t, const uint32_t (*map)[2], size_t count, struct buf *out)
{
	for (size_t i = 0; i < t->count; i++)
		add_char(out, mapped(t->at[i], map, count));
}

static void put_shifted(const struct chars *t, uint32_t upper, uint32_t lower, uint32_t digit, struct buf *out)
{
	for (size_t i = 0; i < t->count; i++) {
		const uint32_t c = t->at[i];

		if (upper != 0 && c >= 'A' && c <= 'Z')
			add_char(out, upper + c - 'A');
		else if (lower != 0 && c >= 'a' && c <= 'z')
			add_char(out, lower + c - 'a');
		else if (digit != 0 && c >= '0' && c <= '9')
			add_char(out, digit + c - '0');
		else
			add_char(out, c);
	}
}

static void put_wide(const struct chars *t, struct buf *out)
{
	for (size_t i = 0; i < t->count; i++)
		add_char(out, t->at[i] > 0x20 && t->at[i] < 0x7F && t->at[i] != '*' ? t->at[i] + 0xFEE0 : t->at[i]);
}

static void put_overlaid(const struct chars *t, uint32_t mark, struct buf *out)
{
	for (size_t i = 0; i < t->count; i++) {
		add_char(out, t->at[i]);
		if (is_han(t->at[i]) || is_latin(t->at[i]))
			add_char(out, mark);
	}
}

static void put_bytes(const char *text, const char *sign, struct buf *out)
{
	for (const char *p = text; *p != '\0'; p++)
		buf_addf(out, "%s%02X", sign, (unsigned)(unsigned char)*p);
}

static void put_numbers(const struct chars *t, const char *sign, const char *end, bool hex, struct buf *out)
{
	for (size_t i = 0; i < t->count; i++) {
		if (end[0] == '\0' && t->at[i] > 0xFFFF)
			add_char(out, t->at[i]);
		else if (hex)
			buf_addf(out, "%s%04X%s", sign, (unsigned)t->at[i], end);
		else
			buf_addf(out, "%s%u%s", sign, (unsigned)t->at[i], end);
	}
}

static void put_base64(const char *text, struct buf *out)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const size_t len = strlen(text);

	for (size_t i = 0; i < len; i += 3) {
		uint32_t bits = 0;

		for (size_t k = 0; k < 3; k++)
			bits = bits << 8 | (i + k < len ? (unsigned char)text[i + k] : 0);
		for (int shift = 18; shift >= 0; shift -= 6)
			buf_add_byte(out, i + (size_t)(18 - shift) / 6 <= len ? digits[bits >> shift & 0x3F] : '=');
	}
}

enum {
	SPACED, IDEOGRAPHIC_SPACED, TAB_SPACED, ZERO_WIDTH, JOINER, WORD_JOINER, SOFT_HYPHEN, RIGHT_TO_LEFT, SELECTOR, TAG, OVERLAY,
	UNDER_MARK, TRADITIONAL, RADICALS, CIRCLED, STARS, WIDE, CYRILLIC, GREEK, MATHEMATICAL, MATH_SANS, ENCLOSED, SQUARED, NEGATIVE,
	INDICATORS, LETTER_SPACED, ENTITIES, HEX_ENTITIES, PERCENT, QUOTED, BACKSLASH, BASE64, HEXADECIMAL, UTF16, UTF16_MARKED, GB18030,
	DISGUISES
};
static const char *const disguise_names[DISGUISES] = {
	"spaced", "ideographic spaces", "tabs", "zero width space", "zero width joiner", "word joiner", "soft hyphen", "right-to-left mark",
	"variation selector", "tag characters", "overlay", "mark below", "traditional", "radicals", "circled ideographs", "stars", "full width",
	"cyrillic", "greek", "mathematical bold", "mathematical sans", "circled letters", "squared letters", "negative squared letters",
	"regional indicators", "letter-spaced", "entities", "hexadecimal entities", "percent", "quoted-printable", "backslash u", "base64",
	"hexadecimal", "UTF-16 unmarked", "UTF-16 marked", "GB18030",
};

static void disguise(int how, const char *text, const struct chars *t, struct buf *out)
{
	switch (how) {
	case SPACED: put_between(t, ' ', false, out); break;
	case IDEOGRAPHIC_SPACED: put_between(t, 0x3000, false, out); break;
	case TAB_SPACED: put_between(t, '\t', false, out); break;
	case ZERO_WIDTH: put_between(t, 0x200B, true, out); break;
	case JOINER: put_between(t, 0x200D, true, out); break;
	case WORD_JOINER: put_between(t, 0x2060, true, out); break;
	case SOFT_HYPHEN: put_between(t, 0xAD, true, out); break;
	case RIGHT_TO_LEFT: put_between(t, 0x200F, true, out); break;
	case SELECTOR: put_between(t, 0xFE00, true, out); break;
	case TAG: put_between(t, 0xE0041, true, out); break;
	case OVERLAY: put_overlaid(t, 0x336, out); break;
	case UNDER_MARK: put_overlaid(t, 0x33A, out); break;
	case TRADITIONAL: put_mapped(t, traditional, COUNT(traditional), out); break;
	case RADICALS: put_mapped(t, radicals, COUNT(radicals), out); break;
	case CIRCLED: put_mapped(t, compatible, COUNT(compatible), out); break;
	case STARS: put_mapped(t, stars, COUNT(stars), out); break;
	case WIDE: put_wide(t, out); break;
	case CYRILLIC: put_alike(t, cyrillic, COUNT(cyrillic), out); break;
	case GREEK: put_alike(t, greek, COUNT(greek), out); break;
	case MATHEMATICAL: put_shifted(t, 0x1D400, 0x1D41A, 0x1D7CE, out); break;
	case MATH_SANS: put_shifted(t, 0x1D5A0, 0x1D5BA, 0x1D7E2, out); break;
	case ENCLOSED: put_shifted(t, 0x24B6, 0x24D0, 0, out); break;
	case SQUARED: put_shifted(t, 0x1F130, 0, 0, out); break;
	case NEGATIVE: put_shifted(t, 0x1F170, 0, 0, out); break;
	case INDICATORS: put_shifted(t, 0x1F1E6, 0, 0, out); break;
	case LETTER_SPACED: put_between(t, ' ', true, out); break;
	case ENTITIES: put_numbers(t, "&#", ";", false, out); break;
	case HEX_ENTITIES: put_numbers(t, "&#x", ";", true, out); break;
	case PERCENT: put_bytes(text, "%", out); break;
	case QUOTED: put_bytes(text, "=", out); break;
	case BACKSLASH: put_numbers(t, "\\u", "", true, out); break;
	case BASE64: put_base64(text, out); break;
	case HEXADECIMAL: put_bytes(text, "", out); break;
	default: buf_add_string(out, text); break;
	}
}

/* Which disguises leave a marking readable.  Letter-spacing joins words; a mark inside a line of
 * code letters (S//NF) has no word to be spaced. */
static bool applies(int how, const char *text, const struct chars *t, const struct buf *disguised)
{
	size_t latin = 0, words = 0, lower = 0;

	for (size_t i = 0; i < t->count; i++) {
		latin += is_latin(t->at[i]) ? 1 : 0;
		lower += t->at[i] >= 'a' && t->at[i] <= 'z' ? 1 : 0;
		words += t->at[i] == ' ' ? 1 : 0;
	}
	if (how < UTF16 && strcmp(disguised->data, text) == 0)
		return false;
	if (how == LETTER_SPACED)
		return latin >= 4 && latin == t->count && words == 0;
	if (how == BASE64 || how == HEXADECIMAL)
		return strlen(text) >= 9; /* shorter ones are the length of an ordinary word */
	if (how == SQUARED || how == NEGATIVE || how == INDICATORS)
		return lower == 0;
	return strchr(text, '\n') == NULL || (how != PERCENT && how != QUOTED && how != ENTITIES && how != HEX_ENTITIES && how != BACKSLASH);
}

static size_t encode(const char *charset, const char *text, size_t len, char *out, size_t room)
{
	iconv_t cd = iconv_open(charset, "UTF-8");
	char *from = mem_copy_bytes(text, len), *at = from, *to = out;
	size_t left = len, free_room = room;
	const bool ok = cd != (iconv_t)-1 && iconv(cd, &at, &left, &to, &free_room) != (size_t)-1;

	if (cd != (iconv_t)-1)
		(void)iconv_close(cd);
	free(from);
	return ok ? room - free_room : 0;
}

/* The bytes of the whole document, in its charset. */
static size_t document_bytes(int how, const struct buf *marked, char *out, size_t room)
{
	struct buf text = {0};
	size_t n;

	buf_addf(&text, "区商务局关于举办春季消费品交易会的说明\nThe notice follows.\n%s\n现将有关事项说明如下。\n", marked->data);
	if (how == UTF16)
		n = encode("UTF-16LE", text.data, text.len, out, room);
	else if (how == UTF16_MARKED)
		n = encode("UTF-16", text.data, text.len, out, room);
	else if (how == GB18030)
		n = encode("GB18030", text.data, text.len, out, room);
	else
		memcpy(out, text.data, n = text.len < room ? text.len : room);
	buf_release(&text);
	return n;
}

static bool is_found(struct scanner *s, const struct rule *rule, int how, const struct buf *marked)
{
	static char bytes[20000];
	const size_t len = document_bytes(how, marked, bytes, sizeof(bytes));
	struct scanned_file file;
	bool found = false;

	if (len == 0)
		return true; /* not in that charset */
	scan_bytes(s, "notice.md", 0100644, bytes, len, &file);
	for (size_t i = 0; i < file.count; i++)
		found = found || strcmp(file.findings[i].rule, rule->id) == 0;
	scanned_file_release(&file);
	return found;
}

static bool is_marking(const struct rule *rule)
{
	for (size_t i = 0; i < COUNT(marked_packs); i++)
		if (strcmp(rule->pack, marked_packs[i]) == 0)
			return rule->action == ACTION_BLOCK && rule->kind != RULE_STRUCTURE && rule->min_count == 1;
	return false;
}

static void every_marking_is_found_after_every_disguise(void **state)
{
	struct rule_files files = {0};
	struct ruleset *set = NULL;
	struct scanner *s = NULL;
	struct err err = {0};
	size_t tried[DISGUISES] = {0}, missed = 0;

	(void)state;
	rule_files_builtin(&files);
	assert_true(ruleset_load(&files, &set, &err));
	assert_true(scanner_new(set, &s, &err));
	for (size_t r = 0; r < set->count; r++)
		for (size_t e = 0; is_marking(&set->rules[r]) && e < set->rules[r].examples_match.count; e++)
			for (int how = 0; how < DISGUISES; how++) {
				const char *text = set->rules[r].examples_match.items[e];
				struct buf marked = {0};
				struct chars t;

				to_chars(text, &t);
				disguise(how, text, &t, &marked);
				if (applies(how, text, &t, &marked)) {
					tried[how]++;
					if (!is_found(s, &set->rules[r], how, &marked)) {
						print_message("%s: %s: '%s' as '%s' is missed\n", set->rules[r].id, disguise_names[how], text, marked.data);
						missed++;
					}
				}
				buf_release(&marked);
			}
	for (int how = 0; how < DISGUISES; how++)
		if (tried[how] == 0)
			fail_msg("%s: nothing to try it on", disguise_names[how]);
	assert_int_equal(missed, 0);
	scanner_free(s);
	ruleset_free(set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_marking_is_found_after_every_disguise),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
