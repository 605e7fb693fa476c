#ifndef PDF_PDF_INSIDE_H
#define PDF_PDF_INSIDE_H

#include "base/buf.h"
#include "base/flow.h"
#include "base/observation.h"

#include <qpdf/qpdf-c.h>
#include <stdbool.h>
#include <stddef.h>

struct reader;

enum { OBJECTS_MOST = 8388607 }; /* the largest number an object may have (32000-1, annex C) */

/* Which objects, by number. */
struct object_set {
	unsigned char *bits;
	size_t most; /* one above the largest number there is room for */
};

/* One PDF being read: the document, or an earlier version of it (PDF 32000-2, ISO 32000-2). */
struct pdf {
	struct reader *reader;
	qpdf_data qpdf;
	const unsigned char *bytes;
	size_t len;
	bool encrypted, damaged;     /* damaged: that was said */
	const char *place;           /* "" the document itself; else "earlier version 1" */
	const char *version;         /* the same with a comma, put before places: "earlier version 1, " */
	struct object_set seen;      /* met on the way from the trailer */
	struct object_set accounted; /* their stream data needs no more telling */
	struct object_set layers_off;
	const struct object_set *only; /* NULL: all; else the objects an earlier version has of its own */
	struct flow_out *flows[FLOW_KINDS];
	struct fonts *fonts;         /* font.c */
	struct kept_streams *kept;   /* inside.c */
};

/* ---- object.c: objects by handle.  Who gets a handle gives it back with object_drop(), or memory grows
 * with the document; dropping a handle does not drop the object.  Wrong types are no errors: there is
 * nothing there then. */
void object_drop(struct pdf *pdf, qpdf_oh oh);
int object_number(struct pdf *pdf, qpdf_oh oh); /* 0: direct */
bool object_is_null(struct pdf *pdf, qpdf_oh oh);
bool object_is_dict(struct pdf *pdf, qpdf_oh oh);   /* or a stream */
const char *object_name(struct pdf *pdf, qpdf_oh oh); /* "/Font"; "" when no name; until the next call */
bool object_string(struct pdf *pdf, qpdf_oh oh, const char **bytes, size_t *len); /* raw; until the next call */
bool object_number_value(struct pdf *pdf, qpdf_oh oh, double *value);

/* Of a dictionary, or of a stream's; null where there is none.  `key` with its slash. */
qpdf_oh dict_get(struct pdf *pdf, qpdf_oh dict, const char *key);
bool dict_has(struct pdf *pdf, qpdf_oh dict, const char *key); /* and it is not null */
bool dict_names(struct pdf *pdf, qpdf_oh dict, const char *key, const char *name); /* is the name there this one? */
bool dict_number(struct pdf *pdf, qpdf_oh dict, const char *key, double *value);
/* The string there as UTF-8, added to `out`; false when there is none. */
bool dict_text(struct pdf *pdf, qpdf_oh dict, const char *key, struct buf *out);
/* All keys, NULL behind the last; free with keys_free(). */
char **dict_keys(struct pdf *pdf, qpdf_oh dict, size_t *count);
void keys_free(char **keys);
size_t array_count(struct pdf *pdf, qpdf_oh array);
qpdf_oh array_get(struct pdf *pdf, qpdf_oh array, size_t index);

bool set_has(const struct object_set *set, int number);
bool set_add(struct object_set *set, int number); /* false: it was there, or is above OBJECTS_MOST; 0 never is */
void set_release(struct object_set *set);

/* The data of this stream (or of its inline picture) has been told, or drawn as text: nothing more is to be. */
void stream_account(struct pdf *pdf, qpdf_oh stream);

/* ---- stream.c: data behind its filters, each size counted with the reader.  False: not all of it could
 * be decoded and undecided was said by the object's number; what could be is in `out`.  `*picture`: the
 * filter only a picture has and that is left on ("DCTDecode"), or NULL. */
bool stream_decode(struct pdf *pdf, qpdf_oh stream, struct buf *out, const char **picture);
/* The same for data that stands in a page: an inline picture, its dictionary's keys spelled out. */
bool data_decode(struct pdf *pdf, qpdf_oh dict, const char *place, struct buf *data, const char **picture);

/* ---- string.c: a text string (7.9.2.2: UTF-16 and UTF-8 by their mark, else PDFDocEncoding) as UTF-8,
 * added to `out`.  False: it has no mark and bytes beyond ASCII, so it may be in any charset. */
bool string_decode(const char *bytes, size_t len, struct buf *out);
/* Tell a string; where its charset is not sure, under every charset it is valid in besides. */
void string_tell(struct pdf *pdf, enum flow_kind kind, const char *place, const char *bytes, size_t len);
void string_tell_end(struct pdf *pdf); /* close what flows are open */

/* ---- layers.c: is what belongs to this optional content (a group, or a membership) not shown? */
void layers_read(struct pdf *pdf);
bool layer_is_hidden(struct pdf *pdf, qpdf_oh content);

/* ---- page.c and what is behind it: text that is drawn. */
struct content_seen {
	bool text;     /* some is drawn, whatever becomes of it */
	bool pictures; /* XObject or inline */
	bool drawing;  /* paths painted, shadings: may be letters */
};

/* The text of one page with all it draws by Do, patterns and Type 3 fonts.  `place`: "page 3".  `kind`:
 * FLOW_BODY, or what all of it is to be told as.  What is read is accounted for (stream_account), comments
 * and strings in the content that are not drawn are told as hidden text. */
void page_text(struct pdf *pdf, qpdf_oh page, const char *place, enum flow_kind kind, struct content_seen *seen);

/* The same of one content stream outside a page: an appearance, a form no page draws, a tiling pattern, a
 * glyph of a Type 3 font.  `resources`: for a stream without its own; may be null. */
void content_text(struct pdf *pdf, qpdf_oh stream, qpdf_oh resources, const char *place, enum flow_kind kind,
                  struct content_seen *seen);

/* Forget the fonts and streams that were kept for the next page. */
void page_forget(struct pdf *pdf);

#endif
