/* shape_class.c - the smallest parts of a pattern: characters, escapes, classes. */
#include "shape_inside.h"

#include "base/language.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { CLASS_LISTED = 48 };

void pattern_give_up(struct reader *r, const char *why)
{
	if (r->unclear == NULL)
		r->unclear = why;
}

struct part part_of(size_t longest, bool crosses)
{
	return (struct part){.longest = longest, .crosses = crosses};
}

static bool is_separator(uint32_t c)
{
	return c == ' ' || c == '-' || (c >= 0x2010 && c <= 0x2015);
}

struct part part_literal(const struct reader *r, uint32_t c)
{
	struct part p = {.listed = c != '\n' && c != 0 && !(r->caseless && c >= 0x80 && c < 0x2E80), .crosses = c == '\n'};
	char bytes[4];
	const uint32_t lower = c >= 'A' && c <= 'Z' ? c + 32 : c;

	p.longest = utf8_encode(c, bytes);
	if (r->caseless && p.longest > 1)
		p.longest = 4;
	p.number = (c >= '0' && c <= '9') || is_separator(c);
	p.digits = c >= '0' && c <= '9' ? 1 : 0;
	p.capital = !r->caseless && c >= 'A' && c <= 'Z';
	if (p.listed)
		words_set_add(&p.words, bytes, utf8_encode(lower, bytes));
	return p;
}

static void class_range(const struct reader *r, struct class *k, uint32_t from, uint32_t to)
{
	k->members++;
	k->ascii = k->ascii && to < 0x80 && !r->caseless;
	k->digits = k->digits && from >= '0' && to <= '9';
	k->capitals = k->capitals && from >= 'A' && to <= 'Z' && !r->caseless;
	k->separators = k->separators && from == to && is_separator(from);
	k->line_end = k->line_end || (from <= '\n' && to >= '\n');
	if (to - from >= CLASS_LISTED || k->words.count >= CLASS_LISTED || (r->caseless && to >= 0x80 && from < 0x2E80))
		k->open = true;
	for (uint32_t c = from; c <= to && !k->open; c++) {
		char bytes[4];

		words_set_add(&k->words, bytes, utf8_encode(c >= 'A' && c <= 'Z' ? c + 32 : c, bytes));
	}
}

/* Classes by name: which characters is asked only of digits and line ends. */
void class_name(struct class *k, char name, bool property_of_letters)
{
	k->members++;
	k->open = true;
	k->digits = k->digits && name == 'd';
	k->capitals = k->separators = false;
	k->ascii = k->ascii && strchr("dw", name) != NULL;
	k->line_end = k->line_end || (strchr("dwhSVN", name) == NULL && !(name == 'p' && property_of_letters));
}

uint32_t pattern_take(struct reader *r)
{
	uint32_t c = 0;
	size_t n = utf8_decode(r->at, strlen(r->at), &c);

	r->at += n > 0 ? n : 1;
	return c;
}

/* \p{Han}, \P{L}, \pL: behind the letter.  True for properties no line end has. */
bool pattern_property(struct reader *r)
{
	const char *end = *r->at == '{' ? strchr(r->at, '}') : r->at;
	const char first = *r->at == '{' ? r->at[1] : *r->at;
	const bool letters = strncmp(r->at, "{Han}", 5) == 0 || first == 'L' || first == 'N' || first == 'P' || first == 'S';

	if (end == NULL || *end == '\0')
		pattern_give_up(r, N_("a property without an end"));
	else
		r->at = end + 1;
	return letters;
}

/* \x{1F}, \x1F: behind the x. */
static uint32_t hexadecimal(struct reader *r)
{
	char *end = NULL, digits[3] = {0};
	uint32_t value;

	if (*r->at == '{') {
		value = (uint32_t)strtoul(r->at + 1, &end, 16);
		r->at = *end == '}' ? end + 1 : end;
		return value;
	}
	for (int i = 0; i < 2 && strchr("0123456789abcdefABCDEF", *r->at) != NULL && *r->at != '\0'; i++)
		digits[i] = *r->at++;
	return (uint32_t)strtoul(digits, NULL, 16);
}

/* An escape that stands for one character, its letter taken already. */
bool pattern_escape(struct reader *r, char name, uint32_t *c)
{
	static const char names[] = "nrtfae", values[] = "\n\r\t\f\a\x1b";
	const char *at = strchr(names, name);

	if (name == 'x')
		*c = hexadecimal(r);
	else if (at != NULL && name != '\0')
		*c = (unsigned char)values[at - names];
	else if (name == '0')
		*c = 0;
	else if ((name >= '1' && name <= '9') || (name >= 'a' && name <= 'z') || (name >= 'A' && name <= 'Z'))
		return false;
	else
		*c = (unsigned char)name;
	return true;
}

/* One end of a range in a class, or all of a named class (then false). */
static bool class_member(struct reader *r, struct class *k, uint32_t *c)
{
	*c = pattern_take(r);
	if (*c == '[' && (*r->at == ':' || *r->at == '.' || *r->at == '=')) {
		const char *end = strstr(r->at, ":]");

		class_name(k, 's', false);
		r->at = end != NULL ? end + 2 : r->at + strlen(r->at);
		return false;
	}
	if (*c == '\\') {
		const uint32_t name = pattern_take(r);

		if (name >= 0x80) {
			*c = name;
			return true;
		}
		if (name == 'b') {
			*c = '\b';
			return true;
		}
		if (strchr("dDwWsShHvVNpP", (char)name) != NULL && name != 0) {
			const bool letters = (name == 'p' || name == 'P') && pattern_property(r);

			class_name(k, (char)name, letters);
			return false;
		}
		if (!pattern_escape(r, (char)name, c))
			pattern_give_up(r, N_("an escape in a class"));
	}
	return true;
}

struct part pattern_class(struct reader *r)
{
	struct class k = {.ascii = true, .digits = true, .separators = true, .capitals = true};
	struct part p;
	bool first = true;

	if (*r->at == '^') {
		k.negated = true;
		r->at++;
	}
	for (; r->unclear == NULL && (*r->at != ']' || first); first = false) {
		uint32_t from = 0, to = 0;

		if (*r->at == '\0') {
			pattern_give_up(r, N_("a class without an end"));
			break;
		}
		if (!class_member(r, &k, &from))
			continue;
		to = from;
		if (r->at[0] == '-' && r->at[1] != ']' && r->at[1] != '\0') {
			r->at++;
			if (!class_member(r, &k, &to) || to < from)
				pattern_give_up(r, N_("a range in a class"));
		}
		if (r->unclear == NULL)
			class_range(r, &k, from, to);
	}
	if (*r->at == ']')
		r->at++;
	p = part_of(k.ascii && !k.negated ? 1 : 4, k.negated != k.line_end);
	p.number = !k.negated && k.members > 0 && (k.digits || k.separators);
	p.digits = p.number && k.digits ? 1 : 0;
	p.capital = !k.negated && k.members > 0 && k.capitals;
	p.listed = !k.negated && !k.open && !k.line_end && k.words.count > 0;
	if (p.listed)
		p.words = k.words;
	else
		words_set_clear(&k.words);
	return p;
}
