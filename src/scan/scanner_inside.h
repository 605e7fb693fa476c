#ifndef SCAN_SCANNER_INSIDE_H
#define SCAN_SCANNER_INSIDE_H

#include "match.h"
#include "rules/ruleset.h"
#include "scan/scanner.h"
#include "text/fold.h"
#include "words.h"

struct flow;

/* What a rule was compiled to; near words are folded. */
struct compiled {
	struct matcher *pattern, *unless;
	struct texts near;
};

struct scanner {
	const struct ruleset *set;
	struct compiled *compiled;             /* one for each rule */
	struct words_index *words[VIEW_COUNT]; /* all keyword rules of a view together; NULL: none */
};

/* One match of one rule in one flow, in bytes of the flow's text. */
struct hit {
	uint32_t rule;
	size_t start, end;       /* of the flow's text */
	size_t folded_len;
};
struct hits {
	struct hit *items;
	size_t count;
	const char *undecided;   /* id of a rule that could not be decided, or NULL */
};

/* Every hit of every rule in one flow (`only`: of this rule, UINT32_MAX for all), confirmed. */
void find_hits(const struct scanner *scanner, const struct flow *flow, uint32_t only, struct hits *out);

/* The line around a hit, printable, with every hit of the flow masked; *mark and *width are where
 * this one stands, in columns. */
char *excerpt_of(const struct flow *flow, const struct hits *hits, const struct hit *hit, uint32_t *mark, uint32_t *width);

#endif
