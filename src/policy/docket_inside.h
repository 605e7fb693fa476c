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
bool check_key_compromise(const struct docket *d, const struct entry *e, struct err *err) MUST_CHECK;
bool check_withdraw(const struct docket *d, const struct entry *e, struct err *err) MUST_CHECK;

/* The case, its newest round and submit entry an entry is about. */
bool find_round(const struct docket *d, const struct entry *e, const struct review_case **c, struct err *err) MUST_CHECK;
/* The publication of the case that is public or on its way there; NULL: none. */
const struct publication *current_publication(const struct review_case *c);
/* The digest of the packs an entry brings (rules/ruleset.h). */
struct digest packs_digest(const struct entry *e);
/* Has the proposal enough endorsements, of the old root and of the new? */
bool proposal_is_complete(const struct docket *d, const struct proposal *p);
/* A key that any policy in force so far gave to one person is never another's. */
bool keys_are_nobody_elses(const struct docket *d, const struct policy *policy, struct err *err) MUST_CHECK;
/* Where the policy in force or the proposed one wants it: every key that is new has signed for itself. */
bool keys_are_proved(const struct docket *d, const struct policy *policy, const struct entry *e, struct err *err) MUST_CHECK;
/* The day on which dated duties are judged: no entry can go back behind what was written before it. */
int32_t day_of_entry(const struct docket *d, const struct entry *e);
bool read_scan(const struct entry *e, struct scan *out, struct err *err) MUST_CHECK;

/* compromise.c: what docket_apply() writes down of keys, entry by entry. */
void trust_take_policy(struct docket *d);             /* the policy in force: its keys */
void trust_mark_people(struct docket *d);             /* who of them has no key left */
void trust_endorse(struct docket *d, const struct entry *e);
void trust_drop_proposal(struct docket *d);
void trust_take_rules(struct docket *d, const struct entry *e);
void apply_key_compromise(struct docket *d, const struct entry *e);
void trust_free(struct trust *trust);
/* ERR_DENIED when the key was declared compromised, or is not held as the policy wants. */
bool key_is_held_well(const struct policy *policy, const struct entry *e, struct err *err) MUST_CHECK;
bool key_may_sign(const struct docket *d, const struct entry *e, struct err *err) MUST_CHECK;
void close_proposal(struct docket *d);

/* The number of the case with this id; SIZE_MAX: there is none. */
size_t case_number(const struct docket *docket, const char *id);
/* docket_past.c: where the case of this number is.  NULL: in the past, and nobody asked for it. */
struct review_case *case_place(const struct docket *docket, size_t number);
/* Does what it points to lie in the docket's past?  Then it may be neither changed nor freed. */
bool case_is_frozen(const struct docket *docket, size_t number);
/* A case that somebody asked for, made like any other, to be changed. */
struct review_case *case_to_change(struct docket *docket, size_t number);
bool case_is_closed(const struct review_case *c);

#endif
