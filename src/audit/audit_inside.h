#ifndef AUDIT_AUDIT_INSIDE_H
#define AUDIT_AUDIT_INSIDE_H

#include "audit/audit.h"

struct docket;

/* All three are taken over. */
void add_problem(struct audit_report *report, enum audit_answer answer, char *where, char *what, char *consequence);
void add_remark(struct audit_report *report, char *remark);

/* The problems, remarks and counts of files of `more`, behind those there are; it is empty then. */
void audit_report_join(struct audit_report *report, struct audit_report *more);

/* Is this case looked at?  All are, unless one was named. */
bool audit_is_about(const struct audit_order *order, const char *id);

/* Every document kept, against what was signed.  By a thread of its own where there are enough of them, so that the
 * public directory can be compared meanwhile; audit_documents_end() waits, and says what was found. */
struct audit_documents;
struct audit_documents *audit_documents_begin(const struct audit_order *order, const struct docket *docket);
void audit_documents_end(struct audit_documents *documents, struct audit_report *report);

/* The public directory, byte for byte, against what the docket says should be in it; with `case_id`,
 * only what that case released. */
void audit_public(const struct docket *docket, const char *public_dir, const char *case_id, struct audit_report *report);

/* Up to which entry an order with as_of, as_of_day or as_of_time looks (0: all), and the day it then is in the
 * office.  A day is one of the office, by the policy in force at each entry and the signers' clocks; entries in
 * front of the last one of it that are dated later are remarked. */
bool as_of_find(const struct audit_order *order, uint32_t *until, int32_t *day, struct audit_report *report,
                struct err *err) MUST_CHECK;

/* What the rules in force let pass; a remark for each entry that is over. */
void audit_allowed(const struct docket *docket, int32_t today, struct audit_report *report);
void audit_allowances_free(struct audit_allowance *items, size_t count);

/* The history's part of the text report, and of the JSON one: members, without the braces. */
/* How a term was reckoned, "20 working days from formed"; the caller frees. */
char *audit_reckoned(const struct audit_deadline *d);

void history_text(const struct audit_report *report, struct buf *out);
void history_json(const struct audit_report *report, struct buf *out);

/* What witnesses and other histories kept here say; `ids` of the entries replayed, the genesis first. */
void audit_evidence(const struct audit_order *order, const struct docket *docket, const struct digest *ids,
                    struct audit_report *report);

#endif
