#ifndef CLI_RULES_CACHE_H
#define CLI_RULES_CACHE_H

#include "base/err.h"

struct rule_files;
struct ruleset;
struct scanner;

/* ruleset_load() and scanner_new(), or what they came to before, from $XDG_CACHE_HOME/review
 * (~/.cache/review).  A file there is believed when it is this user's own, nobody else may write it, and its
 * digest holds; else it is made anew.  Where it cannot be written, rules are compiled each time.  On
 * failure what is left in `files` is the caller's to release, and what was set to free. */
bool rules_open(struct rule_files *files, struct ruleset **rules, struct scanner **scanner, struct err *err) MUST_CHECK;

#endif
