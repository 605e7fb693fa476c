/* bodies.c - what travels with an entry: policies, packs, scan records, evidence. */
#include "bodies.h"

#include "base/buf.h"
#include "base/mem.h"
#include "repo/object.h"
#include "seal/hash.h"

#include <stdlib.h>
#include <string.h>

enum { BODIES_MOST = 2000 };
static const size_t BODY_LIMIT = (size_t)16 * 1024 * 1024, ALL_LIMIT = (size_t)64 * 1024 * 1024;

static bool load_one(struct repo *repo, const struct tree_file *file, struct entry_body *body, struct err *err)
{
	struct buf bytes = {0};
	struct digest digest;

	if (body->len > BODY_LIMIT)
		return err_set(err, ERR_LIMIT, "body %.12s is larger than %zu bytes", file->path, BODY_LIMIT);
	if (!object_read(repo, &file->id, OBJECT_BLOB, BODY_LIMIT, &bytes, err)) {
		err_context(err, "body %.12s", file->path);
		buf_release(&bytes);
		return false;
	}
	hash_bytes(bytes.data, bytes.len, &digest);
	if (bytes.len != body->len || !digest_equal(&digest, &body->digest)) {
		buf_release(&bytes);
		return err_set(err, ERR_MISMATCH, "body %.12s holds other bytes than were signed", file->path);
	}
	free(body->bytes);
	body->bytes = buf_take(&bytes);
	return true;
}

/* The tree's file of that name, or NULL. */
static struct tree_file *find(const struct tree_files *files, const struct digest *digest)
{
	char hex[DIGEST_HEX_SIZE];

	(void)digest_to_hex(digest, hex);
	for (size_t i = 0; i < files->count; i++)
		if (strcmp(files->items[i].path, hex) == 0)
			return &files->items[i];
	return NULL;
}

/* One record of the tree: "100644 ", 64 digits, NUL, 20 bytes, and nothing can be spelt another way. */
enum { RECORD = 7 + 64 + 1 + 20 };

static bool read_record(const char *record, struct tree_file *out)
{
	struct digest digest;

	if (memcmp(record, "100644 ", 7) != 0 || record[71] != '\0' || !digest_from_hex(&digest, record + 7, 64))
		return false;
	*out = (struct tree_file){.path = mem_copy_bytes(record + 7, 64), .mode = MODE_FILE};
	memcpy(out->id.byte, record + 72, sizeof(out->id.byte));
	return true;
}

/* Not tree_list(): that forgives what holds no file, an empty folder beside the bodies. */
static bool list(struct repo *repo, const struct object_id *tree, struct tree_files *out, struct err *err)
{
	static const struct object_id EMPTY = {{0x4b, 0x82, 0x5d, 0xc6, 0x42, 0xcb, 0x6e, 0xb9, 0xa0, 0x60,
	                                        0xe5, 0x4b, 0xf8, 0xd6, 0x92, 0x88, 0xfb, 0xee, 0x49, 0x04}};
	struct buf raw = {0};
	bool ok = object_id_equal(tree, &EMPTY) || /* git knows it by its name, too: nothing would be read from anywhere */
	          object_read(repo, tree, OBJECT_TREE, (size_t)BODIES_MOST * RECORD, &raw, err);

	if (ok && raw.len % RECORD != 0)
		ok = err_set(err, ERR_INPUT, "its tree holds something that is not a body");
	for (size_t at = 0; ok && at < raw.len; at += RECORD) {
		struct tree_file file;

		ok = read_record(raw.data + at, &file) || err_set(err, ERR_INPUT, "its tree holds something that is not a body");
		if (!ok)
			break;
		out->items = mem_grow(out->items, out->count, sizeof(*out->items));
		out->items[out->count++] = file;
		if (out->count > 1 && strcmp(out->items[out->count - 2].path, file.path) >= 0)
			ok = err_set(err, ERR_INPUT, "its tree is out of order or holds a body twice");
	}
	buf_release(&raw);
	return ok;
}

static bool nothing_else(const struct tree_files *files, const struct entry *entry, struct err *err)
{
	for (size_t i = 0; i < files->count; i++) {
		struct digest digest;
		bool bound = false;

		for (size_t k = 0; k < entry->body_count && !bound; k++)
			bound = digest_from_hex(&digest, files->items[i].path, 64) &&
			        digest_equal(&entry->bodies[k].digest, &digest);
		if (!bound)
			return err_set(err, ERR_MISMATCH, "its tree holds a body that was not signed");
	}
	return true;
}

bool bodies_load(struct repo *repo, const struct object_id *tree, struct entry *entry, struct err *err)
{
	struct tree_files files = {0};
	size_t total = 0;
	bool ok = list(repo, tree, &files, err);

	for (size_t i = 0; ok && i < entry->body_count; i++) {
		const struct tree_file *file = find(&files, &entry->bodies[i].digest);

		total += entry->bodies[i].len;
		if (file == NULL)
			ok = err_set(err, ERR_MISMATCH, "a body it binds is missing from its tree");
		else if (total > ALL_LIMIT)
			ok = err_set(err, ERR_LIMIT, "its bodies are larger than %zu bytes", ALL_LIMIT);
		else
			ok = load_one(repo, file, &entry->bodies[i], err);
	}
	ok = ok && nothing_else(&files, entry, err);
	tree_files_release(&files);
	return ok;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct tree_file *)a)->path, ((const struct tree_file *)b)->path);
}

bool bodies_store(struct repo *repo, const struct entry *entry, struct object_id *tree, struct err *err)
{
	struct tree_files files = {0};
	bool ok = true;

	for (size_t i = 0; ok && i < entry->body_count; i++) {
		struct tree_file file = {.mode = MODE_FILE};
		char hex[DIGEST_HEX_SIZE];

		if (find(&files, &entry->bodies[i].digest) != NULL)
			continue;
		ok = object_write(repo, OBJECT_BLOB, entry->bodies[i].bytes, entry->bodies[i].len, &file.id, err);
		file.path = mem_copy_string(digest_to_hex(&entry->bodies[i].digest, hex));
		files.items = mem_grow(files.items, files.count, sizeof(*files.items));
		files.items[files.count++] = file;
	}
	if (files.count > 0)
		qsort(files.items, files.count, sizeof(*files.items), by_path);
	ok = ok && tree_write(repo, &files, tree, err);
	tree_files_release(&files);
	return ok;
}
