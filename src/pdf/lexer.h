#ifndef PDF_LEXER_H
#define PDF_LEXER_H

#include "pdf_inside.h"

/* Bytes of a PDF as tokens (ISO 32000-2, 7.2), whatever they are: nothing is an error. */
struct lexer {
	const unsigned char *bytes;
	size_t len, at;
};

enum token_type {
	TOKEN_WORD = 0, /* a keyword, or anything else that stands together */
	TOKEN_NUMBER,   /* digits only: of an object, an offset */
	TOKEN_NAME,
	TOKEN_STRING,   /* in brackets */
	TOKEN_HEX,
	TOKEN_OPEN,     /* of an array, a dictionary */
	TOKEN_CLOSE,
	TOKEN_COMMENT,  /* from % to the end of the line */
};
struct token {
	enum token_type type;
	size_t start, end;
};

bool lexer_next(struct lexer *lexer, struct token *token); /* false: no more */
bool token_is(const struct lexer *lexer, const struct token *token, const char *word);
size_t token_number(const struct lexer *lexer, const struct token *token); /* SIZE_MAX: too large */

/* A comment every PDF or PostScript file has: "%PDF-1.7", "%%EOF", four high bytes. */
bool lexer_is_usual(const struct lexer *lexer, const struct token *token);

/* Tell a string, undone from its brackets, or a comment. */
void lexer_tell(struct pdf *pdf, const struct lexer *lexer, const struct token *token, enum flow_kind kind, const char *place);

/* The same of a string that need not be text. */
void lexer_tell_bytes(struct pdf *pdf, const struct lexer *lexer, const struct token *token, const char *place);

#endif
