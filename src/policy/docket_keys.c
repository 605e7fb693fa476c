/* docket_keys.c - whose each key was, for as long as the ledger lasts.
 *
 * Persons are counted, and a key is how a person is known: a key that moved from one person to
 * another would let whoever holds it be counted twice. */
#include "docket_inside.h"

#include "policy/compromise.h"
#include "policy/policy.h"
#include "seal/key.h"

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
