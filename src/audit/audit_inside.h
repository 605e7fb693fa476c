#ifndef AUDIT_AUDIT_INSIDE_H
#define AUDIT_AUDIT_INSIDE_H

#include "audit/audit.h"

struct docket;

/* All three are taken over. */
void add_problem(struct audit_report *report, enum audit_answer answer, char *where, char *what, char *consequence);
void add_remark(struct audit_report *report, char *remark);

/* The public directory, byte for byte, against what the docket says should be in it. */
void audit_public(const struct docket *docket, const char *public_dir, struct audit_report *report);

/* What the rules in force let pass; a remark for each entry that is over. */
void audit_allowed(const struct docket *docket, int32_t today, struct audit_report *report);
void audit_allowances_free(struct audit_allowance *items, size_t count);

/* What witnesses and other histories kept here say; `ids` of the entries replayed, the genesis first. */
void audit_evidence(const struct audit_order *order, const struct docket *docket, const struct digest *ids,
                    struct audit_report *report);

/* The kept documents of every round; with `rescan`, their scan records again. */
void audit_documents(struct repo *repo, const struct docket *docket, struct audit_report *report);

#endif
