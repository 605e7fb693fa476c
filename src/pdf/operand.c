/* operand.c - the tokens of content streams.  What is odd is passed over byte by byte: a page with a
 * broken token is still read behind it. */
#include "operand.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static bool is_space(unsigned char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static bool is_delimiter(unsigned char c)
{
	return c == '(' || c == ')' || c == '<' || c == '>' || c == '[' || c == ']' || c == '{' || c == '}' || c == '/' ||
	       c == '%';
}

static bool is_regular(unsigned char c)
{
	return !is_space(c) && !is_delimiter(c);
}

static struct operand *add(struct operands *o, enum operand_kind kind)
{
	if (o->count >= o->room) {
		o->room = o->room == 0 ? 64 : o->room * 2;
		o->items = mem_resize(o->items, o->room, sizeof(*o->items));
	}
	o->items[o->count] = (struct operand){.kind = kind, .at = o->bytes.len};
	o->strings += kind == OPERAND_STRING;
	o->open += kind == OPERAND_ARRAY;
	o->open -= kind == OPERAND_ARRAY_END && o->open > 0;
	return &o->items[o->count++];
}

static void close_text(struct operands *o, struct operand *operand)
{
	operand->len = o->bytes.len - operand->at;
	buf_add_byte(&o->bytes, '\0');
}

static size_t escape(struct operands *o, const unsigned char *bytes, size_t len, size_t at)
{
	static const char from[] = "nrtbf", to[] = "\n\r\t\b\f";
	const unsigned char c = bytes[at];
	const char *plain = memchr(from, c, 5);
	unsigned value = 0;
	size_t digits = 0;

	if (plain != NULL) {
		buf_add_byte(&o->bytes, to[plain - from]);
		return at + 1;
	}
	while (digits < 3 && at + digits < len && bytes[at + digits] >= '0' && bytes[at + digits] <= '7')
		value = value * 8 + (bytes[at + digits++] - '0');
	if (digits > 0) {
		buf_add_byte(&o->bytes, (char)(unsigned char)value);
		return at + digits;
	}
	if (c == '\r' || c == '\n') /* a line goes on */
		return at + (c == '\r' && at + 1 < len && bytes[at + 1] == '\n' ? 2 : 1);
	buf_add_byte(&o->bytes, (char)c);
	return at + 1;
}

static size_t take_string(struct operands *o, const unsigned char *bytes, size_t len, size_t at)
{
	struct operand *operand = add(o, OPERAND_STRING);
	size_t depth = 1;

	while (at < len) {
		const size_t start = at;

		while (at < len && bytes[at] != '\\' && bytes[at] != '(' && bytes[at] != ')')
			at++;
		buf_add(&o->bytes, bytes + start, at - start);
		if (at == len)
			break;
		const unsigned char c = bytes[at++];

		if (c == '\\' && at < len) {
			at = escape(o, bytes, len, at);
			continue;
		}
		depth += c == '(' ? 1 : 0;
		depth -= c == ')' ? 1 : 0;
		if (depth == 0)
			break;
		buf_add_byte(&o->bytes, (char)c);
	}
	close_text(o, operand);
	return at;
}

static int hex_value(unsigned char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static size_t take_hex(struct operands *o, const unsigned char *bytes, size_t len, size_t at)
{
	struct operand *operand = add(o, OPERAND_STRING);
	int high = -1;

	for (; at < len && bytes[at] != '>'; at++) {
		const int value = hex_value(bytes[at]);

		if (value >= 0 && high >= 0) {
			buf_add_byte(&o->bytes, (char)(unsigned char)(high << 4 | value));
			high = -1;
		} else if (value >= 0) {
			high = value;
		}
	}
	if (high >= 0)
		buf_add_byte(&o->bytes, (char)(unsigned char)(high << 4));
	close_text(o, operand);
	return at < len ? at + 1 : at;
}

static size_t take_name(struct operands *o, const unsigned char *bytes, size_t len, size_t at)
{
	struct operand *operand = add(o, OPERAND_NAME);

	for (; at < len && is_regular(bytes[at]); at++) {
		if (bytes[at] == '#' && at + 2 < len && hex_value(bytes[at + 1]) >= 0 && hex_value(bytes[at + 2]) >= 0) {
			buf_add_byte(&o->bytes, (char)(unsigned char)(hex_value(bytes[at + 1]) << 4 | hex_value(bytes[at + 2])));
			at += 2;
		} else {
			buf_add_byte(&o->bytes, (char)bytes[at]);
		}
	}
	close_text(o, operand);
	return at;
}

/* "-.5", "4.", "--3" as others read it: signs before, one point, and nothing but digits. */
static bool read_number(const unsigned char *bytes, size_t len, double *out)
{
	double value = 0, unit = 0;
	size_t at = 0, digits = 0;

	while (at < len && (bytes[at] == '-' || bytes[at] == '+'))
		at++;
	const bool negative = at > 0 && bytes[0] == '-';

	for (; at < len; at++) {
		if (bytes[at] == '.' && unit == 0) {
			unit = 1;
		} else if (bytes[at] >= '0' && bytes[at] <= '9') {
			digits++;
			unit /= 10;
			value = unit > 0 ? value + unit * (bytes[at] - '0') : value * 10 + (bytes[at] - '0');
		} else if (bytes[at] == '-' && digits > 0) { /* "12-34", by some writers, is 12 */
			break;
		} else {
			return false;
		}
	}
	*out = negative ? -value : value;
	return digits > 0 || unit > 0;
}

/* A number, a word, or the operator: then true. */
static bool take_word(struct operands *o, const unsigned char *bytes, size_t len)
{
	struct operand *operand;
	double number = 0;

	if (read_number(bytes, len, &number)) {
		add(o, OPERAND_NUMBER)->number = number;
		return false;
	}
	if ((o->open > 0 && len == 2 && bytes[0] == 'T' && strchr("cwz", bytes[1]) != NULL) || /* some writers set text parameters within an array */
	    (len == 4 && (memcmp(bytes, "true", 4) == 0 || memcmp(bytes, "null", 4) == 0)) ||
	    (len == 5 && memcmp(bytes, "false", 5) == 0)) {
		operand = add(o, OPERAND_WORD);
		buf_add(&o->bytes, bytes, len);
		close_text(o, operand);
		return false;
	}
	memset(o->operator, 0, sizeof(o->operator));
	memcpy(o->operator, bytes, len < sizeof(o->operator) ? len : sizeof(o->operator) - 1);
	return true;
}

static size_t take_comment(struct operands *o, const unsigned char *bytes, size_t len, size_t at)
{
	const size_t start = at;

	while (at < len && bytes[at] != '\n' && bytes[at] != '\r')
		at++;
	buf_add(&o->comments, bytes + start, at - start);
	buf_add_byte(&o->comments, '\n');
	return at;
}

static size_t take_delimited(struct operands *o, const unsigned char *bytes, size_t len, size_t at)
{
	const unsigned char c = bytes[at++];
	const bool twice = at < len && bytes[at] == c;

	switch (c) {
	case '(':
		return take_string(o, bytes, len, at);
	case '/':
		return take_name(o, bytes, len, at);
	case '[':
		(void)add(o, OPERAND_ARRAY);
		return at;
	case ']':
		(void)add(o, OPERAND_ARRAY_END);
		return at;
	case '<':
		if (!twice)
			return take_hex(o, bytes, len, at);
		(void)add(o, OPERAND_DICT);
		return at + 1;
	case '>':
		if (twice)
			(void)add(o, OPERAND_DICT_END);
		return twice ? at + 1 : at;
	case '%':
		return take_comment(o, bytes, len, at);
	default:
		return at;
	}
}

bool operands_read(struct operands *o, const unsigned char *bytes, size_t len, size_t *at)
{
	o->count = o->strings = o->open = 0;
	buf_clear(&o->bytes);
	while (*at < len) {
		const size_t start = *at;

		if (is_space(bytes[start])) {
			++*at;
		} else if (is_delimiter(bytes[start])) {
			*at = take_delimited(o, bytes, len, start);
		} else {
			while (*at < len && is_regular(bytes[*at]))
				++*at;
			if (take_word(o, bytes + start, *at - start))
				return true;
		}
	}
	return false;
}

void operands_release(struct operands *o)
{
	free(o->items);
	buf_release(&o->bytes);
	buf_release(&o->comments);
	*o = (struct operands){0};
}

double operand_number(const struct operands *o, size_t i)
{
	return i < o->count && o->items[i].kind == OPERAND_NUMBER ? o->items[i].number : 0;
}

const char *operand_name(const struct operands *o, size_t i)
{
	return i < o->count && o->items[i].kind == OPERAND_NAME ? o->bytes.data + o->items[i].at : "";
}
