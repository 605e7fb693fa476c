/* formula.c - strings in formulas ([MS-XLS] 2.5.198).
 *
 * A formula is tokens of known lengths; one of them is a string.  Where a token is not known the strings of what
 * is left are told as those of any bytes. */
#include "excel_inside.h"

#include "reader/reader.h"

enum { TOKEN_STRING = 0x17, TOKEN_ATTRIBUTE = 0x19, ATTRIBUTE_CHOOSE = 0x04 };

/* Bytes of a token of version 8, with itself; 0: not known. */
static size_t token_len(unsigned token)
{
	static const unsigned char plain[32] = {
		[0x01] = 5, 5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, [0x1C] = 2, 2, 3, 9,
	};
	static const unsigned char classed[32] = {
		[0x00] = 8, 3, 4, 5, 5, 9, 7, 7, 7, 3, 5, 9, 5, 9, [0x19] = 7, 7, 11, 7, 11,
	};

	if (token < 0x20)
		return plain[token];
	return token < 0x80 ? classed[token & 0x1F] : 0;
}

void formula_tell(struct book *book, struct span tokens, struct flow_out *flow)
{
	size_t at = 0;

	while (book->version == BIFF8 && at < tokens.len) {
		const unsigned token = span8(tokens, at);
		size_t len = token_len(token);

		if (token == TOKEN_STRING) {
			const bool wide = (span8(tokens, at + 2) & 1) != 0;
			const struct span text = span_cut(tokens, at + 3, span8(tokens, at + 1) * (size_t)(wide ? 2 : 1));

			if (wide)
				utf16_put(flow, text);
			else
				for (size_t i = 0; i < text.len; i++)
					flow_put_codepoint(flow, text.bytes[i]);
			flow_break(flow);
			len = 3 + text.len;
		} else if (token == TOKEN_ATTRIBUTE) {
			len = 4 + ((span8(tokens, at + 1) & ATTRIBUTE_CHOOSE) != 0 ? (span16(tokens, at + 2) + 1) * (size_t)2 : 0);
		}
		if (len == 0)
			break;
		at += len;
	}
	sheet_keep(book, span_from(tokens, at));
}
