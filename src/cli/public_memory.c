/* public_memory.c - bytes that need not be read again to know their SHA-256.
 *
 *   <blob> <SHA-256> <size> ...            64 bytes each, by name
 *   review-blobs v1 <whose> <nonce> <MAC>\n
 *
 * A public directory grows for years, and each push changes a few files of it.  All of them are judged at each push,
 * by the ledger as it ends with that push; but a blob's name stands for the same bytes as long as it is in the
 * repository, so its digest is the one that was found before.  Git keeps the first object of a name. */
#include "public_memory.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/mem.h"
#include "cache_seal.h"
#include "place.h"
#include "repo/repo.h"

#include <stdlib.h>
#include <string.h>

static const char MARK[] = "review-blobs v1 ";
static const size_t LARGEST = (size_t)64 * 1024 * 1024; /* a million blobs */
enum { HEX = 64, LAST_LINE = sizeof(MARK) - 1 + HEX + 1 + CACHE_SEAL_LEN };

struct remembered {
	struct object_id id;
	struct digest digest;
	unsigned char size[8]; /* big endian: a record has no holes */
	bool again;            /* asked for in this run; false in the file */
	unsigned char zero[3];
};

struct records {
	struct remembered *items;
	size_t count;
};

struct public_memory {
	struct repo *repo;
	struct records known; /* sorted */
	struct records noted; /* in this run; sorted when `in_order` */
	bool in_order;
	size_t settled; /* of those noted */
};

static int by_id(const void *a, const void *b)
{
	return memcmp(&((const struct remembered *)a)->id, &((const struct remembered *)b)->id, sizeof(struct object_id));
}

static struct remembered *look_up(const struct records *in, const struct object_id *id)
{
	const struct remembered wanted = {.id = *id};

	return in->count > 0 ? bsearch(&wanted, in->items, in->count, sizeof(wanted), by_id) : NULL;
}

/* Whose it is: this very program's, of this repository. */
static void whose(const struct repo *repo, char hex[DIGEST_HEX_SIZE])
{
	struct buf text = {0};
	struct digest digest;

	cache_program(&text);
	buf_add_string(&text, repo_common_dir(repo));
	hash_bytes(text.data, text.len, &digest);
	(void)digest_to_hex(&digest, hex);
	buf_release(&text);
}

static bool is_ours(const struct repo *repo, const struct buf *file, const unsigned char key[MAC_KEY_LEN])
{
	char hex[DIGEST_HEX_SIZE];
	const char *line = file->data + file->len - LAST_LINE;

	whose(repo, hex);
	return cache_seal_holds(key, file->data, file->len) && memcmp(line, MARK, sizeof(MARK) - 1) == 0 &&
	       memcmp(line + sizeof(MARK) - 1, hex, HEX) == 0;
}

static void load(struct public_memory *m)
{
	char *path = cache_file(m->repo, "public");
	unsigned char key[MAC_KEY_LEN];
	struct buf file = {0};
	struct err absent = {0};

	if (path != NULL && cache_key(false, key) && place_is_own(path) && fs_read_file(path, LARGEST, &file, &absent) &&
	    file.len >= LAST_LINE && (file.len - LAST_LINE) % sizeof(struct remembered) == 0 && is_ours(m->repo, &file, key)) {
		m->known.count = (file.len - LAST_LINE) / sizeof(struct remembered);
		m->known.items = mem_alloc(m->known.count, sizeof(struct remembered));
		memcpy(m->known.items, file.data, m->known.count * sizeof(struct remembered));
	}
	buf_release(&file);
	free(path);
}

struct public_memory *public_memory_open(struct repo *repo)
{
	struct public_memory *m = mem_alloc(1, sizeof(*m));

	m->repo = repo;
	load(m);
	return m;
}

bool public_memory_find(struct public_memory *m, const struct object_id *blob, struct blob_facts *out)
{
	struct remembered *found = look_up(&m->known, blob);

	if (found == NULL)
		return false;
	found->again = true;
	*out = (struct blob_facts){.digest = found->digest};
	for (size_t i = 0; i < sizeof(found->size); i++)
		out->size = out->size << 8 | found->size[i];
	return true;
}

void public_memory_note(struct public_memory *m, const struct object_id *blob, const struct blob_facts *facts)
{
	struct remembered *r;

	m->noted.items = mem_grow(m->noted.items, m->noted.count, sizeof(*m->noted.items));
	r = &m->noted.items[m->noted.count++];
	*r = (struct remembered){.id = *blob, .digest = facts->digest};
	for (size_t i = 0; i < sizeof(r->size); i++)
		r->size[i] = (unsigned char)(facts->size >> (56 - 8 * i));
	m->in_order = false;
}

void public_memory_settle(struct public_memory *m, const struct object_id *blob)
{
	struct remembered *found;

	if (!m->in_order && m->noted.count > 0)
		qsort(m->noted.items, m->noted.count, sizeof(*m->noted.items), by_id);
	m->in_order = true;
	found = look_up(&m->noted, blob);
	if (found != NULL && !found->again) {
		found->again = true;
		m->settled++;
	}
}

/* All that was known, or where that becomes too much what was asked for in this run; each blob once, in order. */
static void gather(const struct public_memory *m, struct records *out)
{
	const bool too_many = (m->known.count + m->settled) * sizeof(struct remembered) + LAST_LINE > LARGEST;

	out->items = mem_alloc(m->known.count + m->settled, sizeof(*out->items));
	for (size_t i = 0; i < m->known.count; i++)
		if (!too_many || m->known.items[i].again)
			out->items[out->count++] = m->known.items[i];
	for (size_t i = 0; i < m->noted.count; i++)
		if (m->noted.items[i].again)
			out->items[out->count++] = m->noted.items[i];
	for (size_t i = 0; i < out->count; i++)
		out->items[i].again = false;
	if (out->count > 1)
		qsort(out->items, out->count, sizeof(*out->items), by_id);
}

static void save(const struct public_memory *m)
{
	char *path = cache_file(m->repo, "public"), hex[DIGEST_HEX_SIZE];
	unsigned char key[MAC_KEY_LEN];
	struct records all = {0};
	struct buf file = {0};

	gather(m, &all);
	whose(m->repo, hex);
	buf_add(&file, all.items, all.count * sizeof(*all.items));
	buf_addf(&file, "%s%s ", MARK, hex);
	if (path != NULL && file.len <= LARGEST - CACHE_SEAL_LEN && cache_key(true, key)) {
		cache_seal_add(key, 0, &file);
		(void)cache_write(path, &file);
	}
	buf_release(&file);
	free(all.items);
	free(path);
}

void public_memory_close(struct public_memory *m)
{
	if (m == NULL)
		return;
	if (m->settled > m->known.count / 256) /* what it saves has to be worth the writing */
		save(m);
	free(m->known.items);
	free(m->noted.items);
	free(m);
}
