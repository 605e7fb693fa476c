/* many.c - one file after the other, scanned side by side. */
#include "scan/many.h"

#include "base/buf.h"
#include "base/crew.h"
#include "base/mem.h"
#include "scan/finding.h"
#include "scan/scanner.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* To start a thread takes as long as to scan so many bytes of text; a document that is no plain text costs a process,
 * whatever its size. */
enum { ENOUGH_BYTES = 32 * 1024, PROCESS = ENOUGH_BYTES, WAITING_MOST = 16 * 1024 * 1024, LOOKED_AT = 1024 };

struct one {
	struct scanner *scanner;
	char *path;
	unsigned mode;
	struct buf bytes;
	struct scanned_file found;
};

struct scan_many {
	struct scanner *scanner;
	struct crew *crew;
	struct one **items;
	size_t count;
};

static void scan_one(void *piece, void *room)
{
	struct one *one = piece;

	(void)room;
	scan_bytes(one->scanner, one->path, one->mode, one->bytes.data, one->bytes.len, &one->found);
	buf_release(&one->bytes);
}

struct scan_many *scan_many_begin(struct scanner *scanner)
{
	const struct crew_order order = {.work = scan_one, .enough = SIZE_MAX, .enough_of = ENOUGH_BYTES, .most_of = WAITING_MOST};
	struct scan_many *many = mem_alloc(1, sizeof(*many));

	many->scanner = scanner;
	many->crew = crew_begin(&order);
	return many;
}

static struct one *new_one(struct scan_many *many)
{
	struct one *one = mem_alloc(1, sizeof(*one));

	many->items = mem_grow(many->items, many->count, sizeof(struct one *));
	many->items[many->count++] = one;
	return one;
}

/* Only how soon others are called depends on it. */
static uint64_t cost_of(const struct buf *bytes)
{
	const size_t len = bytes->len < LOOKED_AT ? bytes->len : LOOKED_AT;
	const bool plain = len == 0 || (memchr(bytes->data, '\0', len) == NULL && bytes->data[0] != '%');

	return bytes->len + (plain ? 0 : PROCESS);
}

void scan_many_add(struct scan_many *many, const char *path, unsigned mode, struct buf *bytes)
{
	struct one *one = new_one(many);

	*one = (struct one){.scanner = many->scanner, .path = mem_copy_string(path), .mode = mode, .bytes = *bytes};
	*bytes = (struct buf){0};
	crew_add(many->crew, one, cost_of(&one->bytes));
}

void scan_many_put(struct scan_many *many, struct scanned_file *file)
{
	new_one(many)->found = *file;
	*file = (struct scanned_file){0};
}

void scan_many_end(struct scan_many *many, struct scan *out)
{
	crew_end(many->crew);
	for (size_t i = 0; i < many->count; i++) {
		scan_add(out, &many->items[i]->found);
		free(many->items[i]->path);
		free(many->items[i]);
	}
	free(many->items);
	free(many);
}
