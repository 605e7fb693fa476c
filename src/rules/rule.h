#ifndef RULES_RULE_H
#define RULES_RULE_H

#include "base/ground.h"
#include "base/observation.h"

#include <stdbool.h>
#include <stddef.h>

/* ACTION_UNDECIDED: only of a structure that is observed; there is no finding that could be cleared. */
enum rule_action { ACTION_BLOCK = 0, ACTION_REVIEW, ACTION_NOTE, ACTION_UNDECIDED };
enum rule_kind { RULE_KEYWORDS = 1, RULE_PATTERN, RULE_STRUCTURE };
enum rule_view { RULE_VIEW_LINE = 0, RULE_VIEW_RUNNING, RULE_VIEW_VERBATIM };

/* What a structure rule looks for: found by code, switched and explained by the pack. */
enum rule_structure { STRUCTURE_NONE = 0, STRUCTURE_INVISIBLE, STRUCTURE_MIXED_SCRIPT, STRUCTURE_BIDI, STRUCTURE_STYLED,
                      STRUCTURE_BLOB, STRUCTURE_OBSERVED };

/* Checks behind a pattern that a pattern cannot do; see rules/validate.h. */
enum validator {
	VALIDATE_NONE = 0, VALIDATE_CN_ID_18, VALIDATE_CN_USCC, VALIDATE_LUHN, VALIDATE_IBAN, VALIDATE_SSN,
	VALIDATE_TOKEN_CRC32, VALIDATE_JWT,
};

struct texts {
	char **items;
	size_t count;
};

/* One thing to look for, as its pack describes it (review-rules(5)). */
struct rule {
	char *id;                 /* [a-z0-9][a-z0-9-]{0,63}, unique in the ruleset */
	char *pack;
	char *title_en, *title_zh;
	enum ground ground;       /* never GROUND_NONE unless action is note */
	enum rule_action action;
	char *clearance;          /* stage id; "" when any stage may clear */
	bool evidence;
	enum rule_kind kind;
	struct texts keywords;
	char *keywords_file;      /* NULL, or where they are written, one a line */
	char *pattern;
	enum rule_structure structure;
	enum observation observed; /* STRUCTURE_OBSERVED: in reading a document, not in its text */
	unsigned where;           /* bit (1u << enum flow_kind) for each place */
	enum rule_view view;
	struct texts near;        /* keywords, one of which must stand within `within` characters */
	unsigned within;
	char *unless;             /* NULL, or a pattern that, around the match, excuses it */
	enum validator validate;
	unsigned min_count;       /* findings in a file below this number are dropped; 1 or more */
	struct texts examples_match, examples_pass;
	const char *file;         /* the pack file, and where in it, for complaints; */
	unsigned line, column;    /* borrowed from the ruleset */
	unsigned pattern_line, pattern_column, unless_line, unless_column;
};

const char *rule_action_name(enum rule_action action);  /* "block", "review", "note" */
const char *rule_action_title(enum rule_action action); /* the same in the reader's language */
const char *validator_name(enum validator validate);

#endif
