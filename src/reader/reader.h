#ifndef READER_READER_H
#define READER_READER_H

#include "base/err.h"
#include "base/flow.h"
#include "base/observation.h"

#include <stdbool.h>
#include <stddef.h>

/* One document being read, seen from the code that knows a format.  It is told everything there is:
 * texts with their places, what was noticed besides, what could not be read, and the documents inside.
 * It keeps the counts, so that no document can unpack, nest or say more than the limits allow: what is
 * told beyond them is dropped and the document is undecided.  Only in the worker; one thread. */
struct reader;

/* Something to be read.  Borrowed for the call. */
struct part {
	const char *name; /* UTF-8, as its container calls it; "" is none; it decides nothing bytes decide */
	const unsigned char *bytes;
	size_t len;
};

/* ---- Texts.  A flow is text that belongs together: a body, a sheet, a comment.  Several may be open
 * at once; each is told when it is closed, an empty one not at all.  `place` is for people and within
 * this part: "", "Sheet2", "slide 7 notes", "comment by 王伟". */
struct flow_out *flow_open(struct reader *r, enum flow_kind kind, const char *place_format, ...) PRINTF_LIKE(3, 4);

/* What is put from here on stands at this place, in full: "paragraph 12", "Sheet2!B14", "page 3".
 * Findings name it instead of the flow's place; a match over several names each. */
void flow_at(struct flow_out *flow, const char *place_format, ...) PRINTF_LIKE(2, 3);

/* UTF-8.  Bytes that are not make the document undecided; NULs become spaces. */
void flow_put(struct flow_out *flow, const char *text, size_t len);
void flow_put_string(struct flow_out *flow, const char *text);
void flow_put_codepoint(struct flow_out *flow, unsigned long codepoint); /* U+FFFD and undecided when it is none */
/* What is put into it, other flows of this part show too, in another order: a match in both is one. */
void flow_again(struct flow_out *flow);
void flow_break(struct flow_out *flow);                /* the end of a line or paragraph, if anything is before it */
size_t flow_len(const struct flow_out *flow);
void flow_close(struct flow_out *flow);                /* told, and freed */

/* A whole flow in one call. */
void reader_text(struct reader *r, enum flow_kind kind, const char *place, const char *text, size_t len);

/* Text in a charset that is not known, or only claimed (`charset`: a name, or NULL): it is read under
 * every charset it is valid in, the claimed one first.  Also for HTML and XML nobody has a better reader
 * for: tags and entities are taken care of where its first words, or the ending of `place` (where that is
 * "", of the part's name), say that it is markup. */
void reader_bytes(struct reader *r, enum flow_kind kind, const char *place, const char *charset,
                  const unsigned char *bytes, size_t len);

/* ---- What is not text. */
void reader_observe(struct reader *r, enum observation what, const char *place_format, ...) PRINTF_LIKE(3, 4);

/* It was not read in full, and why: "encrypted", "compressed in a way not known: 12".  The document must
 * not be published.  The part's place is put before it. */
void reader_undecided(struct reader *r, const char *why_format, ...) PRINTF_LIKE(2, 3);

/* ---- Parts inside.  Read as a document of its own, by what its bytes are; `place` is what people call
 * it: "attachment b.docx", "picture 2".  Its name is told as a FLOW_FILENAME. */
void reader_part(struct reader *r, const char *place, const struct part *part);

/* The same for a part that has no bytes of its own, like a storage of a compound file: `read` tells what is in
 * it, at places within `place`.  Not called beyond a limit. */
void reader_inside(struct reader *r, const char *place, void (*read)(struct reader *r, void *context), void *context);

/* A picture somebody may be able to read the text of.  Does nothing where nobody wants any. */
bool reader_wants_pictures(const struct reader *r);
void reader_picture(struct reader *r, const char *place, const void *bytes, size_t len);

/* A PDF inside another document is to be read by the second reader too; who asked has one that is a document
 * of its own. */
void reader_second(struct reader *r, const struct part *part);

/* The same, when only the kind of part is known to hold no text (a font, printer settings): its strings
 * in any encoding (runs of printable ASCII, UTF-8, UTF-16, GB18030, Big5, EUC-TW, Shift-JIS) are told as hidden text.  Returns how many bytes
 * of text that is. */
size_t reader_binary(struct reader *r, const char *place, const struct part *part);

/* ---- When it is to be cleaned instead (cleaner/cleaner.h): the new file in pieces, what is not in it any
 * more, and what still is. */
void reader_cleaned(struct reader *r, const void *bytes, size_t len);
void reader_removed(struct reader *r, const char *what_format, ...) PRINTF_LIKE(2, 3);
void reader_kept(struct reader *r, const char *what_format, ...) PRINTF_LIKE(2, 3);

/* ---- Limits. */
/* Count `bytes` as unpacked from `packed` bytes of input.  False: beyond what is allowed, undecided was
 * said, stop.  Ask before memory is allocated. */
bool reader_may_unpack(struct reader *r, size_t bytes, size_t packed);

/* Count one more entry, object or part.  False: too many, stop. */
bool reader_may_enter(struct reader *r);

/* Something of `len` bytes at `bytes` was made while reading and nothing may go on once this is true:
 * a limit was reached.  For loops. */
bool reader_stopped(const struct reader *r);

#endif
