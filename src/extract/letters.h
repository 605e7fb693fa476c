#ifndef EXTRACT_LETTERS_H
#define EXTRACT_LETTERS_H

#include <stddef.h>
#include <stdint.h>

/* The letters, ideographs and digits of a text, folded and without case: what is left to compare when two
 * readers set spaces, line ends and punctuation differently. */
struct letters {
	uint32_t *codes;
	uint32_t *origin; /* the byte of the text each comes from */
	size_t count, capacity;
};

/* `text` is valid UTF-8 of less than 2^31 bytes; origins of what is added count from its beginning. */
void letters_add(struct letters *letters, const char *text, size_t len);
void letters_release(struct letters *letters);

/* How many letters of `text` have none like them in `other`, each of which counts once; in any order. */
size_t letters_missing(const struct letters *text, const struct letters *other);

/* Calls `unseen` for each stretch of `text` (indexes into it, from, to) that stands nowhere in `other` in
 * this order, LETTERS_NEAR letters at a time. */
enum { LETTERS_NEAR = 8 };
void letters_unseen(const struct letters *text, const struct letters *other,
                    void (*unseen)(void *context, size_t from, size_t to), void *context);

#endif
