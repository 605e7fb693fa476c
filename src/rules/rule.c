/* rule.c - the words rules are written in. */
#include "rules_inside.h"

#include "base/language.h"

#include <string.h>

static const char *const actions[] = {"block", "review", "note", "undecided"};

const char *rule_action_name(enum rule_action action)
{
	return (unsigned)action < sizeof(actions) / sizeof(actions[0]) ? actions[action] : "";
}

const char *rule_action_title(enum rule_action action)
{
	switch (action) {
	case ACTION_NOTE:
		return C_("action", "note");
	case ACTION_REVIEW:
		return C_("action", "review");
	case ACTION_UNDECIDED:
		return C_("action", "undecided");
	case ACTION_BLOCK:
	default:
		return C_("action", "block");
	}
}
