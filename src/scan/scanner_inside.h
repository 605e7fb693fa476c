#ifndef SCAN_SCANNER_INSIDE_H
#define SCAN_SCANNER_INSIDE_H

#include "match.h"
#include "prefilter.h"
#include "rules/ruleset.h"
#include "scan/scanner.h"
#include "shape.h"
#include "text/fold.h"

#include <pthread.h>

struct document;
struct flow;
struct scanned_file;

/* What a rule was compiled to; near words and keywords are folded. */
struct plan {
	enum text_view view;
	struct matcher *pattern, *unless;
	struct texts near;
	struct shape shape;   /* of the pattern */
	bool eager;           /* a pattern with no need: tried everywhere */
	bool plain;           /* found by search_whole() */
	bool numbers;         /* wants numbers or codes */
	bool unbounded;       /* needs the whole text at once */
};

/* What a word the prefilter found means for a rule. */
struct trigger {
	uint32_t rule, len;
	uint32_t keyword; /* 1: it is the match, not only a reason to look */
};

/* What one thread needs, kept for the next file. */
struct worker {
	struct worker *next;
	struct match_run *run;
	struct prefilter_scratch *scratch;
};

struct scanner {
	const struct ruleset *set;
	struct plan *plans; /* one for each rule */
	struct trigger *triggers;
	size_t trigger_count;
	struct prefilter *words;        /* of line and running view together */
	bool plain[VIEW_COUNT];         /* some rule of that view is plain */
	const struct rule *unbounded;   /* one that needs the whole text at once, or NULL */
	unsigned digits;                /* the least some rule wants of a number; 0: none does */
	bool codes, eager;              /* some rule wants codes; some is eager */
	size_t behind, ahead;           /* bytes a window shows besides what is decided in it */
	size_t window;                  /* bytes; smaller in tests */
	int32_t day;                    /* for allowances; */
	bool has_day, lean;
	bool naive;                     /* for tests: every rule over the whole text, one by one */
	pthread_mutex_t lock;
	struct worker *idle;
};

struct worker *worker_borrow(struct scanner *s);
void worker_return(struct scanner *s, struct worker *worker);

/* A scanner with nothing compiled in it. */
struct scanner *scanner_blank(const struct ruleset *set);

/* One match of one rule in one flow. */
struct hit {
	uint32_t rule, flow;
	size_t start, end;  /* bytes of the flow's text */
	size_t folded_len;
	struct digest text; /* of the match, when the ruleset allows some (rules/allow.h) */
	char *shape;        /* of the folded match: what kind of character stands where; owned */
	uint64_t from, to;  /* bytes of the document, as a finding has them */
	bool dropped;       /* found before in this reading */
	bool repeated;      /* found before in another reading of the same bytes */
};

enum { HITS_MOST = 50000 };

struct hits {
	struct hit *items;
	size_t count;
	const char *undecided;   /* id of a rule that could not be decided, or NULL */
	const char *failed;      /* NULL, or why the text could not be looked through */
	bool overflow;           /* there are more than HITS_MOST */
};
void hits_cut(struct hits *hits, size_t count);
void hits_release(struct hits *hits);

/* Every hit of every rule in one flow (`only`: of this rule, UINT32_MAX for all), confirmed, added
 * to `out`; `flow`, `from`, `to` and what follows are the caller's to fill. */
void find_hits(struct scanner *scanner, const struct flow *flow, uint32_t only, struct hits *out);

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

/* The flow whose text `flow` was made from, or itself; and the document's byte at which its text begins. */
uint32_t flow_base(const struct document *doc, uint32_t flow);
uint32_t flow_shift(const struct flow *flow);

/* Behind the last span of the flow that begins at or before `at`. */
size_t spans_until(const struct flow *flow, size_t at);

/* Marks hits that are the same thing as another one: `dropped`, in the same reading; `repeated`, in
 * another reading of the same bytes. */
void mark_repeated(const struct document *doc, struct hits *hits);

/* Everything one file says, as findings of `out`, whose path is set; not named yet. */
void scan_flows(struct scanner *scanner, const struct document *doc, struct scanned_file *out);

/* What the document has besides text: the findings of the rules that name it; undecided, where a rule
 * says so or none says anything. */
void judge_observed(const struct scanner *s, const struct document *doc, struct scanned_file *file);

/* Name and sort the findings, when the digest is set too. */
void name_findings(struct scanned_file *file);

#endif
