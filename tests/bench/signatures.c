/* signatures.c - what a ledger's signatures cost and nothing else: `signatures REPOSITORY THREADS LIBRARY`.
 *
 * Reads every commit of the ledger, takes payload, key and proof out of it, and only then starts the clock: SHA-512 of
 * the payload and one check of the signature, by `openssl` or by `sodium`, on so many threads.  Of our own code
 * nothing is in it.  Prints entries, seconds elapsed and seconds of processor. */
#include "base/buf.h"
#include "base/mem.h"
#include "ledger/ledger.h"
#include "repo/object.h"
#include "repo/ref.h"
#include "repo/repo.h"
#include "seal/base64.h"

#include <openssl/evp.h>
#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MESSAGE = 95 }; /* bytes that an SSH signature signs: names, and the SHA-512 of the payload */

struct signed_text {
	struct buf payload;
	unsigned char point[32], proof[64];
	EVP_PKEY *key; /* the point, for OpenSSL */
};

static struct signed_text *texts;
static size_t count;
static atomic_size_t next_text;
static bool by_sodium;

static _Noreturn void stop(const struct err *err)
{
	(void)fprintf(stderr, "signatures: %s\n", err->why);
	exit(1);
}

/* The same few people all over: one key object each. */
static EVP_PKEY *key_of(const unsigned char point[32])
{
	static unsigned char points[64][32];
	static EVP_PKEY *keys[64];
	size_t i = 0;

	while (i < 64 && keys[i] != NULL && memcmp(points[i], point, 32) != 0)
		i++;
	if (i == 64)
		stop(&(struct err){.why = "more than 64 keys"});
	if (keys[i] == NULL) {
		memcpy(points[i], point, 32);
		keys[i] = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, point, 32);
	}
	return keys[i];
}

/* Key and proof of an SSH signature by an Ed25519 key: the first string of it, and its end. */
static void unwrap(const char *armor, size_t len, struct signed_text *out)
{
	static const char head[] = "SSHSIG\0\0\0\1\0\0\0\x33\0\0\0\x0bssh-ed25519\0\0\0\x20";
	const size_t front = sizeof(head) - 1;
	struct buf text = {0}, blob = {0};

	for (size_t i = 0; i < len; i++)
		if (armor[i] != ' ' && armor[i] != '\n')
			buf_add_byte(&text, armor[i]);
	if (!base64_decode(text.data, text.len, &blob) || blob.len < front + 32 + 64 || memcmp(blob.data, head, front) != 0)
		stop(&(struct err){.why = "not an Ed25519 signature"});
	memcpy(out->point, blob.data + front, 32);
	memcpy(out->proof, blob.data + blob.len - 64, 64);
	out->key = key_of(out->point);
	buf_release(&text);
	buf_release(&blob);
}

static void take_apart(const struct buf *raw, struct signed_text *out)
{
	static const char begin[] = "\ngpgsig -----BEGIN SSH SIGNATURE-----\n", end[] = " -----END SSH SIGNATURE-----\n";
	const char *from = strstr(raw->data, begin), *to = from != NULL ? strstr(from, end) : NULL;

	if (to == NULL)
		stop(&(struct err){.why = "a commit without a signature"});
	unwrap(from + sizeof(begin) - 1, (size_t)(to - from) - (sizeof(begin) - 1), out);
	to += sizeof(end) - 1;
	buf_add(&out->payload, raw->data, (size_t)(from + 1 - raw->data));
	buf_add(&out->payload, to, raw->len - (size_t)(to - raw->data));
}

static void read_all(struct repo *repo)
{
	struct object_id at, tree, *parents = NULL;
	struct err err = {0};
	size_t parent_count = 1;

	if (!ref_read(repo, LEDGER_REF, &at, &err))
		stop(&err);
	while (parent_count > 0) {
		struct buf raw = {0};

		if (!object_read(repo, &at, OBJECT_COMMIT, (size_t)1 << 20, &raw, &err) ||
		    !commit_links_read(raw.data, raw.len, &tree, &parents, &parent_count, &err))
			stop(&err);
		texts = mem_grow(texts, count, sizeof(*texts));
		buf_add_byte(&raw, '\0');
		raw.len--;
		take_apart(&raw, &texts[count++]);
		if (parent_count > 0)
			at = parents[0];
		free(parents);
		buf_release(&raw);
	}
}

static bool openssl_checks(const struct signed_text *t, const unsigned char *message)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	const bool ok = EVP_DigestVerifyInit(ctx, NULL, NULL, NULL, t->key) == 1 &&
	                EVP_DigestVerify(ctx, t->proof, sizeof(t->proof), message, MESSAGE) == 1;

	EVP_MD_CTX_free(ctx);
	return ok;
}

static void *check(void *unused)
{
	static const char head[] = "SSHSIG\0\0\0\3git\0\0\0\0\0\0\0\6sha512\0\0\0\x40";
	unsigned char message[MESSAGE];
	size_t i;

	_Static_assert(sizeof(head) - 1 + 64 == MESSAGE, "what an SSH signature signs");
	memcpy(message, head, sizeof(head) - 1);
	while ((i = atomic_fetch_add(&next_text, 1)) < count) {
		const struct signed_text *t = &texts[i];
		const unsigned char *payload = (const unsigned char *)t->payload.data;
		unsigned char *digest = message + sizeof(head) - 1;
		bool ok;

		if (by_sodium)
			ok = crypto_hash_sha512(digest, payload, t->payload.len) == 0 &&
			     crypto_sign_verify_detached(t->proof, message, sizeof(message), t->point) == 0;
		else
			ok = EVP_Digest(payload, t->payload.len, digest, NULL, EVP_sha512(), NULL) == 1 && openssl_checks(t, message);
		if (!ok)
			stop(&(struct err){.why = "a signature does not verify"});
	}
	return unused;
}

static double seconds(clockid_t clock)
{
	struct timespec t;

	(void)clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	const long threads = argc == 4 ? strtol(argv[2], NULL, 10) : 0;
	struct repo *repo = NULL;
	struct err err = {0};
	pthread_t ids[64];
	double wall, cpu;

	by_sodium = argc == 4 && strcmp(argv[3], "sodium") == 0;
	if (threads < 1 || threads > 64 || (!by_sodium && strcmp(argv[3], "openssl") != 0)) {
		(void)fprintf(stderr, "usage: signatures REPOSITORY THREADS openssl|sodium\n");
		return 2;
	}
	if (sodium_init() < 0)
		stop(&(struct err){.why = "libsodium does not start"});
	if (!repo_open(argv[1], &repo, &err))
		stop(&err);
	read_all(repo);
	wall = seconds(CLOCK_MONOTONIC);
	cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
	for (long i = 0; i < threads; i++)
		if (pthread_create(&ids[i], NULL, check, NULL) != 0)
			stop(&(struct err){.why = "no thread"});
	for (long i = 0; i < threads; i++)
		(void)pthread_join(ids[i], NULL);
	printf("%zu %.3f %.3f\n", count, seconds(CLOCK_MONOTONIC) - wall, seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu);
	for (size_t i = 0; i < count; i++)
		buf_release(&texts[i].payload);
	free(texts);
	repo_free(repo);
	return 0;
}
