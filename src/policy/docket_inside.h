#ifndef POLICY_DOCKET_INSIDE_H
#define POLICY_DOCKET_INSIDE_H

#include "policy/docket.h"

/* Checks by family; each assumes that person, key, policy and rules were already found in order. */
bool check_policy_entry(const struct docket *d, const struct entry *e, struct err *err) MUST_CHECK;
bool check_rules(const struct docket *d, const struct entry *e, struct err *err) MUST_CHECK;
bool check_submit(const struct docket *d, const struct entry *e, struct err *err) MUST_CHECK;
bool check_sign_off(const struct docket *d, const struct entry *e, struct err *err) MUST_CHECK;
bool check_evidence(const struct docket *d, const struct entry *e, struct err *err) MUST_CHECK;
bool check_file_record(const struct docket *d, const struct entry *e, struct err *err) MUST_CHECK;
bool check_release(const struct docket *d, const struct entry *e, struct err *err) MUST_CHECK;
bool check_released(const struct docket *d, const struct entry *e, struct err *err) MUST_CHECK;
bool check_withdraw(const struct docket *d, const struct entry *e, struct err *err) MUST_CHECK;

/* The case, its newest round and submit entry an entry is about. */
bool find_round(const struct docket *d, const struct entry *e, const struct review_case **c, struct err *err) MUST_CHECK;
/* The publication of the case that is public or on its way there; NULL: none. */
const struct publication *current_publication(const struct review_case *c);
/* A policy body, parsed; NULL and a reason when there is none. */
struct policy *policy_of_entry(const struct entry *e, struct err *err);
/* The digest of the packs an entry brings (rules/ruleset.h). */
struct digest packs_digest(const struct entry *e);
/* Has the proposal enough endorsements, of the old root and of the new? */
bool proposal_is_complete(const struct docket *d, const struct proposal *p);
/* A key that any policy in force so far gave to one person is never another's. */
bool keys_are_nobody_elses(const struct docket *d, const struct policy *policy, struct err *err) MUST_CHECK;
void keys_remember(struct docket *d, const struct policy *policy);
void keys_forget(struct docket *d);
/* The day on which dated duties are judged: no entry can go back behind what was written before it. */
int32_t day_of_entry(const struct docket *d, const struct entry *e);
bool read_scan(const struct entry *e, struct scan *out, struct err *err) MUST_CHECK;

#endif
