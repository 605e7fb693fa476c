/* WRAP: sodium_init */
/* seal_ed25519_test.c - two libraries asked the same question.
 *
 * Signatures are verified by libsodium; OpenSSL is the one to compare with.  What it refuses must be refused here,
 * whatever was done to a signature, and the other way round there are two differences, both wanted: a key and an R of
 * small order, which OpenSSL takes. */
#include "seal_fixture.h"

#include <sodium.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KEYS = 12, CHANGES = 220, EIGHT = 8 };

int __real_sodium_init(void);
int __wrap_sodium_init(void);
static bool broken;

int __wrap_sodium_init(void)
{
	return broken ? -1 : __real_sodium_init();
}

static const unsigned char order[32] = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
                                        0xa2, 0xde, 0xf9, 0xde, 0x14, [31] = 0x10};

/* A point of order 8 (RFC 7748 section 6.1 names its y; any of the four will do). */
static const unsigned char torsion[32] = {0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4,
                                          0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6,
                                          0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05};

/* One question: by this point, for this purpose, is this the signature? */
struct question {
	enum key_type type;
	unsigned char point[32];
	unsigned char proof[64];
	const char *space;
};

static struct recipe recipe_for(const struct question *q)
{
	const struct maker m = {.type = q->type};
	struct recipe r = recipe_of(&m);

	r.space = q->space;
	return r;
}

static void payload_of(const struct question *q, struct buf *out)
{
	const struct maker m = {.type = q->type};
	const struct recipe r = recipe_for(q);

	put_payload(&m, &r, out);
}

static bool openssl_says(const struct question *q)
{
	EVP_PKEY *key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, q->point, sizeof(q->point));
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	struct buf payload = {0};
	bool good;

	payload_of(q, &payload);
	good = EVP_DigestVerifyInit(ctx, NULL, NULL, NULL, key) == 1 &&
	       EVP_DigestVerify(ctx, q->proof, sizeof(q->proof), (const unsigned char *)payload.data, payload.len) == 1;
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(key);
	buf_release(&payload);
	return good;
}

static enum err_kind we_say(const struct question *q)
{
	const struct recipe r = recipe_for(q);
	const struct buf proof = {.data = (char *)(uintptr_t)q->proof, .len = sizeof(q->proof)};
	struct maker m = {.type = q->type};
	struct buf blob = {0}, armor = {0};
	enum err_kind kind;

	put_text(&m.blob, key_names[q->type]);
	put_string(&m.blob, q->point, sizeof(q->point));
	if (maker_is_sk(&m))
		put_text(&m.blob, "ssh:");
	put_sshsig(&m, &r, &proof, &blob);
	wrap(&blob, 70, &armor);
	kind = judge(&armor, q->space);
	buf_release(&m.blob);
	buf_release(&blob);
	buf_release(&armor);
	return kind;
}

static void sign(const struct maker *m, struct question *q)
{
	struct buf payload = {0}, proof = {0};
	size_t len = sizeof(q->point);

	q->type = m->type;
	payload_of(q, &payload);
	put_proof(m, &payload, false, &proof);
	memcpy(q->proof, proof.data, sizeof(q->proof));
	assert_int_equal(EVP_PKEY_get_raw_public_key(m->secret, q->point, &len), 1);
	buf_release(&payload);
	buf_release(&proof);
}

/* Numbers that are the same in every run. */
static uint32_t chance(void)
{
	static uint32_t state = 20261128;

	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state;
}

static void flip(unsigned char *bytes, size_t len)
{
	bytes[chance() % len] ^= (unsigned char)(1u << chance() % 8);
}

static void fill(unsigned char *bytes, size_t len, unsigned how)
{
	for (size_t i = 0; i < len; i++)
		bytes[i] = how == 0 ? 0 : how == 1 ? 0xFF : how == 2 ? i == 0 : how == 3 ? order[i % 32] : (unsigned char)chance();
}

static void add_order(unsigned char s[32])
{
	unsigned carry = 0;

	for (size_t i = 0; i < 32; i++) {
		carry += (unsigned)s[i] + order[i];
		s[i] = (unsigned char)carry;
		carry >>= 8;
	}
}

static void change(struct question *q)
{
	switch (chance() % 9) {
	case 0:
		break; /* nothing: it is good */
	case 1:
		q->space = "gjt";
		break;
	case 2:
		add_order(q->proof + 32);
		break;
	case 3:
		fill(q->proof, 32, chance() % 5);
		break;
	case 4:
		fill(q->proof + 32, 32, chance() % 5);
		break;
	case 5:
		fill(q->point, 32, chance() % 5);
		break;
	case 6:
		flip(q->point, 32);
		break;
	default: /* of R or of S */
		flip(q->proof, 64);
		break;
	}
}

static void the_two_answer_alike(void **state)
{
	static const enum key_type types[] = {KEY_ED25519, KEY_SK_ED25519};
	unsigned good = 0, bad = 0;

	(void)state;
	for (int k = 0; k < KEYS; k++) {
		struct maker m;
		struct question first = {.space = "git"};

		maker_init(&m, types[k % 2]);
		sign(&m, &first);
		for (int i = 0; i < CHANGES; i++) {
			struct question q = first;
			enum err_kind answer;
			bool other;

			change(&q);
			answer = we_say(&q);
			other = openssl_says(&q);
			if (answer == ERR_NONE)
				assert_true(other);
			else if (other) /* only what anybody could have made */
				assert_int_equal(answer, ERR_DENIED);
			good += answer == ERR_NONE;
			bad += answer != ERR_NONE && !other;
		}
		maker_release(&m);
	}
	assert_true(good > KEYS * CHANGES / 20 && bad > KEYS * CHANGES / 2);
}

/* A key whose secret scalar is known. */
static void make_key(struct question *q, unsigned char scalar[64])
{
	unsigned char seed[32], secret[64];

	fill(seed, sizeof(seed), 5);
	assert_int_equal(crypto_sign_seed_keypair(q->point, secret, seed), 0);
	assert_int_equal(crypto_hash_sha512(scalar, seed, sizeof(seed)), 0);
	scalar[0] &= 0xF8;
	scalar[31] = (unsigned char)((scalar[31] & 0x7F) | 0x40);
	memset(scalar + 32, 0, 32);
	crypto_core_ed25519_scalar_reduce(scalar, scalar);
}

/* S = nonce + h * scalar for the R and the point that are there; h modulo 8 is returned. */
static unsigned finish(struct question *q, const unsigned char nonce[32], const unsigned char scalar[64])
{
	unsigned char hash[64], product[32];
	struct buf text = {0};

	buf_add(&text, q->proof, 32);
	buf_add(&text, q->point, 32);
	payload_of(q, &text);
	assert_int_equal(crypto_hash_sha512(hash, (const unsigned char *)text.data, text.len), 0);
	crypto_core_ed25519_scalar_reduce(hash, hash);
	crypto_core_ed25519_scalar_mul(product, hash, scalar);
	crypto_core_ed25519_scalar_add(q->proof + 32, nonce, product);
	buf_release(&text);
	return hash[0] % EIGHT;
}

/* A good key, and beside it a point of order 8: the equation holds for one message in eight, unless somebody
 * multiplies it by the cofactor.  Both have to mean the same equation, for entries were signed under it. */
static void nobody_multiplies_by_the_cofactor(void **state)
{
	unsigned good = 0;
	char space[16];

	(void)state;
	for (int i = 0; i < KEYS * EIGHT; i++) {
		struct question q = {.type = KEY_ED25519, .space = space};
		unsigned char scalar[64], nonce[64];
		bool holds;

		(void)snprintf(space, sizeof(space), "git-%d", i);
		make_key(&q, scalar);
		assert_int_equal(crypto_core_ed25519_add(q.point, q.point, torsion), 0);
		fill(nonce, sizeof(nonce), 5);
		crypto_core_ed25519_scalar_reduce(nonce, nonce);
		assert_int_equal(crypto_scalarmult_ed25519_base_noclamp(q.proof, nonce), 0);
		holds = finish(&q, nonce, scalar) == 0;
		assert_int_equal(we_say(&q) == ERR_NONE, holds);
		assert_int_equal(openssl_says(&q), holds);
		good += holds;
	}
	assert_true(good > 0 && good < KEYS * EIGHT / 2);
}

/* R = identity, S = hA: whoever holds the key can write it, and gives the key away with it. */
static void an_r_of_small_order_is_refused(void **state)
{
	static const unsigned char none[32];
	struct question q = {.type = KEY_ED25519, .space = "git", .proof = {1}};
	unsigned char scalar[64];

	(void)state;
	make_key(&q, scalar);
	(void)finish(&q, none, scalar);
	assert_true(openssl_says(&q));
	assert_int_equal(we_say(&q), ERR_MISMATCH);
}

/* Not one signature may be called good, or bad, by a library that did not start. */
static void a_library_that_does_not_start_decides_nothing(void **state)
{
	struct question q = {.space = "git"};
	struct maker m;
	pid_t child;
	int status = 0;

	(void)state;
	maker_init(&m, KEY_ED25519);
	sign(&m, &q);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		broken = true;
		(void)close(STDERR_FILENO);
		_exit(we_say(&q) == ERR_NONE ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 3);
	maker_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_library_that_does_not_start_decides_nothing), /* first: it starts but once */
		cmocka_unit_test(the_two_answer_alike),
		cmocka_unit_test(nobody_multiplies_by_the_cofactor),
		cmocka_unit_test(an_r_of_small_order_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
