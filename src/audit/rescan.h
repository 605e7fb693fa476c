#ifndef AUDIT_RESCAN_H
#define AUDIT_RESCAN_H

struct audit_report;
struct docket;
struct entry;
struct repo;
struct ruleset;
struct scanner;

/* The rules last used, compiled: most submissions in a row were scanned by the same ones. */
struct rescan {
	struct ruleset *set;
	struct scanner *scanner;
};

/* Scan the documents of a submit or release entry again, under the rules and on the day it was
 * written, and compare with the scan record it carries.  Another record is a violation; documents
 * that are not kept, or rules that cannot be used, leave the entry undecided.  Other entries: nothing. */
void rescan_entry(struct rescan *rescan, struct repo *repo, const struct docket *docket, const struct entry *entry,
                  struct audit_report *report);
void rescan_release(struct rescan *rescan);

#endif
