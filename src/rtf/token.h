#ifndef RTF_TOKEN_H
#define RTF_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

/* What RTF is made of (RTF 1.9.1, "RTF syntax"). */
enum token_type {
	TOKEN_END = 0,
	TOKEN_OPEN,   /* { */
	TOKEN_CLOSE,  /* } */
	TOKEN_WORD,   /* \par, \fs24 */
	TOKEN_SYMBOL, /* \~, \*: `byte` is the character */
	TOKEN_BYTE,   /* one byte of text, as it stands or as \'hh */
	TOKEN_BINARY, /* \binN and the N bytes behind it */
};

enum { TOKEN_WORD_MOST = 40 };

struct token {
	enum token_type type;
	char word[TOKEN_WORD_MOST + 1]; /* a longer one is cut; no word known here is as long */
	bool has_value, escaped;        /* escaped: the byte was written \'hh */
	long value;                     /* of a word without one: 1, what switches mean by that */
	unsigned char byte;
	const unsigned char *bytes;
	size_t len;
};

struct tokens {
	const unsigned char *bytes;
	size_t len, at;
	bool damaged; /* something is written in a way no reader of RTF would know what to do with */
};

/* The next one; TOKEN_END for ever once all are read. */
void token_next(struct tokens *tokens, struct token *out);

#endif
