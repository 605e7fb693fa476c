#ifndef BINARY_PUT_H
#define BINARY_PUT_H

#include "base/buf.h"
#include "base/flow.h"
#include "base/little.h"

struct flow_out;
struct reader;

/* Strings of binary office formats, as UTF-8. */

/* UTF-16LE.  What is no character makes the flow undecided. */
void utf16_put(struct flow_out *flow, struct span units);

/* The same up to the first NUL, for names and places: what is no character is U+FFFD.  Caller frees. */
char *utf16_text(struct span units);

/* UTF-16LE up to the NUL that ends it: how many bytes, without the NUL. */
size_t utf16_until_nul(struct span units);

/* What else text of bytes may be: words of UTF-16, and its lines that are of more than one charset, as hidden text at
 * "PLACE, read as UTF-16", "PLACE, read as GB18030". */
void narrow_others(struct reader *reader, const char *place, struct span bytes);

/* Text in a code page a document claims: it may be another one, as where a program did not know Chinese.  What
 * the page cannot settle is kept, and told under every charset by narrow_close(). */
struct narrow {
	struct reader *reader;
	unsigned page;     /* a Windows code page; 0: not known */
	struct buf doubts;
};
void narrow_put(struct narrow *narrow, struct flow_out *flow, struct span bytes);
char *narrow_text(struct narrow *narrow, struct span bytes); /* up to the first NUL; caller frees */
void narrow_close(struct narrow *narrow, enum flow_kind kind, const char *place);

#endif
