/* seal_forgery_test.c - signatures made by hand, each spoiled in one place.
 *
 * The signer here holds the key and signs what it then writes, so a refusal comes from the one rule
 * under test and not from a signature that no longer fits. */
#include "seal_fixture.h"

#include "base/mem.h"

static struct maker makers[6];

static enum err_kind judge_recipe(const struct maker *m, const struct recipe *r)
{
	struct buf armor = {0};
	enum err_kind kind;

	maker_sign(m, r, &armor);
	kind = judge(&armor, "git");
	buf_release(&armor);
	return kind;
}

/* `blob` in good armor. */
static enum err_kind judge_blob(const struct buf *blob)
{
	struct buf armor = {0};
	enum err_kind kind;

	wrap(blob, 70, &armor);
	kind = judge(&armor, "git");
	buf_release(&armor);
	return kind;
}

static enum err_kind judge_proof(const struct maker *m, const struct buf *proof)
{
	const struct recipe r = recipe_of(m);
	struct buf blob = {0};
	enum err_kind kind;

	put_sshsig(m, &r, proof, &blob);
	kind = judge_blob(&blob);
	buf_release(&blob);
	return kind;
}

static void prove(const struct maker *m, bool high, struct buf *proof)
{
	const struct recipe r = recipe_of(m);
	struct buf payload = {0};

	put_payload(m, &r, &payload);
	put_proof(m, &payload, high, proof);
	buf_release(&payload);
}

static void every_kind_of_key_can_sign(void **state)
{
	(void)state;
	for (enum key_type t = KEY_ED25519; t <= KEY_SK_P256; t++) {
		const struct recipe r = recipe_of(&makers[t]);

		assert_int_equal(judge_recipe(&makers[t], &r), ERR_NONE);
	}
}

static void a_field_that_is_otherwise_is_refused_though_it_is_signed(void **state)
{
	(void)state;
	for (enum key_type t = KEY_ED25519; t <= KEY_SK_P256; t++) {
		const struct recipe good = recipe_of(&makers[t]);
		struct recipe r[12];

		for (size_t i = 0; i < COUNT(r); i++)
			r[i] = good;
		r[0].magic = "SSHSIh";
		r[1].version = 0;
		r[2].version = 2;
		r[3].reserved = "x";
		r[4].hash = "sha256";
		r[5].behind = "x";
		r[6].behind_signature = "x";
		r[7].algorithm = "";
		r[8].algorithm = t == KEY_RSA ? "rsa-sha2-256" : "rsa-sha2-512";
		r[9].algorithm = t == KEY_RSA ? "ssh-rsa" : key_names[t == KEY_ED25519 ? KEY_SK_ED25519 : KEY_ED25519];
		r[10].hash = "SHA512";
		r[11].magic = "SSHSIGSSHSIG";
		for (size_t i = 0; i < COUNT(r); i++)
			assert_int_equal(judge_recipe(&makers[t], &r[i]), ERR_INPUT);
		r[0] = good;
		r[0].space = "gi";
		assert_int_equal(judge_recipe(&makers[t], &r[0]), ERR_MISMATCH);
		r[0].space = "git ";
		assert_int_equal(judge_recipe(&makers[t], &r[0]), ERR_MISMATCH);
	}
}

static void no_purpose_is_not_a_purpose(void **state)
{
	struct recipe r = recipe_of(&makers[KEY_ED25519]);
	struct buf armor = {0};

	(void)state;
	r.space = "";
	maker_sign(&makers[KEY_ED25519], &r, &armor);
	assert_int_equal(judge(&armor, ""), ERR_INPUT);
	buf_release(&armor);
}

/* In good armor, so that nothing but the contents can be the reason. */
static void no_byte_of_it_can_be_changed_or_missing(void **state)
{
	(void)state;
	for (enum key_type t = KEY_ED25519; t <= KEY_SK_P256; t++) {
		const struct recipe r = recipe_of(&makers[t]);
		struct buf blob = {0}, proof = {0};

		if (t == KEY_RSA) /* the slowest and the longest; its bytes are those of the others */
			continue;
		prove(&makers[t], false, &proof);
		put_sshsig(&makers[t], &r, &proof, &blob);
		assert_int_equal(judge_blob(&blob), ERR_NONE);
		for (size_t i = 0; i < blob.len; i++) {
			for (unsigned bit = 0; bit < 8; bit++) {
				blob.data[i] = (char)(blob.data[i] ^ (char)(1u << bit));
				assert_int_not_equal(judge_blob(&blob), ERR_NONE);
				blob.data[i] = (char)(blob.data[i] ^ (char)(1u << bit));
			}
		}
		for (blob.len--; blob.len > 0; blob.len--)
			assert_int_not_equal(judge_blob(&blob), ERR_NONE);
		buf_release(&blob);
		buf_release(&proof);
	}
}

/* S + k * L is the same signature to a verifier that looks at the top three bits only. */
static void s_is_below_the_order_of_ed25519(void **state)
{
	static const enum key_type types[] = {KEY_ED25519, KEY_SK_ED25519};
	static const unsigned char order[32] = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
	                                        0xa2, 0xde, 0xf9, 0xde, 0x14, [31] = 0x10};

	(void)state;
	for (size_t t = 0; t < COUNT(types); t++) {
		struct buf proof = {0};

		prove(&makers[types[t]], false, &proof);
		for (int k = 1; k <= 15; k++) {
			unsigned carry = 0;

			for (size_t i = 0; i < 32; i++) {
				carry += (unsigned char)proof.data[32 + i] + (unsigned)order[i];
				proof.data[32 + i] = (char)(carry & 0xFF);
				carry >>= 8;
			}
			if (carry != 0)
				break; /* no longer the same number */
			assert_int_equal(judge_proof(&makers[types[t]], &proof), ERR_INPUT);
		}
		buf_release(&proof);
	}
}

static void an_ed25519_signature_is_64_bytes(void **state)
{
	struct buf proof = {0};

	(void)state;
	prove(&makers[KEY_ED25519], false, &proof);
	proof.len = 63;
	assert_int_equal(judge_proof(&makers[KEY_ED25519], &proof), ERR_INPUT);
	proof.len = 0;
	assert_int_equal(judge_proof(&makers[KEY_ED25519], &proof), ERR_INPUT);
	proof.len = 64;
	buf_add_byte(&proof, 0);
	assert_int_equal(judge_proof(&makers[KEY_ED25519], &proof), ERR_INPUT);
	buf_release(&proof);
}

static void the_twin_of_an_ecdsa_signature_is_refused(void **state)
{
	static const enum key_type types[] = {KEY_P256, KEY_SK_P256};

	(void)state;
	for (size_t t = 0; t < COUNT(types); t++) {
		for (int n = 0; n < 8; n++) {
			struct buf low = {0}, high = {0};

			prove(&makers[types[t]], false, &low);
			assert_int_equal(judge_proof(&makers[types[t]], &low), ERR_NONE);
			prove(&makers[types[t]], true, &high);
			assert_int_equal(judge_proof(&makers[types[t]], &high), ERR_INPUT);
			buf_release(&low);
			buf_release(&high);
		}
	}
}

/* A key made so that its signature has exactly this s: d = (s * k - z) / r, with k as you like. */
static void key_for_s(struct maker *m, const BIGNUM *s, const BIGNUM *order, const struct buf *payload,
                      struct buf *proof)
{
	EC_GROUP *group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
	EC_POINT *point = EC_POINT_new(group);
	BN_CTX *ctx = BN_CTX_new();
	BIGNUM *k = BN_new(), *r = BN_new(), *d = BN_new(), *z = BN_new(), *inverse = BN_new();
	struct buf hash = {0};
	unsigned char bytes[65];

	assert_true(BN_rand_range(k, order) == 1 && EC_POINT_mul(group, point, k, NULL, NULL, ctx) == 1);
	assert_int_equal(EC_POINT_get_affine_coordinates(group, point, r, NULL, ctx), 1);
	assert_true(BN_nnmod(r, r, order, ctx) == 1 && BN_mod_inverse(inverse, r, order, ctx) != NULL);
	put_hash(&hash, EVP_sha256(), payload->data, payload->len);
	assert_non_null(BN_bin2bn((const unsigned char *)hash.data, 32, z));
	assert_true(BN_mod_mul(d, s, k, order, ctx) == 1 && BN_mod_sub(d, d, z, order, ctx) == 1 &&
	            BN_mod_mul(d, d, inverse, order, ctx) == 1);
	assert_int_equal(EC_POINT_mul(group, point, d, NULL, NULL, ctx), 1);
	assert_int_equal(EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, bytes, 65, ctx), 65);
	put_text(&m->blob, "ecdsa-sha2-nistp256");
	put_text(&m->blob, "nistp256");
	put_string(&m->blob, bytes, sizeof(bytes));
	put_mpint(proof, r);
	put_mpint(proof, s);
	BN_free(k);
	BN_free(r);
	BN_free(d);
	BN_free(z);
	BN_free(inverse);
	BN_CTX_free(ctx);
	EC_POINT_free(point);
	EC_GROUP_free(group);
	buf_release(&hash);
}

/* Half of the order is the last good s, and one more is the first bad one. */
static void the_half_of_the_order_is_the_border(void **state)
{
	const struct recipe r = recipe_of(&makers[KEY_P256]);
	struct buf payload = {0};
	BIGNUM *order = NULL, *half = BN_new();

	(void)state;
	assert_true(BN_hex2bn(&order, P256_ORDER) > 0 && BN_rshift1(half, order) == 1);
	put_payload(&makers[KEY_P256], &r, &payload);
	for (int more = -1; more <= 1; more++) {
		struct maker m = {.type = KEY_P256};
		struct buf proof = {0};
		BIGNUM *s = BN_dup(half);

		assert_int_equal(more < 0 ? BN_sub_word(s, 1) : BN_add_word(s, (BN_ULONG)more), 1);
		key_for_s(&m, s, order, &payload, &proof);
		assert_int_equal(judge_proof(&m, &proof), more > 0 ? ERR_INPUT : ERR_NONE);
		maker_release(&m);
		buf_release(&proof);
		BN_free(s);
	}
	buf_release(&payload);
	BN_free(order);
	BN_free(half);
}

/* The numbers r and s as bytes that are not their one spelling, or are no numbers to be trusted. */
static void ecdsa_numbers_have_one_spelling(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
	} bad[] = {{"", 0}, {"\0", 1}, {"\0\1", 2}, {"\0\0\1", 3}, {"\x80", 1}, {"\xFF\xFF", 2},
	           {"\x01""0123456789abcdef0123456789abcdef", 33}};
	struct buf good = {0};

	(void)state;
	prove(&makers[KEY_P256], false, &good);
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct buf proof = {0};
		const size_t r_len = 4 + (size_t)good.data[3];

		put_string(&proof, bad[i].bytes, bad[i].len);
		buf_add(&proof, good.data + r_len, good.len - r_len);
		assert_int_equal(judge_proof(&makers[KEY_P256], &proof), ERR_INPUT);
		buf_clear(&proof);
		buf_add(&proof, good.data, r_len);
		put_string(&proof, bad[i].bytes, bad[i].len);
		assert_int_equal(judge_proof(&makers[KEY_P256], &proof), ERR_INPUT);
		buf_release(&proof);
	}
	buf_add_byte(&good, 0);
	assert_int_equal(judge_proof(&makers[KEY_P256], &good), ERR_INPUT);
	buf_release(&good);
}

/* The same r and s with a zero in front where none belongs. */
static void ecdsa_numbers_are_not_padded(void **state)
{
	struct buf good = {0}, proof = {0};
	size_t r_len, s_len;

	(void)state;
	prove(&makers[KEY_P256], false, &good);
	r_len = (size_t)good.data[3];
	s_len = (size_t)good.data[4 + r_len + 3];
	buf_add(&proof, good.data, 4 + r_len);
	put_u32(&proof, s_len + 1);
	buf_add_byte(&proof, 0);
	buf_add(&proof, good.data + 4 + r_len + 4, s_len);
	assert_int_equal(judge_proof(&makers[KEY_P256], &proof), ERR_INPUT);
	buf_release(&good);
	buf_release(&proof);
}

static void an_rsa_signature_is_as_long_as_its_key(void **state)
{
	struct buf proof = {0}, longer = {0};

	(void)state;
	prove(&makers[KEY_RSA], false, &proof);
	buf_add_byte(&longer, 0);
	buf_add(&longer, proof.data, proof.len);
	assert_int_equal(judge_proof(&makers[KEY_RSA], &longer), ERR_INPUT);
	proof.len--;
	assert_int_equal(judge_proof(&makers[KEY_RSA], &proof), ERR_INPUT);
	proof.len++;
	proof.data[100] ^= 1;
	assert_int_equal(judge_proof(&makers[KEY_RSA], &proof), ERR_MISMATCH);
	buf_release(&proof);
	buf_release(&longer);
}

static void a_security_key_was_touched(void **state)
{
	static const unsigned char good[] = {0x01, 0x05, 0x81}, bad[] = {0x00, 0x04, 0x02, 0x80, 0xFE};

	(void)state;
	for (enum key_type t = KEY_SK_ED25519; t <= KEY_SK_P256; t++) {
		struct recipe r = recipe_of(&makers[t]);

		for (size_t i = 0; i < COUNT(good); i++) {
			r.flags = good[i];
			assert_int_equal(judge_recipe(&makers[t], &r), ERR_NONE);
		}
		for (size_t i = 0; i < COUNT(bad); i++) {
			r.flags = bad[i];
			assert_int_equal(judge_recipe(&makers[t], &r), ERR_MISMATCH);
		}
	}
}

/* Only a security key can say that it asked for a PIN, and only its own flags say it. */
static void a_pin_is_told_from_a_touch(void **state)
{
	struct buf armor = {0};

	(void)state;
	for (enum key_type t = KEY_ED25519; t <= KEY_SK_P256; t++) {
		const bool sk = t == KEY_SK_ED25519 || t == KEY_SK_P256;
		struct recipe r = recipe_of(&makers[t]);

		r.flags = 0x01;
		maker_sign(&makers[t], &r, &armor);
		assert_false(signature_has_pin(armor.data, armor.len, "git"));
		r.flags = 0x05;
		maker_sign(&makers[t], &r, &armor);
		assert_int_equal(signature_has_pin(armor.data, armor.len, "git"), sk);
		assert_false(signature_has_pin(armor.data, armor.len, "other"));
		assert_false(signature_has_pin(armor.data, armor.len - 1, "git"));
	}
	assert_false(signature_has_pin("", 0, "git"));
	buf_release(&armor);
}

/* What a web page got signed with the same token is not for us. */
static void a_security_key_signs_for_its_application_alone(void **state)
{
	(void)state;
	for (enum key_type t = KEY_SK_ED25519; t <= KEY_SK_P256; t++) {
		struct recipe r = recipe_of(&makers[t]);

		r.application = "https://example.org";
		assert_int_equal(judge_recipe(&makers[t], &r), ERR_MISMATCH);
		r.application = "ssh:";
		r.counter = 0xFFFFFFFF;
		assert_int_equal(judge_recipe(&makers[t], &r), ERR_NONE);
	}
}

/* A plain signature by the key inside a security key, and the other way round. */
static void kinds_of_key_are_not_exchanged(void **state)
{
	(void)state;
	for (int sk = 0; sk < 2; sk++) {
		const enum key_type from = sk ? KEY_SK_ED25519 : KEY_ED25519, to = sk ? KEY_ED25519 : KEY_SK_ED25519;
		struct maker m = {.type = to, .secret = makers[from].secret};
		struct buf proof = {0};

		maker_publish(&m);
		prove(&makers[from], false, &proof);
		assert_int_equal(judge_proof(&m, &proof), ERR_MISMATCH);
		buf_release(&proof);
		buf_release(&m.blob);
	}
}

/* R = identity and S = 0 by the identity: OpenSSL takes that for a signature of everything. */
static void nobody_signs_with_the_identity(void **state)
{
	static const unsigned char identity[32] = {1};
	struct maker m = {.type = KEY_ED25519};
	const struct recipe r = recipe_of(&m);
	struct buf proof = {0}, payload = {0};
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();

	(void)state;
	put_text(&m.blob, "ssh-ed25519");
	put_string(&m.blob, identity, 32);
	buf_add(&proof, identity, 32);
	for (int i = 0; i < 32; i++)
		buf_add_byte(&proof, 0);
	m.secret = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, identity, 32);
	put_payload(&m, &r, &payload);
	assert_int_equal(EVP_DigestVerifyInit(ctx, NULL, NULL, NULL, m.secret), 1);
	assert_int_equal(EVP_DigestVerify(ctx, (const unsigned char *)proof.data, proof.len,
	                                  (const unsigned char *)payload.data, payload.len), 1);
	assert_int_equal(judge_proof(&m, &proof), ERR_DENIED);
	EVP_MD_CTX_free(ctx);
	buf_release(&proof);
	buf_release(&payload);
	maker_release(&m);
}

/* Spellings of the armor that decode to the very same blob. */
static void the_armor_has_one_spelling(void **state)
{
	static const struct {
		const char *cut, *paste;
	} changes[] = {{"-----BEGIN", " -----BEGIN"}, {"-----BEGIN", "\n-----BEGIN"}, {"-----BEGIN", "x\n-----BEGIN"},
	               {"URE-----\nU", "URE-----\n\nU"}, {"URE-----\nU", "URE-----\nU\n"}, {"URE-----\nU", "URE-----\n U"},
	               {"\n-----END", "\n\n-----END"}, {"\n-----END", " \n-----END"}, {"\n-----END", "=\n-----END"},
	               {"\n-----END", "====\n-----END"}, {"\n-----END", "\n----END"}, {"SIGNATURE", "Signature"},
	               {"SSH SIG", "SSH  SIG"}};
	const struct recipe r = recipe_of(&makers[KEY_ED25519]);
	struct buf armor = {0};

	(void)state;
	maker_sign(&makers[KEY_ED25519], &r, &armor);
	for (size_t i = 0; i < COUNT(changes); i++) {
		const char *at = strstr(armor.data, changes[i].cut);
		struct buf other = {0};

		assert_non_null(at);
		buf_add(&other, armor.data, (size_t)(at - armor.data));
		buf_add_string(&other, changes[i].paste);
		buf_add_string(&other, at + strlen(changes[i].cut));
		assert_int_equal(judge(&other, "git"), ERR_INPUT);
		buf_release(&other);
	}
	buf_release(&armor);
}

/* The bits of the last base64 character that belong to no byte, and the padding. */
static void base64_has_no_stray_bits(void **state)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	bool seen = false;

	(void)state;
	for (enum key_type t = KEY_ED25519; t <= KEY_SK_P256; t++) {
		const struct recipe r = recipe_of(&makers[t]);
		struct buf armor = {0};
		char *pad, *last;

		maker_sign(&makers[t], &r, &armor);
		pad = strchr(armor.data, '=');
		if (pad != NULL) {
			last = pad[-1] == '\n' ? pad - 2 : pad - 1;
			seen = true;
			*last = alphabet[strchr(alphabet, *last) - alphabet + 1];
			assert_int_equal(judge(&armor, "git"), ERR_INPUT);
		}
		buf_release(&armor);
	}
	assert_true(seen);
}

static void endless_armor_is_not_read(void **state)
{
	struct buf armor = {0};

	(void)state;
	buf_add_string(&armor, "-----BEGIN SSH SIGNATURE-----\n");
	while (armor.len < 20000)
		buf_add_string(&armor, "AAAA");
	buf_add_string(&armor, "\n-----END SSH SIGNATURE-----");
	assert_int_equal(judge(&armor, "git"), ERR_LIMIT);
	armor.len = 0;
	assert_int_equal(judge(&armor, "git"), ERR_INPUT);
	buf_release(&armor);
}

static int start(void **state)
{
	(void)state;
	for (enum key_type t = KEY_ED25519; t <= KEY_SK_P256; t++)
		maker_init(&makers[t], t);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	for (enum key_type t = KEY_ED25519; t <= KEY_SK_P256; t++)
		maker_release(&makers[t]);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_key_can_sign),
		cmocka_unit_test(a_field_that_is_otherwise_is_refused_though_it_is_signed),
		cmocka_unit_test(no_purpose_is_not_a_purpose),
		cmocka_unit_test(no_byte_of_it_can_be_changed_or_missing),
		cmocka_unit_test(s_is_below_the_order_of_ed25519),
		cmocka_unit_test(an_ed25519_signature_is_64_bytes),
		cmocka_unit_test(the_twin_of_an_ecdsa_signature_is_refused),
		cmocka_unit_test(the_half_of_the_order_is_the_border),
		cmocka_unit_test(ecdsa_numbers_have_one_spelling),
		cmocka_unit_test(ecdsa_numbers_are_not_padded),
		cmocka_unit_test(an_rsa_signature_is_as_long_as_its_key),
		cmocka_unit_test(a_security_key_was_touched),
		cmocka_unit_test(a_pin_is_told_from_a_touch),
		cmocka_unit_test(a_security_key_signs_for_its_application_alone),
		cmocka_unit_test(kinds_of_key_are_not_exchanged),
		cmocka_unit_test(nobody_signs_with_the_identity),
		cmocka_unit_test(the_armor_has_one_spelling),
		cmocka_unit_test(base64_has_no_stray_bits),
		cmocka_unit_test(endless_armor_is_not_read),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
