#ifndef PDF_COVER_H
#define PDF_COVER_H

#include "lexer.h"

/* One place in the file where an object stands. */
struct occurrence {
	int number, generation;
	size_t start, end;   /* of "12 0 obj ... endobj"; in an object stream, of the object in its data */
	size_t data;         /* behind "obj" */
	int holder;          /* the number of the object stream it is in, or 0 */
	bool is_objects;     /* it is an object stream */
	bool is_references;  /* it is a cross-reference stream */
};

/* Every byte of the file, and whose it is. */
struct cover {
	struct pdf *pdf;
	struct occurrence *items; /* sorted by number, then as they stand in the file */
	size_t count;
	struct object_set listed; /* all their numbers */
	struct object_set usual;  /* what nothing refers to and every file of its kind has: the hints of a linear one */
	size_t references;        /* what the last "startxref" says */
	size_t hints;             /* where the hints of a linear file are said to be, or 0 */
	bool full;
};

/* Finds all objects, and tells what is no object: comments, old trailers, stray bytes, bytes behind the end. */
void cover_read(struct cover *cover);
void cover_release(struct cover *cover);

void cover_add(struct cover *cover, const struct occurrence *item);

/* objstm.c: add the objects in this object stream; bytes in it that are no object are told. */
void objects_in(struct cover *cover, int holder);
bool objects_data(struct pdf *pdf, int holder, struct buf *data); /* what they stand in */

/* earlier.c: objects that later ones of the same number hide, and those no table lists. */
void earlier_read(struct cover *cover);

/* document.c */
void objects_read(struct pdf *pdf, const struct cover *cover);

/* pdf.c: false, and undecided was said, when it cannot be opened. */
bool pdf_open(struct pdf *pdf);
void pdf_close(struct pdf *pdf);

#endif
