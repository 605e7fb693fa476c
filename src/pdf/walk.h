#ifndef PDF_WALK_H
#define PDF_WALK_H

#include "pdf_inside.h"

/* What a value is for, by the key it stands under. */
enum role {
	ROLE_NONE = 0,
	ROLE_ANNOTATION,
	ROLE_FIELD,
	ROLE_VALUE,      /* of a form field */
	ROLE_FILE,       /* an embedded file's stream */
	ROLE_FONT_FILE,
	ROLE_CMAP,
	ROLE_GLYPH,
	ROLE_SCRIPT,
	ROLE_MARKUP,     /* XMP, XFA, rich text */
	ROLE_THUMBNAIL,
	ROLE_MASK,
	ROLE_BYTES,      /* a string that is no text */
	ROLE_MEDIA,
	ROLE_LINK,
	ROLE_UP,         /* leads up or elsewhere: followed when everything nearer was */
	ROLE_KEPT,       /* like its surroundings */
};

/* Where the walk stands. */
struct spot {
	const char *place;   /* for people: "page 3, comment by 王伟" */
	const char *name;    /* of an embedded file */
	enum flow_kind kind; /* what strings are told as */
	enum role role;
	int number;          /* of the object all this stands in */
	unsigned depth;      /* of direct objects in each other */
	bool known;          /* the place says enough without the object's number */
};

struct visit {
	struct visit *next;
	int number, generation;
	struct spot spot;
};

struct walk {
	struct pdf *pdf;
	struct visit *first, *last, *late, *late_last;
	struct object_set pages;  /* of the page tree */
	char **places;
	size_t place_count;
	char **names;             /* each name once: a table of hashes, open */
	size_t name_count, name_room;
	struct buf name_lines;
	size_t told;              /* strings and streams so far */
};

/* walk.c */
const char *walk_place(struct walk *walk, const char *format, ...) PRINTF_LIKE(2, 3); /* lasts as long as the walk */
void walk_visit(struct walk *walk, qpdf_oh value, const struct spot *spot);
void walk_string(struct walk *walk, const struct spot *spot, const char *key, const char *bytes, size_t len);
void walk_entry(struct walk *walk, const char *key, qpdf_oh value, const struct spot *spot); /* of a dictionary */
void walk_run_near(struct walk *walk); /* until only what leads up is left */
void walk_run(struct walk *walk);      /* until nothing is left */

/* meaning.c: what the value under `key` is about. */
struct meaning {
	const char *key, *title;
	int kind; /* a flow_kind, or -1: like its surroundings */
	enum role role;
	enum observation observation;
};
const struct meaning *meaning_of(const char *key); /* NULL: of no key known */

/* Of a dictionary, by what it says of itself: the spot of what is in it.  Annotations, actions, files,
 * fields, signatures and pages are observed and read here. */
struct spot dict_spot(struct walk *walk, qpdf_oh dict, const struct spot *spot);

/* annotation.c */
struct spot annotation_spot(struct walk *walk, qpdf_oh dict, const struct spot *spot);
struct spot field_spot(struct walk *walk, qpdf_oh dict, const struct spot *spot);

/* names.c: names and keys that no standard has, each once. */
void names_add(struct walk *walk, const char *name);
void names_tell(struct walk *walk);

/* parts.c: the data of a stream, by what it is. */
void stream_tell(struct walk *walk, qpdf_oh stream, const struct spot *spot);
void file_tell(struct walk *walk, qpdf_oh spec, const struct spot *spot); /* a file specification with files in it */

#endif
