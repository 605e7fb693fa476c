/* ed25519.c - Ed25519 signatures, verified by libsodium, which enters here and nowhere else.
 *
 * It needs a little more than half of the time OpenSSL 3.0 needs, and an audit is mostly this.  It asks the same
 * equation, without a cofactor, as OpenSSL and OpenSSH do, and takes nothing they refuse (seal_ed25519_test.c);
 * and it refuses an R of small order, which nobody gets by signing. */
#include "ed25519.h"

#include "base/buf.h"
#include "broken.h"
#include "key_inside.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

/* y coordinates of the points whose order divides 8 (RFC 7748 section 6.1 and RFC 8032), little
 * endian, sign bit cleared. */
static const unsigned char small_order[][ED25519_POINT] = {
	{0x00},
	{0x01},
	{0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0,
	 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05},
	{0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f,
	 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a},
};

/* y >= p - 1 = 2^255 - 20: of small order (p - 1) or not reduced (p and above). */
static bool is_near_p(const unsigned char y[ED25519_POINT])
{
	if ((y[31] & 0x7F) != 0x7F || y[0] < 0xEC)
		return false;
	for (size_t i = 1; i < 31; i++)
		if (y[i] != 0xFF)
			return false;
	return true;
}

bool ed25519_is_weak(const unsigned char point[ED25519_POINT])
{
	unsigned char y[ED25519_POINT];

	memcpy(y, point, sizeof(y));
	y[31] &= 0x7F;
	for (size_t i = 0; i < sizeof(small_order) / sizeof(small_order[0]); i++)
		if (memcmp(y, small_order[i], sizeof(y)) == 0)
			return true;
	return is_near_p(y);
}

/* S < L, little endian (RFC 8032 section 5.1.7).  The library checks it too; here it is a form, and told as one. */
static bool s_is_canonical(const unsigned char *s)
{
	static const unsigned char order[32] = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
	                                        0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	                                        0, 0, 0, 0, 0x10};

	for (size_t i = 32; i > 0; i--)
		if (s[i - 1] != order[i - 1])
			return s[i - 1] < order[i - 1];
	return false;
}

static pthread_once_t started = PTHREAD_ONCE_INIT;

static void start(void)
{
	if (sodium_init() < 0)
		crypto_is_broken("Ed25519");
}

bool ed25519_verify(const struct public_key *key, const struct buf *message, const unsigned char *proof,
                    size_t len, struct err *err)
{
	if (len != ED25519_PROOF || !s_is_canonical(proof + 32))
		return err_set(err, ERR_INPUT, "signature: not in canonical form");
	if (key->type != KEY_ED25519 && key->type != KEY_SK_ED25519)
		return false;
	(void)pthread_once(&started, start);
	return crypto_sign_verify_detached(proof, (const unsigned char *)message->data, message->len, key->point) == 0;
}
