#ifndef EXTRACT_DOCUMENT_INSIDE_H
#define EXTRACT_DOCUMENT_INSIDE_H

#include "extract/document.h"

struct err;
struct message;

/* `place` is copied, `text` and `origin` are taken over. */
struct flow *document_add(struct document *doc, enum flow_kind kind, const char *place, char *text, size_t len,
                          uint32_t *origin);
void document_undecided(struct document *doc, char *why); /* the first reason is kept; `why` is taken over */
void document_observe(struct document *doc, enum observation what, const char *place, size_t len);

/* What is encoded inside the flow at `index` becomes flows of its own. */
void document_add_islands(struct document *doc, size_t index);

/* Text in a charset nobody knows for sure. */
struct text_source {
	enum flow_kind kind;
	const char *place;   /* "", or where in a document it was found */
	const char *name;    /* of a file, for what its ending says */
	const char *charset; /* the one it claims, or NULL */
	const char *bytes;
	size_t len;
	uint64_t at;         /* of its first byte */
	bool extracted;
};
void document_add_text(struct document *doc, const struct text_source *source);

/* What a reader's eye joins and no flow does, as flows more: the ends of pages (page_ends.c), the cells of a
 * column (columns.c). */
void document_join_pages(struct document *doc);
void document_join_cells(struct document *doc);

/* One message of the worker about the document; MESSAGE_SECOND is not for here. */
void document_add_told(struct document *doc, const struct message *message);

/* Parts the reader of a document gave back, for another reader. */
struct inner {
	char *place, *bytes;
	size_t len;
};
struct inners {
	struct inner *items;
	size_t count;
};
void inners_add(struct inners *inners, const char *within, const struct message *message);

/* Read a PDF, which is the document or stands at `place` in it, by the second reader, and add to the document
 * what that has and the flows there are have not.  Pages without text that were drawn go to `pictures`. */
void second_reading(struct document *doc, const struct inner *pdf, struct inners *pictures);

/* Read by the worker, as `name`; `title` is what a message calls its format. */
void worker_read(struct document *doc, const char *name, const char *title, const void *bytes, size_t len);

#endif
