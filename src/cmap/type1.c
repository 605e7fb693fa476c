/* type1.c - the encoding of a Type 1 font, from the clear text before eexec (Adobe Type 1 Font Format,
 * 2.2).  What is encrypted behind it is outlines, and not looked at. */
#include "program_inside.h"

#include "token.h"

#include <string.h>

enum { CLEAR_MOST = 262144 };

static void read_encoding(struct program *p, struct tokens *in)
{
	struct token t, code = {TOKEN_END, "", 0, 0};

	while (cmap_token_next(in, &t) && !cmap_token_is(&t, "def") && !cmap_token_is(&t, "readonly") && !cmap_token_is(&t, "eexec")) {
		if (cmap_token_is(&t, "StandardEncoding"))
			p->standard_codes = true;
		if (t.kind == TOKEN_NUMBER)
			code = t;
		else if (t.kind == TOKEN_NAME && code.kind == TOKEN_NUMBER && code.number >= 0 && code.number < 256)
			p->code_names[code.number] = (struct slice){(const unsigned char *)t.text, t.len};
	}
}

bool type1_open(struct program *p, const struct slice *all)
{
	const struct slice clear = slice_of(all, all->len > 6 && all->bytes[0] == 0x80 ? 6 : 0, CLEAR_MOST);
	struct tokens in = {(const char *)clear.bytes, (const char *)clear.bytes + clear.len};
	struct token t;

	if (clear.len < 16 || memcmp(clear.bytes, "%!", 2) != 0)
		return false;
	p->kind = PROGRAM_TYPE1;
	while (cmap_token_next(&in, &t) && !cmap_token_is(&t, "eexec"))
		if (t.kind == TOKEN_NAME && t.len == 8 && memcmp(t.text, "Encoding", 8) == 0) {
			read_encoding(p, &in);
			break;
		}
	return true;
}
