/* rule.c - the words rules are written in. */
#include "rules_inside.h"

#include <string.h>

static const char *const actions[] = {"block", "review", "note", "undecided"};

const char *rule_action_name(enum rule_action action)
{
	return (unsigned)action < sizeof(actions) / sizeof(actions[0]) ? actions[action] : "";
}
