/* cache_seal.c - what this account keeps for itself, and how it knows that nobody else wrote it.
 *
 * A cache that is believed must not be made by anybody else: so it ends in a MAC under a key that this account made and
 * keeps elsewhere, where caches are not shared, restored or cleaned up. */
#define _DEFAULT_SOURCE
#include "cache_seal.h"

#include "base/buf.h"
#include "base/digest.h"
#include "base/fs.h"
#include "base/hex.h"
#include "base/mem.h"
#include "command.h"
#include "place.h"
#include "repo/repo.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { NONCE = 2 * MAC_NONCE_LEN, SEAL = 2 * MAC_LEN };

char *cache_file(const struct repo *repo, const char *kind)
{
	const char *dir = repo_common_dir(repo);
	struct digest digest;
	char hex[DIGEST_HEX_SIZE], *name, *path;

	hash_bytes(dir, strlen(dir), &digest);
	name = mem_format("%s-%s", kind, digest_to_hex(&digest, hex));
	path = cache_place(name);
	free(name);
	return path;
}

static bool make_folder_of(const char *path)
{
	char *folder = mem_copy_bytes(path, (size_t)(strrchr(path, '/') - path));
	struct err err = {0};
	const bool ok = fs_make_dirs(folder, 0700, &err);

	free(folder);
	return ok;
}

bool cache_write(const char *path, const struct buf *file)
{
	struct err ignored = {0};

	return make_folder_of(path) && fs_write_file(path, file->data, file->len, 0600, &ignored);
}

static bool read_key(const char *path, unsigned char key[MAC_KEY_LEN])
{
	struct buf bytes = {0};
	struct err err = {0};
	const bool ok = place_is_own(path) && fs_read_file(path, MAC_KEY_LEN, &bytes, &err) && bytes.len == MAC_KEY_LEN;

	if (ok)
		memcpy(key, bytes.data, MAC_KEY_LEN);
	buf_release(&bytes);
	return ok;
}

/* A key that cannot be used is replaced: what it sealed is lost then, and made again. */
bool cache_key(bool make, unsigned char key[MAC_KEY_LEN])
{
	char *path = state_place("cache-key");
	struct err err = {0};
	bool ok = path != NULL && read_key(path, key);

	if (!ok && make && path != NULL && make_folder_of(path)) {
		random_bytes(key, MAC_KEY_LEN);
		ok = fs_write_file(path, key, MAC_KEY_LEN, 0600, &err);
	}
	free(path);
	return ok;
}

void cache_program(struct buf *out)
{
	struct stat sb;

	buf_add_string(out, REVIEW_VERSION);
	if (stat("/proc/self/exe", &sb) == 0)
		buf_addf(out, " %llu %lld %lld.%ld ", (unsigned long long)sb.st_ino, (long long)sb.st_size,
		         (long long)sb.st_mtim.tv_sec, sb.st_mtim.tv_nsec);
}

bool cache_seal_holds(const unsigned char key[MAC_KEY_LEN], const char *sealed, size_t len)
{
	const char *nonce_hex, *seal_hex;
	unsigned char nonce[MAC_NONCE_LEN], said[MAC_LEN], found[MAC_LEN];

	if (len < CACHE_SEAL_LEN)
		return false;
	nonce_hex = sealed + len - CACHE_SEAL_LEN;
	seal_hex = nonce_hex + NONCE + 1;
	if (!hex_read(nonce, sizeof(nonce), nonce_hex, NONCE) || !hex_read(said, sizeof(said), seal_hex, SEAL))
		return false;
	mac_bytes(key, nonce, sealed, len - SEAL - 1, found);
	return memcmp(said, found, sizeof(said)) == 0;
}

void cache_seal_add(const unsigned char key[MAC_KEY_LEN], size_t from, struct buf *file)
{
	unsigned char nonce[MAC_NONCE_LEN], seal[MAC_LEN];
	char nonce_hex[NONCE + 1], seal_hex[SEAL + 1];

	random_bytes(nonce, sizeof(nonce));
	hex_write(nonce, sizeof(nonce), nonce_hex);
	buf_addf(file, "%s ", nonce_hex);
	mac_bytes(key, nonce, file->data + from, file->len - from, seal);
	hex_write(seal, sizeof(seal), seal_hex);
	buf_addf(file, "%s\n", seal_hex);
}
