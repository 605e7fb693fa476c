#ifndef POLICY_FACTS_H
#define POLICY_FACTS_H

struct entry;
struct err;
struct names; /* policy/policy.h */
struct policy;

/* The policy an entry brings, for the caller to free; NULL and a reason: it brings none that can be read. */
struct policy *policy_of_entry(const struct entry *entry, struct err *err);

/* Everything a policy says, one sentence a fact, sorted: two policies that mean the same have the same
 * facts, however they are written.  The caller frees the items with facts_release(). */
void policy_facts(const struct policy *policy, struct names *out);

/* What becomes other: "- root: 2 must agree", "+ root: 3 must agree", subject by subject.
 * Nothing when both mean the same. */
void policy_changes(const struct policy *before, const struct policy *after, struct names *out);
void facts_compare(const struct names *before, const struct names *after, struct names *out); /* of facts */
void facts_release(struct names *facts);

#endif
