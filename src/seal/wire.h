#ifndef SEAL_WIRE_H
#define SEAL_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/* The SSH wire format (RFC 4251 section 5), read with nothing left over and written.  A reader that
 * met something wrong stays failed, so one check at the end is enough. */
struct wire {
	const unsigned char *at;
	size_t left;
	bool failed;
};

struct wire wire_of(const void *bytes, size_t len);
unsigned char wire_byte(struct wire *w);
uint32_t wire_u32(struct wire *w);
/* A borrowed string; NULL and 0 after a failure. */
const unsigned char *wire_string(struct wire *w, size_t *len);
bool wire_string_is(struct wire *w, const char *text); /* consumes it either way */
/* A positive mpint in its one encoding (no superfluous zero, not negative, not zero): its magnitude. */
const unsigned char *wire_mpint(struct wire *w, size_t *len);
bool wire_done(const struct wire *w); /* nothing failed and nothing is left */

void wire_add_u32(struct buf *out, uint32_t value);
void wire_add_string(struct buf *out, const void *bytes, size_t len);
void wire_add_text(struct buf *out, const char *text);
void wire_add_mpint(struct buf *out, const unsigned char *magnitude, size_t len);

#endif
