/* docket_keys.c - whose each key was, for as long as the ledger lasts.
 *
 * Persons are counted, and a key is how a person is known: a key that moved from one person to
 * another would let whoever holds it be counted twice. */
#include "docket_inside.h"

#include "base/mem.h"
#include "ledger/entry.h"
#include "policy/compromise.h"
#include "policy/enrolment.h"
#include "policy/policy.h"
#include "seal/key.h"

#include <stdlib.h>
#include <string.h>

bool keys_are_nobody_elses(const struct docket *d, const struct policy *policy, struct err *err)
{
	for (size_t i = 0; i < policy->person_count; i++)
		for (size_t k = 0; k < policy->people[i].key_count; k++) {
			const char *fingerprint = public_key_fingerprint(policy->people[i].keys[k]);
			const char *owner = docket_key_owner(d, fingerprint);

			if (owner == NULL || strcmp(owner, policy->people[i].id) == 0)
				continue;
			(void)err_set(err, ERR_DENIED, "the key %s of %s was %s's; a key is one person's for ever", fingerprint,
			              policy->people[i].id, owner);
			return err_hint(err, "review key new %s makes another", policy->people[i].id);
		}
	return true;
}

/* Who holds which key, as the proofs of a proposal say. */
struct proofs {
	struct proof {
		char *person;
		struct public_key *key;
	} *items;
	size_t count;
};

static void proofs_release(struct proofs *proofs)
{
	for (size_t i = 0; i < proofs->count; i++) {
		free(proofs->items[i].person);
		public_key_free(proofs->items[i].key);
	}
	free(proofs->items);
}

static bool is_proved(const struct proofs *proofs, const char *person, const struct public_key *key)
{
	for (size_t i = 0; i < proofs->count; i++)
		if (strcmp(proofs->items[i].person, person) == 0 && public_key_equal(proofs->items[i].key, key))
			return true;
	return false;
}

static bool is_new(const struct docket *d, const struct public_key *key)
{
	return docket_key_owner(d, public_key_fingerprint(key)) == NULL;
}

/* A proof is of a key that this policy brings, or it has no business here. */
static bool read_proof(const struct docket *d, const struct policy *policy, const struct entry_body *body,
                       struct proofs *out, struct err *err)
{
	struct proof proof = {0};
	const struct person *person;

	if (!enrolment_read(body->bytes, body->len, &d->ledger, &proof.person, &proof.key, err)) {
		err_context(err, "proof %s", body->name);
		return false;
	}
	out->items = mem_grow(out->items, out->count, sizeof(*out->items));
	out->items[out->count++] = proof;
	person = policy_person(policy, proof.person);
	if (person == NULL || person_has_key(person, proof.key) != ENTITLED || !is_new(d, proof.key))
		return err_set(err, ERR_MISMATCH, "proof %s: that key is not new with this policy", body->name);
	return true;
}

static bool are_proved(const struct docket *d, const struct policy *policy, const struct proofs *proofs, struct err *err)
{
	for (size_t i = 0; i < policy->person_count; i++)
		for (size_t k = 0; k < policy->people[i].key_count; k++) {
			const struct public_key *key = policy->people[i].keys[k];

			if (!is_new(d, key) || is_proved(proofs, policy->people[i].id, key))
				continue;
			(void)err_set(err, ERR_DENIED, "nothing proves that %s holds the new key %s", policy->people[i].id,
			              public_key_fingerprint(key));
			return err_hint(err, "they run review key enroll; then review policy propose --proof FILE");
		}
	return true;
}

bool keys_are_proved(const struct docket *d, const struct policy *policy, const struct entry *e, struct err *err)
{
	struct proofs proofs = {0};
	bool ok = true;

	for (size_t i = 0; ok && i < e->body_count; i++)
		if (e->bodies[i].name[0] != '\0')
			ok = read_proof(d, policy, &e->bodies[i], &proofs, err);
	if (d->policy->proof_wanted || policy->proof_wanted)
		ok = ok && are_proved(d, policy, &proofs, err);
	proofs_release(&proofs);
	return ok;
}
