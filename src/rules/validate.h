#ifndef RULES_VALIDATE_H
#define RULES_VALIDATE_H

#include "rules/rule.h"

#include <stdbool.h>
#include <stddef.h>

/* Does the matched text pass the check?  Separators (space, hyphen) inside are ignored.
 *   cn-id-18  GB 11643-1999: 18 characters, a possible date, check character (mod 11, 2)
 *   cn-uscc   GB 32100-2015: 18 characters, check character (mod 31)
 *   luhn      ISO/IEC 7812-1 annex B, 12 to 19 digits
 *   iban      ISO 13616-1: country length, mod 97 == 1
 *   ssn       US SSA: area not 000, 666 or 9xx; group not 00; serial not 0000
 *   token-crc32  access token of GitHub or npm: a prefix up to the underscore, 30 characters, and
 *             their CRC-32 in base 62 as 6 more
 *   jwt       RFC 7519: what stands before the first dot is base64url of a JSON object with "alg"
 * Tokens are taken as they stand: case counts in them, and a hyphen is no separator.
 * VALIDATE_NONE accepts everything. */
bool validator_accepts(enum validator validate, const char *text, size_t len);
enum validator validator_from_name(const char *name); /* VALIDATE_NONE when unknown */

#endif
