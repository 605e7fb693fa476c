#ifndef SCAN_FINDING_H
#define SCAN_FINDING_H

#include "base/digest.h"
#include "base/err.h"
#include "base/ground.h"

#include <stddef.h>
#include <stdint.h>

struct buf;

/* One match of one rule at one place in one file, without the text that matched.
 * `id` = SHA-256("review-finding v1\n" rule "\n" file-sha-256-hex "\n" path "\n" kind "\n" place "\n"
 * start "\n" end "\n"), so a clearance names these bytes and cannot be carried to others. */
struct finding {
	struct digest id;
	char *rule;
	unsigned action;         /* enum rule_action: 0 block, 1 review, 2 note */
	enum ground ground;
	char *clearance;         /* lowest stage that may clear it; "" is any */
	bool evidence;           /* clearing needs a file */
	char *kind, *place;      /* of the flow: "body", "read as GB18030" */
	uint64_t start, end;     /* bytes of the document, or of the decoded flow where it has no map */
	uint32_t line, column;   /* from 1, in characters; column 1 where only the line is known */
	/* For showing only; not recorded, NULL when the scan was read from a record. */
	char *title_en, *title_zh;
	char *excerpt;           /* one line around the match, printable, the match masked with '*' */
	uint32_t mark, mark_width; /* where the masked part stands in it, in terminal columns */
	char *allowed;           /* NULL, or who allowed it, until when and why: then it is a note */
	char *why;               /* for --explain: view, folded match, validator; match masked */
};

struct scanned_file {
	char *path;
	struct digest digest;
	uint64_t size;
	unsigned mode;
	struct finding *findings; /* by start, end, rule */
	size_t count;
	char *undecided;          /* NULL, or why no answer is possible */
};

/* Everything a scan found, files in order of path. */
struct scan {
	struct digest rules; /* digest of the ruleset used */
	struct scanned_file *files;
	size_t count;
};

void scan_release(struct scan *scan);
void scanned_file_release(struct scanned_file *file);

/* Totals over all files. */
struct scan_totals {
	size_t block, review, note, undecided;
};
void scan_count(const struct scan *scan, struct scan_totals *out);
void scan_count_file(const struct scanned_file *file, struct scan_totals *totals); /* added to them */

/* Where it stands, for people: "a.md:3", "a.pdf, page 3", in the reader's language; the caller frees. */
char *finding_where(const char *path, const struct finding *f);

/* The record kept in the ledger: one canonical text (docs in src/ledger/FORMAT.md, "Scan record"),
 * no matched text in it.  Writing, then reading, gives the same findings; reading refuses anything
 * that writing would not have produced (ERR_INPUT). */
void scan_record_write(const struct scan *scan, struct buf *out);
bool scan_record_read(const void *bytes, size_t len, struct scan *out, struct err *err) MUST_CHECK;

#endif
