#ifndef OFFICE_STORY_INSIDE_H
#define OFFICE_STORY_INSIDE_H

#include "package.h"

enum { STORY_DEEPEST = 260 };

struct story;
struct level;

/* What an element means in a text part, by its local name. */
struct word {
	const char *name;
	void (*start)(struct story *story, struct level *level, const char *const *attributes);
	void (*end)(struct story *story, struct level *level);
	bool shape; /* what can be hidden or off the page as one */
};

/* An open element. */
struct level {
	const struct word *word; /* NULL: none of ours */
	bool hides;              /* what is in it is not seen */
	bool shaded;             /* it has a colour behind it */
	bool text;               /* its characters are text, not layout */
	bool inserts;            /* what is in it was not there before */
};

struct paragraph {
	struct buf seen, all, former; /* former: before somebody inserted, once somebody did */
	bool differs, inserted;
	bool runs_on; /* its text goes on in the next one: a large first letter */
};

/* A text part being read. */
struct story {
	struct package *package;
	const struct kind *kind; /* NULL: only attributes */
	size_t index;
	const char *label;
	struct flow_out *text, *hidden, *rest;
	struct level levels[STORY_DEEPEST];
	size_t depth;
	struct paragraph *paragraphs;
	size_t open;             /* paragraphs in paragraphs */
	struct buf loose, field;
	struct {
		bool vanish, white, tiny;
	} run;
	unsigned hiding, changing, inserting, falling_back, in_text, in_field; /* how many open elements are such */
	size_t number;           /* of the paragraph */
	char pending;            /* what separates the next paragraph from the last; 0: nothing does */
	char *own_place;         /* of a comment or a note; NULL: none */
	char *style;             /* the id of the style being defined */
	char *list, *list_level; /* of the paragraph that begins; NULL: none said so far */
	struct values told;      /* paragraphs */
	unsigned noticed[OBSERVATIONS];
	int64_t x, y;
	size_t characters, pictures;
};

/* words.c */
const struct word *word_of(const char *local);

/* marks.c: what elements that hide or change text do; the table is in words.c. */
void mark_run_start(struct story *story, struct level *level, const char *const *attributes);
void mark_inserted_start(struct story *story, struct level *level, const char *const *attributes);
void mark_changed_start(struct story *story, struct level *level, const char *const *attributes);
void mark_colour_start(struct story *story, struct level *level, const char *const *attributes);
void mark_drawing_properties(struct story *story, struct level *level, const char *const *attributes);
void mark_extent_start(struct story *story, struct level *level, const char *const *attributes);
void mark_fallback_start(struct story *story, struct level *level, const char *const *attributes);
void mark_former_start(struct story *story, struct level *level, const char *const *attributes);
void mark_highlight_start(struct story *story, struct level *level, const char *const *attributes);
void mark_offset_start(struct story *story, struct level *level, const char *const *attributes);
void mark_picture_start(struct story *story, struct level *level, const char *const *attributes);
void mark_properties_start(struct story *story, struct level *level, const char *const *attributes);
void mark_removed_start(struct story *story, struct level *level, const char *const *attributes);
void mark_shading_start(struct story *story, struct level *level, const char *const *attributes);
void mark_size_start(struct story *story, struct level *level, const char *const *attributes);
void mark_slide_start(struct story *story, struct level *level, const char *const *attributes);
void mark_style_defined(struct story *story, struct level *level, const char *const *attributes);
void mark_style_used(struct story *story, struct level *level, const char *const *attributes);
void mark_vanish_start(struct story *story, struct level *level, const char *const *attributes);
void mark_run_end(struct story *story, struct level *level);
void mark_fallback_end(struct story *story, struct level *level);
void mark_former_end(struct story *story, struct level *level);
void mark_style_end(struct story *story, struct level *level);

/* numbering.c: what says that a paragraph belongs to a list; its label is put before its text. */
void numbering_list_start(struct story *story, struct level *level, const char *const *attributes);
void numbering_level_start(struct story *story, struct level *level, const char *const *attributes);
void numbering_style_used(struct story *story, struct level *level, const char *const *attributes);
void numbering_bullet_start(struct story *story, struct level *level, const char *const *attributes);
void numbering_properties_end(struct story *story, struct level *level);

/* story.c */
void story_put(struct story *story, const char *text, size_t len);
void story_paragraph_begin(struct story *story);
void story_paragraph_end(struct story *story);
void story_field_end(struct story *story);
/* "paragraph 12", "slide 7", "comment by 王伟": where we are.  Caller frees. */
char *story_place(const struct story *story);
/* Once for each place and the first few places of a part. */
void story_notice(struct story *story, enum observation what);
struct level *story_enclosing(struct story *story, const char *const *names); /* the nearest open one; NULL */
void story_hide(struct story *story, struct level *level);

#endif
