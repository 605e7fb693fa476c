/* validate.c - checks a pattern cannot do: does a number that looks like one prove to be one? */
#include "rules/validate.h"

#include "base/calendar.h"

#include <stdio.h>
#include <string.h>

enum { MOST = 40 };

static const struct {
	const char *name;
	enum validator validate;
} names[] = {
	{"none", VALIDATE_NONE}, {"cn-id-18", VALIDATE_CN_ID_18}, {"cn-uscc", VALIDATE_CN_USCC},
	{"luhn", VALIDATE_LUHN}, {"iban", VALIDATE_IBAN},         {"ssn", VALIDATE_SSN},
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

/* Without spaces and hyphens, ASCII letters as capitals; 0 when it is too long. */
static size_t squeeze(const char *text, size_t len, char out[MOST + 1])
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		if (text[i] == ' ' || text[i] == '-')
			continue;
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

	if (len != 18 || !all_digits(t, 17) || t[0] == '0' || t[0] == '9')
		return false;
	(void)snprintf(date, sizeof(date), "%.4s-%.2s-%.2s", t + 6, t + 10, t + 12);
	/* The calendar here begins in 1970; 400 years later it is the same one. */
	if (memcmp(date, "18", 2) == 0 || memcmp(date, "19", 2) == 0)
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
		const char *at = strchr(alphabet, t[i]);

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

/* ISO 13616-1: the first four characters to the end, letters as numbers, mod 97 is 1. */
static bool is_iban(const char *t, size_t len)
{
	static const struct {
		char country[3];
		size_t len;
	} lengths[] = {{"AT", 20}, {"BE", 16}, {"BG", 22}, {"CH", 21}, {"CZ", 24}, {"DE", 22}, {"DK", 18}, {"EE", 20},
	               {"ES", 24}, {"FI", 18}, {"FR", 27}, {"GB", 22}, {"GR", 27}, {"HR", 21}, {"HU", 28}, {"IE", 22},
	               {"IT", 27}, {"LT", 20}, {"LU", 20}, {"LV", 21}, {"NL", 18}, {"NO", 15}, {"PL", 28}, {"PT", 25},
	               {"RO", 24}, {"SE", 24}, {"SI", 19}, {"SK", 24}, {"TR", 26}, {"AE", 23}, {"SA", 24}, {"IL", 23}};
	size_t want = 0;
	int rest = 0;

	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++)
		if (len > 4 && memcmp(t, lengths[i].country, 2) == 0)
			want = lengths[i].len;
	if (want == 0 || len != want)
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
	}
	return false;
}
