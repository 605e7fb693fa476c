/* docket_keys.c - whose each key was, for as long as the ledger lasts.
 *
 * Persons are counted, and a key is how a person is known: a key that moved from one person to
 * another would let whoever holds it be counted twice. */
#include "docket_inside.h"

#include "base/mem.h"
#include "policy/policy.h"
#include "seal/key.h"

#include <stdlib.h>
#include <string.h>

static const char *owner_of(const struct docket *d, const char *fingerprint)
{
	for (size_t i = 0; i < d->owner_count; i++)
		if (strcmp(d->owners[i].fingerprint, fingerprint) == 0)
			return d->owners[i].person;
	return NULL;
}

bool keys_are_nobody_elses(const struct docket *d, const struct policy *policy, struct err *err)
{
	for (size_t i = 0; i < policy->person_count; i++)
		for (size_t k = 0; k < policy->people[i].key_count; k++) {
			const char *fingerprint = public_key_fingerprint(policy->people[i].keys[k]);
			const char *owner = owner_of(d, fingerprint);

			if (owner == NULL || strcmp(owner, policy->people[i].id) == 0)
				continue;
			(void)err_set(err, ERR_DENIED, "the key %s of %s was %s's; a key is one person's for ever", fingerprint,
			              policy->people[i].id, owner);
			return err_hint(err, "review key new %s makes another", policy->people[i].id);
		}
	return true;
}

void keys_remember(struct docket *d, const struct policy *policy)
{
	for (size_t i = 0; i < policy->person_count; i++)
		for (size_t k = 0; k < policy->people[i].key_count; k++) {
			const char *fingerprint = public_key_fingerprint(policy->people[i].keys[k]);

			if (owner_of(d, fingerprint) != NULL)
				continue;
			d->owners = mem_grow(d->owners, d->owner_count, sizeof(*d->owners));
			d->owners[d->owner_count].fingerprint = mem_copy_string(fingerprint);
			d->owners[d->owner_count++].person = mem_copy_string(policy->people[i].id);
		}
}

void keys_forget(struct docket *d)
{
	for (size_t i = 0; i < d->owner_count; i++) {
		free(d->owners[i].fingerprint);
		free(d->owners[i].person);
	}
	free(d->owners);
}
