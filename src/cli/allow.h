#ifndef CLI_ALLOW_H
#define CLI_ALLOW_H

#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

struct ruleset;
struct session;

/* What `review rules allow` was told; all but `path` must be there. */
struct allow_order {
	const char *rule, *text, *reason, *until, *path;
};

/* Append an entry in the name of the session's person to the draft of allow.yaml.  The text is
 * digested and neither written nor printed.  On failure the file is what it was. */
bool allow_add(struct session *s, const struct allow_order *order, struct err *err) MUST_CHECK;

/* No entry lasts longer than ALLOW_DAYS_MOST from today; else ERR_DENIED with its place. */
bool allow_check_days(const struct ruleset *set, int32_t today, struct err *err) MUST_CHECK;

/* One after the other on standard output, expired ones marked. */
void allow_print(const struct ruleset *set, int32_t today);

#endif
