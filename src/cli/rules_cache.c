/* rules_cache.c - compiled rules, kept for the next run.
 *
 *   review-rules-cache v2 <sha-256 of its name and of what follows>\n
 *   <what the engine stored>
 *
 * A cache that decides what is found must not be a way around the rules: its name is the digest of
 * what was compiled, its first line the digest of the two together, so that another ruleset's file under
 * its name is noticed like a damaged one, and it must be the user's own file. */
#define _GNU_SOURCE
#include "rules_cache.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/mem.h"
#include "place.h"
#include "scan/scanner.h"
#include "seal/hash.h"

#include <stdlib.h>
#include <string.h>

static const char MARK[] = "review-rules-cache v2 ";
static const size_t LARGEST = (size_t)256 * 1024 * 1024;
enum { MARK_LEN = sizeof(MARK) - 1, HEAD_LEN = MARK_LEN + 64 + 1 };

static char *cache_path(const struct digest *key)
{
	char hex[DIGEST_HEX_SIZE];

	return cache_place(digest_to_hex(key, hex));
}

static void seal(const struct digest *key, const char *bytes, size_t len, struct digest *out)
{
	struct hash *hash = hash_new();

	hash_add(hash, key->byte, sizeof(key->byte));
	hash_add(hash, bytes, len);
	hash_end(hash, out);
	hash_free(hash);
}

static bool load(const struct digest *key, struct buf *out)
{
	char *path = cache_path(key);
	struct buf file = {0};
	struct digest said, found;
	struct err err = {0};
	bool ok = path != NULL && place_is_own(path) && fs_read_file(path, LARGEST, &file, &err) && file.len > HEAD_LEN &&
	          memcmp(file.data, MARK, MARK_LEN) == 0 && digest_from_hex(&said, file.data + MARK_LEN, 64);

	if (ok) {
		seal(key, file.data + HEAD_LEN, file.len - HEAD_LEN, &found);
		ok = digest_equal(&said, &found);
	}
	if (ok) { /* handed over: a copy would be new memory, which costs more than moving it */
		file.len -= HEAD_LEN;
		memmove(file.data, file.data + HEAD_LEN, file.len + 1); /* and the NUL behind */
		*out = file;
		file = (struct buf){0};
	}
	buf_release(&file);
	free(path);
	return ok;
}

static void save(const struct digest *key, const struct buf *bytes)
{
	char *path = cache_path(key), hex[DIGEST_HEX_SIZE];
	char *dir = path != NULL ? mem_copy_bytes(path, (size_t)(strrchr(path, '/') - path)) : NULL;
	struct buf file = {0};
	struct digest digest;
	struct err err = {0};

	seal(key, bytes->data, bytes->len, &digest);
	buf_addf(&file, "%s%s\n", MARK, digest_to_hex(&digest, hex));
	buf_add(&file, bytes->data, bytes->len);
	if (dir != NULL && bytes->len < LARGEST && fs_make_dirs(dir, 0700, &err) &&
	    !fs_write_file(path, file.data, file.len, 0600, &err))
		err = (struct err){0}; /* next time, then */
	buf_release(&file);
	free(path);
	free(dir);
}

const struct scanner_cache rules_cache = {.load = load, .save = save};
