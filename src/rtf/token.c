/* token.c - RTF cut into what it is written of.  Nothing here can fail: bytes that are no token are text. */
#include "token.h"

#include <string.h>

static int hex_digit(unsigned char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *found = c != '\0' ? strchr(digits, c >= 'A' && c <= 'F' ? c + 'a' - 'A' : c) : NULL;

	return found != NULL ? (int)(found - digits) : -1;
}

static bool is_letter(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

/* "-123" and what ends it; more digits than a number has are a number of the largest size. */
static void read_value(struct tokens *t, struct token *out)
{
	const bool minus = t->at + 1 < t->len && t->bytes[t->at] == '-' && is_digit(t->bytes[t->at + 1]);
	long value = 0;

	out->value = 1;
	t->at += minus ? 1 : 0;
	out->has_value = t->at < t->len && is_digit(t->bytes[t->at]);
	for (; t->at < t->len && is_digit(t->bytes[t->at]); t->at++)
		value = value > 0x0CCCCCCC ? 0x7FFFFFFF : value * 10 + (t->bytes[t->at] - '0');
	if (out->has_value)
		out->value = minus ? -value : value;
}

static void read_binary(struct tokens *t, struct token *out)
{
	const size_t rest = t->len - t->at;

	out->type = TOKEN_BINARY;
	out->bytes = t->bytes + t->at;
	out->len = out->has_value && out->value > 0 ? (size_t)out->value : 0;
	t->damaged = t->damaged || out->len > rest;
	out->len = out->len > rest ? rest : out->len;
	t->at += out->len;
}

static void read_word(struct tokens *t, struct token *out)
{
	size_t n = 0;

	out->type = TOKEN_WORD;
	for (; t->at < t->len && is_letter(t->bytes[t->at]); t->at++)
		if (n < TOKEN_WORD_MOST)
			out->word[n++] = (char)t->bytes[t->at];
	out->word[n] = '\0';
	read_value(t, out);
	if (t->at < t->len && t->bytes[t->at] == ' ')
		t->at++;
	if (strcmp(out->word, "bin") == 0)
		read_binary(t, out);
}

/* \'hh; where no two digits follow, an apostrophe. */
static void read_escaped(struct tokens *t, struct token *out)
{
	const int high = t->at < t->len ? hex_digit(t->bytes[t->at]) : -1;
	const int low = high >= 0 && t->at + 1 < t->len ? hex_digit(t->bytes[t->at + 1]) : -1;

	out->type = TOKEN_BYTE;
	out->escaped = true;
	out->byte = low >= 0 ? (unsigned char)(high * 16 + low) : '\'';
	t->damaged = t->damaged || low < 0;
	t->at += low >= 0 ? 2 : 0;
}

static void read_control(struct tokens *t, struct token *out)
{
	const unsigned char c = t->at < t->len ? t->bytes[t->at] : ' ';

	if (is_letter(c)) {
		read_word(t, out);
		return;
	}
	t->at += t->at < t->len ? 1 : 0;
	if (c == '\'') {
		read_escaped(t, out);
		return;
	}
	out->type = c == '\\' || c == '{' || c == '}' ? TOKEN_BYTE : TOKEN_SYMBOL;
	out->byte = c;
}

void token_next(struct tokens *t, struct token *out)
{
	unsigned char c;

	*out = (struct token){.type = TOKEN_END};
	while (t->at < t->len && (t->bytes[t->at] == '\r' || t->bytes[t->at] == '\n'))
		t->at++;
	if (t->at == t->len)
		return;
	c = t->bytes[t->at++];
	out->byte = c;
	if (c == '\\')
		read_control(t, out);
	else
		out->type = c == '{' ? TOKEN_OPEN : c == '}' ? TOKEN_CLOSE : TOKEN_BYTE;
}
