/* rules_cache.c - rules, read and compiled, kept for the next run.
 *
 *   review-rules-cache v3 <sha-256 of its name and of what follows>\n
 *   <what ruleset_keep() and scanner_keep() wrote>
 *
 * A cache that decides what is found must not be a way around the rules: its name is the digest of
 * what was compiled and of the program that did, its first line the digest of the two together, so that another ruleset's file under
 * its name is noticed like a damaged one, and it must be the user's own file. */
#define _GNU_SOURCE
#include "rules_cache.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/kept.h"
#include "base/mem.h"
#include "place.h"
#include "rules/ruleset.h"
#include "scan/scanner.h"
#include "seal/hash.h"

#include <stdlib.h>
#include <string.h>

static const char MARK[] = "review-rules-cache v3 ";
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

/* Of these rules, in this build: another one may see something else in them. */
static bool name_kept(const struct digest *rules, struct digest *key)
{
	unsigned char build[BUILD_MOST];
	struct hash *hash;
	size_t len = 0;

	if (!kept_build(build, &len))
		return false;
	hash = hash_new();
	hash_add(hash, build, len);
	hash_add(hash, rules->byte, sizeof(rules->byte));
	hash_end(hash, key);
	hash_free(hash);
	return true;
}

static bool recall(struct rule_files *files, const struct digest *digest, const struct digest *key, struct ruleset **rules,
                   struct scanner **scanner)
{
	struct buf bytes = {0};
	struct kept kept = {0};
	bool ok = load(key, &bytes);

	kept = (struct kept){.bytes = bytes.data, .len = bytes.len};
	ok = ok && ruleset_recall(files, digest, &kept, rules);
	if (ok && !scanner_recall(*rules, &kept, scanner)) {
		*files = (*rules)->files; /* given back */
		(*rules)->files = (struct rule_files){0};
		ruleset_free(*rules);
		*rules = NULL;
		ok = false;
	}
	buf_release(&bytes);
	return ok;
}

bool rules_open(struct rule_files *files, struct ruleset **rules, struct scanner **scanner, struct err *err)
{
	struct digest digest, key;
	struct buf bytes = {0};
	bool named;

	if (!ruleset_digest(files, &digest, err))
		return false;
	named = name_kept(&digest, &key);
	if (named && recall(files, &digest, &key, rules, scanner))
		return true;
	if (!ruleset_load(files, rules, err) || !scanner_new(*rules, scanner, err))
		return false;
	ruleset_keep(*rules, &bytes);
	if (named && scanner_keep(*scanner, &bytes))
		save(&key, &bytes);
	buf_release(&bytes);
	return true;
}
