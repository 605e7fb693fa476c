#ifndef MAIL_MAIL_INSIDE_H
#define MAIL_MAIL_INSIDE_H

#include "base/buf.h"
#include "base/flow.h"

#include <stdbool.h>
#include <stddef.h>

struct reader;

/* A stretch of the message.  Borrowed. */
struct slice {
	const char *text;
	size_t len;
};

/* ---- slice.c */
bool slice_line(struct slice *rest, struct slice *line); /* the next line, without its end; false: no more */
struct slice slice_trim(struct slice s);                 /* no white space at either end */
bool slice_is(struct slice s, const char *word);         /* the same letters, whatever the case */
bool slice_starts(struct slice s, const char *word);
const char *slice_find(struct slice s, const char *word); /* the exact bytes; NULL: not there */
void add_valid(struct buf *out, const char *text, size_t len); /* as UTF-8; bytes that are none become "?" */
char *mail_place(const char *outer, const char *inner);      /* "outer > inner", or the one there is; caller frees */

/* ---- words.c: RFC 2047.  What a header says, and what another program would read in it. */
struct claim {
	struct buf bytes;
	char *charset; /* as it was called */
};
struct wording {
	struct buf text;   /* with its encoded words decoded, valid UTF-8 */
	struct buf others; /* other readings, a line each: words joined before decoding, backslashes taken off */
	struct claim *claims; /* decoded words their charset does not fit, or fits whatever they are */
	size_t claim_count;
	bool changed;      /* something was decoded */
};
void words_read(struct slice value, const char *charset, struct wording *out); /* `charset`: of bare 8-bit text, or NULL */
void wording_release(struct wording *wording);

/* ---- parameters.c: RFC 2045 5.1 and RFC 2231. */
struct parameter {
	char *name, *value; /* name in lower case; value decoded, valid UTF-8 */
	bool decoded;       /* it does not stand so in the header */
	bool twice;         /* given more than once, with different values */
};
struct parameters {
	char *type;         /* what is before the first ";", in lower case: "text/plain", "attachment"; never NULL */
	struct parameter *items;
	size_t count;
};
void parameters_read(struct slice value, struct parameters *out);
const char *parameters_get(const struct parameters *parameters, const char *name); /* NULL: not there */
bool parameters_twice(const struct parameters *parameters, const char *name);
void parameters_release(struct parameters *parameters);

/* ---- transfer.c: RFC 2045 6.7 and 6.8, uuencode, yEnc.  `out` gets what can be decoded; false: some of
 * it is damaged. */
bool mail_base64(struct slice encoded, struct buf *out);
bool mail_quoted(struct slice encoded, bool word, struct buf *out); /* word: RFC 2047's Q, "_" is a space */
bool mail_uu(struct slice lines, struct buf *out);                  /* what is between "begin" and "end" */
bool mail_yenc(struct slice lines, struct buf *out);                /* what is between "=ybegin" and "=yend" */

/* ---- head.c: a header block. */
struct field {
	struct slice name, value; /* as written, folded */
};
struct head {
	struct field *items;
	size_t count;
	struct parameters type, disposition; /* of Content-Type and Content-Disposition */
	bool has_type;
};
/* Takes the block and the empty line behind it off `rest`, and tells all of it. */
void head_read(struct reader *r, const char *place, struct slice *rest, struct head *out);
struct slice head_value(const struct head *head, const char *name); /* trimmed; empty: not there */
const char *head_charset(const struct head *head);                  /* NULL: none is claimed */
void head_release(struct head *head);
void headers_read(struct reader *r, const char *place, struct slice bytes); /* a block that has no body */

/* ---- entity.c: headers and a body (RFC 2045), and what is in the body. */
struct spot {
	const char *prefix; /* of the message: "", "message 3", "part 2" */
	const char *number; /* of the part within it: "", "1.2" */
	unsigned depth;
	bool digest;        /* a message when nothing else is said */
};
void entity_read(struct reader *r, const struct spot *spot, struct slice bytes);
void message_read(struct reader *r, const char *prefix, unsigned depth, struct slice bytes);

/* ---- leaf.c: a body that is no multipart, decoded. */
struct leaf {
	const char *place;        /* of the part: "part 1.2", "" */
	const struct head *head;
	unsigned depth;
	struct slice bytes;
};
void leaf_read(struct reader *r, const struct leaf *leaf);

/* ---- multipart.c */
void multipart_read(struct reader *r, const struct spot *spot, const struct head *head, struct slice body);

/* ---- armour.c: what a text carries besides: uuencoded and yEnc files, PGP and BinHex.  `rest` gets the text
 * without what is no text of any charset (yEnc). */
void armour_read(struct reader *r, const char *place, struct slice text, struct buf *rest);

/* ---- shapes.c: other ways programs show the lines of a text. */
void flowed_join(struct slice text, struct buf *out);    /* RFC 3676, DelSp=yes */
void calendar_unfold(struct slice text, struct buf *out);         /* RFC 5545 3.1, RFC 6350 3.2 */
void enriched_strip(struct slice text, struct buf *out); /* RFC 1896, without its commands */
void remote_observe(struct reader *r, const char *place, struct slice html); /* what opening it would fetch, and scripts */

/* ---- signed.c: S/MIME (RFC 8551).  True: `bytes` are CMS, and all was told. */
bool cms_read(struct reader *r, const char *place, unsigned depth, struct slice bytes);

#endif
