#ifndef POLICY_IMAGE_H
#define POLICY_IMAGE_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct digest;

/* Structures and all they point to, as one run of bytes that is used where it lies: pointers are
 * offsets until image_settle() makes pointers of them again.  What points where is told by tables. */
enum piece_kind {
	PIECE_TEXT = 0,
	PIECE_ONE,
	PIECE_ARRAY,
	PIECE_SHARED, /* a text nobody owns: a copy shows the image's */
};

struct piece {
	enum piece_kind kind;
	size_t at;                /* offset of the pointer in its structure */
	size_t count_at;          /* PIECE_ARRAY: of the size_t that counts */
	const struct shape *of;   /* PIECE_ONE, PIECE_ARRAY */
};

struct shape {
	size_t size;
	const struct piece *pieces;
	size_t piece_count;
};

/* Append `item` and what it points to; equal texts are kept once.  `out` is empty before. */
void image_write(const struct shape *shape, const void *item, struct buf *out);

/* Make the image at `base` (aligned as malloc does) usable; its first bytes are the item.  False: it
 * points outside of itself, and nothing in it may be used.  What it holds is not judged. */
bool image_settle(const struct shape *shape, char *base, size_t len);

/* `count` items and what they point to, as pieces of the heap that mem_grow() can go on with. */
void *image_copy(const struct shape *shape, const void *items, size_t count);

/* What a digest of the tables is made of: a program with other structures must not read the image. */
void image_layout(const struct shape *shape, struct buf *out);

#endif
