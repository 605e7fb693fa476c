/* parameters.c - "text/plain; charset=x; name*0*=UTF-8''a%20b": what programs write of it.
 *
 * Values may be quoted, continued over several parameters, percent-encoded with a charset (RFC 2231), or,
 * against the rules and everywhere, hold encoded words.  All of these are taken. */
#include "mail_inside.h"

#include "base/mem.h"
#include "text/charset.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { PARAMETERS_MOST = 100, CHARSET_MOST = 64 };

/* One "name*1*=value", as it stands. */
struct piece {
	char *name; /* in lower case, without stars */
	long section; /* -1: none */
	bool extended;
	struct buf value; /* quotes and backslashes taken off; not decoded */
	bool quoted;
};

static char *lower(struct slice s)
{
	char *copy = mem_copy_bytes(s.text, s.len);

	for (size_t i = 0; i < s.len; i++)
		copy[i] = (char)(copy[i] == '\0' ? '?' : tolower((unsigned char)copy[i]));
	return copy;
}

/* Comments in parentheses are no part of anything. */
static size_t skip_comment(struct slice s, size_t at)
{
	unsigned depth = 0;

	for (; at < s.len; at++) {
		if (s.text[at] == '\\')
			at++;
		else if (s.text[at] == '(')
			depth++;
		else if (s.text[at] == ')' && --depth == 0)
			return at + 1;
	}
	return s.len;
}

static size_t skip_white(struct slice s, size_t at)
{
	while (at < s.len && (strchr(" \t\r\n", s.text[at]) != NULL || s.text[at] == '(') && s.text[at] != '\0')
		at = s.text[at] == '(' ? skip_comment(s, at) : at + 1;
	return at;
}

static size_t quoted_value(struct slice s, size_t at, struct buf *out)
{
	for (at++; at < s.len && s.text[at] != '"'; at++) {
		if (s.text[at] == '\\' && at + 1 < s.len)
			at++;
		if (s.text[at] != '\r' && s.text[at] != '\n')
			buf_add_byte(out, s.text[at]);
	}
	return at < s.len ? at + 1 : at;
}

/* A bare value goes on to the next ";": names with spaces are written so, too. */
static size_t bare_value(struct slice s, size_t at, struct buf *out)
{
	const size_t from = at;
	struct slice value;

	while (at < s.len && s.text[at] != ';')
		at++;
	value = slice_trim((struct slice){s.text + from, at - from});
	buf_add(out, value.text, value.len);
	return at;
}

/* "name*1*" into its three parts. */
static void name_piece(struct slice name, struct piece *piece)
{
	const char *star;

	name = slice_trim(name);
	if (name.len > 1 && name.text[name.len - 1] == '*') {
		piece->extended = true;
		name.len--;
	}
	star = name.len > 0 ? memchr(name.text, '*', name.len) : NULL;
	piece->section = -1;
	if (star != NULL) {
		piece->section = 0;
		for (const char *d = star + 1; d < name.text + name.len && *d >= '0' && *d <= '9' && piece->section < 100000; d++)
			piece->section = piece->section * 10 + (*d - '0');
		name.len = (size_t)(star - name.text);
	}
	piece->name = lower(name);
}

/* The next piece behind a ";"; false: no more. */
static bool next_piece(struct slice s, size_t *at, struct piece *piece)
{
	size_t from;

	memset(piece, 0, sizeof(*piece));
	do {
		while (*at < s.len && s.text[*at] != ';')
			++*at;
		*at = skip_white(s, *at < s.len ? *at + 1 : *at);
	} while (*at < s.len && s.text[*at] == ';');
	if (*at >= s.len)
		return false;
	from = *at;
	while (*at < s.len && s.text[*at] != '=' && s.text[*at] != ';')
		++*at;
	name_piece((struct slice){s.text + from, *at - from}, piece);
	if (*at >= s.len || s.text[*at] == ';')
		return true;
	*at = skip_white(s, *at + 1);
	piece->quoted = *at < s.len && s.text[*at] == '"';
	*at = piece->quoted ? quoted_value(s, *at, &piece->value) : bare_value(s, *at, &piece->value);
	return true;
}

static int hex_value(char c)
{
	return isdigit((unsigned char)c) ? c - '0' : isxdigit((unsigned char)c) ? tolower((unsigned char)c) - 'a' + 10 : -1;
}

static void add_unescaped(struct buf *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		const int high = text[i] == '%' && len - i > 2 ? hex_value(text[i + 1]) : -1;
		const int low = high >= 0 ? hex_value(text[i + 2]) : -1;

		buf_add_byte(out, (char)(low >= 0 ? high << 4 | low : text[i]));
		i += low >= 0 ? 2 : 0;
	}
}

/* All pieces of one name, put together. */
struct joined {
	struct buf bytes;
	char charset[CHARSET_MOST];
	bool extended, continued;
};

static void join(struct joined *joined, const struct piece *piece, bool first)
{
	const char *text = piece->value.data != NULL ? piece->value.data : "";
	size_t len = piece->value.len;
	const char *one = first && piece->extended ? memchr(text, '\'', len) : NULL;
	const char *two = one != NULL ? memchr(one + 1, '\'', len - (size_t)(one - text) - 1) : NULL;

	if (two != NULL) {
		if ((size_t)(one - text) < CHARSET_MOST)
			memcpy(joined->charset, text, (size_t)(one - text));
		len -= (size_t)(two - text) + 1;
		text = two + 1;
	}
	joined->extended = joined->extended || piece->extended;
	joined->continued = joined->continued || piece->section > 0;
	if (piece->extended)
		add_unescaped(&joined->bytes, text, len);
	else
		buf_add(&joined->bytes, text, len);
}

/* The value as UTF-8; caller frees. */
static char *value_of(const struct joined *joined, bool *decoded)
{
	const char *charset = charset_of_label(joined->charset, strlen(joined->charset));
	const char *bytes = joined->bytes.data != NULL ? joined->bytes.data : "";
	struct wording wording = {0};
	struct buf value = {0};
	size_t len = 0;
	char *text = joined->extended && charset != NULL && joined->bytes.len > 0
	                     ? charset_convert(charset, bytes, joined->bytes.len, &len)
	                     : NULL;

	*decoded = joined->extended || joined->continued;
	if (text != NULL) {
		add_valid(&value, text, len);
	} else {
		words_read((struct slice){bytes, joined->bytes.len}, NULL, &wording);
		add_valid(&value, wording.text.data != NULL ? wording.text.data : "", wording.text.len);
		*decoded = *decoded || wording.changed;
	}
	for (size_t i = 0; i < value.len; i++)
		value.data[i] = (char)(value.data[i] == '\0' ? ' ' : value.data[i]);
	free(text);
	wording_release(&wording);
	return buf_take(&value);
}

static void add_parameter(struct parameters *out, const char *name, const struct joined *joined)
{
	struct parameter parameter = {.name = mem_copy_string(name)};

	parameter.value = value_of(joined, &parameter.decoded);
	for (size_t i = 0; i < out->count; i++)
		if (strcmp(out->items[i].name, name) == 0 && strcmp(out->items[i].value, parameter.value) != 0)
			parameter.twice = true;
	out->items = mem_grow(out->items, out->count, sizeof(*out->items));
	out->items[out->count++] = parameter;
}

/* Sections in their order, whatever order they stand in; a piece without one is a value of its own. */
static void add_sections(struct parameters *out, const struct piece *pieces, size_t count, const char *name)
{
	struct joined joined = {0};
	long next = 0;

	for (bool found = true; found;) {
		found = false;
		for (size_t i = 0; i < count && !found; i++) {
			if (pieces[i].section != next || strcmp(pieces[i].name, name) != 0)
				continue;
			join(&joined, &pieces[i], next == 0);
			found = true;
		}
		next += found ? 1 : 0;
	}
	if (next > 0)
		add_parameter(out, name, &joined);
	buf_release(&joined.bytes);
}

static void add_pieces(struct parameters *out, const struct piece *pieces, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct joined joined = {0};

		if (pieces[i].section == 0)
			add_sections(out, pieces, count, pieces[i].name);
		if (pieces[i].section >= 0)
			continue;
		join(&joined, &pieces[i], true);
		add_parameter(out, pieces[i].name, &joined);
		buf_release(&joined.bytes);
	}
}

/* "text / plain (comment)" */
static char *type_of(struct slice value, size_t *at)
{
	struct buf type = {0};
	char *name;

	for (*at = skip_white(value, 0); *at < value.len && value.text[*at] != ';'; *at = skip_white(value, *at + 1))
		buf_add_byte(&type, value.text[*at]);
	name = lower((struct slice){type.data != NULL ? type.data : "", type.len});
	buf_release(&type);
	return name;
}

void parameters_read(struct slice value, struct parameters *out)
{
	struct piece *pieces = NULL, piece;
	size_t count = 0, at = 0;

	memset(out, 0, sizeof(*out));
	out->type = type_of(value, &at);
	while (count < PARAMETERS_MOST && next_piece(value, &at, &piece)) {
		pieces = mem_grow(pieces, count, sizeof(*pieces));
		pieces[count++] = piece;
	}
	add_pieces(out, pieces, count);
	for (size_t i = 0; i < count; i++) {
		free(pieces[i].name);
		buf_release(&pieces[i].value);
	}
	free(pieces);
}

/* One in the extended form goes before a plain one of the same name (RFC 6266 4.3), which is for old programs. */
const char *parameters_get(const struct parameters *parameters, const char *name)
{
	const struct parameter *found = NULL;

	for (size_t i = 0; i < parameters->count; i++)
		if (strcmp(parameters->items[i].name, name) == 0 && (found == NULL || (parameters->items[i].decoded && !found->decoded)))
			found = &parameters->items[i];
	return found != NULL ? found->value : NULL;
}

bool parameters_twice(const struct parameters *parameters, const char *name)
{
	for (size_t i = 0; i < parameters->count; i++)
		if (parameters->items[i].twice && strcmp(parameters->items[i].name, name) == 0)
			return true;
	return false;
}

void parameters_release(struct parameters *parameters)
{
	for (size_t i = 0; i < parameters->count; i++) {
		free(parameters->items[i].name);
		free(parameters->items[i].value);
	}
	free(parameters->items);
	free(parameters->type);
	memset(parameters, 0, sizeof(*parameters));
}
