/* validate.c - checks a pattern cannot do: does a number that looks like one prove to be one? */
#include "rules/validate.h"

#include "base/calendar.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { MOST = 40 };

static const struct {
	const char *name;
	enum validator validate;
} names[] = {
	{"none", VALIDATE_NONE}, {"cn-id-18", VALIDATE_CN_ID_18}, {"cn-uscc", VALIDATE_CN_USCC},
	{"luhn", VALIDATE_LUHN}, {"iban", VALIDATE_IBAN},         {"ssn", VALIDATE_SSN},
	{"token-crc32", VALIDATE_TOKEN_CRC32},                    {"jwt", VALIDATE_JWT},
};

const char *validator_name(enum validator validate)
{
	return (unsigned)validate < sizeof(names) / sizeof(names[0]) ? names[validate].name : "";
}

enum validator validator_from_name(const char *name)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i].name, name) == 0)
			return names[i].validate;
	return VALIDATE_NONE;
}

/* Bytes of the separator at `text`: a space, a hyphen, or U+2010 to U+2013 as word processors set
 * it (folding leaves those alone); 0: none. */
static size_t separator(const char *text, size_t len)
{
	if (text[0] == ' ' || text[0] == '-')
		return 1;
	return len >= 3 && memcmp(text, "\xE2\x80", 2) == 0 && text[2] >= '\x90' && text[2] <= '\x93' ? 3 : 0;
}

/* Without separators, ASCII letters as capitals; 0 when it is too long. */
static size_t squeeze(const char *text, size_t len, char out[MOST + 1])
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		const size_t skip = separator(text + i, len - i);

		if (skip > 0) {
			i += skip - 1;
			continue;
		}
		if (n == MOST)
			return 0;
		out[n++] = text[i] >= 'a' && text[i] <= 'z' ? (char)(text[i] - 'a' + 'A') : text[i];
	}
	out[n] = '\0';
	return n;
}

static bool all_digits(const char *text, size_t len)
{
	return strspn(text, "0123456789") >= len;
}

/* GB 11643-1999: ISO 7064 MOD 11-2 over 17 digits, and a date that exists. */
static bool is_cn_id(const char *t, size_t len)
{
	static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
	char date[DATE_TEXT_SIZE];
	int32_t day;
	int sum = 0;

	if (len != 18 || !all_digits(t, 17) || t[0] == '0')
		return false;
	(void)snprintf(date, sizeof(date), "%.4s-%.2s-%.2s", t + 6, t + 10, t + 12);
	if (memcmp(date, "18", 2) != 0 && memcmp(date, "19", 2) != 0 && memcmp(date, "20", 2) != 0)
		return false;
	/* The calendar here begins in 1970.  18xx, 19xx and 23xx have the same leap years, and what
	 * day of the week it was is not asked. */
	if (date[0] == '1')
		memcpy(date, "23", 2);
	if (!date_from_text(&day, date, 10))
		return false;
	for (size_t i = 0; i < 17; i++)
		sum += (t[i] - '0') * weights[i];
	return t[17] == "10X98765432"[sum % 11];
}

/* GB 32100-2015: 31 characters (no I O S V Z), weights 3^i mod 31. */
static bool is_cn_uscc(const char *t, size_t len)
{
	static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
	int weight = 1, sum = 0;

	if (len != 18)
		return false;
	for (size_t i = 0; i < 18; i++) {
		const char *at = memchr(alphabet, t[i], sizeof(alphabet) - 1); /* not strchr: t may hold a NUL */

		if (at == NULL)
			return false;
		if (i == 17)
			return (int)(at - alphabet) == (31 - sum % 31) % 31;
		sum += (int)(at - alphabet) * weight;
		weight = weight * 3 % 31;
	}
	return false;
}

/* ISO/IEC 7812-1, annex B. */
static bool is_luhn(const char *t, size_t len)
{
	int sum = 0;

	if (len < 12 || len > 19 || !all_digits(t, len) || strspn(t, "0") == len)
		return false;
	for (size_t i = 0; i < len; i++) {
		int digit = t[len - 1 - i] - '0';

		if (i % 2 == 1)
			digit = digit > 4 ? digit * 2 - 9 : digit * 2;
		sum += digit;
	}
	return sum % 10 == 0;
}

/* Country and length, from the IBAN registry. */
static const char iban_lengths[] =
	"AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 "
	"CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 "
	"FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 "
	"IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 "
	"LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 "
	"NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 "
	"SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 "
	"UA29 VA22 VG24 XK20 YE30 ";

static size_t iban_length(const char *t)
{
	for (const char *at = iban_lengths; *at != '\0'; at += 5)
		if (memcmp(at, t, 2) == 0)
			return (size_t)(at[2] - '0') * 10 + (size_t)(at[3] - '0');
	return 0;
}

/* ISO 13616-1: the first four characters to the end, letters as numbers, mod 97 is 1. */
static bool is_iban(const char *t, size_t len)
{
	int rest = 0;

	if (len <= 4 || len != iban_length(t))
		return false;
	for (size_t i = 0; i < len; i++) {
		const char c = t[(i + 4) % len];

		if (c >= '0' && c <= '9')
			rest = (rest * 10 + (c - '0')) % 97;
		else if (c >= 'A' && c <= 'Z')
			rest = (rest * 100 + (c - 'A' + 10)) % 97;
		else
			return false;
	}
	return rest == 1;
}

/* US Social Security Administration, rules since 2011. */
static bool is_ssn(const char *t, size_t len)
{
	return len == 9 && all_digits(t, 9) && memcmp(t, "000", 3) != 0 && memcmp(t, "666", 3) != 0 && t[0] != '9' &&
	       memcmp(t + 3, "00", 2) != 0 && memcmp(t + 5, "0000", 4) != 0;
}

static const char base62[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/* CRC-32 as zlib and Ethernet have it (ISO 3309): reflected, polynomial 0xEDB88320. */
static uint32_t crc32_of(const char *t, size_t len)
{
	uint32_t crc = 0xFFFFFFFFu;

	for (size_t i = 0; i < len; i++) {
		crc ^= (unsigned char)t[i];
		for (int bit = 0; bit < 8; bit++)
			crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320u : crc >> 1;
	}
	return ~crc;
}

/* GitHub's format of 2021, and npm's: prefix, underscore, 30 characters, 6 of checksum. */
static bool is_checked_token(const char *t, size_t len)
{
	enum { SECRET = 30, CHECK = 6 };
	uint32_t crc;

	if (len <= SECRET + CHECK || t[len - SECRET - CHECK - 1] != '_')
		return false;
	t += len - SECRET - CHECK;
	crc = crc32_of(t, SECRET);
	for (size_t i = SECRET + CHECK; i > SECRET; i--, crc /= 62)
		if (t[i - 1] != base62[crc % 62])
			return false;
	return true;
}

/* The value of a base64url digit; -1: none. */
static int base64url_value(char c)
{
	const char *at = memchr(base62, c, sizeof(base62) - 1);

	if (c == '-' || c == '_')
		return c == '-' ? 62 : 63;
	if (at == NULL)
		return -1;
	return at - base62 < 10 ? (int)(at - base62) + 52 : (int)(at - base62) - 10;
}

/* RFC 7515: the header, up to the first dot, is a JSON object that names an algorithm. */
static bool is_jwt(const char *t, size_t len)
{
	static const char wanted[] = "\"alg\"";
	unsigned bits = 0, held = 0;
	size_t decoded = 0, seen = 0;
	char byte = '\0';

	for (size_t i = 0; i < len && t[i] != '.'; i++) {
		const int value = base64url_value(t[i]);

		if (value < 0)
			return false;
		bits = (bits << 6 | (unsigned)value) & 0xFFFFu;
		held += 6;
		if (held < 8)
			continue;
		held -= 8;
		byte = (char)(bits >> held & 0xFFu);
		if (decoded++ == 0 && byte != '{')
			return false;
		if (seen < sizeof(wanted) - 1)
			seen = byte == wanted[seen] ? seen + 1 : byte == '"';
	}
	return byte == '}' && seen == sizeof(wanted) - 1;
}

bool validator_accepts(enum validator validate, const char *text, size_t len)
{
	char t[MOST + 1];
	const size_t n = squeeze(text, len, t);

	switch (validate) {
	case VALIDATE_NONE:
		return true;
	case VALIDATE_CN_ID_18:
		return is_cn_id(t, n);
	case VALIDATE_CN_USCC:
		return is_cn_uscc(t, n);
	case VALIDATE_LUHN:
		return is_luhn(t, n);
	case VALIDATE_IBAN:
		return is_iban(t, n);
	case VALIDATE_SSN:
		return is_ssn(t, n);
	case VALIDATE_TOKEN_CRC32:
		return is_checked_token(text, len);
	case VALIDATE_JWT:
		return is_jwt(text, len);
	}
	return false;
}
