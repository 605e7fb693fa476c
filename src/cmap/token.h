#ifndef CMAP_TOKEN_H
#define CMAP_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

/* PostScript, as far as CMaps and the clear text of Type 1 fonts need it: one token after the other. */
enum token_kind { TOKEN_END = 0, TOKEN_HEX, TOKEN_STRING, TOKEN_NAME, TOKEN_NUMBER, TOKEN_WORD, TOKEN_OPEN, TOKEN_CLOSE };

struct token {
	enum token_kind kind;
	const char *text; /* hex: the digits as they stand; name: without its slash */
	size_t len;
	long number;
};

struct tokens {
	const char *at, *end;
};

/* False at the end. */
bool cmap_token_next(struct tokens *in, struct token *out);
bool cmap_token_is(const struct token *token, const char *word);

#endif
