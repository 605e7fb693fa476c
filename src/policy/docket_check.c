/* docket_check.c - is this entry allowed here?  First who and under what, then the matter itself.
 *
 * Authority is judged by position: the policy and the rules in force at the entry, never by its
 * date.  So nothing can be signed in advance, after the fact, or under a policy of one's choice.
 * Only appointments with dates need a day: that of the entry, or a later one written before it. */
#include "docket_inside.h"

#include "base/calendar.h"
#include "ledger/entry.h"
#include "policy/compromise.h"
#include "policy/facts.h"
#include "scan/finding.h"
#include "seal/key.h"

#include <string.h>

/* A person of the policy in force, by a key it lists. */
static bool person_is_known(const struct policy *policy, const struct entry *e, struct err *err)
{
	const struct person *person = policy_person(policy, e->person);

	if (person == NULL) {
		(void)err_set(err, ERR_DENIED, "the policy in force knows nobody named %s", e->person);
		if (policy_person_near(policy, e->person) != NULL)
			return err_hint(err, "did you mean %s?", policy_person_near(policy, e->person));
		return err_hint(err, "review policy show");
	}
	if (person_has_key(person, e->key) != ENTITLED) {
		(void)err_set(err, ERR_DENIED, "this key is not one of %s's keys in the policy in force", e->person);
		return err_hint(err, "review key show %s, then compare with review policy show", e->person);
	}
	return true;
}

/* Somebody who is in the proposed root only signs with the key the proposal gives them. */
static bool is_known(const struct docket *d, const struct entry *e, struct err *err)
{
	const bool endorses = e->type == ENTRY_POLICY_ENDORSE && d->proposal.open;

	if (endorses && policy_person(d->policy, e->person) == NULL)
		return person_is_known(d->proposal.policy, e, err);
	return person_is_known(d->policy, e, err);
}

static bool check_genesis(const struct docket *d, const struct entry *e, struct err *err)
{
	struct policy *policy;
	const struct digest packs = packs_digest(e);
	bool ok;

	if (d->policy != NULL || e->seq != 1 || !digest_is_zero(&e->prev) || !digest_is_zero(&e->ledger))
		return err_set(err, ERR_MISMATCH, "a ledger begins once");
	policy = policy_of_entry(e, err);
	if (policy == NULL)
		return false;
	ok = person_is_known(policy, e, err);
	if (ok && !names_have(&policy->root, e->person))
		ok = err_set(err, ERR_DENIED, "%s is not a root person of the first policy", e->person);
	ok = ok && key_is_held_well(policy, e, err);
	if (ok && e->policy != 1)
		ok = err_set(err, ERR_MISMATCH, "the first policy has number 1");
	if (ok && !digest_equal(&packs, &e->rules))
		ok = err_set(err, ERR_MISMATCH, "its rules are not the ones it names");
	policy_free(policy);
	return ok;
}

static bool follows(const struct docket *d, const struct entry *e, struct err *err)
{
	if (d->policy == NULL)
		return err_set(err, ERR_MISMATCH, "the ledger has no beginning");
	if (e->seq != d->seq + 1 || !digest_equal(&e->prev, &d->tip) || !digest_equal(&e->ledger, &d->ledger))
		return err_set(err, ERR_MISMATCH, "it does not follow the entry before");
	if (e->policy != d->policy_number)
		return err_set(err, ERR_MISMATCH, "it was made under policy %u, in force is %u", (unsigned)e->policy,
		               (unsigned)d->policy_number);
	if (!digest_equal(&e->rules, &d->rules))
		return err_set(err, ERR_MISMATCH, "it was made under other rules than those in force");
	return is_known(d, e, err) && key_may_sign(d, e, err);
}

/* By what is known of the cases; docket_check() asks whether that was all of it. */
static bool is_allowed(const struct docket *d, const struct entry *e, struct err *err)
{
	if (e->type == ENTRY_GENESIS)
		return check_genesis(d, e, err);
	if (!follows(d, e, err))
		return false;
	switch (e->type) {
	case ENTRY_POLICY_PROPOSE:
	case ENTRY_POLICY_ENDORSE:
		return check_policy_entry(d, e, err);
	case ENTRY_RULES:
		return check_rules(d, e, err);
	case ENTRY_SUBMIT:
		return check_submit(d, e, err);
	case ENTRY_SIGN_OFF:
		return check_sign_off(d, e, err);
	case ENTRY_EVIDENCE:
		return check_evidence(d, e, err);
	case ENTRY_FILE_RECORD:
		return check_file_record(d, e, err);
	case ENTRY_RELEASE:
		return check_release(d, e, err);
	case ENTRY_RELEASED:
		return check_released(d, e, err);
	case ENTRY_WITHDRAW:
		return check_withdraw(d, e, err);
	case ENTRY_KEY_COMPROMISE:
		return check_key_compromise(d, e, err);
	case ENTRY_NONE:
	case ENTRY_GENESIS:
	case ENTRY_TYPES:
		break;
	}
	return err_set(err, ERR_UNKNOWN, "an unknown type of entry");
}

/* All that was ever signed may fall with a key, so all of it has to be here before anything is changed. */
static void ask_for_all(const struct docket *d)
{
	for (size_t i = 0; i < d->case_count; i++)
		(void)docket_case_at(d, i);
}

bool docket_check(const struct docket *d, const struct entry *e, struct err *err)
{
	struct err why = {0};
	const bool ok = is_allowed(d, e, &why);

	if (ok && e->type == ENTRY_KEY_COMPROMISE)
		ask_for_all(d);
	return docket_is_whole(d, err) && (ok || err_pass(err, &why));
}

static bool has_no_lost_key(const struct docket *d, const struct policy *policy, struct err *err)
{
	for (size_t i = 0; i < policy->person_count; i++)
		for (size_t k = 0; k < policy->people[i].key_count; k++) {
			const struct compromise *lost = docket_compromise(d, public_key_fingerprint(policy->people[i].keys[k]));

			if (lost == NULL)
				continue;
			(void)err_set(err, ERR_DENIED, "it gives %s a key that was declared compromised at entry %u",
			              policy->people[i].id, (unsigned)lost->declared);
			return err_hint(err, "take %s out of the draft", lost->key);
		}
	return true;
}

static bool check_propose(const struct docket *d, const struct entry *e, struct err *err)
{
	struct policy *policy;
	bool ok;

	if (!names_have(&d->policy->root, e->person)) {
		(void)err_set(err, ERR_DENIED, "only a root person may propose a policy, and %s is none", e->person);
		return err_hint(err, "review policy show says who is");
	}
	if (entry_get_number(e, "number") != d->policy_number + 1)
		return err_set(err, ERR_MISMATCH, "the next policy has number %u", (unsigned)d->policy_number + 1);
	if (d->proposal.open && strcmp(d->proposal.endorsers.items[0], e->person) != 0) {
		(void)err_set(err, ERR_DENIED, "%s's proposal is still open", d->proposal.endorsers.items[0]);
		return err_hint(err, "review policy endorse, or let them propose again");
	}
	policy = policy_of_entry(e, err);
	ok = policy != NULL && has_no_lost_key(d, policy, err) && keys_are_nobody_elses(d, policy, err) &&
	     keys_are_proved(d, policy, e, err);
	policy_free(policy);
	return ok;
}

static bool check_endorse(const struct docket *d, const struct entry *e, struct err *err)
{
	const struct digest proposal = entry_get_digest(e, "proposal");

	if (!d->proposal.open || !digest_equal(&proposal, &d->proposal.entry) ||
	    entry_get_number(e, "number") != d->proposal.number)
		return err_set(err, ERR_MISMATCH, "that is not the proposal that is open");
	if (!names_have(&d->policy->root, e->person) && !names_have(&d->proposal.policy->root, e->person))
		return err_set(err, ERR_DENIED, "%s is a root person neither of the old policy nor of the new one", e->person);
	if (names_have(&d->proposal.endorsers, e->person))
		return err_set(err, ERR_DENIED, "%s has endorsed it already", e->person);
	return true;
}

bool check_policy_entry(const struct docket *d, const struct entry *e, struct err *err)
{
	return e->type == ENTRY_POLICY_PROPOSE ? check_propose(d, e, err) : check_endorse(d, e, err);
}

bool check_rules(const struct docket *d, const struct entry *e, struct err *err)
{
	const struct digest packs = packs_digest(e), named = entry_get_digest(e, "ruleset");

	if (!names_have(&d->policy->rule_keepers, e->person))
		return err_set(err, ERR_DENIED, "%s does not keep the rules", e->person);
	if (!digest_equal(&packs, &named))
		return err_set(err, ERR_MISMATCH, "its packs are not the ruleset it names");
	if (digest_equal(&packs, &d->rules) && !d->trust->rules_doubtful)
		return err_set(err, ERR_DENIED, "these rules are in force already");
	return true;
}

bool docket_check_visit(const struct entry *entry, void *context, struct err *err)
{
	return docket_check(context, entry, err);
}

bool docket_apply_visit(const struct entry *entry, void *context, struct err *err)
{
	return docket_apply(context, entry, err);
}
