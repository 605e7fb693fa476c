#ifndef SCAN_SCANNER_H
#define SCAN_SCANNER_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct buf;
struct document;
struct extent;
struct flow;
struct kept;
struct rule;
struct ruleset;
struct scan;
struct scanned_file;
struct scanner;

/* A compiled ruleset.  `set` is borrowed and must outlive the scanner.  A bad pattern is ERR_INPUT
 * at "file:line:column" with the place inside the pattern. */
bool scanner_new(const struct ruleset *set, struct scanner **out, struct err *err) MUST_CHECK;

/* Compiling is the slow part of starting; what it came to goes to a cache and back (base/kept.h).  Coming
 * back it must be of a ruleset of the same digest, and by the same build.  False: what was
 * added is of no use; or it is not whole, or of other versions of the libraries: compile then. */
bool scanner_keep(const struct scanner *scanner, struct buf *out);
bool scanner_recall(const struct ruleset *set, struct kept *from, struct scanner **out);
void scanner_free(struct scanner *scanner);

/* How the engine goes about one rule (its index in the ruleset), in a sentence for `rules explain`. */
void scanner_explain(const struct scanner *scanner, size_t rule, struct buf *out);

/* One line "file:line:column: rule: ..." for each rule that is right and slow, and why; how many. */
size_t scanner_slow_rules(const struct scanner *scanner, struct buf *out);

/* "Vectorscan 5.4.9", or what is used instead. */
const char *scanner_engine(void);

/* The day (base/calendar.h) on which allowances of the ruleset are judged.  Until it is set, none is
 * in force. */
void scanner_set_day(struct scanner *scanner, int32_t day);

/* Files in which nothing is found need no digest: for a scan that is only looked at. */
void scanner_set_lean(struct scanner *scanner);

/* Find everything in one file.  Never fails: what cannot be read or decided (a match limit reached
 * included) makes the file `undecided`, and findings made until then are kept.  Caller releases.
 * Several threads may scan with one scanner. */
void scan_bytes(struct scanner *scanner, const char *path, unsigned mode, const void *bytes,
                size_t len, struct scanned_file *out);

/* The same over flows already extracted; digest, size and mode are zero. */
void scan_document(struct scanner *scanner, const char *path, const struct document *doc,
                   struct scanned_file *out);

/* Where some rule found something in a flow's text that a document shown to people must not show, also where
 * it is counted elsewhere: ascending, not touching, owned by the caller; returns how many.  What could
 * not be looked through is all of it. */
size_t scan_hidden(struct scanner *scanner, const struct flow *flow, struct extent **out);

/* Put a file into a scan, keeping files in order of path; `file` is taken over. */
void scan_add(struct scan *scan, struct scanned_file *file);

/* Does every example of every rule do what its pack says?  Each failure is one line
 * "file:line:column: rule: example ... does not match" in `out`; returns how many. */
size_t scan_examples(struct scanner *scanner, const struct ruleset *set, struct buf *out);

#endif
