#ifndef RULES_ALLOW_H
#define RULES_ALLOW_H

#include "base/digest.h"
#include "rules/rule.h"

#include <stdbool.h>
#include <stdint.h>

struct ruleset;

/* The file of a ruleset that names findings known to be harmless.  It is not a pack; it comes into
 * force as the packs do, and counts in the ruleset's digest as they do. */
#define ALLOW_FILE "allow.yaml"
#define ALLOW_DAYS_MOST 366 /* from the day it is put into force; asked by those who do that */

struct allowance {
	char *rule;         /* the id of a rule of this ruleset */
	struct digest text; /* SHA-256 of the matched text as allowance_view() says */
	char *reason, *person;
	int32_t until;      /* the last day (base/calendar.h) */
	char *path;         /* NULL: anywhere; or this file, or all below this folder, no slash at its end */
	unsigned line, column;
};

/* In which form a match of this rule is digested: in the view the rule reads; a disguise as it
 * stands in the source, because folded it is what it pretends to be. */
enum rule_view allowance_view(const struct rule *rule);

/* The entry under which this match of `rule` is harmless at `path` on the day `today`, or NULL: none
 * is in force, or one is missing, expired, for another rule, text or path.  A `path` that is NULL,
 * absolute or has empty, "." or ".." parts is below no folder. */
const struct allowance *ruleset_allows(const struct ruleset *set, const struct rule *rule, const struct digest *text,
                                       const char *path, int32_t today);

bool allowance_expired(const struct allowance *a, int32_t today);

#endif
