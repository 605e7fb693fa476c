#ifndef SCAN_SCANNER_INSIDE_H
#define SCAN_SCANNER_INSIDE_H

#include "match.h"
#include "rules/ruleset.h"
#include "scan/scanner.h"
#include "text/fold.h"
#include "words.h"

struct document;
struct flow;
struct scanned_file;

/* What a rule was compiled to; near words are folded. */
struct compiled {
	struct matcher *pattern, *unless;
	struct texts near;
};

struct scanner {
	const struct ruleset *set;
	struct compiled *compiled;             /* one for each rule */
	struct words_index *words[VIEW_COUNT]; /* all keyword rules of a view together; NULL: none */
	bool views[VIEW_COUNT];                /* some rule looks at it */
};

/* One match of one rule in one flow. */
struct hit {
	uint32_t rule, flow;
	size_t start, end;  /* bytes of the flow's text */
	size_t folded_len;
	uint32_t from, to;  /* bytes of the document, as a finding has them */
	bool dropped;       /* found before in this reading */
	bool repeated;      /* found before in another reading of the same bytes */
};

enum { HITS_MOST = 50000 };

struct hits {
	struct hit *items;
	size_t count;
	const char *undecided;   /* id of a rule that could not be decided, or NULL */
	bool overflow;           /* there are more than HITS_MOST */
};

/* Every hit of every rule in one flow (`only`: of this rule, UINT32_MAX for all), confirmed, added
 * to `out`; `flow`, `from`, `to` and what follows are the caller's to fill. */
void find_hits(const struct scanner *scanner, const struct flow *flow, uint32_t only, struct hits *out);

/* What must not be shown, as sorted spans that do not touch. */
struct mask {
	struct span *items;
	size_t count;
};
void mask_add(struct mask *mask, size_t from, size_t to);
void mask_close(struct mask *mask); /* sort and join, before mask_covers() */
bool mask_covers(const struct mask *mask, size_t at);
void mask_release(struct mask *mask);

/* What excerpts of one flow hide: `own` in bytes of its text; `all`, what was found in this flow and
 * in those made from the same bytes, in bytes of the document.  `blind`: not everything could be
 * decided, so nothing around a match is shown. */
struct cover {
	struct mask own;
	const struct mask *all;
	bool blind;
};

/* The line around a hit, printable, all that was found in it masked; *mark and *width are where this
 * one stands, in columns. */
char *excerpt_of(const struct flow *flow, const struct cover *cover, const struct hit *hit, uint32_t *mark, uint32_t *width);

/* Everything one file says, as findings of `out`, whose path and digest are set. */
void scan_flows(const struct scanner *scanner, const struct document *doc, struct scanned_file *out);

#endif
