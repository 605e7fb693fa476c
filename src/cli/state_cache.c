/* state_cache.c - what a verified ledger said, kept for the next look at it.
 *
 *   <image of the docket>
 *   review-state v1 <layout> <seq> <commit> <entry id> <ledger id> <nonce> <MAC of all before>\n
 *
 * A view begins here and not at the first entry, so nobody else may be able to make one: the file is sealed
 * with a key that this account made and keeps elsewhere, where caches are not shared, restored or
 * cleaned up.  What is not this user's own, sealed with that key, and written by this very program is
 * as good as not there.  Nothing that signs, releases or audits ever asks for it. */
#define _GNU_SOURCE
#include "state_cache.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/hex.h"
#include "base/mem.h"
#include "ledger/ledger.h"
#include "place.h"
#include "policy/docket.h"
#include "policy/docket_image.h"
#include "repo/repo.h"
#include "seal/hash.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char MARK[] = "review-state v1 ";
static const size_t LARGEST = (size_t)1024 * 1024 * 1024;
enum { SEQ = 10, HEX = 64, COMMIT = 40, NONCE = 2 * MAC_NONCE_LEN, SEAL = 2 * MAC_LEN };
enum {
	MARK_LEN = sizeof(MARK) - 1,
	SAID = MARK_LEN + HEX + 1 + SEQ + 1 + COMMIT + 1 + HEX + 1 + HEX + 1,
	SEALED = SAID + NONCE + 1,
	TRAILER = SEALED + SEAL + 1
};

/* One for each repository; whose ledger it is stands inside. */
static char *path_of(const struct repo *repo)
{
	const char *dir = repo_common_dir(repo);
	struct digest digest;
	char hex[DIGEST_HEX_SIZE], name[DIGEST_HEX_SIZE + 8] = "state-";

	hash_bytes(dir, strlen(dir), &digest);
	memcpy(name + strlen("state-"), digest_to_hex(&digest, hex), sizeof(hex));
	return cache_place(name);
}

static bool make_folder_of(const char *path)
{
	char *folder = mem_copy_bytes(path, (size_t)(strrchr(path, '/') - path));
	struct err err = {0};
	const bool ok = fs_make_dirs(folder, 0700, &err);

	free(folder);
	return ok;
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
static bool find_key(bool make, unsigned char key[MAC_KEY_LEN])
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

/* This very program: another one may verify more, or lay things out differently. */
static void layout(struct digest *out)
{
	struct buf text = {0};
	struct stat sb;

	buf_add_string(&text, REVIEW_VERSION);
	if (stat("/proc/self/exe", &sb) == 0)
		buf_addf(&text, " %llu %lld %lld.%ld ", (unsigned long long)sb.st_ino, (long long)sb.st_size,
		         (long long)sb.st_mtim.tv_sec, sb.st_mtim.tv_nsec);
	docket_image_layout(&text);
	hash_bytes(text.data, text.len, out);
	buf_release(&text);
}

static void write_what_it_is(const struct ledger_tip *tip, struct buf *out)
{
	struct digest program;
	char a[DIGEST_HEX_SIZE], id[DIGEST_HEX_SIZE], ledger[DIGEST_HEX_SIZE], commit[OBJECT_HEX_SIZE];

	layout(&program);
	buf_addf(out, "%s%s %010u %s %s %s ", MARK, digest_to_hex(&program, a), (unsigned)tip->seq,
	         object_id_to_hex(&tip->commit, commit), digest_to_hex(&tip->id, id), digest_to_hex(&tip->ledger, ledger));
}

/* Read by its places, then written again and compared, as everything here is. */
static bool read_trailer(const char *trailer, struct ledger_tip *out)
{
	const char *seq = trailer + MARK_LEN + HEX + 1, *commit = seq + SEQ + 1, *id = commit + COMMIT + 1;
	struct ledger_tip tip = {0};
	struct buf again = {0};
	bool ok = object_id_from_hex(&tip.commit, commit, COMMIT) && digest_from_hex(&tip.id, id, HEX) &&
	          digest_from_hex(&tip.ledger, id + HEX + 1, HEX);

	tip.seq = (uint32_t)strtoul(seq, NULL, 10);
	if (ok) {
		write_what_it_is(&tip, &again);
		ok = again.len == SAID && memcmp(again.data, trailer, SAID) == 0;
	}
	buf_release(&again);
	*out = tip;
	return ok;
}

static bool is_sealed(const struct buf *file, const unsigned char key[MAC_KEY_LEN])
{
	const char *nonce_hex = file->data + file->len - TRAILER + SAID, *seal_hex = nonce_hex + NONCE + 1;
	unsigned char nonce[MAC_NONCE_LEN], said[MAC_LEN], found[MAC_LEN];

	if (!hex_read(nonce, sizeof(nonce), nonce_hex, NONCE) || !hex_read(said, sizeof(said), seal_hex, SEAL))
		return false;
	mac_bytes(key, nonce, file->data, file->len - SEAL - 1, found);
	return memcmp(said, found, sizeof(said)) == 0;
}

static void add_seal(const unsigned char key[MAC_KEY_LEN], struct buf *file)
{
	unsigned char nonce[MAC_NONCE_LEN], seal[MAC_LEN];
	char nonce_hex[NONCE + 1], seal_hex[SEAL + 1];

	random_bytes(nonce, sizeof(nonce));
	hex_write(nonce, sizeof(nonce), nonce_hex);
	buf_addf(file, "%s ", nonce_hex);
	mac_bytes(key, nonce, file->data, file->len, seal);
	hex_write(seal, sizeof(seal), seal_hex);
	buf_addf(file, "%s\n", seal_hex);
}

bool state_cache_load(struct repo *repo, struct docket *docket, struct ledger_tip *tip)
{
	char *path = path_of(repo);
	unsigned char key[MAC_KEY_LEN];
	struct buf file = {0};
	struct err err = {0};
	bool ok = path != NULL && find_key(false, key) && place_is_own(path) && fs_read_file(path, LARGEST, &file, &err) &&
	          file.len > TRAILER && is_sealed(&file, key) && read_trailer(file.data + file.len - TRAILER, tip);

	if (ok) {
		const size_t len = file.len - TRAILER;

		ok = docket_thaw(buf_take(&file), len, docket, &err);
	}
	if (ok && (docket->seq != tip->seq || !digest_equal(&docket->tip, &tip->id) ||
	           !digest_equal(&docket->ledger, &tip->ledger))) {
		docket_release(docket);
		ok = false;
	}
	buf_release(&file);
	free(path);
	return ok;
}

void state_cache_save(struct repo *repo, const struct docket *docket, const struct ledger_tip *tip)
{
	char *path = path_of(repo);
	unsigned char key[MAC_KEY_LEN];
	struct buf file = {0};
	struct err err = {0};

	if (path != NULL && find_key(true, key) && make_folder_of(path)) {
		docket_freeze(docket, &file);
		write_what_it_is(tip, &file);
		add_seal(key, &file);
		if (file.len <= LARGEST && !fs_write_file(path, file.data, file.len, 0600, &err))
			err = (struct err){0}; /* next time, then */
	}
	buf_release(&file);
	free(path);
}
