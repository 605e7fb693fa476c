/* key_file.c - private keys in encrypted PKCS#8.
 *
 * A stolen laptop must not be a stolen approval: files that are not encrypted, or by a derivation a
 * graphics card walks through (openssl genpkey's default is 2,048 rounds), or that others may read,
 * are refused before the passphrase is even tried. */
#define _GNU_SOURCE
#include "signer_inside.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/mem.h"
#include "key_inside.h"
#include "wire.h"

#include <fcntl.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SCRYPT_N = 16384, SCRYPT_R = 8, SCRYPT_P = 5, PBKDF2_LEAST = 600000, PASSPHRASE_LEAST = 8 };
static const size_t FILE_LIMIT = 16384;

static bool file_is_private(int fd, const char *path, struct err *err)
{
	struct stat sb;

	if (fstat(fd, &sb) != 0)
		return err_errno(err, "%s", path);
	if (!S_ISREG(sb.st_mode))
		return err_set(err, ERR_INPUT, "%s: not a regular file", path);
	if (sb.st_uid != geteuid())
		return err_set(err, ERR_DENIED, "%s: belongs to somebody else", path);
	if ((sb.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
		(void)err_set(err, ERR_DENIED, "%s: others may read this key", path);
		return err_hint(err, "chmod 600 %s", path);
	}
	return true;
}

static bool read_private_file(const char *path, struct buf *out, struct err *err)
{
	const int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	bool ok;

	if (fd < 0)
		return err_errno(err, "%s", path);
	ok = file_is_private(fd, path, err) && buf_read_fd(out, fd, FILE_LIMIT, err);
	(void)close(fd);
	return ok;
}

static int64_t integer(const ASN1_INTEGER *value)
{
	int64_t n = 0;

	return value != NULL && ASN1_INTEGER_get_int64(&n, value) == 1 ? n : 0;
}

static bool scrypt_is_strong(const X509_ALGOR *function)
{
	const ASN1_OBJECT *object;
	const void *value;
	int type;
	SCRYPT_PARAMS *p;
	bool ok;

	X509_ALGOR_get0(&object, &type, &value, function);
	p = type == V_ASN1_SEQUENCE ? ASN1_item_unpack(value, ASN1_ITEM_rptr(SCRYPT_PARAMS)) : NULL;
	ok = p != NULL && integer(p->costParameter) >= SCRYPT_N && integer(p->blockSize) >= SCRYPT_R;
	SCRYPT_PARAMS_free(p);
	return ok;
}

static bool pbkdf2_is_strong(const X509_ALGOR *function)
{
	const ASN1_OBJECT *object;
	const void *value;
	int type;
	PBKDF2PARAM *p;
	bool ok;

	X509_ALGOR_get0(&object, &type, &value, function);
	p = type == V_ASN1_SEQUENCE ? ASN1_item_unpack(value, ASN1_ITEM_rptr(PBKDF2PARAM)) : NULL;
	ok = p != NULL && integer(p->iter) >= PBKDF2_LEAST;
	PBKDF2PARAM_free(p);
	return ok;
}

/* PBES2 (RFC 8018) with a derivation that costs something. */
static bool is_strong(const X509_SIG *sealed)
{
	const X509_ALGOR *algorithm;
	const ASN1_OCTET_STRING *data;
	const ASN1_OBJECT *object;
	const void *value;
	int type, function;
	PBE2PARAM *p;
	bool ok = false;

	X509_SIG_get0(sealed, &algorithm, &data);
	X509_ALGOR_get0(&object, &type, &value, algorithm);
	if (OBJ_obj2nid(object) != NID_pbes2 || type != V_ASN1_SEQUENCE)
		return false;
	p = ASN1_item_unpack(value, ASN1_ITEM_rptr(PBE2PARAM));
	if (p == NULL)
		return false;
	function = OBJ_obj2nid(p->keyfunc->algorithm);
	if (function == NID_id_scrypt)
		ok = scrypt_is_strong(p->keyfunc);
	else if (function == NID_id_pbkdf2)
		ok = pbkdf2_is_strong(p->keyfunc);
	PBE2PARAM_free(p);
	return ok;
}

static bool public_half(EVP_PKEY *secret, struct public_key **out, struct err *err)
{
	unsigned char point[32];
	size_t len = sizeof(point);
	struct buf blob = {0};
	bool ok;

	if (EVP_PKEY_get_id(secret) != EVP_PKEY_ED25519 ||
	    EVP_PKEY_get_raw_public_key(secret, point, &len) != 1 || len != sizeof(point))
		return err_set(err, ERR_INPUT, "not an Ed25519 key; other kinds are used through ssh-agent");
	wire_add_text(&blob, key_type_name(KEY_ED25519));
	wire_add_string(&blob, point, len);
	ok = public_key_from_blob(blob.data, blob.len, out, err);
	buf_release(&blob);
	return ok;
}

static bool unseal(const X509_SIG *sealed, const char *passphrase, struct signer **out, struct err *err)
{
	PKCS8_PRIV_KEY_INFO *info = PKCS8_decrypt(sealed, passphrase, (int)strlen(passphrase));
	EVP_PKEY *secret = info != NULL ? EVP_PKCS82PKEY(info) : NULL;
	struct signer *signer = mem_alloc(1, sizeof(*signer));

	PKCS8_PRIV_KEY_INFO_free(info);
	signer->agent = -1;
	signer->secret = secret;
	if (secret == NULL)
		(void)err_set(err, ERR_DENIED, "wrong passphrase");
	else if (public_half(secret, &signer->key, err)) {
		*out = signer;
		return true;
	}
	signer_free(signer);
	return false;
}

/* A PEM header may ask for a passphrase of its own; OpenSSL would then turn to the terminal. */
static int ask_nobody(char *buffer, int size, int writing, void *context)
{
	(void)buffer;
	(void)size;
	(void)writing;
	(void)context;
	return -1;
}

bool signer_open_file(const char *path, const char *passphrase, struct signer **out, struct err *err)
{
	struct buf text = {0};
	X509_SIG *sealed = NULL;
	BIO *bio = NULL;
	bool ok = false;

	if (!read_private_file(path, &text, err))
		goto out;
	bio = BIO_new_mem_buf(text.data, (int)text.len);
	sealed = bio != NULL ? PEM_read_bio_PKCS8(bio, NULL, ask_nobody, NULL) : NULL;
	if (sealed == NULL) {
		(void)err_set(err, ERR_DENIED, "%s: not an encrypted PKCS#8 key", path);
		(void)err_hint(err, "OpenSSH keys are used through ssh-agent: --key agent:SHA256:...");
	} else if (!is_strong(sealed)) {
		(void)err_set(err, ERR_DENIED, "%s: its passphrase is too weakly protected", path);
		(void)err_hint(err, "openssl pkcs8 -topk8 -scrypt -in KEY -out NEW, or review key new");
	} else {
		ok = unseal(sealed, passphrase, out, err);
		if (!ok)
			err_context(err, "%s", path);
	}
out:
	X509_SIG_free(sealed);
	BIO_free(bio);
	mem_wipe(text.data, text.len);
	buf_release(&text);
	return ok;
}

/* PEM of `secret` under the passphrase; freed with BIO_free. */
static BIO *seal_key(EVP_PKEY *secret, const char *passphrase)
{
	unsigned char salt[16], iv[16];
	PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(secret);
	X509_ALGOR *method = NULL;
	X509_SIG *sealed = NULL;
	BIO *bio = BIO_new(BIO_s_mem());
	bool ok = false;

	if (info != NULL && bio != NULL && RAND_bytes(salt, sizeof(salt)) == 1 && RAND_bytes(iv, sizeof(iv)) == 1)
		method = PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), salt, sizeof(salt), iv, SCRYPT_N, SCRYPT_R, SCRYPT_P);
	if (method != NULL) {
		sealed = PKCS8_set0_pbe(passphrase, (int)strlen(passphrase), info, method);
		if (sealed == NULL)
			X509_ALGOR_free(method);
	}
	ok = sealed != NULL && PEM_write_bio_PKCS8(bio, sealed) == 1;
	X509_SIG_free(sealed);
	PKCS8_PRIV_KEY_INFO_free(info);
	if (ok)
		return bio;
	BIO_free(bio);
	return NULL;
}

static bool write_pair(const char *path, BIO *pem, const char *line, struct err *err)
{
	char *text = NULL, *public_path = mem_format("%s.pub", path);
	const long len = BIO_get_mem_data(pem, &text);
	bool ok = false;

	if (len <= 0)
		(void)err_set(err, ERR_SYSTEM, "%s: the key could not be written", path);
	else if (fs_create_file(path, text, (size_t)len, 0600, err)) {
		ok = fs_create_file(public_path, line, strlen(line), 0644, err);
		if (!ok)
			(void)unlink(path);
	}
	free(public_path);
	return ok;
}

bool signer_create_file(const char *path, const char *passphrase, const char *comment,
                        struct public_key **out, struct err *err)
{
	EVP_PKEY *secret = NULL;
	BIO *pem = NULL;
	struct public_key *key = NULL;
	char *line = NULL;
	bool ok = false;

	if (strlen(passphrase) < PASSPHRASE_LEAST)
		return err_set(err, ERR_INPUT, "a passphrase has at least %d characters", PASSPHRASE_LEAST);
	secret = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	pem = secret != NULL ? seal_key(secret, passphrase) : NULL;
	if (pem == NULL) {
		(void)err_set(err, ERR_SYSTEM, "the key could not be made");
		goto out;
	}
	if (!public_half(secret, &key, err))
		goto out;
	line = mem_format("%s %s\n", public_key_line(key), comment);
	if (!write_pair(path, pem, line, err))
		goto out;
	*out = key;
	key = NULL; /* transferred */
	ok = true;
out:
	free(line);
	public_key_free(key);
	BIO_free(pem);
	EVP_PKEY_free(secret);
	return ok;
}
