#ifndef CLI_RULE_DRAFTS_H
#define CLI_RULE_DRAFTS_H

#include "base/err.h"

#include <stdbool.h>

struct rule_files;

/* The files of the next ruleset below `review`, the folder .review: rules/, and allow.yaml, which
 * may lie in either, not in both. */
bool rule_drafts_read(const char *review, struct rule_files *out, struct err *err) MUST_CHECK;

/* Where allow.yaml is, or would be written.  Caller frees. */
char *rule_drafts_allow_path(const char *review);

#endif
