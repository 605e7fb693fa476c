#define _GNU_SOURCE /* memmem */
/* html.c - HTML without its tags.
 *
 * 机<b>密</b> and &#26426;&#23494; are two characters to a reader, and must be to a rule.  The raw
 * text is scanned as well, so comments and scripts are not lost; this second view only joins. */
#include "html.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "made.h"
#include "unseen.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct {
	const char *name;
	uint32_t c;
} entities[] = {
	{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"nbsp", 0xA0}, {"shy", 0xAD},
	{"ensp", 0x2002}, {"emsp", 0x2003}, {"thinsp", 0x2009}, {"zwnj", 0x200C}, {"zwj", 0x200D},
	{"lrm", 0x200E}, {"rlm", 0x200F}, {"ZeroWidthSpace", 0x200B}, {"NoBreak", 0x2060}, {"star", 0x2606}, {"starf", 0x2605}, {"bigstar", 0x2605},
	{"ast", '*'}, {"colon", ':'}, {"sol", '/'}, {"lpar", '('}, {"rpar", ')'}, {"lsqb", '['}, {"rsqb", ']'},
	{"period", '.'}, {"comma", ','}, {"num", '#'}, {"percnt", '%'}, {"hyphen", 0x2010}, {"ndash", 0x2013},
	{"mdash", 0x2014}, {"hellip", 0x2026}, {"middot", 0xB7}, {"copy", 0xA9}, {"reg", 0xAE}, {"sect", 0xA7},
	{"laquo", 0xAB}, {"raquo", 0xBB}, {"ldquo", 0x201C}, {"rdquo", 0x201D}, {"lsquo", 0x2018}, {"rsquo", 0x2019},
	{"hairsp", 0x200A}, {"numsp", 0x2007}, {"puncsp", 0x2008}, {"NegativeThinSpace", 0x200B}, {"NegativeMediumSpace", 0x200B},
	{"NegativeThickSpace", 0x200B}, {"NegativeVeryThinSpace", 0x200B}, {"ApplyFunction", 0x2061}, {"af", 0x2061}, {"InvisibleTimes", 0x2062},
	{"it", 0x2062}, {"InvisibleComma", 0x2063}, {"ic", 0x2063}, {"commat", '@'}, {"lowbar", '_'}, {"plus", '+'}, {"equals", '='}, {"Tab", '\t'}, {"NewLine", '\n'},
};

/* Those a browser knows without a semicolon, too, whatever follows. */
static size_t bare_entity(const char *p, size_t len, uint32_t *out)
{
	static const struct {
		const char *name;
		uint32_t c;
	} bare[] = {{"&nbsp", 0xA0}, {"&shy", 0xAD}, {"&amp", '&'}, {"&middot", 0xB7}};

	for (size_t i = 0; i < sizeof(bare) / sizeof(bare[0]); i++) {
		const size_t n = strlen(bare[i].name);

		if (len < n || memcmp(p, bare[i].name, n) != 0)
			continue;
		*out = bare[i].c;
		return n;
	}
	return 0;
}

/* The length of the entity at `p` ("&...;"), 0 when it is none. */
static size_t entity(const char *p, size_t len, uint32_t *out)
{
	size_t zeros = len > 3 && p[1] == '#' ? (p[2] == 'x' || p[2] == 'X' ? 3 : 2) : 0; /* any number of them */
	const char *end;
	size_t n;
	char *after = NULL;
	unsigned long value;

	while (zeros > 0 && zeros < len && p[zeros] == '0')
		zeros++;
	end = memchr(p + zeros, ';', len - zeros < 40 ? len - zeros : 40);
	n = end != NULL ? (size_t)(end - p) : 0;
	if (n < 3)
		return 0;
	if (p[1] == '#') {
		const bool hex = p[2] == 'x' || p[2] == 'X';

		value = strtoul(p + 2 + (hex ? 1 : 0), &after, hex ? 16 : 10);
		if (after != end || value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
			return 0;
		*out = (uint32_t)value;
		return n + 1;
	}
	for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
		if (strlen(entities[i].name) == n - 1 && memcmp(entities[i].name, p + 1, n - 1) == 0) {
			*out = entities[i].c;
			return n + 1;
		}
	return 0;
}

/* Text from `from` to `to`, entities decoded. */
static void put_text(struct made *w, const char *text, size_t from, size_t to)
{
	while (from < to) {
		const char *sign = memchr(text + from, '&', to - from);
		const size_t at = sign != NULL ? (size_t)(sign - text) : to;
		uint32_t c = 0;
		size_t n;
		char bytes[4];

		made_copy(w, text + from, at - from, from);
		if (at == to)
			return;
		n = entity(text + at, to - at, &c);
		n = n > 0 ? n : bare_entity(text + at, to - at, &c);
		if (n > 0)
			made_put(w, bytes, utf8_encode(c, bytes), at);
		else
			made_copy(w, text + at, 1, at);
		from = at + (n > 0 ? n : 1);
	}
}

/* What has no end behind the place it was last looked for at: it is not looked for again, or a text of
 * beginnings would take a time that grows with its square. */
struct unended {
	bool comment, section, spoken, fallback, close, script, style;
	size_t tag; /* tags that begin before have none */
};

/* What a reader sees, and what stands in attributes and asides. */
struct seen {
	struct made body, values;
	const struct buf *hiding; /* selectors of style sheets (unseen.h) */
	struct unended none;
	bool everything; /* also what elements say is hidden is seen: a style sheet may show it all the same */
	bool left_out;   /* something that could be seen, in the midst of text */
};

/* `end` at or behind `at`; NULL: there is none, and *none remembers it. */
static const char *find_end(const char *text, size_t len, size_t at, const char *end, bool *none)
{
	const char *found = *none ? NULL : memmem(text + at, len - at, end, strlen(end));

	*none = found == NULL;
	return found;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}

/* White space may stand between. */
static bool is_behind_equals(const char *text, size_t from, size_t at)
{
	while (at > from && is_space(text[at - 1]))
		at--;
	return at > from && text[at - 1] == '=';
}

/* The '>' that ends the tag at `from`; a quoted value may hold others, a quote elsewhere is a letter like
 * any other.  `len` when there is none. */
static size_t tag_end(const char *text, size_t len, size_t from, struct unended *none)
{
	if (len - from >= 4 && memcmp(text + from, "<!--", 4) == 0) {
		const char *end = find_end(text, len, from, "-->", &none->comment);

		return end != NULL ? (size_t)(end - text) + 2 : len;
	}
	if (from < none->tag)
		return len;
	for (size_t i = from + 1; i < len; i++) {
		const char *close;

		if (text[i] == '>')
			return i;
		if ((text[i] != '"' && text[i] != '\'') || !is_behind_equals(text, from + 1, i))
			continue;
		close = memchr(text + i + 1, text[i], len - i - 1);
		if (close == NULL) {
			none->tag = i;
			return len;
		}
		i = (size_t)(close - text);
	}
	none->tag = len;
	return len;
}

/* The next '>', whatever stands before it; `len` when there is none. */
static size_t next_close(const char *text, size_t len, size_t from, struct unended *none)
{
	const char *close = find_end(text, len, from, ">", &none->close);

	return close != NULL ? (size_t)(close - text) : len;
}

/* Of Word's and DrawingML's own vocabularies, kept in one XML file: what ends a line. */
static bool is_office_block(const char *name, size_t len)
{
	static const char *const names[] = {"p", "br", "cr", "tab", "tc", "tr", "tbl", "sect", "body", "txbxContent", "hdr", "ftr"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strlen(names[i]) == len && memcmp(names[i], name, len) == 0)
			return true;
	return false;
}

/* Elements with a hyphen are somebody's own, and inline until a style says otherwise; o:p is Word's. */
static bool is_inline(const char *tag)
{
	static const char *const names[] = {"b",    "i",   "u",   "s",     "em",  "strong", "span", "a",   "font", "small",
	                                    "big",  "sub", "sup", "mark",  "del", "ins",    "code", "tt",  "abbr", "bdo",
	                                    "bdi",  "wbr", "q",   "label", "img", "kbd",    "var",  "samp",
	                                    "ruby", "rb",  "dfn", "cite", "time", "data", "strike", "tspan", "o:p", "nobr", "acronym"};
	enum { LONGEST_INLINE = 7 };
	const char *colon;
	size_t n;

	tag += *tag == '/' ? 1 : 0;
	for (n = 0; tag[n] != '\0' && tag[n] != '>' && tag[n] != '/' && !is_space(tag[n]); n++)
		;
	colon = n != 3 || strncasecmp(tag, "o:p", 3) != 0 ? memchr(tag, ':', n) : NULL;
	if (colon == NULL && memchr(tag, '-', n) != NULL)
		return true; /* an element of the page's own */
	if (colon == tag + 1 && (*tag == 'w' || *tag == 'a'))
		return !is_office_block(tag + 2, n - 2);
	if (colon != NULL) { /* of a vocabulary with a prefix: <text:span> */
		n -= (size_t)(colon + 1 - tag);
		tag = colon + 1;
	}
	for (size_t i = 0; n <= LONGEST_INLINE && i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i][0] == (*tag | 0x20) && strncasecmp(names[i], tag, n) == 0 && names[i][n] == '\0')
			return true;
	return false;
}

static size_t value_end(const char *text, size_t from, size_t to, char quote)
{
	const char *end = quote != '\0' ? memchr(text + from, quote, to - from) : NULL;

	if (quote != '\0')
		return end != NULL ? (size_t)(end - text) : to;
	while (from < to && !is_space(text[from]))
		from++;
	return from;
}

/* Values of attributes, each on a line of its own: titles, alternative texts, hidden inputs. */
static void put_attributes(struct made *values, const char *text, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		const char *sign = memchr(text + i, '=', to - i);
		size_t start, end;
		char quote;

		if (sign == NULL)
			return;
		i = (size_t)(sign - text);
		start = i + 1;
		while (start < to && is_space(text[start]))
			start++;
		quote = start < to && (text[start] == '"' || text[start] == '\'') ? text[start] : '\0';
		start += quote != '\0' ? 1 : 0;
		end = value_end(text, start, to, quote);
		made_put(values, "\n", 1, i);
		put_text(values, text, start, end);
		i = end;
	}
}

/* What is read beside the text and not in it: how a character is spoken. */
static size_t aside_end(const char *text, size_t len, size_t at, struct unended *none)
{
	const bool rt = tag_is(text + at + 1, len - at - 1, "rt");
	const char *end;

	if (!rt && !tag_is(text + at + 1, len - at - 1, "rp"))
		return 0;
	end = find_end(text, len, at, rt ? "</rt>" : "</rp>", rt ? &none->spoken : &none->fallback);
	return end != NULL ? (size_t)(end - text) + 5 : 0;
}

/* A part between tags that is no tag itself: <![CDATA[...]]>, and what is read aside.  Returns its end, or 0. */
static size_t put_part(struct seen *seen, const char *text, size_t len, size_t at)
{
	static const char open[] = "<![CDATA[";
	const size_t aside = aside_end(text, len, at, &seen->none);
	const char *end;

	if (aside > 0) {
		made_put(&seen->values, "\n", 1, at);
		put_text(&seen->values, text, at + 4, aside - 5);
		return aside;
	}
	if (len - at < sizeof(open) - 1 || memcmp(text + at, open, sizeof(open) - 1) != 0)
		return 0;
	end = find_end(text, len, at, "]]>", &seen->none.section);
	if (end == NULL)
		return 0;
	made_copy(&seen->body, text + at + sizeof(open) - 1, (size_t)(end - text) - at - (sizeof(open) - 1), at + sizeof(open) - 1);
	return (size_t)(end - text) + 3;
}

/* <bdo dir="rtl">, or a style that says the same, is U+202E: the reader sees the text the other way round. */
static void put_direction(struct made *body, const char *text, size_t start, size_t end)
{
	const bool rtl = memmem(text + start, end - start, "rtl", 3) != NULL;

	if (tag_is(text + start + 1, end - start, "bdo") || (rtl && memmem(text + start, end - start, "bidi-override", 13) != NULL))
		made_put(body, rtl ? "\u202e" : "\u202d", 3, start);
}

static void walk(struct seen *seen, const char *text, size_t at, size_t len, int depth);

/* What stands there is not shown, and what is on both sides of it is one text: it goes to the values. */
static void put_aside(struct seen *seen, const char *text, size_t from, size_t to, int depth)
{
	struct seen aside = {.hiding = seen->hiding};

	walk(&aside, text, from, to, depth + 1);
	made_put(&seen->values, "\n", 1, from);
	made_append(&seen->values, &aside.body);
	made_append(&seen->values, &aside.values);
	seen->left_out = seen->left_out || aside.left_out;
	made_release(&aside.body);
	made_release(&aside.values);
}

static bool is_in_text(const char *text, size_t len, size_t start, size_t end)
{
	return (start > 0 && strchr(" \t\r\n>", text[start - 1]) == NULL) || (end < len && strchr(" \t\r\n<", text[end]) == NULL);
}

/* Script and style sheet as they are, and the tags off what a script has of a page.  Returns the end of the closing tag, or 0. */
static size_t put_program(struct seen *seen, const char *text, size_t len, size_t at, int depth)
{
	const bool script = tag_is(text + at + 1, len - at - 1, "script");
	const size_t n = script ? strlen("script") : strlen("style");
	char closing[9] = "</";
	const char *end, *close;

	if (!script && !tag_is(text + at + 1, len - at - 1, "style"))
		return 0;
	memcpy(closing + 2, text + at + 1, n); /* in the case it has here */
	closing[2 + n] = '\0';
	end = find_end(text, len, at, closing, script ? &seen->none.script : &seen->none.style);
	close = end != NULL ? memchr(end, '>', len - (size_t)(end - text)) : NULL;
	if (close == NULL)
		return 0;
	made_put(&seen->values, "\n", 1, at);
	made_copy(&seen->values, text + at, (size_t)(end - text) - at, at);
	if (script && memmem(text + at, (size_t)(end - text) - at, "</", 2) != NULL) { /* a page is put together there */
		const char *code = memchr(text + at, '>', (size_t)(end - text) - at);

		put_aside(seen, text, code != NULL ? (size_t)(code - text) + 1 : (size_t)(end - text), (size_t)(end - text), depth);
	}
	seen->left_out = seen->left_out || is_in_text(text, len, at, (size_t)(close - text) + 1);
	return (size_t)(close - text) + 1;
}

/* Where `name`, of `n` bytes, stands and ends; NULL: nowhere. */
static const char *find_name(const char *text, size_t from, size_t to, const char *name, size_t n)
{
	const char *at = text + from, *const end = text + to;

	while ((at = memmem(at, (size_t)(end - at), name, n)) != NULL && at + n < end && !is_space(at[n]) && at[n] != '>' && at[n] != '/')
		at++;
	return at;
}

static bool is_name(char c)
{
	return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == ':' || c == '-';
}

/* The end of the closing tag of the element whose tag is from `at` to `end`; 0: it is not near, or one of the same name
 * stands within. */
static size_t put_element(struct seen *seen, const char *text, size_t len, size_t at, size_t end, int depth)
{
	enum { NEAR = 4096, NAME_LONGEST = 20 };
	const size_t most = len - end < NEAR ? len - end : NEAR;
	char closing[NAME_LONGEST + 3] = "</";
	const char *found, *close;
	size_t n = 0;

	while (n < NAME_LONGEST && is_name(text[at + 1 + n]))
		n++;
	memcpy(closing + 2, text + at + 1, n);
	found = find_name(text, end, end + most, closing, n + 2);
	close = found != NULL ? memchr(found, '>', len - (size_t)(found - text)) : NULL;
	closing[1] = '<';
	if (close == NULL || find_name(text, end, (size_t)(found - text), closing + 1, n + 1) != NULL)
		return 0;
	put_attributes(&seen->values, text, at, end);
	put_aside(seen, text, end + 1, (size_t)(found - text), depth);
	seen->left_out = seen->left_out || is_in_text(text, len, at, (size_t)(close - text) + 1);
	return (size_t)(close - text) + 1;
}

/* What is not shown at all and has tags of its own: the comment, or the element with the tag, from `at` to `end`.
 * Returns where it is over, or 0. */
static size_t put_unseen(struct seen *seen, const char *text, size_t len, size_t at, size_t end, int depth)
{
	enum { DEEPEST = 8, COMMENT = sizeof("<!---->") - 1 };

	if (depth == DEEPEST || end == len)
		return 0;
	if (end - at >= COMMENT && memcmp(text + at, "<!--", 4) == 0 && memchr(text + at + 4, '<', end - at - 4) != NULL) {
		put_aside(seen, text, at + 4, end - 2, depth);
		return end + 1;
	}
	return (text[at + 1] | 0x20) >= 'a' && (text[at + 1] | 0x20) <= 'z' && unseen_tag(text, at, end, seen->hiding)
	           ? put_element(seen, text, len, at, end, depth)
	           : 0;
}

/* A tag or what begins like one, at the `<` at `at`.  Returns where to go on. */
static size_t put_tag(struct seen *seen, const char *text, size_t len, size_t at, int depth)
{
	size_t end = seen->everything ? 0 : put_program(seen, text, len, at, depth), over;

	end = end > 0 ? end : put_part(seen, text, len, at);
	if (end > 0)
		return end;
	end = tag_end(text, len, at, &seen->none);
	over = seen->everything ? 0 : put_unseen(seen, text, len, at, end, depth);
	if (over > 0)
		return over;
	if (end == len) /* a value or a comment never ends: it is none */
		end = next_close(text, len, at, &seen->none);
	if (end == len || (strchr("/!?", text[at + 1]) == NULL && (text[at + 1] | 0x20) < 'a')) {
		made_put(&seen->body, "<", 1, at); /* not a tag */
		return at + 1;
	}
	if (text[at + 1] != '!' && !is_inline(text + at + 1))
		made_put(&seen->body, "\n", 1, at);
	put_direction(&seen->body, text, at, end);
	put_attributes(&seen->values, text, at, end);
	return end + 1;
}

static void walk(struct seen *seen, const char *text, size_t at, size_t len, int depth)
{
	while (at < len) {
		const char *open = memchr(text + at, '<', len - at);
		const size_t start = open != NULL ? (size_t)(open - text) : len;

		put_text(&seen->body, text, at, start);
		at = start < len ? put_tag(seen, text, len, start, depth) : len;
	}
}

char *html_text(const char *text, size_t len, const struct buf *hidden, size_t *out_len, uint32_t **origin)
{
	struct buf hiding = {0};
	struct seen seen = {.hiding = &hiding};

	if (hidden != NULL)
		buf_add(&hiding, hidden->data, hidden->len);
	unseen_selectors(text, len, &hiding);
	walk(&seen, text, 0, len, 0);
	buf_release(&hiding);
	made_put(&seen.body, "\n", 1, len);
	made_append(&seen.body, &seen.values);
	made_release(&seen.values);
	if (seen.left_out) {
		struct seen whole = {.everything = true};

		walk(&whole, text, 0, len, 0);
		made_put(&seen.body, "\n", 1, len);
		made_append(&seen.body, &whole.body);
		made_release(&whole.body);
		made_release(&whole.values);
	}
	seen.body.origin[seen.body.text.len] = (uint32_t)len;
	*out_len = seen.body.text.len;
	*origin = seen.body.origin;
	return buf_take(&seen.body.text);
}
