#define _GNU_SOURCE /* memmem */
/* unseen.c - which elements of a page are not shown, as far as the page itself says so.
 *
 * A style sheet elsewhere, or a program, may hide and show anything: whoever asks here reads the text both ways. */
#include "unseen.h"

#include "base/buf.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

enum { SELECTORS_MOST = 4096 };

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Of a name in CSS and HTML. */
static bool is_name(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || (unsigned char)c >= 0x80;
}

bool tag_is(const char *tag, size_t len, const char *name)
{
	const size_t n = strlen(name);

	return len > n && (tag[0] | 0x20) == name[0] && strncasecmp(tag, name, n) == 0 && (is_space(tag[n]) || tag[n] == '>' || tag[n] == '/');
}

/* What takes it out of sight; `open`: a number that may go on. */
static const struct {
	const char *property, *value;
	bool open;
} hiding[] = {
	{"display", "none", false}, {"visibility", "hidden", false}, {"visibility", "collapse", false}, {"mso-hide", "all", false},
	{"font-size", "0", false},  {"opacity", "0", false},         {"text-indent", "-9", true},       {"left", "-9", true},
	{"top", "-9", true},
};

/* The declaration whose `:` or `=` is at `at`. */
static bool hides(const char *text, size_t from, size_t at, size_t to)
{
	size_t before = at, behind = at + 1;

	while (before > from && is_space(text[before - 1]))
		before--;
	while (behind < to && (is_space(text[behind]) || text[behind] == '"' || text[behind] == '\''))
		behind++;
	if (before == from || behind == to || strchr("yetpYETP", text[before - 1]) == NULL || strchr("nhcaNHCA0-", text[behind]) == NULL)
		return false; /* as the ends and beginnings of those above are */
	for (size_t i = 0; i < sizeof(hiding) / sizeof(hiding[0]); i++) {
		const size_t property = strlen(hiding[i].property), value = strlen(hiding[i].value), end = behind + value;

		if (before - from < property || to - behind < value || strncasecmp(text + before - property, hiding[i].property, property) != 0 ||
		    strncasecmp(text + behind, hiding[i].value, value) != 0 || (before - from > property && is_name(text[before - property - 1])))
			continue;
		if (hiding[i].open || end == to || (hiding[i].value[0] != '0' && !is_name(text[end])) ||
		    (hiding[i].value[0] == '0' && text[end] != '.' && (text[end] < '0' || text[end] > '9')))
			return true;
	}
	return false;
}

static bool declares(const char *text, size_t from, size_t to)
{
	for (size_t at = from; at < to; at++)
		if ((text[at] == ':' || text[at] == '=') && hides(text, from, at, to))
			return true;
	return false;
}

/* One selector: what its last part is a class, an id or else an element of. */
static void add_selector(const char *text, size_t from, size_t to, struct buf *out)
{
	size_t start, end;

	while (to > from && is_space(text[to - 1]))
		to--;
	for (start = to; start > from && !is_space(text[start - 1]) && strchr(">+~", text[start - 1]) == NULL;)
		start--;
	for (end = start; end < to && (is_name(text[end]) || text[end] == '.' || text[end] == '#');)
		end++;
	for (from = start, start = end; start > from && is_name(text[start - 1]);)
		start--;
	if (start == end || (start == from && !is_letter(text[start])))
		return;
	if (out->len == 0)
		buf_add_byte(out, ' ');
	buf_add(out, text + start - (start > from ? 1 : 0), end - start + (start > from ? 1 : 0));
	buf_add_byte(out, ' ');
}

/* The rule whose `{` is at `open`. */
static void add_rule(const char *text, size_t from, size_t open, struct buf *out)
{
	for (size_t at = open, end = open; end > from; at--) {
		if (at > from && text[at - 1] != ',' && strchr("{};/", text[at - 1]) == NULL)
			continue;
		add_selector(text, at, end, out);
		if (at == from || text[at - 1] != ',')
			return;
		end = at - 1;
	}
}

static void add_sheet(const char *text, size_t from, size_t to, struct buf *out)
{
	const char *open = memchr(text + from, '{', to - from);

	while (open != NULL && out->len < SELECTORS_MOST) {
		const size_t at = (size_t)(open - text);
		size_t end = at + 1;

		while (end < to && text[end] != '{' && text[end] != '}')
			end++;
		if (end < to && text[end] == '}' && declares(text, at + 1, end))
			add_rule(text, from, at, out);
		open = end < to ? memchr(text + end, '{', to - end) : NULL;
	}
}

void unseen_sheet(const char *text, size_t len, struct buf *out)
{
	add_sheet(text, 0, len, out);
}

void unseen_selectors(const char *text, size_t len, struct buf *out)
{
	const char *at = text, *const end = text + len;

	while ((at = memchr(at, '<', (size_t)(end - at))) != NULL && out->len < SELECTORS_MOST) {
		const char *close;

		at++;
		if (!tag_is(at, (size_t)(end - at), "style"))
			continue;
		close = memmem(at, (size_t)(end - at), at[0] == 's' ? "</s" : "</S", 3);
		if (close == NULL)
			return;
		add_sheet(text, (size_t)(at - text), (size_t)(close - text), out);
		at = close;
	}
}

/* " .name " */
static bool is_selected(const struct buf *selectors, char sign, const char *name, size_t len)
{
	const char *at = selectors->data, *const end = at + selectors->len;

	while (len > 0 && (size_t)(end - at) > len && (at = memmem(at, (size_t)(end - at), name, len)) != NULL) {
		if (at[len] == ' ' && (sign != '\0' ? at[-1] == sign : at[-1] == ' '))
			return true;
		at++;
	}
	return false;
}

/* Is one of the names in the value at `from` selected? */
static bool is_one_selected(const struct buf *selectors, char sign, const char *text, size_t from, size_t to)
{
	while (from < to && (is_space(text[from]) || text[from] == '"' || text[from] == '\''))
		from++;
	for (size_t end; from < to && is_name(text[from]); from = end) {
		for (end = from; end < to && is_name(text[end]);)
			end++;
		if (is_selected(selectors, sign, text + from, end - from))
			return true;
		while (end < to && is_space(text[end]))
			end++;
		if (end < to && text[end] == '=')
			return false; /* a value without quotes ended before */
	}
	return false;
}

static bool is_selected_tag(const struct buf *selectors, const char *text, size_t at, size_t end)
{
	size_t n = 0;

	if (selectors->len == 0)
		return false;
	while (at + 1 + n < end && is_name(text[at + 1 + n]))
		n++;
	if (is_selected(selectors, '\0', text + at + 1, n))
		return true;
	for (size_t i = at + 1 + n; i < end; i++) {
		if (text[i] != '=')
			continue;
		if (i - at > 5 && strncasecmp(text + i - 5, "class", 5) == 0 && is_one_selected(selectors, '.', text, i + 1, end))
			return true;
		if (i - at > 3 && strncasecmp(text + i - 3, " id", 3) == 0 && is_one_selected(selectors, '#', text, i + 1, end))
			return true;
	}
	return false;
}

/* Elements that are never part of the text they stand in; those of the second list where they stand behind a letter. */
static bool is_apart(const char *text, size_t at, size_t end)
{
	static const char *const always[] = {"template", "noscript", "office:annotation", "text:note"};
	static const char *const within[] = {"title", "desc", "select", "datalist", "metadata"};
	const bool behind = at > 0 && text[at - 1] != '>' && !is_space(text[at - 1]);

	for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++)
		if (tag_is(text + at + 1, end - at, always[i]))
			return true;
	for (size_t i = 0; behind && i < sizeof(within) / sizeof(within[0]); i++)
		if (tag_is(text + at + 1, end - at, within[i]))
			return true;
	return false;
}

bool unseen_tag(const char *text, size_t at, size_t end, const struct buf *selectors)
{
	if (is_apart(text, at, end) || is_selected_tag(selectors, text, at, end))
		return true;
	return end - at >= sizeof("<b hidden") - 1 && (memmem(text + at, end - at, " hidden", 7) != NULL || declares(text, at, end));
}
