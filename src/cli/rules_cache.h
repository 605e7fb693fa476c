#ifndef CLI_RULES_CACHE_H
#define CLI_RULES_CACHE_H

struct scanner_cache;

/* Compiled rules in $XDG_CACHE_HOME/review (~/.cache/review).  A file there is believed when it is this
 * user's own, nobody else may write it, and its digest holds; else it is made anew.  Where it cannot
 * be written, rules are compiled each time. */
extern const struct scanner_cache rules_cache;

#endif
