/* seal_signature_test.c - signatures in one spelling, keys worth believing, files worth opening. */
#define _GNU_SOURCE
#include "base/buf.h"
#include "base/fs.h"
#include "base/mem.h"
#include "seal/hash.h"
#include "seal/key.h"
#include "seal/signature.h"
#include "seal/signer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char dir[] = "/tmp/seal-XXXXXX";
static struct signer *signer;
static struct buf armor;
static const char message[] = "the message\n";

static bool verify(const char *text, size_t len, const char *space, enum err_kind *kind)
{
	struct public_key *key = NULL;
	struct err err = {0};
	const bool ok = signature_verify(text, len, space, message, sizeof(message) - 1, &key, &err);

	public_key_free(key);
	if (kind != NULL)
		*kind = err.kind;
	return ok;
}

static void a_good_signature_is_good_for_its_purpose_alone(void **state)
{
	enum err_kind kind;

	(void)state;
	assert_true(verify(armor.data, armor.len, "git", NULL));
	assert_false(verify(armor.data, armor.len, "file", &kind));
	assert_int_equal(kind, ERR_MISMATCH);
	assert_false(verify(armor.data, armor.len, "", &kind));
}

static void no_flipped_byte_and_no_shorter_one_is_good(void **state)
{
	(void)state;
	for (size_t i = 0; i < armor.len; i++) {
		char *copy = mem_copy_bytes(armor.data, armor.len);

		copy[i] ^= 1;
		assert_false(verify(copy, armor.len, "git", NULL));
		assert_false(verify(armor.data, i, "git", NULL));
		free(copy);
	}
}

/* The armor with its base64 in other columns, with CR, with text around it. */
static void there_is_one_spelling(void **state)
{
	static const size_t columns[] = {64, 76, 4000};
	struct buf flat = {0}, other = {0};
	const char *begin = strchr(armor.data, '\n') + 1, *end = strstr(armor.data, "\n-----END");

	(void)state;
	for (const char *p = begin; p < end; p++)
		if (*p != '\n')
			buf_add_byte(&flat, *p);
	for (size_t c = 0; c < sizeof(columns) / sizeof(columns[0]); c++) {
		buf_clear(&other);
		buf_add_string(&other, "-----BEGIN SSH SIGNATURE-----\n");
		for (size_t i = 0; i < flat.len; i += columns[c]) {
			buf_add(&other, flat.data + i, flat.len - i < columns[c] ? flat.len - i : columns[c]);
			buf_add_byte(&other, '\n');
		}
		buf_add_string(&other, "-----END SSH SIGNATURE-----");
		assert_false(verify(other.data, other.len, "git", NULL));
	}
	buf_clear(&other);
	buf_add(&other, armor.data, armor.len);
	buf_add_byte(&other, '\n');
	assert_false(verify(other.data, other.len, "git", NULL));
	buf_clear(&other);
	for (size_t i = 0; i < armor.len; i++) {
		if (armor.data[i] == '\n')
			buf_add_byte(&other, '\r');
		buf_add_byte(&other, armor.data[i]);
	}
	assert_false(verify(other.data, other.len, "git", NULL));
	buf_release(&flat);
	buf_release(&other);
}

static int shell(const char *fmt, ...) PRINTF_LIKE(1, 2);
static int shell(const char *fmt, ...)
{
	char command[4096];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(command, sizeof(command), fmt, args);
	va_end(args);
	return system(command);
}

/* ssh-keygen as an independent oracle, both ways. */
static void ssh_keygen_agrees(void **state)
{
	static const char *const kinds[] = {"ed25519", "ecdsa -b 256", "rsa -b 3072"};
	struct err err = {0};
	char *path = fs_join(dir, "m");

	(void)state;
	assert_true(fs_write_file(path, message, sizeof(message) - 1, 0600, &err));
	free(path);
	path = fs_join(dir, "ours.sig");
	assert_true(fs_write_file(path, armor.data, armor.len, 0600, &err));
	free(path);
	assert_int_equal(shell("cd %s && { printf 'me namespaces=\"git\" '; cat key.pem.pub; } > allowed && "
	                       "ssh-keygen -Y verify -f allowed -I me -n git -s ours.sig < m >/dev/null 2>&1", dir), 0);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct buf theirs = {0};

		assert_int_equal(shell("cd %s && rm -f k k.pub m.sig && ssh-keygen -q -t %s -N '' -f k && "
		                       "ssh-keygen -q -Y sign -f k -n git m 2>/dev/null", dir, kinds[i]), 0);
		path = fs_join(dir, "m.sig");
		assert_true(fs_read_file(path, 16384, &theirs, &err));
		/* theirs ends in LF; an ECDSA one may have high S, that we do not accept */
		if (i != 1)
			assert_true(verify(theirs.data, theirs.len - 1, "git", NULL));
		assert_false(verify(theirs.data, theirs.len - 1, "other", NULL));
		buf_release(&theirs);
		free(path);
	}
}

static void an_agent_signs_with_every_kind_of_key(void **state)
{
	static const char *const kinds[] = {"ed25519", "ecdsa -b 256", "rsa -b 3072"};
	struct err err = {0};
	char *socket = fs_join(dir, "agent.sock"), *pid = fs_join(dir, "agent.env");

	(void)state;
	assert_int_equal(shell("ssh-agent -a %s > %s", socket, pid), 0);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct buf line = {0}, signature = {0};
		struct public_key *key = NULL;
		struct signer *agent = NULL;
		char *path = fs_join(dir, "k.pub");

		assert_int_equal(shell("cd %s && rm -f k k.pub && ssh-keygen -q -t %s -N '' -f k && "
		                       "SSH_AUTH_SOCK=%s ssh-add -q k", dir, kinds[i], socket), 0);
		assert_true(fs_read_file(path, 16384, &line, &err));
		assert_true(public_key_from_line(line.data, strcspn(line.data, "\n"), &key, &err));
		assert_true(signer_open_agent(socket, public_key_fingerprint(key), &agent, &err));
		for (int n = 0; n < 4; n++) { /* ECDSA: high S comes half of the time, and must be mended */
			buf_clear(&signature);
			assert_true(signer_sign(agent, "git", message, sizeof(message) - 1, &signature, &err));
			assert_true(verify(signature.data, signature.len, "git", NULL));
		}
		signer_free(agent);
		public_key_free(key);
		buf_release(&line);
		buf_release(&signature);
		free(path);
	}
	assert_int_equal(shell(". %s >/dev/null; kill $SSH_AGENT_PID", pid), 0);
	free(socket);
	free(pid);
}

static void an_absent_agent_or_key_is_told(void **state)
{
	struct signer *agent = NULL;
	struct err err = {0};

	(void)state;
	assert_false(signer_open_agent("/nonexistent/agent", "SHA256:x", &agent, &err));
	assert_true(err.hint[0] != '\0');
}

/* Keys anybody could sign with, or that could be written in two ways. */
static void weak_keys_are_refused(void **state)
{
	static const char *const points[] = {
		"0000000000000000000000000000000000000000000000000000000000000000",
		"0100000000000000000000000000000000000000000000000000000000000000",
		"0100000000000000000000000000000000000000000000000000000000000080",
		"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
		"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
		"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(points) / sizeof(points[0]); i++) {
		unsigned char blob[51] = {0, 0, 0, 11};
		struct public_key *key = NULL;
		struct err err = {0};

		memcpy(blob + 4, "ssh-ed25519", 11);
		blob[18] = 32;
		for (size_t k = 0; k < 32; k++) {
			unsigned value = 0;

			assert_int_equal(sscanf(points[i] + 2 * k, "%2x", &value), 1);
			blob[19 + k] = (unsigned char)value;
		}
		assert_false(public_key_from_blob(blob, sizeof(blob), &key, &err));
		assert_int_equal(err.kind, ERR_DENIED);
	}
	assert_int_equal(shell("cd %s && rm -f k k.pub && ssh-keygen -q -t rsa -b 2048 -N '' -f k", dir), 0);
	{
		struct buf line = {0};
		struct public_key *key = NULL;
		struct err err = {0};
		char *path = fs_join(dir, "k.pub");

		assert_true(fs_read_file(path, 16384, &line, &err));
		assert_false(public_key_from_line(line.data, strcspn(line.data, "\n"), &key, &err));
		buf_release(&line);
		free(path);
	}
}

static void a_public_line_is_what_it_says(void **state)
{
	static const char *const bad[] = {"", "ssh-ed25519", "ssh-ed25519 ", "ssh-ed25519 AAAA",
	                                  "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIHIRBNqKl1kuzYEXXaEBJnpc5t+fL7bbaXqbwtuuiksE",
	                                  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHIRBNqKl1kuzYEXXaEBJnpc5t+fL7bbaXqbwtuuiksE=",
	                                  "ssh-dss AAAAB3NzaC1kc3MAAACB"};
	static const char good[] = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHIRBNqKl1kuzYEXXaEBJnpc5t+fL7bbaXqbwtuuiksE";
	struct public_key *key = NULL, *copy;
	struct err err = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct err why = {0};

		assert_false(public_key_from_line(bad[i], strlen(bad[i]), &key, &why));
	}
	assert_true(public_key_from_line(good, strlen(good), &key, &err));
	assert_string_equal(public_key_line(key), good);
	copy = public_key_copy(key);
	assert_true(public_key_equal(key, copy));
	public_key_free(copy);
	public_key_free(key);
}

static bool opens(const char *name, const char *passphrase, enum err_kind *kind)
{
	char *path = fs_join(dir, name);
	struct signer *s = NULL;
	struct err err = {0};
	const bool ok = signer_open_file(path, passphrase, &s, &err);

	*kind = err.kind;
	signer_free(s);
	free(path);
	return ok;
}

static void key_files_that_protect_too_little_are_refused(void **state)
{
	enum err_kind kind;

	(void)state;
	assert_false(opens("key.pem", "wrong passphrase", &kind));
	assert_int_equal(kind, ERR_DENIED);
	assert_false(opens("none.pem", "x", &kind));
	assert_int_equal(kind, ERR_NOT_FOUND);
	assert_int_equal(shell("cd %s && umask 077 && openssl genpkey -algorithm ed25519 -out plain.pem 2>/dev/null && "
	                       "openssl pkcs8 -topk8 -in plain.pem -v2 aes-256-cbc -iter 2048 -passout pass:x -out weak.pem && "
	                       "openssl pkcs8 -topk8 -in plain.pem -v2 aes-256-cbc -v2prf hmacWithSHA512 -iter 700000 "
	                       "-passout pass:x -out strong.pem && openssl genpkey -algorithm rsa -out r 2>/dev/null && "
	                       "openssl pkcs8 -topk8 -scrypt -in r -passout pass:x -out rsa.pem && ln -s key.pem link.pem && "
	                       "cp key.pem open.pem && chmod 640 open.pem && mkfifo -m 600 pipe.pem", dir), 0);
	assert_false(opens("plain.pem", "x", &kind));
	assert_false(opens("weak.pem", "x", &kind));
	assert_int_equal(kind, ERR_DENIED);
	assert_false(opens("rsa.pem", "x", &kind));
	assert_false(opens("link.pem", "a long passphrase", &kind));
	assert_false(opens("open.pem", "a long passphrase", &kind));
	assert_int_equal(kind, ERR_DENIED);
	assert_false(opens("pipe.pem", "x", &kind));
	assert_true(opens("strong.pem", "x", &kind));
	assert_true(opens("key.pem", "a long passphrase", &kind));
}

static void a_new_key_replaces_nothing(void **state)
{
	char *path = fs_join(dir, "key.pem"), *other = fs_join(dir, "short.pem");
	struct public_key *key = NULL;
	struct err err = {0};
	struct stat sb;

	(void)state;
	assert_false(signer_create_file(path, "a long passphrase", "me", &key, &err));
	assert_int_equal(err.kind, ERR_CONFLICT);
	err = (struct err){0};
	assert_false(signer_create_file(other, "short", "me", &key, &err));
	assert_false(fs_exists(other));
	assert_int_equal(stat(path, &sb), 0);
	assert_int_equal(sb.st_mode & 07777, 0600);
	free(path);
	free(other);
}

static void sha_256_is_sha_256(void **state)
{
	struct digest d;
	char hex[DIGEST_HEX_SIZE];

	(void)state;
	hash_bytes("abc", 3, &d);
	assert_string_equal(digest_to_hex(&d, hex), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static int start(void **state)
{
	struct public_key *key = NULL;
	struct err err = {0};
	char *path;

	(void)state;
	if (mkdtemp(dir) == NULL)
		return -1;
	path = fs_join(dir, "key.pem");
	if (!signer_create_file(path, "a long passphrase", "me", &key, &err) ||
	    !signer_open_file(path, "a long passphrase", &signer, &err) ||
	    !signer_sign(signer, "git", message, sizeof(message) - 1, &armor, &err))
		return -1;
	public_key_free(key);
	free(path);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	signer_free(signer);
	buf_release(&armor);
	return shell("rm -rf %s", dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_signature_is_good_for_its_purpose_alone),
		cmocka_unit_test(no_flipped_byte_and_no_shorter_one_is_good),
		cmocka_unit_test(there_is_one_spelling),
		cmocka_unit_test(ssh_keygen_agrees),
		cmocka_unit_test(an_agent_signs_with_every_kind_of_key),
		cmocka_unit_test(an_absent_agent_or_key_is_told),
		cmocka_unit_test(weak_keys_are_refused),
		cmocka_unit_test(a_public_line_is_what_it_says),
		cmocka_unit_test(key_files_that_protect_too_little_are_refused),
		cmocka_unit_test(a_new_key_replaces_nothing),
		cmocka_unit_test(sha_256_is_sha_256),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
