/* lexer.c - the words of a PDF, for what is read without qpdf: what stands between objects, and where
 * objects stand. */
#include "lexer.h"

#include "reader/reader.h"

#include <stdint.h>
#include <string.h>

static bool is_space(unsigned char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static bool is_delimiter(unsigned char c)
{
	return c != '\0' && strchr("()<>[]{}/%", c) != NULL;
}

/* One behind the bracket that closes the one at `at`, or the end. */
static size_t string_end(const struct lexer *lexer, size_t at)
{
	size_t depth = 0;

	for (; at < lexer->len; at++) {
		const unsigned char c = lexer->bytes[at];

		if (c == '\\')
			at++;
		else if (c == '(')
			depth++;
		else if (c == ')' && --depth == 0)
			return at + 1;
	}
	return lexer->len;
}

static size_t line_end(const struct lexer *lexer, size_t at)
{
	while (at < lexer->len && lexer->bytes[at] != '\n' && lexer->bytes[at] != '\r')
		at++;
	return at;
}

static size_t hex_end(const struct lexer *lexer, size_t at)
{
	const unsigned char *found = memchr(lexer->bytes + at, '>', lexer->len - at);

	return found != NULL ? (size_t)(found - lexer->bytes) + 1 : lexer->len;
}

static size_t word_end(const struct lexer *lexer, size_t at)
{
	while (at < lexer->len && !is_space(lexer->bytes[at]) && !is_delimiter(lexer->bytes[at]))
		at++;
	return at;
}

static enum token_type word_type(const struct lexer *lexer, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (lexer->bytes[i] < '0' || lexer->bytes[i] > '9')
			return TOKEN_WORD;
	return TOKEN_NUMBER;
}

bool lexer_next(struct lexer *lexer, struct token *token)
{
	size_t at = lexer->at;
	unsigned char c;
	bool twice;

	while (at < lexer->len && is_space(lexer->bytes[at]))
		at++;
	if (at >= lexer->len)
		return false;
	c = lexer->bytes[at];
	twice = at + 1 < lexer->len && lexer->bytes[at + 1] == c;
	*token = (struct token){.start = at};
	if (c == '%')
		*token = (struct token){TOKEN_COMMENT, at, line_end(lexer, at)};
	else if (c == '(')
		*token = (struct token){TOKEN_STRING, at, string_end(lexer, at)};
	else if (c == '/')
		*token = (struct token){TOKEN_NAME, at, word_end(lexer, at + 1)};
	else if ((c == '<' && twice) || c == '[' || c == '{')
		*token = (struct token){TOKEN_OPEN, at, at + (c == '<' ? 2 : 1)};
	else if (c == '<')
		*token = (struct token){TOKEN_HEX, at, hex_end(lexer, at)};
	else if (c == '>' || c == ']' || c == '}' || c == ')')
		*token = (struct token){TOKEN_CLOSE, at, at + (c == '>' && twice ? 2 : 1)};
	else
		*token = (struct token){word_type(lexer, at, word_end(lexer, at)), at, word_end(lexer, at)};
	lexer->at = token->end;
	return true;
}

bool token_is(const struct lexer *lexer, const struct token *token, const char *word)
{
	const size_t len = strlen(word);

	return token->end - token->start == len && memcmp(lexer->bytes + token->start, word, len) == 0;
}

size_t token_number(const struct lexer *lexer, const struct token *token)
{
	size_t value = 0;

	for (size_t i = token->start; i < token->end; i++) {
		if (value > SIZE_MAX / 100)
			return SIZE_MAX;
		value = value * 10 + (size_t)(lexer->bytes[i] - '0');
	}
	return value;
}

bool lexer_is_usual(const struct lexer *lexer, const struct token *token)
{
	static const char *const starts[] = {"%PDF-", "%%EOF", "%!PS", "%%Begin", "%%End", "%%Include", "%%Document"};
	const unsigned char *text = lexer->bytes + token->start;
	const size_t len = token->end - token->start;
	size_t high = 0;

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (len >= strlen(starts[i]) && len < 64 && memcmp(text, starts[i], strlen(starts[i])) == 0)
			return true;
	while (1 + high < len && text[1 + high] >= 0x80)
		high++;
	return len == 1 || (high >= 4 && high <= 8 && len == 1 + high);
}

/* A character after a backslash; how much of the source it took. */
static size_t escape(const unsigned char *at, size_t len, struct buf *out)
{
	static const char from[] = "nrtbf", to[] = "\n\r\t\b\f";
	const char *known = at[0] != '\0' ? strchr(from, at[0]) : NULL;
	unsigned value = 0;
	size_t n = 0;

	while (n < 3 && n < len && at[n] >= '0' && at[n] <= '7')
		value = value * 8 + (unsigned)(at[n++] - '0');
	if (n > 0)
		buf_add_byte(out, (char)value);
	else if (known != NULL)
		buf_add_byte(out, to[known - from]);
	else if (at[0] != '\n' && at[0] != '\r')
		buf_add_byte(out, (char)at[0]);
	return n > 0 ? n : at[0] == '\r' && len > 1 && at[1] == '\n' ? 2 : 1;
}

static void undo_string(const unsigned char *at, size_t len, struct buf *out)
{
	for (size_t i = 0; i < len;) {
		if (at[i] == '\\' && i + 1 < len) {
			i += 1 + escape(at + i + 1, len - i - 1, out);
			continue;
		}
		buf_add_byte(out, (char)at[i++]);
	}
}

static void undo_hex(const unsigned char *at, size_t len, struct buf *out)
{
	unsigned value = 0, digits = 0;

	for (size_t i = 0; i < len; i++) {
		const char *found = at[i] != '\0' ? strchr("0123456789abcdef", at[i] | 0x20) : NULL;

		if (found == NULL || is_space(at[i]))
			continue;
		value = value << 4 | (unsigned)(at[i] <= '9' ? at[i] - '0' : (at[i] | 0x20) - 'a' + 10);
		if (++digits % 2 == 0)
			buf_add_byte(out, (char)value);
	}
	if (digits % 2 == 1)
		buf_add_byte(out, (char)(value << 4));
}

static void undo(const struct lexer *lexer, const struct token *token, struct buf *out)
{
	const unsigned char *text = lexer->bytes + token->start + 1;
	const size_t len = token->end - token->start - 1;

	if (token->type == TOKEN_STRING)
		undo_string(text, len > 0 ? len - 1 : 0, out);
	else if (token->type == TOKEN_HEX)
		undo_hex(text, len, out);
	else
		buf_add(out, text, len);
}

void lexer_tell_bytes(struct pdf *pdf, const struct lexer *lexer, const struct token *token, const char *place)
{
	struct buf out = {0};

	undo(lexer, token, &out);
	reader_binary(pdf->reader, place, &(struct part){"", (const unsigned char *)out.data, out.len});
	buf_release(&out);
}

void lexer_tell(struct pdf *pdf, const struct lexer *lexer, const struct token *token, enum flow_kind kind, const char *place)
{
	struct buf out = {0};

	undo(lexer, token, &out);
	if (out.len > 0)
		string_tell(pdf, kind, place, out.data, out.len);
	buf_release(&out);
}
