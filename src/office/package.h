#ifndef OFFICE_PACKAGE_H
#define OFFICE_PACKAGE_H

#include "base/buf.h"
#include "base/flow.h"
#include "base/observation.h"
#include "labels.h"
#include "values.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct flow_out;
struct reader;
struct zip;
struct zip_entry;

/* One relationship: who (an entry; the count of entries: the package itself), to what. */
struct relation {
	size_t from, to; /* `to` is the count where it leads outside or to nothing */
	char *id, *type, *target; /* type: its last word, "header" */
	bool external;
};

/* What a cell looks like, by the number of its style. */
struct cell_look {
	bool hidden; /* white on nothing, tiny, or a number format that shows nothing */
};

/* An Office Open XML package while it is read. */
struct package {
	struct reader *reader;
	struct zip *zip;
	size_t count;             /* of entries */
	struct relation *relations;
	size_t relation_count;
	struct package_part {
		char *label;      /* for people: "Sheet2", "slide 7 notes"; NULL: none yet */
		const char *type; /* of a relation to it; "" none */
		bool done, reached, hidden;
	} *parts;                 /* of the same index as the entries */
	struct values values;     /* attribute values told */
	struct values hidden_styles; /* ids of styles whose text is not shown */
	struct labels labels;     /* of lists (numbering.c) */
	struct author {
		char *id, *name;
	} *authors;
	size_t author_count;
	struct shared_string {
		size_t start, len; /* in `strings` */
		bool used;
	} *shared;
	size_t shared_count;
	struct buf strings;
	struct cell_look *looks;
	size_t look_count;
	int64_t slide_width, slide_height; /* 0: not known */
	size_t pictures;          /* parts that are pictures of the document */
	size_t characters;        /* of visible text */
};

struct kind;

/* One of these reads each XML part, chosen by its root element; parts.c has the table. */
struct kind {
	const char *root;
	const char *title;       /* for people; "" the document itself */
	enum flow_kind text;
	enum observation observation;
	bool loose_is_text;      /* text outside paragraphs is as good as any */
	void (*read)(struct package *package, size_t index, const struct kind *kind, const char *bytes, size_t len);
};

/* parts.c: read entry `index` by what it is. */
void part_read(struct package *package, size_t index);

/* relations.c */
void relations_read(struct package *package, size_t index);  /* an entry that ends in .rels */
void relations_reach(struct package *package);               /* mark what the package leads to */
/* The part relation `id` of part `from` leads to; the count of entries: none. */
size_t relation_target(const struct package *package, size_t from, const char *id);

/* A text part: paragraphs, runs, tables, comments; and every part nobody else reads (story.c). */
void story_read(struct package *package, size_t index, const struct kind *kind, const char *bytes, size_t len);

/* numbering.c: the definitions of lists, before whatever is in one. */
void numbering_read(struct package *package, size_t index, const struct kind *kind, const char *bytes, size_t len);

/* workbook.c */
void workbook_read(struct package *package, size_t index, const struct kind *kind, const char *bytes, size_t len);
void strings_read(struct package *package, size_t index, const struct kind *kind, const char *bytes, size_t len);
void strings_tell_unused(struct package *package);
void looks_read(struct package *package, size_t index, const struct kind *kind, const char *bytes, size_t len);

/* sheet.c */
void sheet_read(struct package *package, size_t index, const struct kind *kind, const char *bytes, size_t len);

/* biff12.c: a part of an xlsb workbook.  False: it is none. */
bool biff12_read(struct package *package, size_t index, const char *bytes, size_t len);

/* slides.c */
void presentation_read(struct package *package, size_t index, const struct kind *kind, const char *bytes, size_t len);
void authors_read(struct package *package, size_t index, const struct kind *kind, const char *bytes, size_t len);

/* package.c */
const char *package_label(const struct package *package, size_t index);
void package_set_label(struct package *package, size_t index, bool hidden, char *label); /* takes it over; keeps the first */
/* A value, or all of an element's names and values, on lines of `rest` of their own; each told once a package. */
void package_tell(struct package *package, struct flow_out *rest, const char *text, size_t len);
void package_tell_element(struct package *package, struct flow_out *rest, const char *name, const char *const *attributes);
const char *package_author(const struct package *package, const char *id); /* "" when not known */

#endif
