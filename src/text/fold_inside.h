#ifndef TEXT_FOLD_INSIDE_H
#define TEXT_FOLD_INSIDE_H

#include "fold_table.h"
#include "text/fold.h"

/* White space not yet written: what stands for it depends on what follows. */
struct fold_gap {
	bool open;
	uint32_t breaks;
	size_t at; /* of the source */
};

/* Something was dropped: remembered until the next character says whether it hid inside a word. */
struct fold_hidden {
	bool open, bidi, mark;
};

struct folder {
	const unsigned char *in;
	size_t at, len;
	struct folded out;
	struct fold_gap gap;
	struct fold_hidden hidden;
	size_t asterisk;        /* 1 + where in `out` one stands that may be a star; 0: none */
	bool star_before_gap;   /* it became one, and a line ends behind it */
	bool alike;             /* the last word has letters that look like Latin ones */
	uint32_t styled;        /* letters drawn as other signs, directly before */
	size_t styled_from;
	size_t disguise_capacity, break_capacity;
};

static inline enum char_class class_of(uint32_t c)
{
	return (enum char_class)class_pages[class_index[c / FOLD_PAGE]][c % FOLD_PAGE];
}

/* The last folded character, 0 when there is none; *at is where it begins. */
uint32_t folder_last(const struct folder *f, size_t *at);

/* The plain characters at hand, at most `most` (16 or more) bytes of them, straight out; the text must be
 * settled.  False: the next character is not plain. */
bool folder_copy_plain(struct folder *f, size_t most);

/* From here on, folded bytes come from `source`: one by one, or (FOLD_ONE) all from one character. */
void folder_start_run(struct folder *f, size_t source, uint32_t one);
void folder_reserve_runs(struct folder *f, size_t more);

/* The open gap is a break, for which `width` bytes will stand. */
struct fold_break *folder_add_break(struct folder *f, uint8_t width);

/* Append one character that comes from source byte `origin`, as it is. */
void folder_add(struct folder *f, uint32_t c, size_t origin);

/* Forget folded bytes from `at` on; breaks there stay, they are the caller's to mend. */
void folder_cut(struct folder *f, size_t at);

/* Forget folded bytes before `keep`. */
void folded_forget(struct folded *f, size_t keep);

/* The word that ends the folded text: if it is Latin but for look-alikes, make those Latin. */
void folder_end_word(struct folder *f);

/* A mark joins the character before it, as NFC would; false: there is no such character. */
bool folder_join_mark(struct folder *f, uint32_t mark);

/* Remember one; what overlaps the last one of its kind widens it, so that a word is listed once. */
void folder_disguise(struct folder *f, enum disguise_kind kind, size_t start, size_t end);

#endif
