/* token.c - the tokens of PostScript that fonts and CMaps are written in.  Never more than what is there
 * is looked at, and each call takes at least one byte, so that reading ends. */
#include "token.h"

#include <string.h>

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\0';
}

static bool is_delimiter(char c)
{
	return c == '<' || c == '>' || c == '[' || c == ']' || c == '{' || c == '}' || c == '(' || c == ')' || c == '/' ||
	       c == '%';
}

static void skip_space(struct tokens *in)
{
	while (in->at < in->end && (is_space(*in->at) || *in->at == '%')) {
		if (*in->at == '%')
			while (in->at < in->end && *in->at != '\n' && *in->at != '\r')
				in->at++;
		else
			in->at++;
	}
}

static void take_string(struct tokens *in, struct token *out)
{
	size_t depth = 1;

	out->text = in->at;
	for (; in->at < in->end; in->at++) {
		if (*in->at == '\\' && in->at + 1 < in->end)
			in->at++;
		else if (*in->at == '(')
			depth++;
		else if (*in->at == ')' && --depth == 0)
			break;
	}
	out->len = (size_t)(in->at - out->text);
	in->at += in->at < in->end;
}

static void take_hex(struct tokens *in, struct token *out)
{
	const char *end = memchr(in->at, '>', (size_t)(in->end - in->at));

	out->text = in->at;
	out->len = (size_t)((end != NULL ? end : in->end) - in->at);
	in->at = end != NULL ? end + 1 : in->end;
}

static void take_word(struct tokens *in, struct token *out)
{
	out->text = in->at;
	while (in->at < in->end && !is_space(*in->at) && !is_delimiter(*in->at))
		in->at++;
	out->len = (size_t)(in->at - out->text);
}

static void read_number(struct token *out)
{
	const bool negative = out->len > 0 && out->text[0] == '-';
	long n = 0;

	for (size_t i = negative ? 1 : 0; i < out->len; i++) {
		if (out->text[i] < '0' || out->text[i] > '9' || n > 100000000)
			return;
		n = n * 10 + (out->text[i] - '0');
	}
	if (out->len > (negative ? 1u : 0u)) {
		out->kind = TOKEN_NUMBER;
		out->number = negative ? -n : n;
	}
}

bool cmap_token_next(struct tokens *in, struct token *out)
{
	*out = (struct token){TOKEN_END, "", 0, 0};
	skip_space(in);
	if (in->at == in->end)
		return false;
	const char c = *in->at;

	if (is_delimiter(c))
		in->at++;
	if (c == '(') {
		out->kind = TOKEN_STRING;
		take_string(in, out);
	} else if (c == '<' && (in->at == in->end || *in->at != '<')) {
		out->kind = TOKEN_HEX;
		take_hex(in, out);
	} else if (c == '/') {
		out->kind = TOKEN_NAME;
		take_word(in, out);
	} else if (c == '[' || c == ']') {
		out->kind = c == '[' ? TOKEN_OPEN : TOKEN_CLOSE;
	} else if (is_delimiter(c)) {
		out->kind = TOKEN_WORD;
		out->text = in->at - 1;
		out->len = 1;
		in->at += in->at < in->end && *in->at == c ? 1 : 0; /* << and >> */
	} else {
		out->kind = TOKEN_WORD;
		take_word(in, out);
		read_number(out);
	}
	return true;
}

bool cmap_token_is(const struct token *token, const char *word)
{
	return token->kind == TOKEN_WORD && strlen(word) == token->len && memcmp(word, token->text, token->len) == 0;
}
