/* rule.c - the words rules are written in. */
#include "rules_inside.h"

#include "base/language.h"

#include <string.h>

static const char *const actions[] = {N_("block"), N_("review"), N_("note"), N_("undecided")};

const char *rule_action_name(enum rule_action action)
{
	return (unsigned)action < sizeof(actions) / sizeof(actions[0]) ? actions[action] : "";
}
