/* rules_cache.c - compiled rules, kept for the next run.
 *
 *   review-rules-cache v1 <sha-256 of what follows>\n
 *   <what the engine stored>
 *
 * A cache that decides what is found must not be a way around the rules: its name is the digest of
 * what was compiled, its first line the digest of the result, and it must be the user's own file. */
#define _GNU_SOURCE
#include "rules_cache.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/mem.h"
#include "scan/scanner.h"
#include "seal/hash.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char MARK[] = "review-rules-cache v1 ";
static const size_t LARGEST = (size_t)256 * 1024 * 1024;
enum { MARK_LEN = sizeof(MARK) - 1, HEAD_LEN = MARK_LEN + 64 + 1 };

/* NULL: there is no place. */
static char *cache_dir(void)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

	if (cache != NULL && cache[0] == '/')
		return fs_join(cache, "review");
	return home != NULL && home[0] == '/' ? fs_join(home, ".cache/review") : NULL;
}

static char *cache_path(const struct digest *key)
{
	char *dir = cache_dir(), hex[DIGEST_HEX_SIZE];
	char *path = dir != NULL ? fs_join(dir, digest_to_hex(key, hex)) : NULL;

	free(dir);
	return path;
}

static bool is_own(const char *path)
{
	struct stat sb;

	return lstat(path, &sb) == 0 && S_ISREG(sb.st_mode) && sb.st_uid == geteuid() && (sb.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

static bool load(const struct digest *key, struct buf *out)
{
	char *path = cache_path(key);
	struct buf file = {0};
	struct digest said, found;
	struct err err = {0};
	bool ok = path != NULL && is_own(path) && fs_read_file(path, LARGEST, &file, &err) && file.len > HEAD_LEN &&
	          memcmp(file.data, MARK, MARK_LEN) == 0 && digest_from_hex(&said, file.data + MARK_LEN, 64);

	if (ok) {
		hash_bytes(file.data + HEAD_LEN, file.len - HEAD_LEN, &found);
		ok = digest_equal(&said, &found);
	}
	if (ok)
		buf_add(out, file.data + HEAD_LEN, file.len - HEAD_LEN);
	buf_release(&file);
	free(path);
	return ok;
}

static void save(const struct digest *key, const struct buf *bytes)
{
	char *dir = cache_dir(), *path = cache_path(key), hex[DIGEST_HEX_SIZE];
	struct buf file = {0};
	struct digest digest;
	struct err err = {0};

	hash_bytes(bytes->data, bytes->len, &digest);
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
