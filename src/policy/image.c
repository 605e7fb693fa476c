/* image.c - structures that can be put away and taken up again without being taken apart.
 *
 * Twenty thousand cases are a million pieces; allocating each again takes longer than a person wants
 * to wait for a list.  So they are written as they lie in memory, and used from there. */
#include "image.h"

#include "base/buf.h"
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const size_t ALIGN = 16;

/* Texts already written: offsets, found by hash.  0 is free, as no text is at the very beginning. */
struct texts {
	size_t *slots, size, count;
};

static uint64_t hash_of(const char *text)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (; *text != '\0'; text++)
		hash = (hash ^ (unsigned char)*text) * 0x100000001b3u;
	return hash ^ hash >> 32;
}

static void file_text(struct texts *t, const struct buf *out, size_t offset)
{
	size_t at = hash_of(out->data + offset) & (t->size - 1);

	while (t->slots[at] != 0)
		at = (at + 1) & (t->size - 1);
	t->slots[at] = offset;
	t->count++;
}

static void grow_texts(struct texts *t, const struct buf *out)
{
	const struct texts old = *t;

	t->size = old.size > 0 ? old.size * 2 : 1024;
	t->slots = mem_alloc(t->size, sizeof(*t->slots));
	t->count = 0;
	for (size_t i = 0; i < old.size; i++)
		if (old.slots[i] != 0)
			file_text(t, out, old.slots[i]);
	free(old.slots);
}

static size_t put_text(struct texts *t, struct buf *out, const char *text)
{
	const size_t offset = out->len;

	if (t->count * 2 >= t->size)
		grow_texts(t, out);
	for (size_t at = hash_of(text) & (t->size - 1); t->slots[at] != 0; at = (at + 1) & (t->size - 1))
		if (strcmp(out->data + t->slots[at], text) == 0)
			return t->slots[at];
	buf_add(out, text, strlen(text) + 1);
	file_text(t, out, offset);
	return offset;
}

static bool is_text(const struct piece *piece)
{
	return piece->kind == PIECE_TEXT || piece->kind == PIECE_SHARED;
}

static void *pointer_at(const void *item, size_t at)
{
	void *pointer;

	memcpy(&pointer, (const char *)item + at, sizeof(pointer));
	return pointer;
}

static size_t count_of(const struct piece *piece, const void *item)
{
	size_t count = 1;

	if (piece->kind == PIECE_ARRAY)
		memcpy(&count, (const char *)item + piece->count_at, sizeof(count));
	return count;
}

static size_t put_items(struct texts *t, struct buf *out, const struct shape *shape, const void *items, size_t count);

/* The pointer in the copy at `copy` becomes an offset; `out` may move meanwhile. */
static void put_piece(struct texts *t, struct buf *out, const struct piece *piece, const void *item, size_t copy)
{
	const void *pointer = pointer_at(item, piece->at);
	const size_t count = count_of(piece, item);
	uintptr_t offset = 0;

	if (pointer != NULL && is_text(piece))
		offset = put_text(t, out, pointer);
	else if (pointer != NULL && count > 0)
		offset = put_items(t, out, piece->of, pointer, count);
	memcpy(out->data + copy + piece->at, &offset, sizeof(offset));
}

static size_t put_items(struct texts *t, struct buf *out, const struct shape *shape, const void *items, size_t count)
{
	static const char zeros[16];
	size_t start;

	buf_add(out, zeros, (ALIGN - out->len % ALIGN) % ALIGN);
	start = out->len;
	buf_add(out, items, count * shape->size);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < shape->piece_count; k++)
			put_piece(t, out, &shape->pieces[k], (const char *)items + i * shape->size, start + i * shape->size);
	return start;
}

void image_write(const struct shape *shape, const void *item, struct buf *out)
{
	struct texts texts = {0};

	(void)put_items(&texts, out, shape, item, 1);
	buf_add_byte(out, '\0'); /* so that every text ends */
	free(texts.slots);
}

static bool settle_items(const struct shape *shape, char *base, size_t len, size_t at, size_t count);

/* Pieces lie behind what points to them, so there is no circle. */
static bool settle_piece(const struct piece *piece, char *base, size_t len, size_t item)
{
	uintptr_t offset;
	size_t count = count_of(piece, base + item);
	char *pointer = NULL;

	memcpy(&offset, base + item + piece->at, sizeof(offset));
	if (offset == 0)
		return piece->kind != PIECE_ARRAY || count == 0;
	if (offset >= len)
		return false;
	if (!is_text(piece) &&
	    (offset <= item || offset % ALIGN != 0 || count == 0 || count > (len - offset) / piece->of->size ||
	     !settle_items(piece->of, base, len, offset, count)))
		return false;
	pointer = base + offset;
	memcpy(base + item + piece->at, &pointer, sizeof(pointer));
	return true;
}

static bool settle_items(const struct shape *shape, char *base, size_t len, size_t at, size_t count)
{
	for (size_t i = 0; i < count && shape->piece_count > 0; i++)
		for (size_t k = 0; k < shape->piece_count; k++)
			if (!settle_piece(&shape->pieces[k], base, len, at + i * shape->size))
				return false;
	return true;
}

bool image_settle(const struct shape *shape, char *base, size_t len)
{
	return len > shape->size && base[len - 1] == '\0' && settle_items(shape, base, len, 0, 1);
}

static void copy_pieces(const struct shape *shape, char *item)
{
	for (size_t k = 0; k < shape->piece_count; k++) {
		const struct piece *piece = &shape->pieces[k];
		void *pointer = pointer_at(item, piece->at);

		if (piece->kind == PIECE_SHARED)
			continue;
		if (piece->kind == PIECE_TEXT)
			pointer = mem_copy_string(pointer);
		else if (pointer != NULL)
			pointer = image_copy(piece->of, pointer, count_of(piece, item));
		memcpy(item + piece->at, &pointer, sizeof(pointer));
	}
}

void *image_copy(const struct shape *shape, const void *items, size_t count)
{
	size_t capacity = 2;
	char *copy;

	if (count == 0)
		return NULL;
	while (capacity < count)
		capacity *= 2;
	copy = mem_alloc(capacity, shape->size);
	memcpy(copy, items, count * shape->size);
	for (size_t i = 0; i < count; i++)
		copy_pieces(shape, copy + i * shape->size);
	return copy;
}

void image_layout(const struct shape *shape, struct buf *out)
{
	buf_addf(out, "{%zu", shape->size);
	for (size_t k = 0; k < shape->piece_count; k++) {
		buf_addf(out, " %d %zu %zu", (int)shape->pieces[k].kind, shape->pieces[k].at, shape->pieces[k].count_at);
		if (shape->pieces[k].of != NULL)
			image_layout(shape->pieces[k].of, out);
	}
	buf_add_byte(out, '}');
}
