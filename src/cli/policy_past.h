#ifndef CLI_POLICY_PAST_H
#define CLI_POLICY_PAST_H

#include "base/err.h"

struct policy;
struct session;

/* What another policy would change, one line a fact; "  nothing in it means anything else" when none. */
void policy_past_print_changes(const struct policy *before, const struct policy *after);

/* Every policy there was: from which entry on, by whom, and what it changed; and every key that was
 * declared compromised. */
bool policy_past_print(struct session *s, struct err *err) MUST_CHECK;

#endif
