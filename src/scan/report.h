#ifndef SCAN_REPORT_H
#define SCAN_REPORT_H

#include <stdbool.h>

struct buf;
struct ruleset;
struct digest;
struct scan;
struct scanned_file;

/* A scan for people: "path:line:col: action: title [rule]", the masked excerpt, a ~~~~ underline,
 * the ground, and what to do next; undecided files with their reason; a summary line last. */
struct report_style {
	bool explain; /* also why it matched */
	bool color;
	const char *(*stage)(const void *house, const char *id); /* what people call a stage; NULL: its id */
	const void *house;
};
void report_text(const struct scan *scan, const struct report_style *style, struct buf *out);

/* One JSON object, "review-scan-version": 1; documented in review(1). */
void report_json(const struct scan *scan, struct buf *out);

/* The same for one file on one line (JSON Lines), as soon as it is known. */
void report_json_line(const struct scanned_file *file, const struct digest *rules, struct buf *out);

/* SARIF 2.1.0 (OASIS), one run; rules described from `set`, the program by its `version`. */
void report_sarif(const struct scan *scan, const struct ruleset *set, const char *version, struct buf *out);

#endif
