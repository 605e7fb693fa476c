#ifndef OFFICE_ODF_H
#define OFFICE_ODF_H

#include "base/buf.h"
#include "base/flow.h"
#include "base/observation.h"
#include "labels.h"
#include "values.h"

#include <stdbool.h>
#include <stddef.h>

struct flow_out;
struct odf_word;
struct reader;
struct zip;

/* An OpenDocument container while it is read. */
struct odf {
	struct reader *reader;
	struct zip *zip;
	struct values listed, encrypted; /* names of parts, by the manifest */
	struct values told;              /* attribute values */
	struct values hidden;            /* names of styles that hide text, a table or a slide */
	struct labels labels;            /* "L1 2": what stands before items of its second level; " 1": before headings */
	size_t pictures, characters;
};

/* odf_text.c: an XML part with text: content, styles, meta, settings, or all of them in one. */
void odf_text(struct odf *odf, const char *name, const char *bytes, size_t len);

enum { ODF_DEEPEST = 260 };

/* An open element. */
struct odf_level {
	const struct odf_word *word;
	bool hides;
	enum flow_kind kind; /* what text was before it */
	char *place;         /* the same; of a list: the list style before it */
	size_t floor;        /* the same */
	size_t repeated;     /* of cells and rows */
};

/* A part being read. */
struct odf_walk {
	struct odf *odf;
	const char *label;       /* "" the document's own */
	struct flow_out *flows[FLOW_KINDS], *rest;
	struct odf_level levels[ODF_DEEPEST];
	size_t depth;
	struct odf_paragraph {
		struct buf seen, all;
		bool differs;
		size_t row, column;
	} *paragraphs;
	size_t open, floor;      /* text within what is below the floor is of another paragraph */
	struct buf loose;
	enum flow_kind kind;
	char *place;             /* of what is open; NULL: it is counted */
	char *style, *table, *list; /* list: its style, of that being defined or of the items */
	unsigned hiding, sheets, tables, inside, lists;
	bool item;               /* of a list, whose first paragraph is still to come */
	size_t number, page, row, column;
	struct {
		size_t from, to;
	} *hidden_columns;
	size_t hidden_column_count;
	unsigned noticed[OBSERVATIONS];
};

/* What an element means, by its local name. */
struct odf_word {
	const char *name;
	void (*start)(struct odf_walk *walk, struct odf_level *level, const char *const *attributes);
	void (*end)(struct odf_walk *walk, struct odf_level *level);
};

/* odf_words.c */
const struct odf_word *odf_word_of(const char *local);

/* odf_lists.c: where lists and their styles begin and end. */
void odf_outline_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes);
void odf_list_style_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes);
void odf_list_style_end(struct odf_walk *walk, struct odf_level *level);
void odf_label_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes);
void odf_list_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes);
void odf_list_end(struct odf_walk *walk, struct odf_level *level);
void odf_item_start(struct odf_walk *walk, struct odf_level *level, const char *const *attributes);
void odf_put_label(struct odf_walk *walk, const char *const *attributes); /* of the paragraph that begins, if it has one */

/* odf_text.c */
void odf_put(struct odf_walk *walk, const char *text, size_t len);
void odf_paragraph_begin(struct odf_walk *walk);
void odf_paragraph_end(struct odf_walk *walk);
void odf_hide(struct odf_walk *walk, struct odf_level *level);
void odf_notice(struct odf_walk *walk, enum observation what);
char *odf_place(const struct odf_walk *walk); /* caller frees */

#endif
