/* seal_note_test.c - signed notes: what is written is read, and one changed byte is not. */
#define _GNU_SOURCE
#include "seal_fixture.h"

#include "base/mem.h"
#include "seal/base64.h"
#include "seal/note.h"
#include "seal/signer.h"

#include <stdio.h>
#include <unistd.h>

static const char TEXT[] = "review-ledger/0\n12\nabc=\n";

struct desk {
	char dir[32];
	struct signer *vault, *other;
};

static struct signer *new_key(const char *dir, const char *name)
{
	char *path = mem_format("%s/%s", dir, name), *line = mem_format("%s.pub", path);
	struct public_key *key = NULL;
	struct signer *signer = NULL;
	struct err err = {0};

	assert_true(signer_create_file(path, "long enough", name, &key, &err));
	assert_true(signer_open_file(path, "long enough", &signer, &err));
	public_key_free(key);
	(void)unlink(path);
	(void)unlink(line);
	free(path);
	free(line);
	return signer;
}

static int open_desk(void **state)
{
	struct desk *d = mem_alloc(1, sizeof(*d));

	memcpy(d->dir, "/tmp/note-XXXXXX", 17);
	assert_non_null(mkdtemp(d->dir));
	d->vault = new_key(d->dir, "vault");
	d->other = new_key(d->dir, "other");
	*state = d;
	return 0;
}

static int close_desk(void **state)
{
	struct desk *d = *state;

	signer_free(d->vault);
	signer_free(d->other);
	(void)rmdir(d->dir);
	free(d);
	return 0;
}

static void write_note(struct signer *signer, const char *name, int64_t time, struct buf *note)
{
	struct err err = {0};

	if (note->len == 0)
		buf_addf(note, "%s\n", TEXT);
	assert_true(note_sign(signer, name, time, TEXT, strlen(TEXT), note, &err));
}

static enum note_answer ask(const struct buf *note, const char *name, const struct signer *by, int64_t *time)
{
	return note_verify(note->data, note->len, name, signer_key(by), time);
}

static void a_note_is_signed_by_name_and_key(void **state)
{
	struct desk *d = *state;
	struct buf note = {0};
	int64_t time = -1;

	write_note(d->vault, "vault", 0, &note);
	assert_int_equal(ask(&note, "vault", d->vault, &time), NOTE_SIGNED);
	assert_int_equal(time, 0);
	assert_int_equal(ask(&note, "vault2", d->vault, &time), NOTE_NOT_SIGNED);
	assert_int_equal(ask(&note, "vaul", d->vault, &time), NOTE_NOT_SIGNED);
	assert_int_equal(ask(&note, "vault", d->other, &time), NOTE_NOT_SIGNED);
	buf_release(&note);
}

static void a_cosignature_has_a_time_and_the_newest_counts(void **state)
{
	struct desk *d = *state;
	struct buf note = {0};
	int64_t time = 0;

	write_note(d->other, "other", 0, &note);
	write_note(d->vault, "vault", 1795415400, &note);
	write_note(d->vault, "vault", 1795410000, &note);
	assert_int_equal(ask(&note, "vault", d->vault, &time), NOTE_SIGNED);
	assert_int_equal(time, 1795415400);
	assert_int_equal(ask(&note, "other", d->other, &time), NOTE_SIGNED);
	assert_int_equal(time, 0);
	buf_release(&note);
}

static void every_changed_byte_unsigns_it(void **state)
{
	struct desk *d = *state;

	for (int64_t when = 0; when <= 1795415400; when += 1795415400) {
		struct buf note = {0};
		int64_t time;

		write_note(d->vault, "vault", when, &note);
		for (size_t i = 0; i < note.len; i++) {
			note.data[i] ^= 1;
			if (ask(&note, "vault", d->vault, &time) != NOTE_NOT_SIGNED)
				fail_msg("byte %zu does not matter", i);
			note.data[i] ^= 1;
		}
		for (size_t len = 0; len < note.len; len++)
			assert_int_equal(note_verify(note.data, len, "vault", signer_key(d->vault), &time), NOTE_NOT_SIGNED);
		buf_release(&note);
	}
}

/* The same by hand: key id, message and line, with OpenSSL alone. */
static void the_form_is_the_published_one(void **state)
{
	unsigned char seed[32] = {7}, point[32], id[EVP_MAX_MD_SIZE], whole[4 + 8 + 64] = {0};
	size_t len = sizeof(point), proof_len = 64;
	struct buf text = {0}, note = {0}, blob = {0};
	EVP_PKEY *secret = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, sizeof(seed));
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	struct public_key *key = NULL;
	struct err err = {0};
	int64_t time = 0;
	char *message = mem_format("cosignature/v1\ntime 1700000000\n%s", TEXT);

	(void)state;
	assert_int_equal(EVP_PKEY_get_raw_public_key(secret, point, &len), 1);
	buf_add(&text, "vault\n\x04", 7);
	buf_add(&text, point, sizeof(point));
	assert_int_equal(EVP_Digest(text.data, text.len, id, NULL, EVP_sha256(), NULL), 1);
	memcpy(whole, id, 4);
	for (int i = 0; i < 8; i++)
		whole[4 + i] = (unsigned char)((uint64_t)1700000000 >> (56 - 8 * i));
	assert_int_equal(EVP_DigestSignInit(ctx, NULL, NULL, NULL, secret), 1);
	assert_int_equal(EVP_DigestSign(ctx, whole + 12, &proof_len, (const unsigned char *)message, strlen(message)), 1);
	buf_addf(&note, "%s\n\xE2\x80\x94 vault ", TEXT);
	base64_add(&note, whole, sizeof(whole), true);
	buf_add_byte(&note, '\n');
	buf_add(&blob, "\0\0\0\x0bssh-ed25519\0\0\0 ", 19);
	buf_add(&blob, point, sizeof(point));
	assert_true(public_key_from_blob(blob.data, blob.len, &key, &err));
	assert_int_equal(note_verify(note.data, note.len, "vault", key, &time), NOTE_SIGNED);
	assert_int_equal(time, 1700000000);
	public_key_free(key);
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(secret);
	buf_release(&text);
	buf_release(&note);
	buf_release(&blob);
	free(message);
}

static void what_has_no_signatures_is_no_note(void **state)
{
	static const char *const others[] = {"", "\n", "text\n", "text\n\n", "text", "\n\nline\n", "te\rxt\n\nline\n", "te\xffxt\n\nline\n"};
	size_t len;

	(void)state;
	for (size_t i = 0; i < COUNT(others); i++) {
		struct err err = {0};

		if (note_text(others[i], strlen(others[i]), &len, &err))
			fail_msg("note %zu is one, of %zu bytes", i, len);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_note_is_signed_by_name_and_key),
		cmocka_unit_test(a_cosignature_has_a_time_and_the_newest_counts),
		cmocka_unit_test(every_changed_byte_unsigns_it),
		cmocka_unit_test(the_form_is_the_published_one),
		cmocka_unit_test(what_has_no_signatures_is_no_note),
	};

	return cmocka_run_group_tests(tests, open_desk, close_desk);
}
